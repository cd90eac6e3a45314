"""The core as the benchmark uses it; the only file here that knows its interface."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from chaport_core import Build, Page, settings_or_refuse

__all__ = ["Page", "chat_adder"]


def chat_adder(options: Mapping[str, Any], output: Path) -> Callable[[str, Page], str]:
    """Return a function that adds chat to a page's HTML.

    `options`: a site's options; `output`: the folder that gets the files that pages need.
    """
    # Warnings cost what a host's log takes for them, but for the printing.
    log = logging.Logger("bench")
    log.addHandler(logging.NullHandler())
    return Build(settings_or_refuse(options, "the benchmark", log), output, log).add_chat
