"""Whole builds, paired in turn: the plugin against the vendor's snippet pasted into the theme."""

import os
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from sample import APP_ID, VENDOR_PASTE

Command = Sequence[str]
PROSE = "A paragraph of prose that says what this page is about.\n\n" * 5


def measure_builds(pairs: int, pages: int) -> list[dict[str, str]]:
    """Ratios of user CPU time, plugin to paste, and the control: paste to paste."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, prepare in (("MkDocs", prepare_mkdocs), ("Pelican", prepare_pelican)):
            pasted, plugin = prepare(Path(folder, name), pages)
            rows.append(result(f"{name}, {pages} pages", ratios(plugin, pasted, pairs), "1.03"))
            rows.append(result(f"{name}, control", ratios(pasted, pasted, pairs), ""))
    return rows


def result(what: str, values: list[float], budget: str) -> dict[str, str]:
    low, high = confidence(values)
    return {
        "what": what,
        "n": str(len(values)),
        "median ratio": f"{statistics.median(values):.3f}",
        "95% interval": f"{low:.3f} to {high:.3f}",
        "budget": budget,
    }


def ratios(one: Command, other: Command, pairs: int) -> list[float]:
    """Each pair runs both commands, the first one in turn, after one run of each to warm up."""
    user_seconds(one), user_seconds(other)
    found = []
    for number in range(pairs):
        if number % 2:
            divisor, dividend = user_seconds(other), user_seconds(one)
        else:
            dividend, divisor = user_seconds(one), user_seconds(other)
        found.append(dividend / divisor)
    return found


def user_seconds(command: Command) -> float:
    """The user CPU time of a finished command, as the operating system accounts for it."""
    quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    pid = os.posix_spawn(command[0], command, _as_installed(), file_actions=quiet)
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"failed: {' '.join(command)}")
    return usage.ru_utime


def _as_installed() -> dict[str, str]:
    """An environment in which our modules are compiled once, as pip does when it installs them.

    The first run, which is not counted, compiles them; the hosts' own are compiled already.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def confidence(values: list[float]) -> tuple[float, float]:
    """A 95% bootstrap interval of the median."""
    chance = random.Random(1)
    medians = sorted(statistics.median(chance.choices(values, k=len(values))) for _ in range(2_000))
    return medians[50], medians[1_949]


def write_pages(folder: Path, pages: int, text: Callable[[int], str]) -> None:
    folder.mkdir(parents=True)
    for number in range(pages):
        (folder / f"page-{number}.md").write_text(text(number), encoding="utf-8")


def prepare_mkdocs(folder: Path, pages: int) -> tuple[Command, Command]:
    write_pages(folder / "docs", pages, lambda number: f"# Page {number}\n\n{PROSE}")
    (folder / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    theme = folder / "theme"
    theme.mkdir()
    (theme / "main.html").write_text(
        '{% extends "base.html" %}{% block extrahead %}' + VENDOR_PASTE + "{% endblock %}",
        encoding="utf-8",
    )
    common = "site_name: Bench\nnav: [index.md]\n"
    (folder / "pasted.yml").write_text(
        common + "theme: {name: mkdocs, custom_dir: theme}\nplugins: []\n", encoding="utf-8"
    )
    (folder / "plugin.yml").write_text(
        common + f"theme: mkdocs\nplugins: [{{chaport: {{appId: {APP_ID}}}}}]\n", encoding="utf-8"
    )
    tool = [sys.executable, "-m", "mkdocs", "build", "-q", "-f"]
    return (
        [*tool, str(folder / "pasted.yml"), "-d", str(folder / "site-pasted")],
        [*tool, str(folder / "plugin.yml"), "-d", str(folder / "site-plugin")],
    )


def prepare_pelican(folder: Path, pages: int) -> tuple[Command, Command]:
    import pelican

    write_pages(
        folder / "content",
        pages,
        lambda number: f"Title: Page {number}\nDate: 2026-01-01\n\n{PROSE}",
    )
    theme = folder / "theme"
    shutil.copytree(Path(pelican.__file__).parent / "themes" / "simple", theme)
    base = theme / "templates" / "base.html"
    text = base.read_text(encoding="utf-8")
    assert "</head>" in text
    base.write_text(text.replace("</head>", VENDOR_PASTE + "</head>"), encoding="utf-8")
    common = (
        "AUTHOR = SITENAME = 'Bench'\nSITEURL = ''\nTIMEZONE = 'UTC'\n"
        "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None\n"
        "DEFAULT_PAGINATION = 50\n"
    )
    (folder / "pasted.py").write_text(
        common + f"THEME = {str(theme)!r}\nPLUGINS = []\n", encoding="utf-8"
    )
    (folder / "plugin.py").write_text(
        common + f"THEME = 'simple'\nPLUGINS = ['chaport']\nCHAPORT = {{'appId': '{APP_ID}'}}\n",
        encoding="utf-8",
    )
    tool = [sys.executable, "-m", "pelican", str(folder / "content"), "-q"]
    return (
        [*tool, "-s", str(folder / "pasted.py"), "-o", str(folder / "output-pasted")],
        [*tool, "-s", str(folder / "plugin.py"), "-o", str(folder / "output-plugin")],
    )
