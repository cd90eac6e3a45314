"""The Content-Security-Policy of a whole built site, and what could not be asked about it."""

from pathlib import Path
from typing import NamedTuple

from chaport_core.built_file import UnreadableError, read_page_file
from chaport_core.built_site import page_files
from chaport_core.inspection.policy import PageScripts, policy_of, read_page, remarks_on


class SitePolicy(NamedTuple):
    """What `chaport csp` has to say."""

    directive: str | None
    """What the scripts of all pages need; None without a page that could be read."""
    remarks: list[str]
    """What the author should know besides, in sentences."""
    unread: list[tuple[str, str]]
    """Files and folders that could not be read, each with the reason as the end of a sentence."""


def find_policy(folder: Path) -> SitePolicy:
    """Read every page of a site for the policy that its scripts need."""
    pages: dict[str, PageScripts] = {}
    unread: list[tuple[str, str]] = []

    def note(path: str | Path, reason: str) -> None:
        unread.append((Path(path).relative_to(folder).as_posix(), reason))

    for path in page_files(folder, lambda e: note(e.filename, f"cannot be read ({e.strerror})")):
        try:
            text = read_page_file(path).decode()
        except UnreadableError as error:
            note(path, str(error))
        except UnicodeDecodeError:
            note(path, "is not written in UTF-8")
        else:
            pages[path.relative_to(folder).as_posix()] = read_page(text)
    directive = policy_of(pages.values()) if pages else None
    return SitePolicy(directive, remarks_on(pages), unread)
