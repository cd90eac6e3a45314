"""Rows: gitignore patterns on a page's source or output path, and which of them match a page."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from chaport_core.problem import Problem

_Match = Callable[[str], object]
# A pattern with a literal first folder cannot match below another one (pathspec's regex for
# `api/**` is `^api/`): looking those up by folder keeps a hundred rows as cheap as a few.
_FIRST_FOLDER = re.compile(r"\^((?:\w|\\\W)+)/")


class Rows:
    """The compiled patterns of `pages`; indexes are positions in the author's order."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)
        self._in_folder: dict[str, list[tuple[int, _Match]]] = defaultdict(list)
        self._anywhere: list[tuple[int, _Match]] = []
        for index, pattern in enumerate(self.patterns):
            regex = _compile(pattern)
            folder = _FIRST_FOLDER.match(regex.pattern)
            if folder:
                name = re.sub(r"\\(\W)", r"\1", folder[1])
                self._in_folder[name].append((index, regex.search))
            else:
                self._anywhere.append((index, regex.search))

    def matching(self, source: str | None, output: str) -> tuple[int, ...]:
        """The indexes, ascending, of the rows that match either path ('/'-separated)."""
        if not (self._anywhere or self._in_folder):
            return ()
        found = self._matching(output)
        if source and source != output:
            found = found | self._matching(source)
        return tuple(sorted(found)) if found else ()

    def _matching(self, path: str) -> set[int]:
        rows = self._anywhere
        if self._in_folder:
            rows = rows + self._in_folder.get(path.partition("/")[0], [])
        return {index for index, match in rows if match(path)}


def _compile(pattern: str) -> re.Pattern[str]:
    # Imported where there are rows only: it takes as long as hundreds of pages do.
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
