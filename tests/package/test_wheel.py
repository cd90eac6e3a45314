"""The built wheel: what is in it, and that it works in projects of strangers."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.far_end.addresses import APP_ID

ROOT = Path(__file__).parents[2]
DEVELOPMENT = "shared/chaport_core/schema/types/"
RECORD = {"appId": APP_ID, "language": {"source": "html"}}


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A stranger's empty folder with an environment of its own."""
    run("uv", "venv", "--quiet", "--python", sys.executable, tmp_path / "env", cwd=tmp_path)
    return tmp_path


def install(project: Path, *requirements: str) -> Path:
    python = project / "env" / "bin" / "python"
    run("uv", "pip", "install", "--quiet", "--python", python, *requirements, cwd=project)
    return python


def record_in(page: Path) -> dict[str, object]:
    (content,) = re.findall(
        r"<meta name=\"chaport\" content='([^']*)'", page.read_text(encoding="utf-8")
    )
    loaded: dict[str, object] = json.loads(content)
    return loaded


def files_of_the_checkout() -> set[str]:
    listed = run("git", "ls-files", "shared/chaport_core", "plugins", cwd=ROOT).splitlines()
    shipped = [name for name in listed if not name.startswith(DEVELOPMENT)]
    assert len(shipped) < len(listed)
    return {re.sub(r"^(shared|plugins)/", "", name) for name in shipped}


def test_the_wheel_holds_the_packages_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == files_of_the_checkout()
    assert "chaport_core/browser/chaport.d.ts" in names
    # These would overwrite Pelican's own files.
    assert not names & {"pelican/__init__.py", "pelican/plugins/__init__.py"}


def test_the_wheel_has_no_host_among_its_dependencies(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (metadata,) = [name for name in archive.namelist() if name.endswith("dist-info/METADATA")]
    required = re.findall(r"^Requires-Dist: (.*)$", archive.read(metadata).decode(), re.M)
    hard = [name for name in required if "extra ==" not in name]
    assert [re.split(r"[>=<]", name)[0] for name in hard] == [
        "click",
        "pathspec",
        "pyyaml-env-tag",
        "pyyaml",
        "selectolax",
    ]
    (entries,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
    assert archive.read(entries).decode().split("\n") == [
        "[console_scripts]",
        "chaport = chaport_cli.main:main",
        "",
        "[mkdocs.plugins]",
        "chaport = mkdocs_chaport:ChaportPlugin",
        "",
    ]


@pytest.mark.parametrize(("extra", "command"), [("mkdocs", "mkdocs"), ("properdocs", "properdocs")])
def test_a_stranger_builds_a_site_with_it(
    extra: str, command: str, wheel: Path, project: Path
) -> None:
    themes = ["properdocs-theme-mkdocs"] if extra == "properdocs" else []
    python = install(project, f"{wheel}[{extra}]", *themes)
    (project / "docs").mkdir()
    (project / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    (project / "mkdocs.yml").write_text(
        f"site_name: Stranger\ntheme: mkdocs\nplugins:\n  - chaport: {{appId: {APP_ID}}}\n",
        encoding="utf-8",
    )
    run(python, "-m", command, "build", "--strict", cwd=project)
    assert record_in(project / "site" / "index.html") == RECORD
    assert record_in(project / "site" / "404.html") == RECORD


def test_a_stranger_gives_a_built_site_chat_with_no_generator_of_ours(
    wheel: Path, project: Path
) -> None:
    python = install(project, str(wheel))
    site = project / "public"
    site.mkdir()
    page = "<!doctype html><html lang=en><title>Home</title></html>"
    (site / "index.html").write_text(page, encoding="utf-8")
    (project / "chaport.yml").write_text(f"appId: {APP_ID}\n", encoding="utf-8")
    run(python, "-m", "chaport_cli", "apply", "public", cwd=project)
    assert record_in(site / "index.html") == RECORD


def test_a_mistake_is_explained_where_nothing_can_generate_schemas(
    wheel: Path, project: Path
) -> None:
    python = install(project, str(wheel))
    program = f"""
from importlib.util import find_spec
from chaport_core.settings.site import read_settings
print(find_spec("pydantic"), find_spec("chaport_core.schema.types"))
print(*read_settings({{"appId": "{APP_ID}", "lancher": {{}}, "history": "no"}})[1], sep="\\n")
"""
    assert run(python, "-c", program, cwd=project).splitlines() == [
        "None None",
        "history: expected true or false, found the text 'no'; remove the quotes",
        "lancher: is not an option here; did you mean launcher?",
    ]


def test_a_stranger_builds_a_pelican_site_with_it(wheel: Path, project: Path) -> None:
    python = install(project, f"{wheel}[pelican]")
    (project / "content").mkdir()
    (project / "content" / "a.md").write_text(
        "Title: A\nDate: 2026-01-01\nChaport_launcher: false\n\nText\n", encoding="utf-8"
    )
    (project / "pelicanconf.py").write_text(
        "AUTHOR = SITENAME = 'Stranger'\nTIMEZONE = 'UTC'\nTHEME = 'simple'\n"
        f"CHAPORT = {{'appId': '{APP_ID}'}}\n",
        encoding="utf-8",
    )
    run(python, "-m", "pelican", "content", "-s", "pelicanconf.py", cwd=project)
    assert record_in(project / "output" / "index.html") == RECORD
    assert record_in(project / "output" / "a.html") == {
        "appId": APP_ID,
        "launcher": {"show": False},
        "language": {"source": "html"},
    }
    assert "pelican.plugins.chaport" in run(
        project / "env" / "bin" / "pelican-plugins", cwd=project
    )


def test_a_stranger_asks_for_the_policy_of_a_site(wheel: Path, project: Path) -> None:
    install(project, str(wheel))
    (project / "public").mkdir()
    (project / "public" / "index.html").write_text(
        "<!doctype html><script>a()</script><script src=b.js></script>", encoding="utf-8"
    )
    chaport = project / "env" / "bin" / "chaport"
    assert run(chaport, "csp", "public", cwd=project) == (
        "script-src 'self' 'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='\n"
    )
    assert run(chaport, "csp", "--help", cwd=project).startswith("Usage: chaport csp [OPTIONS]")
    assert re.fullmatch(r"chaport-ssg \S+\n", run(chaport, "--version", cwd=project))
