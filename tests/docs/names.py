"""Reads the documentation's table of the names in a page (`reference/names.md`)."""

import re

from tests.docs.examples import page_text


def names(kind: str, *, yours: bool | None = None) -> set[str]:
    """What the rows name whose kind begins like that: `element`, `event`, `localStorage`.

    `yours`: only those that a site's author says, or only all others; both if it is left out.
    """
    rows = re.findall(r"^\| (`.*?) \| (.*?) \| .* \|$", page_text("reference/names.md"), re.M)
    return {
        name
        for cell, its_kind in rows
        if its_kind.strip("`").startswith(kind)
        if yours is None or its_kind.endswith("yours") is yours
        # Where an attribute stands is no name.
        for name in re.findall(r"`([^`]+)`", cell.partition(" on ")[0])
    }
