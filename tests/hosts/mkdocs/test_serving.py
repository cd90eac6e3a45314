"""Holds the commands: an author who serves sees the preview, a deployed site is live."""

import queue
import re
import socket
import subprocess
import threading
from contextlib import contextmanager
from urllib.request import urlopen

from tests.contract.hosts import command_path, quiet_environment
from tests.contract.written_site import read_page
from tests.far_end.addresses import APP_ID

from chaport_core.page.scripts import loader_script, preview_widget

CONFIGURATION = f"""\
site_name: A site
site_url: https://example.org/docs/
theme: mkdocs
plugins:
  - chaport: {{appId: {APP_ID}}}
"""
RECORD = {"config": {"appId": APP_ID, "language": {"source": "html"}}, "v": "1"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(project):
    """Serve a project; gives the site's address and a way to wait for a line of the console."""
    address = f"127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        [command_path(project.command), "serve", "-f", "mkdocs.yml", "-a", address, "--livereload"],
        cwd=project.folder,
        env=quiet_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    said, lines = [], queue.SimpleQueue()

    def listen():
        for line in server.stdout:
            lines.put(line)

    threading.Thread(target=listen, daemon=True).start()

    def wait_for(words, change=lambda: None):
        """Makes the change again while the server is quiet: its watcher may not be ready yet."""
        for _ in range(12):
            change()
            try:
                while words not in "".join(said[-1:]):
                    said.append(lines.get(timeout=5))
            except queue.Empty:
                continue
            said.append("")
            return
        raise AssertionError("".join(said))

    try:
        wait_for("Serving on")
        yield f"http://{address}/docs/", wait_for
    finally:
        # Not SIGINT: it is ignored in what a shell runs in the background, as some CI does.
        server.terminate()
        server.wait(timeout=60)
        server.stdout.close()


def read(address):
    with urlopen(address, timeout=30) as answer:
        return answer.read().decode()


def widget_address(html):
    chat = read_page(html)
    assert chat.record == RECORD
    return re.search(r"\.src='([^']*)'", chat.scripts[0])[1]


def test_an_author_who_serves_sees_the_preview_widget_also_after_an_edit(project):
    name, text = preview_widget()
    project.write({"docs/index.md": "# Home\n", "docs/a.md": "# A\n", "mkdocs.yml": CONFIGURATION})
    with served(project) as (site, wait_for):
        assert widget_address(read(site)) == name
        assert widget_address(read(f"{site}a/")) == f"../{name}"
        assert read(f"{site}{name}") == text
        # Not the first page again: only a rebuild can say this.
        edited = {"docs/a.md": "---\nchaport: false\n---\n# Edited\n"}
        # Each build counts its own pages, the one for a wrong address among them.
        wait_for("chaport: chat on 2 pages, off on 1\n", lambda: project.write(edited))
        wait_for("Reloading browsers")
        edited = read(f"{site}a/")
        assert "Edited" in edited
        assert read_page(edited).record is None
        assert widget_address(read(site)) == name


def test_a_deployed_site_is_live(project):
    project.write({"docs/index.md": "# Home\n", "mkdocs.yml": CONFIGURATION})
    environment = quiet_environment() | {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", "Somebody"), ("EMAIL", "somebody@example.org"))
    }

    def call(*arguments):
        return subprocess.run(
            arguments, cwd=project.folder, env=environment, check=True, capture_output=True
        ).stdout

    call("git", "init", "-q", "--bare", "remote.git")
    call("git", "init", "-q", ".")
    call("git", "remote", "add", "origin", "remote.git")
    call(command_path(project.command), "gh-deploy", "-f", "mkdocs.yml", "-d", "out")
    page = call("git", "--git-dir", "remote.git", "show", "gh-pages:index.html").decode()
    chat = read_page(page)
    assert (chat.record, chat.scripts) == (RECORD, (loader_script(),))
    shipped = call("git", "--git-dir", "remote.git", "ls-tree", "-r", "--name-only", "gh-pages")
    assert b"preview" not in shipped
