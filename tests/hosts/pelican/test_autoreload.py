"""Holds `pelican -r`: content and settings change under a running Pelican."""

import queue
import subprocess
import threading
from contextlib import contextmanager
from importlib.util import find_spec

import pytest
from tests.contract.hosts import command_path, quiet_environment
from tests.far_end.addresses import APP_ID
from tests.hosts.pelican.conftest import record

SEES_CHANGES_BY_WATCHING = find_spec("watchfiles") is not None


class Running:
    """A running `pelican -r`, whose console is read line by line."""

    def __init__(self, process):
        self._lines = queue.SimpleQueue()
        self.said = []
        threading.Thread(target=self._listen, args=(process.stdout,), daemon=True).start()

    def _listen(self, console):
        for line in console:
            self._lines.put(line)

    def wait_until(self, is_so, change=lambda: None):
        """Wait until something is so; makes the change again while it is not and Pelican is quiet.

        Pelican 4.9 and later sees nothing that changes before its watcher is ready, and does not
        say when that is.
        """
        for _ in range(8):
            change()
            try:
                while not is_so():
                    self.said.append(self._lines.get(timeout=2))
                return
            except queue.Empty:
                continue
        raise AssertionError("".join(self.said))

    def says(self, words):
        return any(words in line for line in self.said)


@contextmanager
def running(project):
    process = subprocess.Popen(
        [command_path("pelican"), "content", "-r", "-s", "pelicanconf.py", "-o", "out"],
        cwd=project.folder,
        env=quiet_environment() | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        yield Running(process)
    finally:
        # Not SIGINT: it is ignored in what a shell runs in the background, as some CI does.
        process.terminate()
        process.wait(timeout=60)
        process.stdout.close()


A, B = "content/pages/a.md", "content/pages/b.md"
SOURCES = {A: "Title: A\n\nText.\n", B: "Title: B\n\nText.\n"}
OFF = {A: "Title: A\nchaport: no\n\nText.\n"}
CHAPORT = {"appId": APP_ID}


def pages_are(project, first, second):
    """Whether the two pages have these records; a page that is being written has none."""
    return lambda: project.records() == {"pages/a.html": first, "pages/b.html": second}


def test_what_changes_while_pelican_runs_is_on_the_pages_once(project):
    def settings(**said):
        project.settings(DIRECT_TEMPLATES=[], **said)

    project.write(SOURCES)
    settings(CHAPORT=CHAPORT)
    with running(project) as pelican:
        pelican.wait_until(pages_are(project, record(), record()))
        pelican.wait_until(pages_are(project, None, record()), lambda: project.write(OFF))
        other = record(history=False)
        pelican.wait_until(
            pages_are(project, None, other), lambda: settings(CHAPORT=CHAPORT | {"history": False})
        )
        pelican.wait_until(pages_are(project, None, None), settings)
        pelican.wait_until(pages_are(project, None, record()), lambda: settings(CHAPORT=CHAPORT))
        pelican.wait_until(lambda: pelican.says("chaport: chat on 1 page, off on 1\n"))
    assert not pelican.says("Traceback")
    # Each run counts its own pages.
    told = {line.strip() for line in pelican.said if line.startswith("chaport: ")}
    assert told == {"chaport: chat on 2 pages", "chaport: chat on 1 page, off on 1"}


@pytest.mark.xfail(
    SEES_CHANGES_BY_WATCHING,
    strict=True,
    reason="a mistake that is found in run() makes Pelican run again at once, for ever",
)
def test_a_mistake_can_be_mended_while_pelican_runs(project):
    def settings(**options):
        project.settings(DIRECT_TEMPLATES=[], CHAPORT=CHAPORT | options)

    project.write(SOURCES)
    settings()
    with running(project) as pelican:
        pelican.wait_until(pages_are(project, record(), record()))
        problem = "lancher: is not an option here; did you mean launcher?"
        pelican.wait_until(lambda: pelican.says(problem), lambda: settings(lancher={}))
        mended = record(history=False)
        pelican.wait_until(pages_are(project, mended, mended), lambda: settings(history=False))
    assert not pelican.says("Traceback")
