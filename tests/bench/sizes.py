"""How many bytes a page grows by, beside the vendor's paste with the same settings."""

import gzip

from sample import APP_ID, VENDOR_PASTE, sample_page

from chaport_core.page.chat import Chat, Page
from chaport_core.settings.site import read_settings


def measure_sizes() -> list[dict[str, str]]:
    """One row for ours, one for the paste: raw bytes, and growth of the gzipped page."""
    page = sample_page(10_240)
    settings, _ = read_settings({"appId": APP_ID})
    assert settings is not None
    ours, _ = Chat(settings, ship=print).add_to(page, Page("index.html"))
    pasted = page.replace("</head>", VENDOR_PASTE + "</head>")
    return [
        row("chaport-ssg", page, ours, "950 / 420"),
        row("vendor's paste", page, pasted, ""),
    ]


def row(name: str, page: str, changed: str, budget: str) -> dict[str, str]:
    raw = len(changed.encode()) - len(page.encode())
    return {
        "what": name,
        "raw": str(raw),
        "gzip": str(compressed(changed) - compressed(page)),
        "budget": budget,
    }


def compressed(text: str) -> int:
    return len(gzip.compress(text.encode(), mtime=0))
