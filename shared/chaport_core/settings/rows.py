"""Rows: gitignore patterns on a page's source or output path, and which of them match a page."""

import re
from collections.abc import Iterable

from chaport_core.problem import Problem


class Rows:
    """The compiled patterns of `pages`; indexes are positions in the author's order."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)
        self._matches = [_compile(pattern).search for pattern in self.patterns]

    def matching(self, source: str | None, output: str) -> tuple[int, ...]:
        """The indexes, ascending, of the rows that match either path ('/'-separated)."""
        return tuple(
            index
            for index, match in enumerate(self._matches)
            if match(output) or (source and match(source))
        )


def _compile(pattern: str) -> re.Pattern[str]:
    # Imported where there are rows only: importing it takes about 50 ms.
    from pathspec import GitIgnoreSpec

    regex = GitIgnoreSpec.from_lines([pattern]).patterns[0].regex
    if regex is None:
        raise ValueError("it can match nothing")
    return regex


def pattern_problem(pattern: str) -> Problem | None:
    """Why a row's pattern cannot be used, if so."""
    if pattern.startswith("!"):
        return Problem((pattern,), f"begins with !; write {pattern[1:]!r}: true to bring chat back")
    if not pattern.strip() or pattern.startswith("#"):
        return Problem((pattern,), "matches no page: gitignore takes it for a blank or a comment")
    try:
        _compile(pattern)
    except (ValueError, re.error) as error:
        return Problem((pattern,), f"is not a gitignore pattern: {error}")
    return None
