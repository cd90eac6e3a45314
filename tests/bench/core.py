"""The core as the benchmark uses it; the only file here that knows its interface."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from chaport_core.page.chat import Chat, Page
from chaport_core.settings.site import read_settings

__all__ = ["Page", "chat_adder"]


def chat_adder(options: Mapping[str, Any], output: Path) -> Callable[[str, Page], str]:
    """Return a function that adds chat to a page's HTML.

    `options`: a site's options; `output`: the folder that gets the files that pages need.
    """
    settings, problems = read_settings(options)
    if settings is None:
        raise ValueError("; ".join(map(str, problems)))

    def ship(file: Any) -> None:
        (output / file.name).write_text(file.text, encoding="utf-8")

    chat = Chat(settings, ship)
    return lambda html, page: chat.add_to(html, page)[0]
