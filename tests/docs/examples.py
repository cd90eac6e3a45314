"""Knows where the README and the documentation show examples, and what each is an example of."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
import yaml_env_tag

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "sites" / "docs" / "docs"
FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.M | re.S)


class Example(NamedTuple):
    """A fenced block."""

    page: str
    """`README.md`, or a path below the documentation's pages."""
    line: int
    heading: str
    """The heading that it stands below."""
    language: str
    title: str
    """The file that a reader would write it into; empty if it is none."""
    text: str

    @property
    def place(self) -> str:
        """Where to look when it fails."""
        return f"{self.page}:{self.line}"

    @property
    def kind(self) -> str:
        """The language and, of a file, its name; any page's name is `*`."""
        name = Path(self.title).name
        suffix = Path(name).suffix
        return f"{self.language} {f'*{suffix}' if suffix in ('.md', '.html') else name}".strip()


def page_text(page: str) -> str:
    """The source of a page."""
    return (ROOT if page == "README.md" else DOCS).joinpath(page).read_text(encoding="utf-8")


def all_pages() -> list[str]:
    """The README and every page of the documentation."""
    return ["README.md", *sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))]


def _examples_of(page: str) -> Iterator[Example]:
    text = page_text(page)
    for found in FENCE.finditer(text):
        headings = re.findall(r"^#+ (.*)$", FENCE.sub("", text[: found.start()]), re.M)
        language, title, body = found.groups(default="")
        line = text.count("\n", 0, found.start()) + 1
        yield Example(page, line, headings[-1] if headings else "", language, title, body)


EXAMPLES = [example for page in all_pages() for example in _examples_of(page)]


def examples(**wanted: str) -> list[Example]:
    """Those whose fields are as wanted, in the pages' order."""
    return [
        one
        for one in EXAMPLES
        if all(getattr(one, field) == value for field, value in wanted.items())
    ]


def the_example(**wanted: str) -> str:
    """The text of the only example whose fields are as wanted."""
    (one,) = examples(**wanted)
    return one.text


def load_yaml(text: str) -> Any:
    """YAML as MkDocs reads it, `!ENV` included."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
    return yaml.load(text, Loader)


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """A page's front matter, and what follows it."""
    _, front_matter, body = text.split("---\n", 2) if text.startswith("---") else ("", "", text)
    return yaml.safe_load(front_matter) or {}, body


def chaport_entry(text: str) -> dict[str, Any] | None:
    """The options of the plugin in a `mkdocs.yml`."""
    for plugin in load_yaml(text).get("plugins", ()):
        if isinstance(plugin, dict) and "chaport" in plugin:
            return dict(plugin["chaport"])
    return None


def commands_of(text: str) -> list[str]:
    """What is typed, without remarks."""
    lines = [line for line in text.splitlines() if line.startswith("$ ")]
    return [line.removeprefix("$ ").partition("  #")[0].strip() for line in lines]


NOT_DONE = {
    "pip install": "the test's environment has it all",
    "mkdocs serve": "a server runs until somebody ends it; tests/hosts/mkdocs/test_serving.py",
    "pelican --autoreload": "a server; tests/hosts/pelican/test_autoreload.py",
    "python -m http.server": "a server, and not ours",
}
"""Commands that following a tutorial leaves out, each with the reason."""


def follow(page: str, folder: Path, run: Callable[[str, Path], None]) -> Iterator[Example]:
    """Do in `folder` what a tutorial says, step by step; each step that was done.

    `run`: does a command in the folder where it is typed.
    """
    for example in examples(page=page):
        if example.title:
            path = folder / example.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(example.text, encoding="utf-8")
        for command in commands_of(example.text):
            if command.startswith("cd "):
                folder = folder / command.removeprefix("cd ")
            elif not command.startswith(tuple(NOT_DONE)):
                run(command, folder)
        yield example
