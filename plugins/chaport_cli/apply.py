"""`chaport apply`: its arguments, what it says, and with which code it ends."""

import logging
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from chaport_cli.site_dir import require_folder, require_pages, site_dir_argument, stop
from chaport_cli.site_file import read_site_file
from chaport_core import BuildRefused, FolderBuild, settings_or_refuse

_ADVICE = "name the folder that your generator wrote (Zensical: site, Hugo: public)."


def _address(value: str) -> str:
    try:
        urlsplit(value)
    except ValueError as error:
        raise click.BadParameter(f"{value} is no address ({error})") from error
    return value


@click.command()
@site_dir_argument
@click.option(
    "--config",
    type=click.Path(readable=False, path_type=Path),
    default=Path("chaport.yml"),
    show_default=True,
    metavar="FILE",
    help="The options, as in the plugin's entry of mkdocs.yml.",
)
@click.option(
    "--site-url",
    default="",
    type=_address,
    metavar="URL",
    help="Where the site will be: for 404.html, which is served at any depth, and for feeds.",
)
@click.option(
    "--language",
    metavar="TAG",
    help="The language of all pages, for a site whose pages carry a wrong <html lang> or none.",
)
@click.option("--strict", is_flag=True, help="End with code 1 where there are warnings.")
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Say where each page's options came from, and what else may be of use.",
)
def apply(
    site_dir: Path, config: Path, site_url: str, language: str | None, strict: bool, verbose: bool
) -> None:
    """Put chat into every page of a built site.

    SITE_DIR is the folder that a generator wrote: Zensical, Sphinx, Hugo, any other, or plain HTML.
    Run it after each build; a second run changes nothing. Where a link leads, the file behind it
    is written. Links to the chat keep the fallback and the call of the first run.

    Rows of `pages` match a page's path below SITE_DIR. What a page says itself, in
    <meta name="chaport:page" content='{"launcher": {"show": false}}'>, wins over them, as front
    matter does.

    The exit code is 0 if all went well; 1 if the options have mistakes or pages hold secrets, and
    nothing was written, if a file could not be read or written, all others being done, or, with
    --strict, if there were warnings; 2 if SITE_DIR is no folder with pages.
    """
    console = _Console()
    log = logging.Logger("chaport", logging.INFO if verbose else logging.WARNING)
    log.addHandler(console)
    explain = log.info if verbose else None
    require_folder(site_dir, _ADVICE, "error: ")
    try:
        settings = settings_or_refuse(read_site_file(config), str(config), log)
        build = FolderBuild(
            settings, site_dir, log, site_url=site_url, language=language, explain=explain
        )
        require_pages(site_dir, build.pages or build.failures, _ADVICE, "error: ")
        summary = build.run()
    except BuildRefused as refused:
        stop(f"error: {refused}", 1)
    for failure in build.failures:
        log.error("%s", failure)
    click.echo(summary)
    sys.exit(1 if build.failures or (strict and console.warnings) else 0)


class _Console(logging.Handler):
    """Says each message on standard error, its level first, and counts the warnings."""

    warnings = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings += record.levelno == logging.WARNING
        click.echo(f"{record.levelname.lower()}: {record.getMessage()}", err=True)
