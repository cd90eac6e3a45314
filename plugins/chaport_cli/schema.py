"""`chaport schema`: prints what an editor needs to check options."""

from typing import Literal

import click

from chaport_core import read_schema


@click.command()
@click.argument("name", type=click.Choice(["mkdocs", "page", "types"]))
def schema(name: Literal["mkdocs", "page", "types"]) -> None:
    """Print what an editor needs to check options.

    mkdocs is the JSON Schema of a whole mkdocs.yml; page that of front matter and .meta.yml
    files; types the same options, and methods, in TypeScript for scripts.
    """
    # As it is: the terminal's own encoding may lack a character.
    click.echo(read_schema(name), nl=False)
