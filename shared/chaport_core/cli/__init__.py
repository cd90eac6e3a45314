"""The `chaport` command: knows which subcommands there are."""

from importlib.metadata import entry_points

import click

from chaport_core.cli.check import check
from chaport_core.cli.csp import csp


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chaport-ssg", message="%(package)s %(version)s")
def main() -> None:
    """Chaport live chat on static sites: what helps beside the build itself."""


main.add_command(check)
main.add_command(csp)
# An adapter's own command, which the core does not know: the adapter imports the core.
for entry in entry_points(group="chaport.commands"):
    main.add_command(entry.load(), entry.name)
