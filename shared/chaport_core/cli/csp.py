"""`chaport csp`: knows where the pages of a built site lie, and how to tell what they need."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from chaport_core.policy import PageScripts, policy_of, read_page, remarks_on


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
    # Not Path.is_dir(), which raises where it may not look.
    if not os.path.isdir(site_dir) or not os.access(site_dir, os.R_OK | os.X_OK):  # noqa: PTH112
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

    for path in _page_files(site_dir, complain_of_folder):
        try:
            text = path.read_bytes().decode()
        except OSError as error:
            complain(path, f"cannot be read ({error.strerror})")
        except UnicodeDecodeError:
            complain(path, "is not written in UTF-8")
        else:
            pages[path.relative_to(site_dir).as_posix()] = read_page(text)
    return pages, complaints


def _page_files(site_dir: Path, onerror: Callable[[OSError], object]) -> Iterator[Path]:
    """The files of pages, folders behind links included, each folder once."""
    seen = set()
    for parent, folders, names in os.walk(site_dir, onerror=onerror, followlinks=True):
        # A link may lead to a folder that it stands in.
        place = Path(parent).resolve()
        if place in seen:
            folders.clear()
            continue
        seen.add(place)
        folders.sort()
        yield from filter(_is_page, (Path(parent, name) for name in sorted(names)))


def _is_page(path: Path) -> bool:
    if path.suffix.lower() in (".html", ".htm"):
        # A pipe would be waited for; a link to nowhere is told of when it is read.
        return path.is_file() or path.is_symlink()
    return not path.suffix and path.is_file() and _begins_like_a_page(path)


def _begins_like_a_page(path: Path) -> bool:
    """Whether a file without a suffix is one of the pages that some sites write so."""
    try:
        with path.open("rb") as file:
            start = file.read(100).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    except OSError:
        return False
    return start.startswith((b"<!doctype html", b"<html"))
