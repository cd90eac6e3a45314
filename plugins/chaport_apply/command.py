"""`chaport apply`: its arguments, what it says, and with which code it ends."""

import signal
import sys
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import click

from chaport_apply.application import Application
from chaport_apply.site_file import SiteFileError, read_site_file
from chaport_core.built_site import is_readable_folder
from chaport_core.problem import is_fatal, listed, report
from chaport_core.settings.site import SiteSettings, read_settings


def _check_address(context: click.Context, option: click.Parameter, value: str) -> str:
    try:
        urlsplit(value)
    except ValueError as error:
        raise click.BadParameter(f"{value} is no address ({error})") from error
    return value


@click.command()
@click.argument("site_dir", type=click.Path(readable=False, path_type=Path))
@click.option(
    "--config",
    "site_file",
    type=click.Path(readable=False, path_type=Path),
    default=Path("chaport.yml"),
    show_default=True,
    metavar="FILE",
    help="The options, as in the plugin's entry of mkdocs.yml.",
)
@click.option(
    "--site-url",
    default="",
    callback=_check_address,
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
@click.pass_context
def apply(
    context: click.Context,
    site_dir: Path,
    site_file: Path,
    site_url: str,
    language: str | None,
    strict: bool,
    verbose: bool,
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
    # So that what is half written is cleared away when a job is cancelled, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    console = _Console(verbose)
    if not is_readable_folder(site_dir):
        _stop(context, f"{site_dir} is no folder that can be read; {_ADVICE}", 2)
    settings = _read_settings(context, site_file, console)
    tell = console.tell if verbose else None
    application = Application(site_dir, settings, site_url, language, console, tell)
    if not application.pages and not application.failures:
        _stop(context, f"{site_dir} holds no HTML page; {_ADVICE}", 2)
    secrets = application.find_secrets()
    if secrets:
        _stop(context, f"secrets in pages, so nothing was written:\n{listed(secrets)}", 1)
    summary = application.add_chat()
    for failure in application.failures:
        _say_error(failure)
    click.echo(summary)
    context.exit(1 if application.failures or (strict and console.warnings) else 0)


_ADVICE = "name the folder that your generator wrote (Zensical: site, Hugo: public)."


class _Console:
    """Says problems on standard error, each with its level first, and counts the warnings."""

    def __init__(self, verbose: bool) -> None:
        self.verbose = verbose
        self.warnings = 0

    def info(self, msg: str, /, *args: object) -> None:
        if self.verbose:
            click.echo(f"info: {msg % args}", err=True)

    def tell(self, line: str) -> None:
        self.info("%s", line)

    def warning(self, msg: str, /, *args: object) -> None:
        self.warnings += 1
        click.echo(f"warning: {msg % args}", err=True)


def _read_settings(context: click.Context, file: Path, console: _Console) -> SiteSettings:
    try:
        settings, problems = read_settings(read_site_file(file))
    except SiteFileError as error:
        _stop(context, f"{file} {error}", 1)
    if settings is None:
        found = listed(problem for problem in problems if is_fatal(problem))
        _stop(context, f"{file} has mistakes:\n{found}", 1)
    report(problems, str(file), console)
    return settings


def _stop(context: click.Context, message: str, code: int) -> NoReturn:
    _say_error(message)
    context.exit(code)


def _say_error(message: str) -> None:
    click.echo(f"error: {message}", err=True)
