"""A Pelican plugin in place of `webassets`: style sheets need compilers from npm, Ruby and Java."""

from typing import Any

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from pelican import signals


class Assets(Extension):
    """The tag `assets`, which names a style sheet that nobody has made."""

    tags = {"assets"}  # noqa: RUF012

    def parse(self, parser: Parser) -> nodes.Node:
        """Keep what is in the tag, and forget which files it names."""
        line = next(parser.stream).lineno
        while parser.stream.current.type != "block_end":
            next(parser.stream)
        body = parser.parse_statements(("name:endassets",), drop_needle=True)
        address = nodes.Assign(nodes.Name("ASSET_URL", "store"), nodes.Const("style.css"))
        return nodes.Scope([address, *body], lineno=line)


def _offer(pelican: Any) -> None:
    pelican.settings["JINJA_ENVIRONMENT"]["extensions"].append(Assets)


def register() -> None:
    """Pelican's entry point."""
    signals.initialized.connect(_offer)
