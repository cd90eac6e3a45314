"""The distributions that the plugin adds to an environment with MkDocs, itself among them."""

import subprocess
import sys
from collections.abc import Iterator

from rows import Row, Skipped
from sample import ROOT

_HOST = "mkdocs==1.6.1"
_NO_SOLUTION = 1


def measure() -> Iterator[Row]:
    """Their number, as uv resolves them for this interpreter; nothing is installed."""
    added = resolved(_HOST, f"chaport-ssg @ {ROOT.as_uri()}") - resolved(_HOST)
    yield Row("added to MkDocs 1.6", len(added), "packages", 4, note=" ".join(sorted(added)))


def resolved(*requirements: str) -> set[str]:
    """The names of all distributions that requirements lead to.

    Raises Skipped where the package index cannot be read, ValueError where no versions fit.
    """
    command = [sys.executable, "-m", "uv", "pip", "compile", "-", "--quiet"]
    done = subprocess.run(
        [*command, "--no-header", "--no-annotate"],
        input="\n".join(requirements),
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode:
        reason = done.stderr.strip().partition("\n")[0]
        is_offline = done.returncode != _NO_SOLUTION or "network was disabled" in done.stderr
        raise (Skipped if is_offline else ValueError)(reason)
    return {line.partition("==")[0].partition(" @ ")[0] for line in done.stdout.splitlines()}
