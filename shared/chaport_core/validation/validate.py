"""Checking: every problem in a mapping of options, all at once."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chaport_core.problem import MISSING, Path, Problem, describe
from chaport_core.schema.known import Kind, fits
from chaport_core.validation.plain import to_plain
from chaport_core.validation.secret_values import find_secrets


def check(value: object, kind: Kind) -> tuple[Any, list[Problem]]:
    """Check `value` against the options of a site or of a page.

    Returns it as plain JSON values (without what JSON cannot hold) and all its problems, in the
    order of their places. A `null` inside a mapping is none: it takes a key away.
    """
    plain, problems = to_plain(value)
    # Secrets first: of problems at one place the first is told.
    problems = [*find_secrets(plain), *problems]
    if not fits(plain, kind):
        from chaport_core.validation.sentences import find_mistakes

        problems += find_mistakes(plain, kind)
    problems += find_contradictions(plain)
    return plain, list(_one_each(problems)) if problems else []


def find_contradictions(config: object, path: Path = ()) -> Iterator[Problem]:
    """Options that are valid but do not do what their author seems to think, as warnings."""
    if not isinstance(config, Mapping):
        return
    for name in ("countries", "devices"):
        group = config.get(name)
        if isinstance(group, Mapping) and group.get("include") and group.get("exclude"):
            yield Problem(
                (*path, name, "include"),
                "is ignored by the widget because exclude is set beside it; keep one of the two",
                "warning",
            )
    language = config.get("language")
    if isinstance(language, Mapping) and language.get("use") and language.get("source"):
        yield Problem(
            (*path, "language", "source"),
            "has no effect because language.use overrides it; keep one of the two",
            "warning",
        )
    open_in = config.get("openIn")
    if isinstance(open_in, str) and open_in.startswith(("#", ".")):
        yield Problem(
            (*path, "openIn"),
            f"{describe(open_in)} names a window; to open the chat in an element of the page write"
            f" openIn: {{selector: '{open_in}'}}",
            "warning",
        )
    devices = config.get("devices")
    if isinstance(devices, Mapping) and isinstance(devices.get("configs"), Mapping):
        for device, options in devices["configs"].items():
            yield from find_contradictions(options, (*path, "devices", "configs", device))
    if isinstance(config.get("pages"), Mapping):
        for pattern, options in config["pages"].items():
            yield from find_contradictions(options, (*path, "pages", pattern))


def _one_each(problems: Iterable[Problem]) -> Iterator[Problem]:
    """One mistake is one problem: keep the first of those on one path, outer or inner."""
    kept: list[Problem] = []
    for problem in sorted(problems, key=lambda problem: problem.message == MISSING):
        # A misspelt `selector` is also a missing one.
        misspelt = problem.message == MISSING and any(
            other.path[:-1] == problem.path[:-1] for other in kept
        )
        if not misspelt and not any(_overlap(problem.path, other.path) for other in kept):
            kept.append(problem)
    yield from kept


def _overlap(one: Path, other: Path) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]
