"""Knows Material's consent dialog (`extra.consent`), and gives it an entry for chat, never ticked.

Material 9.8 stores what is ticked under *Manage settings* (partials/consent.html); an entry that is
a text would be ticked from the start.
"""

from typing import Any

ENTRY = "chaport"


def offer_chat(dialog: Any, log: Any) -> None:
    """Add the entry to the dialog; doing so again, for another language, changes nothing."""
    if not isinstance(dialog, dict):
        log.warning(
            "consent: material waits for the answer to Material's consent dialog, and extra.consent"
            " is not in mkdocs.yml, so no page will ever load chat; set it, or choose another"
            " consent"
        )
        return
    cookies = dialog.get("cookies") or {}
    said = cookies.get(ENTRY)
    own = said if isinstance(said, dict) else {"name": said, "checked": bool(said)}
    if own.get("checked"):
        say = log.warning if said is own else log.info
        say(
            f"consent: extra.consent.cookies.{ENTRY}: would be ticked before a reader has said"
            " anything, which is no consent, so it is not; write"
            f" {ENTRY}: {{name: ..., checked: false}}"
        )
    dialog["cookies"] = {**cookies, ENTRY: {"name": own.get("name") or "Chaport", "checked": False}}
