"""`chaport check`: inspects a built site and writes what it found, in one of four formats."""

import sys
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from chaport_core.built_site import is_readable_folder

if TYPE_CHECKING:
    from chaport_core.inspection.site_report import SiteFiles, SiteReport

_MANY = 500
"""Pages from which on reading takes long enough to show how far it is."""
_ADVICE = "name the folder that the build wrote (MkDocs: site, Pelican: output)."


@click.command()
@click.argument("site_dir", type=click.Path(readable=False, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "html"]),
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
@click.pass_context
def check(
    context: click.Context, site_dir: Path, form: str, output: Path | None, verbose: bool
) -> None:
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
    if not is_readable_folder(site_dir):
        _fail(context, f"{site_dir} is no folder that can be read; {_ADVICE}")
    # Imported here: the command's other parts need no parser.
    from chaport_core.inspection.findings import is_failure
    from chaport_core.inspection.site_report import list_files

    files = list_files(site_dir)
    if not files.pages and not files.findings:
        _fail(context, f"{site_dir} holds no HTML page; {_ADVICE}")
    try:
        report = _inspect(files)
    except BrokenExecutor:
        _fail(context, "A process that read pages was ended from outside; is there enough memory?")
    try:
        _write(_written(report, form, verbose), output, form)
    except OSError as error:
        _fail(context, f"{output or 'the report'} cannot be written ({error.strerror}).")
    context.exit(1 if any(map(is_failure, report.findings)) else 0)


def _fail(context: click.Context, sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    context.exit(2)


def _inspect(files: "SiteFiles") -> "SiteReport":
    """Inspect, with a progress bar where somebody looks on for long."""
    from chaport_core.inspection.site_report import inspect_site

    if len(files.pages) < _MANY or not sys.stderr.isatty():
        return inspect_site(files, lambda _: None)
    with click.progressbar(
        length=len(files.pages), label="Reading pages", file=sys.stderr, show_pos=True
    ) as bar:
        return inspect_site(files, bar.update)


def _written(report: "SiteReport", form: str, verbose: bool) -> str:
    if form == "json":
        from chaport_core.inspection.as_json import write_json

        return write_json(report)
    if form == "github":
        from chaport_core.inspection.as_github import write_github

        return write_github(report)
    if form == "html":
        from chaport_core.inspection.as_html import write_html

        return write_html(report)
    from chaport_core.inspection.as_text import write_text

    return write_text(report, verbose=verbose)


def _write(text: str, output: Path | None, form: str) -> None:
    if output:
        output.write_text(text, encoding="utf-8", newline="\n")
        return
    # A terminal's own encoding may lack a character of a path; an HTML page says what it is in.
    encoding = "utf-8" if form == "html" else (sys.stdout.encoding or "utf-8")
    click.echo(text.encode(encoding, "backslashreplace"), nl=False)
