"""An adapter speaks its host's language and nothing else, so it is short."""

import ast
import io
import tokenize
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[2] / "plugins"
MOST = 110
"""Lines of code: without blank lines, comments and docstrings."""
ADAPTERS = {
    "mkdocs": ["mkdocs_chaport"],
    "pelican": ["pelican"],
    # The command's other modules are about other things than a build.
    "apply": ["chaport_cli/apply.py", "chaport_cli/site_file.py"],
}
NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


def count_lines(text: str) -> int:
    """The lines of code of a module."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            # Docstrings, those of attributes included.
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


def test_what_counts_as_a_line_of_code() -> None:
    text = '''"""A module."""

# A comment.
A = (
    1,  # with a comment
)
"""An attribute."""


def f() -> str:
    """A function."""

    return """two
lines"""
'''
    assert count_lines(text) == 6


@pytest.mark.parametrize("name", ADAPTERS)
def test_an_adapter_is_short(name: str) -> None:
    places = [PLUGINS / place for place in ADAPTERS[name]]
    files = [file for place in places for file in sorted(place.rglob("*.py")) or [place]]
    counts = {file.name: count_lines(file.read_text(encoding="utf-8")) for file in files}
    assert sum(counts.values()) <= MOST, counts


def test_every_adapter_is_counted() -> None:
    counted = {places[0].partition("/")[0] for places in ADAPTERS.values()}
    assert {path.name for path in PLUGINS.iterdir() if path.is_dir()} == counted
