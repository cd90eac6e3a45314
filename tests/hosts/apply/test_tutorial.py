"""Holds the tutorial of the documentation: following it leads to the site that it describes."""

import shlex

from tests.contract.hosts import run
from tests.contract.written_site import read_records
from tests.docs.examples import follow, page_text
from tests.far_end.addresses import APP_ID


def test_the_tutorial_leads_to_what_it_says(tmp_path):
    said = []

    def do(command, folder):
        done = run(shlex.split(command), folder)
        said.append((done.code, done.console.strip()))

    for _ in follow("tutorial/any-generator.md", tmp_path, do):
        pass
    assert said == [
        (0, "chat on 2 pages"),
        (0, "chat on 1 page, off on 1"),
        (0, "chat on 2 pages, off on 1"),
        (0, "chat on 2 pages, off on 1"),
    ]
    text = page_text("tutorial/any-generator.md")
    assert [sentence for _, sentence in said if f"`{sentence}`" not in text] == []
    common = {"appId": APP_ID, "language": {"source": "html"}}
    assert read_records(tmp_path / "public") == {
        "contact/index.html": {
            "config": {**common, "appearance": {"teamName": "Sales"}},
            "v": "1",
        },
        "index.html": {"config": common, "v": "1"},
        "terms/index.html": None,
    }
