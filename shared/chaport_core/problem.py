"""A problem: what is wrong in a configuration, said to the author of the site."""

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, Protocol

Path = tuple[str | int, ...]
"""Where a value stands: keys and list indexes from the outside in."""

Severity = Literal["secret", "error", "warning", "info"]
"""secret: always stops the build; error: stops it at site level; info: a hint."""


MISSING = "is missing"
"""The message about a key that a mapping cannot do without."""


class Log(Protocol):
    """What hosts' loggers have in common."""

    def info(self, msg: str, /, *args: object) -> None: ...
    def warning(self, msg: str, /, *args: object) -> None: ...


class Problem(NamedTuple):
    """One mistake, with the path of the value and a sentence that ends in the next step."""

    path: Path
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.path else self.message

    @property
    def place(self) -> str:
        """Where the value is, as a text: `launcher.show`; empty for all of a configuration."""
        return dotted(self.path)

    @property
    def is_fatal(self) -> bool:
        """Whether, in a site's configuration, it stops the build."""
        return self.severity in ("error", "secret")

    def under(self, *prefix: str | int) -> "Problem":
        """The same problem seen from further out."""
        return Problem((*prefix, *self.path), self.message, self.severity)


def dotted(path: Path) -> str:
    """`("pages", "api/**", "operators", 0)` as `pages."api/**".operators[0]`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            part = printable(part)
            name = part if part.replace("_", "").replace("-", "").isalnum() else f'"{part}"'
            text += f".{name}" if text else name
    return text


def listed(problems: Iterable["Problem | str"]) -> str:
    """All problems, one a line, for a message that has a heading of its own."""
    return "\n".join(f"  - {problem}" for problem in problems)


def is_warning(problem: Problem) -> bool:
    """Whether a problem of a page is more than a hint."""
    return problem.severity != "info"


def report(problems: Iterable[Problem], source: str, log: Log) -> None:
    """Log problems with the host's logger, so that its strict mode sees the warnings."""
    for problem in problems:
        say = log.warning if is_warning(problem) else log.info
        say("%s: %s", source, problem)


# SHA-1 hashes and longer: no documented option takes a value of this form.
_SECRET_FORM = re.compile(r"(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{32,}")


def looks_secret(value: str) -> bool:
    """Whether a text has the form of a salt, a hash or a token, so that no message repeats it."""
    return _SECRET_FORM.fullmatch(value.strip()) is not None


def holds_secret(text: str) -> bool:
    """Whether any word of a text has that form."""
    return any(map(looks_secret, re.split("[^A-Za-z0-9]+", text)))


def printable(text: str) -> str:
    """The text as one line of any log: control characters and the like become escapes."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


_LONGEST = 1024
"""Bits of a number that is told; Python writes none of more than 4,300 digits."""


def describe(value: object) -> str:
    """What was found, in words that need no Python: `the text 'no'`, `nothing`, `a list`."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str() if looks_secret(value):
            return f"a text of {len(value.strip())} characters"
        case str():
            return f"the text '{printable(value if len(value) <= 60 else value[:57] + '...')}'"
        case int() if value.bit_length() > _LONGEST:
            return "a number of too many digits"
        case int() | float():
            return f"the number {value}"
        case datetime.date() | datetime.time():
            return f"the date {value}"
        case list() | tuple():
            return "a list" if value else "an empty list"
        case Mapping():
            return "a mapping" if value else "an empty mapping"
        case _ if callable(value):
            return "a Python function"
        case _:
            return "a Python object"
