"""Names as authors spell them: which spellings mean the same."""


def folded(name: str) -> str:
    """The name without what authors vary: `chaport_open_in`, `Chaport-OpenIn` are one."""
    return name.lower().replace("_", "").replace("-", "")
