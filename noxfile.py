"""The test environments: one per host, since hosts' newest releases cannot share one."""

import nox

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = [
    "lint",
    "core",
    "mkdocs",
    "properdocs",
    "pelican",
    "apply",
    "gallery",
    "browser",
    "package",
]

TESTING = ["pytest>=9", "pytest-xdist>=3.6", "hypothesis>=6.100"]
# What generates the schemas from the option types.
SCHEMAS = nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), "schemas")
HTML = ["html5lib>=1.1", "tinyhtml5>=2"]
MKDOCS = [
    "mkdocs==1.6.1",
    "mkdocs-material>=9.8",
    "mkdocs-minify-plugin>=0.8",
    "mkdocs-rss-plugin>=1.17,<1.18",  # later ones bring ProperDocs with them
    "mkdocs-static-i18n>=1.3",
]
PROPERDOCS = ["properdocs==1.6.7", "properdocs-theme-mkdocs", "properdocs-theme-readthedocs"]
PELICAN_ALSO = ["pelican-minify", "pelican-yaml-metadata", "pelican-i18n-subsites"]


def run_tests(session: nox.Session, *folders: str) -> None:
    """Run pytest on folders of `tests/`; arguments after `--` take their place."""
    session.run("pytest", *(session.posargs or folders), env={"NO_MKDOCS_2_WARNING": "1"})


# Builds and browsers wait as often as they work. A file's tests share the sites they build.
TWO_WORKERS = ["--numprocesses=2", "--dist=loadfile"]


@nox.session
def lint(session: nox.Session) -> None:
    """Style, types and the freshness of generated files."""
    tools = ["ruff>=0.17", "mypy>=2", "types-PyYAML", "nox"]
    session.install("-e", ".[mkdocs,pelican]", *SCHEMAS, *tools)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy", "-p", "chaport_core", "-p", "mkdocs_chaport", "-p", "chaport_cli")
    session.run("mypy", "-p", "pelican.plugins.chaport")


@nox.session
def core(session: nox.Session) -> None:
    """The core without any host, the command, and the documentation's schema and examples."""
    oracles = [*SCHEMAS, *HTML, "jsonschema>=4"]
    session.install("-e", ".", *TESTING, *oracles, "pyyaml", "pyyaml-env-tag")
    run_tests(session, "tests/core", "tests/command", "tests/docs")


@nox.session
def mkdocs(session: nox.Session) -> None:
    """Real builds with MkDocs, its own themes and Material."""
    session.install("-e", ".", *TESTING, *MKDOCS)
    run_tests(session, "tests/contract", "tests/hosts/mkdocs", *TWO_WORKERS)


@nox.session
def properdocs(session: nox.Session) -> None:
    """The same plugin, unchanged, in ProperDocs."""
    session.install("-e", ".", *TESTING, *PROPERDOCS)
    run_tests(session, "tests/contract", "tests/hosts/mkdocs", *TWO_WORKERS)


@nox.session
@nox.parametrize("version", ["4.8.0", "4.11.0", "4.12.0"])
def pelican(session: nox.Session, version: str) -> None:
    """Real builds with the oldest Pelican we support, the last of the old ones and the newest."""
    session.install("-e", ".", *TESTING, f"pelican[markdown]=={version}", *PELICAN_ALSO)
    # The contract holds for each; what differs between Pelicans shows between the ends.
    hosts = [] if version == "4.11.0" else ["tests/hosts/pelican"]
    run_tests(session, "tests/contract", *hosts, *TWO_WORKERS)


@nox.session
def apply(session: nox.Session) -> None:
    """Built folders: the contract, and real builds of generators that have no plugins."""
    # The newest Zensical whose own dependencies are on PyPI.
    generators = ["sphinx>=8", "zensical==0.0.73"]
    session.install("-e", ".", *TESTING, "markdown", *generators)
    run_tests(session, "tests/contract", "tests/hosts/apply", *TWO_WORKERS)


@nox.session
@nox.parametrize("host", ["mkdocs", "pelican"])
def gallery(session: nox.Session, host: str) -> None:
    """A site in every theme that is a package; `-- write` renews the documentation's table."""
    table = nox.project.load_toml("tests/gallery/themes.toml")[host]
    session.install("-e", ".", *TESTING, table["host"], *table["also"])
    # Some ask for what cannot be had any more, or bring plugins that would change every site:
    # Pelican imports all that are installed.
    packages = [theme["package"] for theme in table["themes"] if "package" in theme]
    session.install("--no-deps", *packages)
    if session.posargs == ["write"]:
        session.run("python", "-m", "tests.gallery")
    else:
        # Each theme is a test of its own.
        run_tests(session, "tests/gallery", "--numprocesses=2")


@nox.session
def browser(session: nox.Session) -> None:
    """Everything that runs in a page, in a real Chromium."""
    # Later Pelicans do not take the Pygments that Material needs.
    hosts = [*MKDOCS, "pelican[markdown]==4.10.2"]
    backend = ["starlette>=0.46", "uvicorn>=0.30"]
    session.install("-e", ".", *TESTING, *hosts, *backend, "pytest-playwright>=0.7")
    # Two workers would fetch them at once.
    session.run("make", "--silent", "build/npm/node_modules", external=True)
    run_tests(session, "tests/browser", "--numprocesses=2")


@nox.session
def package(session: nox.Session) -> None:
    """The built wheel, in strangers' projects."""
    session.install("-e", ".", *TESTING, "build", "hatchling", "uv")
    run_tests(session, "tests/package")


@nox.session(default=False)
def format(session: nox.Session) -> None:
    """Mend what ruff can mend by itself."""
    session.install("ruff>=0.17")
    session.run("ruff", "check", "--fix", ".")
    session.run("ruff", "format", ".")


@nox.session(default=False)
def schemas(session: nox.Session) -> None:
    """Write what is generated from the option types: JSON Schemas and type declarations."""
    session.install("-e", ".", *SCHEMAS)
    session.run("make", "--silent", "build/npm/node_modules", external=True)
    session.run("python", "-m", "chaport_core.schema.types")


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """What the plugin costs, beside its goals; `-- pages builds --pairs 3` runs two parts."""
    # Material needs a newer Pygments than Pelican 4.12 takes.
    hosts = ["mkdocs==1.6.1", "mkdocs-material>=9.8", "pelican[markdown]==4.10.2"]
    session.install("-e", ".", *hosts, "playwright", "uv")
    session.run("python", "tests/bench", *session.posargs)


@nox.session(default=False)
def pictures(session: nox.Session) -> None:
    """Photographs of the preview widget, for the README and the documentation."""
    session.install("-e", ".", *MKDOCS, "playwright")
    session.run("python", "sites/docs/take_pictures.py")
