"""Knows Material's consent dialog (`extra.consent`), and gives it an entry for chat, never ticked.

Material 9.8 stores what is ticked under *Manage settings* (partials/consent.html); an entry that is
a text would be ticked from the start.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from chaport_core.problem import Problem

ENTRY = "chaport"


def offer_chat(extra: Mapping[str, Any]) -> Iterator[Problem]:
    """Add the entry to `extra`; doing so again, for another language of a site, changes nothing."""
    dialog = extra.get("consent")
    if not isinstance(dialog, dict):
        yield Problem(
            (),
            "material waits for the answer to Material's consent dialog, and extra.consent is not"
            " in mkdocs.yml, so no page will ever load chat; set it, or choose another consent",
            "warning",
        )
        return
    cookies = dialog.get("cookies") or {}
    said = cookies.get(ENTRY)
    own = said if isinstance(said, dict) else {"name": said, "checked": bool(said)}
    if own.get("checked"):
        yield Problem(
            ("extra", "consent", "cookies", ENTRY),
            "would be ticked before a reader has said anything, which is no consent, so it is"
            f" not; write {ENTRY}: {{name: ..., checked: false}}",
            "info" if said is not own else "warning",
        )
    entry = {"name": own.get("name") or "Chaport", "checked": False}
    dialog["cookies"] = {**cookies, ENTRY: entry}
