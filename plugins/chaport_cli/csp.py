"""`chaport csp`: prints what the scripts in the pages of a built site need."""

import sys
from pathlib import Path

import click

from chaport_cli.site_dir import require_folder, require_pages, site_dir_argument
from chaport_core import find_policy


@click.command()
@site_dir_argument
def csp(site_dir: Path) -> None:
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
    require_folder(site_dir)
    policy = find_policy(site_dir)
    require_pages(site_dir, policy.directive or policy.unread)
    for place, reason in policy.unread:
        click.echo(f"{place} {reason}, so the policy does not cover it.", err=True)
    for remark in policy.remarks:
        click.echo(remark, err=True)
    if policy.directive:
        click.echo(policy.directive)
    sys.exit(1 if policy.unread else 0)
