"""`chaport reference`: prints all options and methods."""

import click

from chaport_core import write_reference


@click.command()
def reference() -> None:
    """Print all options and methods, in Markdown."""
    click.echo(write_reference())
