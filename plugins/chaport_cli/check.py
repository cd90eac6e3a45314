"""`chaport check`: inspects a built site and writes what it found, in one of four formats."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, get_args

import click

from chaport_cli.site_dir import require_folder, require_pages, site_dir_argument, stop

Form = Literal["text", "json", "github", "html"]
_MANY = 500
"""Pages from which on reading takes long enough to show how far it is."""


@click.command()
@site_dir_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Form)),
    default="text",
    show_default=True,
    help="text for people, json for programs, github for annotations in GitHub Actions, html for"
    " one page that holds everything.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report to this file instead of standard output.",
)
@click.option("--verbose", is_flag=True, help="List every page of every finding in the text.")
def check(site_dir: Path, form: Form, output: Path | None, verbose: bool) -> None:
    """Check what the pages of a built site carry of Chaport.

    SITE_DIR is the folder that the build wrote: "site" with MkDocs, "output" with Pelican.

    Every HTML file is read. The report says how many pages have chat, and what is wrong: chat
    installed twice, mistakes and secrets in the pages' records, languages and elements that
    are not there, chat links that lead nowhere, files of ours that are missing or left over.
    Where the theme swaps pages without loading documents, it names those that are loaded all
    the same, and why.

    The exit code is 0 if nothing is wrong (there may be notices), 1 if there is an error or a
    warning, a file that could not be read included, and 2 if SITE_DIR is no folder with pages
    or the report cannot be written.
    """
    require_folder(site_dir)
    # Imported here: the command's other parts need no parser.
    from chaport_core import inspect_site, list_files, write_report

    files = list_files(site_dir)
    require_pages(site_dir, files.pages or files.findings)
    try:
        with _progress(len(files.pages)) as on_progress:
            report = inspect_site(files, on_progress)
    except BrokenExecutor:
        stop("A process that read pages was ended from outside; is there enough memory?", 2)
    try:
        _write(write_report(report, form, verbose=verbose), output, form)
    except OSError as error:
        stop(f"{output or 'the report'} cannot be written ({error.strerror}).", 2)
    sys.exit(1 if report.has_failures else 0)


@contextmanager
def _progress(pages: int) -> Iterator[Callable[[int], object]]:
    """A progress bar where somebody looks on for long; takes how many more have been read."""
    if pages < _MANY or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(
        length=pages, label="Reading pages", file=sys.stderr, show_pos=True
    ) as bar:
        yield bar.update


def _write(text: str, output: Path | None, form: Form) -> None:
    if output:
        output.write_text(text, encoding="utf-8", newline="\n")
        return
    # A terminal's own encoding may lack a character of a path; an HTML page says what it is in.
    encoding = "utf-8" if form == "html" else (sys.stdout.encoding or "utf-8")
    click.echo(text.encode(encoding, "backslashreplace"), nl=False)
