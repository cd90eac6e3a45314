"""Knows the feeds that mkdocs-rss-plugin writes, and leads the chat links in them elsewhere.

That plugin (1.17, plugin.py) renders pages itself and writes its files after the build, so nothing
of them passes any other event.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Rewrite = Callable[[str], str]


def rewrite_feeds(site: Path, rss: Any, rewrite: Rewrite) -> None:
    """Rewrite the HTML in the feeds of a built site; `rss` is the other plugin's configuration."""
    for feed in _feeds(site, rss):
        text = feed.read_text(encoding="utf-8")
        if "haport" not in text:
            continue
        written = _in_json(text, rewrite) if feed.suffix == ".json" else _in_xml(text, rewrite)
        if written != text:
            feed.write_text(written, encoding="utf-8", newline="")


def _feeds(site: Path, rss: Any) -> Iterator[Path]:
    for name in rss.get("feeds_filenames", {}).values():
        if (site / name).is_file():
            yield site / name


_ITEM_TEXT = re.compile(r"(?<=<description>).*?(?=</description>)", re.S)


def _in_xml(text: str, rewrite: Rewrite) -> str:
    def rewritten(found: re.Match[str]) -> str:
        before = html.unescape(found[0])
        after = rewrite(before)
        return found[0] if after == before else html.escape(after)

    return _ITEM_TEXT.sub(rewritten, text)


def _in_json(text: str, rewrite: Rewrite) -> str:
    feed = json.loads(text)
    changed = _with_texts(feed, rewrite)
    return text if changed == feed else json.dumps(changed, ensure_ascii=False)


def _with_texts(value: Any, rewrite: Rewrite) -> Any:
    if isinstance(value, dict):
        return {key: _with_texts(item, rewrite) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_texts(item, rewrite) for item in value]
    return rewrite(value) if isinstance(value, str) else value
