"""Holds the tutorial of the documentation: following it leads to the site that it describes."""

import shlex

from tests.contract.hosts import APP_ID, run
from tests.contract.written_site import read_records
from tests.docs.examples import follow


def test_the_tutorial_leads_to_what_it_says(tmp_path):
    outputs = {}

    def do(command, folder):
        done = run(shlex.split(command), folder)
        records = read_records(tmp_path / "public").values()
        outputs[command] = (done.code, done.console, sum(record is None for record in records))

    for _ in follow("tutorial/any-generator.md", tmp_path, do):
        pass
    assert outputs == {
        # The page of terms alone is off.
        "chaport apply public": (0, "", 1),
        "chaport apply public --strict --site-url https://example.org/": (0, "", 1),
    }
    common = {"appId": APP_ID, "language": {"source": "html"}}
    assert read_records(tmp_path / "public") == {
        "contact/index.html": {
            "config": {**common, "appearance": {"teamName": "Sales"}},
            "v": "1",
        },
        "index.html": {"config": common, "v": "1"},
        "terms/index.html": None,
    }
