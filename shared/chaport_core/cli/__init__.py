"""The `chaport` command: knows which subcommands there are."""

import errno
from importlib.metadata import entry_points
from typing import Any

import click

from chaport_core.cli.check import check
from chaport_core.cli.csp import csp


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand; what the system refuses it, such as output on a full disk, is said."""
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


main.add_command(check)
main.add_command(csp)
# An adapter's own command, which the core does not know: the adapter imports the core.
for entry in entry_points(group="chaport.commands"):
    main.add_command(entry.load(), entry.name)
