"""The `chaport` command: knows which subcommands there are."""

import errno
import signal
import sys
from typing import Any

import click

from chaport_cli.apply import apply
from chaport_cli.check import check
from chaport_cli.csp import csp
from chaport_cli.reference import reference
from chaport_cli.schema import schema


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand; report what the system refuses, such as output on a full disk."""
        # So that what is half written is cleared away when a job is cancelled, too.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"error: {place}{error.strerror or error}", err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chaport-ssg", message="%(package)s %(version)s")
def main() -> None:
    """Chaport live chat on static sites: what helps beside the build itself."""


for command in (apply, check, csp, reference, schema):
    main.add_command(command)
