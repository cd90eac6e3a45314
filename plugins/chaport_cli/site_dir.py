"""SITE_DIR, the folder that a command is about, and how a command ends that cannot go on."""

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

site_dir_argument = click.argument("site_dir", type=click.Path(readable=False, path_type=Path))


def stop(sentence: str, code: int) -> NoReturn:
    """End the command with a sentence on standard error and an exit code."""
    click.echo(sentence, err=True)
    sys.exit(code)


ADVICE = "name the folder that the build wrote (MkDocs: site, Pelican: output)."


def require_folder(folder: Path, advice: str = ADVICE, prefix: str = "") -> None:
    """Stop where there is no folder, or none that may be looked into."""
    # Not Path.is_dir(), which raises where it may not look.
    if not (os.path.isdir(folder) and os.access(folder, os.R_OK | os.X_OK)):  # noqa: PTH112
        stop(f"{prefix}{folder} is no folder that can be read; {advice}", 2)


def require_pages(folder: Path, found: object, advice: str = ADVICE, prefix: str = "") -> None:
    """Stop where neither a page was found in a folder nor a reason for it."""
    if not found:
        stop(f"{prefix}{folder} holds no HTML page; {advice}", 2)
