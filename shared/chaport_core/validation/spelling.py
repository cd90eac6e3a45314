"""Names as authors spell them: which spellings mean the same, and which name was meant."""

import difflib
from collections.abc import Iterable


def folded(name: str) -> str:
    """The name without what authors vary: `chaport_open_in`, `Chaport-OpenIn` are one."""
    return name.lower().replace("_", "").replace("-", "")


def closest(name: str, names: Iterable[str]) -> str | None:
    """The name that was probably meant: `app_id` for appId, `lancher` for launcher."""
    spelt = {folded(item): item for item in names}
    close = difflib.get_close_matches(folded(name), spelt, n=1, cutoff=0.7)
    return spelt[close[0]] if close else None
