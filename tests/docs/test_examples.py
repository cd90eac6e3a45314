"""Every example of the README and of the documentation does what is said of it."""

import re
import tomllib
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pytest
import yaml
from tests.docs.examples import (
    EXAMPLES,
    FENCE,
    ROOT,
    Example,
    all_pages,
    chaport_entry,
    commands_of,
    examples,
    page_text,
    split_front_matter,
)
from tests.far_end.chat_pages import add_chat

from chaport_cli.main import main
from chaport_core.page.built_page import read_page_settings
from chaport_core.page.calls import read_address
from chaport_core.page.chat_links import rewrite_links
from chaport_core.settings.front_matter import read_front_matter
from chaport_core.settings.site import SiteSettings, read_settings

BLANK_PAGE = "<!doctype html><html lang=en><head></head><body></body></html>"


def settings_of(options: dict[str, Any]) -> SiteSettings:
    """A site's settings, which have to be without a problem."""
    settings, problems = read_settings(options)
    assert problems == []
    assert settings is not None
    return settings


# ---- Every example, by its kind --------------------------------------------------------------


def check_entry(example: Example) -> None:
    """`mkdocs.yml`; tests/hosts/mkdocs/test_documentation.py builds a site with each."""
    entry = chaport_entry(example.text)
    assert entry is not None
    settings_of(entry)


def check_site_file(example: Example) -> None:
    """`chaport.yml`."""
    settings_of(yaml.safe_load(example.text))


def check_front_matter(example: Example) -> None:
    """A page's YAML front matter, alone or with its text."""
    metadata, body = split_front_matter(example.text)
    assert "chaport" in metadata or body
    assert read_front_matter(metadata)[1] == []
    check_links(example)


def check_folder_file(example: Example) -> None:
    """Material's `.meta.yml`."""
    assert read_front_matter(yaml.safe_load(example.text)) == ({"enabled": False}, [])


def check_metadata(example: Example) -> None:
    """A page of Pelican's, as its readers give it: keys in small letters, values as text."""
    head = example.text.partition("\n\n")[0]
    lines = [line.split(": ", 1) for line in head.splitlines()]
    metadata = {key.lower(): value for key, value in lines}
    assert next(iter(metadata)) == "title"
    assert read_front_matter(metadata)[1] == []
    check_links(example)


def check_links(example: Example) -> None:
    """Chat links in any markup; what is no link has none."""
    addresses = re.findall(r"""(?:\(|<|href=")(chaport:[^)>"\s]+)""", example.text)
    assert [read_address(address)[1] for address in addresses] == [[]] * len(addresses)
    links = rewrite_links(example.text, None)
    assert links.problems == []
    assert addresses or links.calls or example.language == "html" or example.title


def check_html(example: Example) -> None:
    """A piece of a page: chat links, or what `chaport apply` reads."""
    check_links(example)
    assert read_front_matter(read_page_settings(example.text))[1] == []


def check_rst(example: Example) -> None:
    """A link, or Docutils' directive for `<meta>`, in whose names a colon is escaped."""
    if not example.text.startswith(".. meta::"):
        return check_links(example)
    fields = re.findall(r"^   :([\w:]+): (.*)$", example.text.replace("\\:", ":"), re.M)
    page = "".join(f"<meta name='{name}' content='{text}'>" for name, text in fields)
    settings, problems = read_front_matter(read_page_settings(page))
    assert settings in ({"launcher": {"show": False}}, {"openIn": "_blank"})
    assert problems == []


def check_html_page(example: Example) -> None:
    """A whole page of HTML, which takes chat without a remark."""
    assert 'meta name="chaport"' in add_chat(example.text)


def check_commands(example: Example) -> None:
    """Commands that are there, with the options they have."""
    for command in commands_of(example.text):
        check_command(*command.partition(" > ")[0].split())


def check_command(name: str, *arguments: str) -> None:
    if name == "chaport":
        check_own_command(*arguments)
    elif name == "make":
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert re.search(rf"^{arguments[0]}:", makefile, re.M)
    elif name == "pip":
        check_requirement(arguments[-1].strip('"'))
    elif name == "python":
        assert arguments[0] == "-m"
        assert find_spec(arguments[1])
    else:
        # tests/hosts run them.
        assert name in ("mkdocs", "pelican", "cd")


def check_requirement(requirement: str) -> None:
    """`chaport-ssg[extra]`, which a published package has."""
    name, _, extra = requirement.rstrip("]").partition("[")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert name == project["name"]
    assert not extra or extra in project["optional-dependencies"]


def check_own_command(name: str, *arguments: str) -> None:
    command = main.commands[name]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {one for one in arguments if one.startswith("-")} <= known


def check_workflow(example: Example) -> None:
    """What GitHub runs."""
    (job,) = yaml.safe_load(example.text)["jobs"].values()
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert len(commands) == 3
    for command in commands:
        check_command(*command.split())


def check_settings_file(example: Example) -> None:
    """`pelicanconf.py`, complete or but for what the host needs."""
    settings: dict[str, Any] = {}
    exec(compile(example.text, example.title, "exec"), settings)
    settings_of(settings["CHAPORT"])


CHECKS: dict[str, Callable[[Example], None]] = {
    "console": check_commands,
    "html": check_html,
    "html *.html": check_html_page,
    "markdown": check_links,
    "markdown *.md": check_front_matter,
    "python pelicanconf.py": check_settings_file,
    "rst": check_rst,
    "text *.md": check_metadata,
    "yaml *.md": check_front_matter,
    "yaml .meta.yml": check_folder_file,
    "yaml chaport.yml": check_site_file,
    "yaml docs.yml": check_workflow,
    "yaml mkdocs.yml": check_entry,
}
ELSEWHERE = {
    "css": "in a browser: tests/browser/test_recipes.py",
    "jinja *.html": "in real builds: tests/hosts/apply/test_generators.py",
    "js": "in a browser: tests/browser/test_recipes.py, test_consent_managers.py, test_types.py",
    "json settings.json": "test_documented_output.py, and in a language server: test_editor.py",
    "json signing-vectors.json": "test_logged_in_readers.py",
    "python backend.py": "a backend's: test_documented_output.py, test_logged_in_readers.py",
    "python publishconf.py": "it imports the other file: test_documented_settings.py",
    "text": "test_documented_output.py, and a build: tests/hosts/mkdocs/test_documentation.py",
    "toml netlify.toml": "another tool's file: test_documented_settings.py",
    "yaml .readthedocs.yaml": "another tool's file: test_documented_settings.py",
}


def test_every_kind_of_example_is_known() -> None:
    assert {one.kind for one in EXAMPLES} == {*CHECKS, *ELSEWHERE}


def test_no_example_is_overlooked() -> None:
    fences = sum(page_text(page).count("```") for page in all_pages())
    assert fences == 2 * len(EXAMPLES)


@pytest.mark.parametrize(
    "example",
    [one for one in EXAMPLES if one.kind in CHECKS],
    ids=lambda one: one.place,
)
def test_an_example_is_right(example: Example) -> None:
    CHECKS[example.kind](example)


# ---- The README ------------------------------------------------------------------------------


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first = examples(page="README.md")[0].text
    assert commands_of(first) == ["make demo", "make test"]
    assert page_text("README.md").index(first) < 1200


def test_every_file_that_the_readme_names_is_there() -> None:
    text = page_text("README.md")
    named = re.findall(r'\]\(([^):]+)\)|(?:src|srcset)="([^"]+)"', FENCE.sub("", text))
    files = {first or second for first, second in named}
    assert {"SECURITY.md", "sites/docs/docs/assets/preview-dark.webp"} < files
    assert [name for name in sorted(files) if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pictures_are_small(scheme: str) -> None:
    picture = ROOT / "sites" / "docs" / "docs" / "assets" / f"preview-{scheme}.webp"
    assert 10_000 < picture.stat().st_size < 120_000
