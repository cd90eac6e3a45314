"""Fills in the parts of the documentation that are made from the source."""

from typing import Any

from chaport_core.page.scripts import content, identity, preview_widget, print_style, runtime
from chaport_core.schema.reference import callable_methods, own_options, vendor_options


def shipped_files() -> str:
    """What a build may add to a site's folder, a row each."""
    of_links = "pages with [chat links](chat-links.md); every page with `events: dom`"
    files = {
        runtime(): "every page, where the theme [swaps pages](../how-to/instant-navigation.md)",
        content(): of_links,
        print_style(): "the same pages, for paper alone",
        identity(): "every page, where [`identity`](../how-to/logged-in-readers.md) is set",
        preview_widget(): "every page with chat of a build that shows the preview widget",
    }
    rows = [
        f"| `{file.name}` | {len(file.text.encode()) / 1000:.1f} kB | {where} |"
        for file, where in files.items()
    ]
    return "\n".join(["| File | Size | On |", "|---|---|---|", *rows])


PARTS = {
    "<!-- own options -->": own_options,
    "<!-- vendor options -->": vendor_options,
    "<!-- methods -->": callable_methods,
    "<!-- shipped files -->": shipped_files,
}


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put each part in the place of its name."""
    for name, make in PARTS.items():
        if name in markdown:
            markdown = markdown.replace(name, make())
    return markdown
