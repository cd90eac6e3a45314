"""Replaces files whole: readers, and crashes, see the old one or the new one, never a half."""

import os
import secrets
import stat
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Write a file, new or in place of an old one, whose mode it keeps.

    Where a link leads, the file behind it is replaced. Raises `OSError`; then all is as it was.
    """
    target = path.resolve()
    draft = target.with_name(f".chaport-{secrets.token_hex(8)}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(content)
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        os.replace(draft, target)  # noqa: PTH105 - the same, and says what it does
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
