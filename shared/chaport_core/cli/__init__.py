"""The `chaport` command: knows which subcommands there are."""

import click

from chaport_core.cli.csp import csp


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chaport-ssg", message="%(package)s %(version)s")
def main() -> None:
    """Chaport live chat on static sites: what helps beside the build itself."""


main.add_command(csp)
