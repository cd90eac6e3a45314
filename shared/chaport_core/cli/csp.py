"""`chaport csp`: tells what the scripts in the pages of a built site need."""

from pathlib import Path

import click

from chaport_core.built_site import (
    UnreadableError,
    is_readable_folder,
    page_files,
    read_page_file,
)
from chaport_core.inspection.policy import PageScripts, policy_of, read_page, remarks_on


@click.command()
@click.argument("site_dir", type=click.Path(readable=False, path_type=Path))
@click.pass_context
def csp(context: click.Context, site_dir: Path) -> None:
    """Print the Content-Security-Policy that the scripts of a built site need.

    SITE_DIR is the folder that the build wrote: "site" with MkDocs, "output" with Pelican.

    The policy alone goes to standard output: one script-src directive, to be sent as the header
    Content-Security-Policy. It names the hash of every inline script in the pages, the hosts
    of the scripts they load, and https://app.chaport.com where they load live chat. Scripts
    that other scripts load cannot be seen in a page: add what admits them.

    Remarks go to standard error: what no hash admits, whether a minifier has changed the
    loader, and what only Chaport can say.

    The exit code is 0 if all pages were read, 1 if some could not be, and 2 if SITE_DIR is no
    folder with pages.
    """
    if not is_readable_folder(site_dir):
        _say(f"{site_dir} is no folder that can be read; {_ADVICE}")
        context.exit(2)
    pages, complaints = _read_pages(site_dir)
    if not pages and not complaints:
        _say(f"{site_dir} holds no HTML page; {_ADVICE}")
        context.exit(2)
    for sentence in [*complaints, *remarks_on(pages)]:
        _say(sentence)
    if pages:
        click.echo(policy_of(pages.values()))
    context.exit(1 if complaints else 0)


_ADVICE = "name the folder that the build wrote (MkDocs: site, Pelican: output)."


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


def _read_pages(site_dir: Path) -> tuple[dict[str, PageScripts], list[str]]:
    """What each page runs, by its path below the folder, and what could not be read."""
    pages: dict[str, PageScripts] = {}
    complaints: list[str] = []

    def complain(name: str | Path, reason: str) -> None:
        place = Path(name).relative_to(site_dir).as_posix()
        complaints.append(f"{place} {reason}, so the policy does not cover it.")

    def complain_of_folder(error: OSError) -> None:
        complain(error.filename, f"cannot be read ({error.strerror})")

    for path in page_files(site_dir, complain_of_folder):
        try:
            text = read_page_file(path).decode()
        except UnreadableError as error:
            complain(path, str(error))
        except UnicodeDecodeError:
            complain(path, "is not written in UTF-8")
        else:
            pages[path.relative_to(site_dir).as_posix()] = read_page(text)
    return pages, complaints
