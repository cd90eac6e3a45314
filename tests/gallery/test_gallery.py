"""Holds that a site in every theme that is a package has its chat, and that the table says so."""

import pytest
from tests.gallery.documented import documented, part_of, row_of
from tests.gallery.outcome import try_theme
from tests.gallery.theme import installed_host, themes_of

HOST = installed_host()
if HOST is None:
    raise pytest.UsageError("the gallery needs one of its hosts, in the version of its table")
THEMES = {theme.name: theme for theme in themes_of(HOST)}
LEAST = {"mkdocs": 6, "pelican": 15}


@pytest.mark.parametrize("name", THEMES)
def test_every_page_has_its_chat_and_the_table_says_what_became_of_it(name, tmp_path):
    outcome = try_theme(THEMES[name], tmp_path)
    assert outcome.complaints == ()
    # Written anew by `nox -s gallery -- write`.
    assert row_of(outcome) in documented(HOST).splitlines(keepends=True)


def test_the_table_has_a_line_for_each_theme_and_nothing_else():
    lines = documented(HOST).splitlines(keepends=True)
    rows = [line for line in lines if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == list(THEMES)
    assert documented(HOST) == part_of(HOST, rows)
    assert len(rows) >= LEAST[HOST]
