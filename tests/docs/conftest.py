"""Knows how to talk to the YAML language server that editors use, as an editor does."""

import itertools
import json
import queue
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

SERVER = "yaml-language-server@1.25.0"
PATIENCE = 60
"""Seconds that an answer may take before the server counts as stuck."""


class Connection:
    """The Language Server Protocol over a process's standard streams."""

    def __init__(self, command, settings):
        self.settings = settings
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.heard = queue.Queue()
        self.ids = itertools.count(1)
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self):
        stream = self.process.stdout
        while header := stream.readline():
            length = int(header.removeprefix(b"Content-Length:"))
            assert stream.readline() == b"\r\n"
            self.heard.put(json.loads(stream.read(length)))

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def notify(self, method, **params):
        self.send(method=method, params=params)

    def request(self, method, **params):
        number = next(self.ids)
        self.send(id=number, method=method, params=params)
        answer = self.wait_for(lambda message: message.get("id") == number)
        assert "error" not in answer, answer
        return answer["result"]

    def wait_for(self, wanted):
        """The next message that is wanted; questions of the server are answered meanwhile."""
        while True:
            message = self.heard.get(timeout=PATIENCE)
            if "method" in message and "id" in message:
                self.send(id=message["id"], result=self._answer(message))
            elif wanted(message):
                return message

    def _answer(self, message):
        if message["method"] != "workspace/configuration":
            return None
        return [self._section(item["section"]) for item in message["params"]["items"]]

    def _section(self, section):
        """What an editor makes of settings such as `"yaml.customTags": [...]`."""
        named = ((key.partition("."), value) for key, value in self.settings.items())
        return {name: value for (first, _, name), value in named if first == section}

    def close(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.listener.join(PATIENCE)
        self.process.stdin.close()
        self.process.stdout.close()


class Editor:
    """An editor with a folder open in it, in which somebody writes YAML."""

    def __init__(self, command, folder, settings):
        self.folder = folder
        self.numbers = itertools.count(1)
        # Schemas from the network have no say in a test.
        self.connection = Connection(command, {"yaml.schemaStore": {"enable": False}, **settings})
        self.connection.request(
            "initialize",
            processId=None,
            rootUri=folder.as_uri(),
            workspaceFolders=[{"uri": folder.as_uri(), "name": "site"}],
            capabilities={"workspace": {"configuration": True, "workspaceFolders": True}},
        )
        self.connection.notify("initialized")

    def _open(self, name, text):
        """Open a file; its address, and the server's diagnostics of it."""
        # A folder of its own: what the server says of a file can be told apart by address only.
        uri = (self.folder / f"{next(self.numbers)}" / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.connection.notify("textDocument/didOpen", textDocument=document)
        published = self.connection.wait_for(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == uri
            )
        )
        return uri, published["params"]["diagnostics"]

    def complaints(self, name, text):
        """What the editor underlines in this file, each as (underlined text, message)."""
        _, diagnostics = self._open(name, text)
        lines = text.splitlines()
        return [(_underlined(lines, one["range"]), one["message"]) for one in diagnostics]

    def offers(self, name, text):
        """What the editor offers where the cursor (`|`) stands: {label: documentation}."""
        before, after = text.split("|")
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        uri, _ = self._open(name, before + after)
        answer = self.connection.request(
            "textDocument/completion", textDocument={"uri": uri}, position=position
        )
        return {item["label"]: _text(item.get("documentation")) for item in answer["items"]}


def _underlined(lines, span):
    start, end = span["start"], span["end"]
    assert start["line"] == end["line"], span
    return lines[start["line"]][start["character"] : end["character"]]


def _text(documentation):
    return documentation["value"] if isinstance(documentation, dict) else documentation


@pytest.fixture(scope="session")
def server_command(request):
    """How to start the language server, which is installed once and kept in pytest's cache."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        pytest.skip("node and npm, which the YAML language server needs, are not installed")
    folder = Path(request.config.cache.mkdir(SERVER.replace("@", "-")))
    program = folder / "node_modules/yaml-language-server/bin/yaml-language-server"
    if not program.is_file():
        install = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder]
        done = subprocess.run([*install, SERVER], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"{SERVER} cannot be had from npm: {done.stderr.strip()}")
    return [node, str(program), "--stdio"]


@pytest.fixture(scope="module")
def open_editor(server_command):
    """open_editor(folder, settings) -> an Editor with these settings."""
    editors = []

    def start(folder, settings):
        editors.append(Editor(server_command, folder, settings))
        return editors[-1]

    yield start
    for editor in editors:
        editor.connection.close()
