"""Holds the tutorial of the documentation: following it leads to the site that it describes."""

import shlex
from pathlib import Path

from tests.contract.hosts import run
from tests.contract.written_site import read_records
from tests.docs.examples import follow
from tests.far_end.addresses import APP_ID


def test_the_tutorial_leads_to_what_it_says(tmp_path: Path) -> None:
    commands = []

    def do(command: str, folder: Path) -> None:
        done = run(shlex.split(command), folder)
        assert done.code == 0, done.console
        commands.append(command)

    # Pelican 4.8 warns of content without it.
    (tmp_path / "content" / "images").mkdir(parents=True)
    for _ in follow("tutorial/pelican.md", tmp_path, do):
        pass
    assert commands == ["pelican content --settings publishconf.py --fatal warnings"]
    written = read_records(tmp_path / "output")
    records = {name: record and record["config"] for name, record in written.items()}
    common = {"appId": APP_ID, "language": {"source": "html"}}
    hidden = {**common, "launcher": {"show": False}}
    sales = {"teamName": "Sales", "onlineWelcome": "Which plan is right for you?"}
    assert records == {
        "a-long-read.html": hidden,
        "archives.html": common,
        "authors.html": common,
        "buy-now.html": {**common, "appearance": sales},
        "categories.html": common,
        "category/news.html": hidden,
        "index.html": common,
        "pages/imprint.html": None,
        "tags.html": common,
        "welcome.html": common,
    }
