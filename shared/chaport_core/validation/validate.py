"""Checking: every problem in a mapping of options, all at once."""

from collections.abc import Iterable, Iterator
from typing import Any

from chaport_core.problem import MISSING, Path, Problem
from chaport_core.schema.known import Kind
from chaport_core.validation.contradictions import find_contradictions
from chaport_core.validation.judge import find_mistakes
from chaport_core.validation.plain import to_plain
from chaport_core.validation.secret_values import find_secrets


def check(value: object, kind: Kind) -> tuple[Any, list[Problem]]:
    """Check `value` against the options of a site or of a page.

    Returns it as plain JSON values (without what JSON cannot hold) and all its problems. A `null`
    inside a mapping is no problem: it takes a key away.
    """
    plain, unspeakable = to_plain(value)
    # Secrets first: of several problems at one place the first is reported.
    problems = [*find_secrets(plain), *unspeakable]
    problems += find_mistakes(plain, kind)
    problems += find_contradictions(plain)
    return plain, list(one_each(problems))


def one_each(problems: Iterable[Problem]) -> Iterator[Problem]:
    """One mistake is one problem: keep the first of those on one path, outer or inner.

    A key that is missing is no problem of its own where a key beside it has one: a misspelt
    `selector` is also a missing one.
    """
    kept: set[Path] = set()
    parents: set[Path] = set()
    ancestors: set[Path] = set()
    for problem in sorted(problems, key=lambda problem: problem.message == MISSING):
        path, parent = problem.path, problem.path[:-1]
        outer = [path[:length] for length in range(len(path))]
        is_known = path in kept or path in ancestors or not kept.isdisjoint(outer)
        if is_known or (problem.message == MISSING and parent in parents):
            continue
        kept.add(path)
        parents.add(parent)
        ancestors.update(outer)
        yield problem
