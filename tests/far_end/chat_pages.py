"""Makes pages with chat as the core makes them for every host: from a site's options."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.far_end.addresses import APP_ID

from chaport_core.page.chat import Chat, Page
from chaport_core.settings.site import read_settings


class ChatPages:
    """The pages of one site."""

    def __init__(self, options: Mapping[str, Any] | None = None, folder: Path | None = None):
        """`options`: the site's, which must be without a problem.

        `folder`: where the files that pages need are written; if it is left out, they are only
        kept in `files`.
        """
        self.files: dict[str, str] = {}
        """The files that pages have needed so far, by their names."""
        self.problems: list[str] = []
        """The messages to the pages' author so far."""
        self._folder = folder
        settings, problems = read_settings({"appId": APP_ID, **(options or {})})
        assert problems == []
        assert settings is not None
        self._chat = Chat(settings, ship=lambda file: self._keep(file.name, file.text))

    def _keep(self, name: str, text: str) -> None:
        self.files[name] = text
        if self._folder:
            (self._folder / name).write_text(text, encoding="utf-8")

    def add_to(self, html: str, name: str = "index.html", says: Any = None) -> str:
        """The page with chat in it.

        `name`: its path below the site; `says`: what its front matter says of chat.
        """
        metadata = {} if says is None else {"chaport": says}
        made, problems = self._chat.add_to(html, Page(name, metadata=metadata))
        self.problems += map(str, problems)
        return made


def add_chat(
    html: str, options: Mapping[str, Any] | None = None, folder: Path | None = None
) -> str:
    """The only page of a site, with chat in it and no problem."""
    pages = ChatPages(options, folder)
    made = pages.add_to(html)
    assert pages.problems == []
    return made


def shipped_file(kind: str, options: Mapping[str, Any]) -> str:
    """The text of the file of this kind (`chaport-runtime`) that a site with these options has."""
    pages = ChatPages(options)
    pages.add_to("<!doctype html><title>x</title><a href=chaport:open>x</a>")
    (text,) = (text for name, text in pages.files.items() if name.startswith(f"{kind}."))
    return text
