"""Our files in a built site: which pages ask for which, what is missing, what nobody asks for."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import relpath
from typing import Literal, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from chaport_core.inspection.findings import Finding, Kind
from chaport_core.page.scripts import SHIPPED_NAME

_IN_SCRIPT = re.compile(rf"""(?<=["'])[^"'\s]*{SHIPPED_NAME}(?=["'])""")


class Reference(NamedTuple):
    """One of our files, as a page asks for it."""

    path: str
    """Where the file stands: from the site's folder, if the address is relative."""
    kind: Literal["relative", "root", "elsewhere"]
    """From the page; from a host's root, whose place in the site is unknown; another host."""

    @property
    def name(self) -> str:
        """The file's name alone."""
        return self.path.rpartition("/")[2]


def is_ours(name: str) -> bool:
    """Whether a file of this name comes from us."""
    return re.fullmatch(SHIPPED_NAME, name) is not None


def references_in_script(script: str) -> list[str]:
    """The addresses of our files that a script names: a preview build's loader has one."""
    return _IN_SCRIPT.findall(script)


def reference_to(address: str, base: str, page: str) -> Reference | None:
    """What a page asks for; None where it is no file of ours or no address.

    `base`: the address in the page's `<base>`, or nothing.
    """
    try:
        steps = [urlsplit(step) for step in (base.strip(), address.strip())]
        # A host's root swallows what leads above it, but the site may stand below it: as deep as
        # can matter here.
        root = "/site" * (1 + base.count("..") + address.count(".."))
        joined = urljoin(f"http://host{root}/{quote(page)}", base.strip())
        path = unquote(urlsplit(urljoin(joined, address.strip())).path)
    except ValueError:
        return None
    if not is_ours(path.rpartition("/")[2]):
        return None
    if any(step.scheme or step.netloc for step in steps):
        return Reference(path.lstrip("/"), "elsewhere")
    if any(step.path.startswith("/") for step in steps):
        return Reference(path.lstrip("/"), "root")
    return Reference(relpath(path, root), "relative")


def find_file_findings(
    references: Mapping[str, Iterable[Reference]], files: Mapping[str, Path]
) -> Iterator[Finding]:
    """What is wrong between pages and files.

    `references`: by the page that asks; `files`: ours in the site, by their paths below it.
    """
    asked: set[str] = set()
    for page, wanted in references.items():
        for reference in wanted:
            path = _find(reference, files)
            asked.add(path or "")
            if path is None and reference.kind != "elsewhere":
                outside = ", outside the site's folder" if reference.path.startswith("../") else ""
                yield Finding(Kind.MISSING_FILE, page, f"asks for {reference.path}{outside}")
    for path, file in files.items():
        if path not in asked:
            yield Finding(Kind.ORPHAN, path, "no page asks for it")
        elif not _is_whole(file):
            yield Finding(Kind.ALTERED_FILE, path, "its content does not have the hash in its name")


def _find(reference: Reference, files: Mapping[str, Path]) -> str | None:
    path = reference.path
    while path not in files:
        # The site may be served below a host's root: /docs/chaport-runtime.js.
        if reference.kind == "relative" or "/" not in path:
            return None
        path = path.partition("/")[2]
    return path


def _is_whole(file: Path) -> bool:
    try:
        content = file.read_bytes()
    except OSError:
        return False
    return hashlib.sha256(content).hexdigest()[:8] == file.name.split(".")[1]
