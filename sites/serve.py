"""Builds the documentation and the demo sites and serves them; knows how each host is run.

    python sites/serve.py [--port N]

Needs nothing but Python 3.11: the hosts go into environments of their own below `.venv/`, one for
MkDocs, one for Pelican, because their newest releases cannot share one, and one for Zensical. Where
npm is, there is one site more, whose pages are swapped by Turbo. The site of logged-in readers has
a backend, which serves it on a port of its own.
"""

import argparse
import hashlib
import http.server
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

SITES_FOLDER = Path(__file__).resolve().parent
ROOT = SITES_FOLDER.parent


class Failure(Exception):
    """What went wrong, in words for the person who started the demo."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment, and what is installed into it."""

    name: str
    requirements: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return ROOT / ".venv" / self.name

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@dataclass(frozen=True)
class Site:
    """A demo site; its name is its first path segment on the server."""

    name: str
    folder: str
    environment: Environment
    build: tuple[str, ...]
    output: str
    finish: tuple[str, ...] = ()
    """What is run after the build, if anything."""

    @property
    def output_folder(self) -> Path:
        return SITES_FOLDER / self.folder / self.output


MKDOCS = Environment("demo-mkdocs", ("-e", ".[mkdocs]", "mkdocs-material>=9.8"))
IDENTITY = Environment("demo-identity", ("-e", ".[mkdocs]", "starlette>=0.46", "uvicorn>=0.30"))
PELICAN = Environment("demo-pelican", ("-e", ".[pelican]"))
# The newest whose own dependencies are on PyPI.
ZENSICAL = Environment("demo-zensical", ("-e", ".", "zensical==0.0.73"))
# Without --quiet: both hosts count only the warnings that they print.
BUILD_MKDOCS = ("mkdocs", "build", "--clean", "--strict")
BUILD_PELICAN = ("pelican", "--settings", "pelicanconf.py", "--fatal", "warnings")
BUILD_TURBO = ("pelican", "--settings", "turboconf.py", "--fatal", "warnings")
APPLY = ("chaport_cli", "apply", "site", "--site-url", "https://example.org/zensical/")
TURBO_SITE = Site("pelican-turbo", "pelican", PELICAN, BUILD_TURBO, "output-turbo")
SITES = (
    Site("docs", "docs", MKDOCS, BUILD_MKDOCS, "site"),
    Site("mkdocs", "mkdocs", MKDOCS, BUILD_MKDOCS, "site"),
    Site("click", "click", MKDOCS, BUILD_MKDOCS, "site"),
    Site("material", "material", MKDOCS, BUILD_MKDOCS, "site"),
    Site("pelican", "pelican", PELICAN, BUILD_PELICAN, "output"),
    TURBO_SITE,
    Site("zensical", "zensical", ZENSICAL, ("zensical", "build", "--clean"), "site", APPLY),
)
IDENTITY_SITE = Site("identity", "identity", IDENTITY, BUILD_MKDOCS, "site")
TURBO_VERSION = "8.0.23"
TURBO_FOLDER = ROOT / ".venv" / "demo-turbo"


def main() -> int:
    """Build, serve until Ctrl-C or SIGTERM, and say how it went by the exit code."""
    port = read_port()
    # A shell starts background jobs with SIGINT ignored, and SIGTERM should end us as cleanly.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        with open_server(port) as server:
            for environment in (MKDOCS, PELICAN, ZENSICAL, IDENTITY):
                set_up(environment)
            turbo = get_turbo()
            for site in SITES:
                if turbo or site is not TURBO_SITE:
                    build(site, server.address)
            if turbo:
                shutil.copy(turbo, TURBO_SITE.output_folder / "turbo.js")
            build(IDENTITY_SITE, server.address)
            with start_backend() as address:
                server.elsewhere[IDENTITY_SITE.name] = address
                say(f"\nThe demo is at {server.address} (Ctrl-C ends it)")
                server.serve_forever()
    except Failure as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nThe demo has ended.")
    return 0


def read_port() -> int:
    """The port that was asked for; 0 stands for a free one."""
    parser = argparse.ArgumentParser(description="Build the demo sites and serve them.")
    parser.add_argument("--port", type=int, default=0, help="default: any free port")
    return int(parser.parse_args().port)


def say(text: str) -> None:
    """Tell the reader at once, also through a pipe."""
    print(text, flush=True)


# ---- Environments ----


def set_up(environment: Environment) -> None:
    """Make an environment, unless it is there with what it needs."""
    done = environment.folder / "installed.txt"
    wanted = fingerprint(environment)
    if environment.python.exists() and done.exists() and done.read_text() == wanted:
        return
    say(f"Setting up {environment.folder.relative_to(ROOT)} (once; this may take a minute) ...")
    shutil.rmtree(environment.folder, ignore_errors=True)
    uv = find_uv()
    if uv:
        create = [uv, "venv", "--quiet", "--python", sys.executable, str(environment.folder)]
        install = [uv, "pip", "install", "--quiet", "--python", str(environment.python)]
    else:
        require_venv()
        create = [sys.executable, "-m", "venv", str(environment.folder)]
        pip = [str(environment.python), "-m", "pip", "--disable-pip-version-check"]
        install = [*pip, "install", "--quiet"]
    run(create, ROOT, "The virtual environment could not be made")
    run(
        [*install, *environment.requirements],
        ROOT,
        "The packages could not be installed; is there a network?",
    )
    done.write_text(wanted)


def fingerprint(environment: Environment) -> str:
    """Changes when an environment has to be made anew."""
    project = (ROOT / "pyproject.toml").read_bytes()
    parts = (sys.version, str(ROOT), *environment.requirements, hashlib.sha256(project).hexdigest())
    return "\n".join(parts)


def find_uv() -> str | None:
    """Find a uv that works: one from pyenv's shims may not."""
    for uv in (shutil.which("uv"), shutil.which("uv", path=str(ROOT / ".venv/tools/bin"))):
        if (
            uv
            and subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0
        ):
            return uv
    return None


def require_venv() -> None:
    """Make sure that this Python can make environments: Debian's comes without ensurepip."""
    if has_ensurepip():
        return
    package = "python{}.{}-venv".format(*sys.version_info)
    install_as_root(package, "which this Python needs to make environments")
    if not has_ensurepip():
        raise Failure(
            "This Python cannot make virtual environments (it has no ensurepip).\n"
            f"On Debian and Ubuntu: sudo apt-get install {package}\n"
            "Elsewhere, or without root: install uv (https://docs.astral.sh/uv/), and it is used."
        )


def has_ensurepip() -> bool:
    """Ask a new process: a failed import here would be remembered."""
    return succeeds([sys.executable, "-c", "import ensurepip, venv"])


def install_as_root(package: str, reason: str) -> None:
    """Install a package of Debian's, where that can be done."""
    apt_get = shutil.which("apt-get")
    if not apt_get or getattr(os, "geteuid", lambda: 1)() != 0:
        return
    say(f"Installing {package}, {reason} ...")
    silent = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-qq"], ["install", "-y", "-qq", package]):
        subprocess.run([apt_get, *step], capture_output=True, check=False, env=silent)


def succeeds(command: list[str]) -> bool:
    """Whether a command ends well; what it says does not matter."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


# ---- Turbo ----


def get_turbo() -> Path | None:
    """Turbo's script; None where npm cannot bring it."""
    script = TURBO_FOLDER / f"turbo-{TURBO_VERSION}.js"
    if script.exists() or fetch_turbo(script):
        return script
    # What an earlier start has built would be served as if it were new.
    shutil.rmtree(TURBO_SITE.output_folder, ignore_errors=True)
    say("Leaving out pelican-turbo: npm, which fetches its script, is missing or fails.")
    return None


def fetch_turbo(script: Path) -> bool:
    """Have npm fetch Turbo's package, take the script out of it, and say whether that went well."""
    if not shutil.which("npm"):
        install_as_root("npm", "which fetches Turbo")
    npm = shutil.which("npm")
    script.parent.mkdir(parents=True, exist_ok=True)
    place = ["--pack-destination", str(script.parent)]
    if not npm or not succeeds([npm, "pack", f"@hotwired/turbo@{TURBO_VERSION}", *place]):
        return False
    with tarfile.open(script.parent / f"hotwired-turbo-{TURBO_VERSION}.tgz") as package:
        content = package.extractfile("package/dist/turbo.es2017-umd.js")
        script.write_bytes(content.read() if content else b"")
    return True


# ---- Sites ----


def build(site: Site, address: str) -> None:
    """Build a site as its author would, warnings counting as mistakes."""
    say(f"Building {site.name} ...")
    for step in filter(None, (site.build, site.finish)):
        run(
            [str(site.environment.python), "-m", *step],
            SITES_FOLDER / site.folder,
            f"The site {site.name} could not be built",
            DEMO_SITE_URL=f"{address}{site.name}/",
            DEMO_URL=address,
        )


def run(command: list[str], folder: Path, failure: str, **more: str) -> None:
    """Run a command in silence, with `more` in its environment; show what it said if it fails."""
    # Material prints a notice about MkDocs 2 on every run, which is not ours to answer.
    variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "VIRTUAL_ENV": "", **more}
    done = subprocess.run(
        command,
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise Failure(f"{done.stdout.strip()}\n\n{failure} (exit code {done.returncode}).")


# ---- The backend ----


@contextmanager
def start_backend() -> Iterator[str]:
    """Run the backend of the site of logged-in readers; its address."""
    script = SITES_FOLDER / IDENTITY_SITE.folder / "backend.py"
    database = IDENTITY.folder / "readers.sqlite"
    command = [str(IDENTITY.python), str(script), "--site", str(IDENTITY_SITE.output_folder)]
    process = subprocess.Popen(
        [*command, "--database", str(database)],
        stdout=subprocess.PIPE,
        text=True,
        # The demo's readers are there with the demo's salt alone.
        env={name: value for name, value in os.environ.items() if name != "CHAPORT_SALT"},
        # Ctrl-C is for us; we end it.
        start_new_session=True,
    )
    try:
        address = process.stdout.readline().strip() if process.stdout else ""
        if not address:
            raise Failure("The backend of the site identity did not start; it says why above.")
        yield address
    finally:
        process.terminate()
        process.wait()


# ---- The server ----


def open_server(port: int) -> "Server":
    """Take the port before anything is built: a taken one is said at once."""
    try:
        return Server(("127.0.0.1", port), Handler)
    except (OSError, OverflowError) as error:
        raise Failure(
            f"Port {port} cannot be used: {error}\nWithout --port a free one is taken."
        ) from None


class Server(http.server.ThreadingHTTPServer):
    """Serves to this machine only, and does not wait for browsers when it ends."""

    daemon_threads = True

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.elsewhere: dict[str, str] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up early is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(http.server.SimpleHTTPRequestHandler):
    """Each site below its name with its own 404 page, and the index page above them."""

    server: Server

    def send_head(self) -> Any:
        """Lead to a site that a server of its own serves."""
        name, _, rest = self.path.removeprefix("/").partition("/")
        if name not in self.server.elsewhere:
            return super().send_head()
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", self.server.elsewhere[name] + rest)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """The content type, as any static host says it; machines' own tables differ."""
        return CONTENT_TYPES.get(Path(path).suffix) or super().guess_type(path)

    def translate_path(self, path: str) -> str:
        """The file of an address; beside the sites only the index page and its icon."""
        site, rest = find_site(path)
        if site:
            self.directory = str(site.output_folder)
            return super().translate_path(rest)
        return str(SITES_FOLDER / OWN_FILES.get(rest, "no such file"))

    def list_directory(self, path: object) -> None:
        """Static hosts list no folders."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own 404 page, where it has one."""
        site, _ = find_site(getattr(self, "path", "/"))
        page = site.output_folder / "404.html" if site else None
        if code != HTTPStatus.NOT_FOUND or page is None or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", CONTENT_TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """Have browsers ask again: the next start may serve other pages on the same port."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Requests are the browser's business."""


CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "text/xml; charset=utf-8",
}
OWN_FILES = {"/": "index.html", "/index.html": "index.html", "/favicon.ico": "icon.svg"}


def find_site(address: str) -> tuple[Site | None, str]:
    """The site an address belongs to, and the path below it; the whole path without a site."""
    path = address.partition("?")[0].partition("#")[0]
    name, _, rest = path.removeprefix("/").partition("/")
    site = next((site for site in SITES if site.name == name), None)
    return (site, f"/{rest}") if site else (None, path)


if __name__ == "__main__":
    sys.exit(main())
