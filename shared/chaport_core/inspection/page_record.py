"""The record of one page: read as the loader and the runtime read it, and checked."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chaport_core.inspection.findings import Finding, Kind
from chaport_core.page.record import FORMAT_VERSION
from chaport_core.problem import MISSING, Path, Problem, describe, dotted
from chaport_core.schema.known import keys_at
from chaport_core.validation.plain import read_json, to_plain
from chaport_core.validation.secret_values import find_secrets
from chaport_core.validation.validate import check

HIDDEN = "(left out of this report: a secret)"


class Record(NamedTuple):
    """What a record says; secrets are left out of it."""

    config: Any
    """What `window.chaportConfig` will be; None where it could not be read."""
    language: str | None
    consent: str | None
    is_valid: bool
    """Whether it can be compared with others."""


def read_record(attributes: Mapping[str, str | None], place: str) -> tuple[Record, list[Finding]]:
    """Read the attributes of a `<meta name="chaport">`."""
    found = [*_version(attributes.get("data-v"), place)]
    config: Any = None
    try:
        config = read_json(attributes.get("content") or "")
    except ValueError as error:
        # The decoder's message holds positions only.
        found.append(Finding(Kind.RECORD, place, f"the record is no JSON ({error})"))
    else:
        # No option, known or not, can hold what JSON or JavaScript cannot.
        impossible = {problem.path for problem in to_plain(config)[1]}
        for problem in _problems(config):
            found.append(_finding(problem, place, is_possible=problem.path not in impossible))
        config = _without_secrets(config)
    is_valid = not any(one.kind in (Kind.RECORD, Kind.SECRET, Kind.VERSION) for one in found)
    language, consent = attributes.get("data-lang"), attributes.get("data-consent")
    return Record(config, language or None, consent or None, is_valid), found


def _version(version: str | None, place: str) -> Iterator[Finding]:
    if version != str(FORMAT_VERSION):
        has = "no data-v" if version is None else f'data-v="{version}"'
        told = f'the record has {has}; this release reads data-v="{FORMAT_VERSION}"'
        yield Finding(Kind.VERSION, place, told)


def _problems(config: Any) -> Iterator[Problem]:
    if not isinstance(config, dict):
        yield Problem((), f"the record: expected a mapping of options, found {describe(config)}")
        return
    _, problems = check(config, "PageOptions")
    yield from problems
    if "appId" not in config:
        # A page's options may do without, as the site's have it; a record has both.
        yield Problem(("appId",), MISSING)
    if "enabled" in config:
        # Known where an author writes; the build acts on it and leaves it out of the record.
        yield Problem(("enabled",), "is not an option of the widget")


def _finding(problem: Problem, place: str, *, is_possible: bool) -> Finding:
    kind = Kind.RECORD
    if problem.severity == "secret":
        kind = Kind.SECRET
    elif problem.severity == "warning":
        kind = Kind.CONTRADICTION
    elif is_possible and _is_unknown(problem.path):
        # The list of all options would be longer than what it is about.
        message = problem.message.partition("; expected one of ")[0]
        return Finding(Kind.UNKNOWN_OPTION, place, f"{dotted(problem.path)} {message}")
    return Finding(kind, place, str(problem))


def _is_unknown(path: Path) -> bool:
    if not path or not isinstance(path[-1], str):
        return False
    # Where any key may stand (visitor.custom), none is listed.
    known = keys_at("PageOptions", path[:-1])
    return path == ("enabled",) or (bool(known) and path[-1] not in known)


def _without_secrets(config: Any) -> Any:
    # Also what nests too deeply, which no widget option does.
    plain, _ = to_plain(config)
    for secret in list(find_secrets(plain)):
        *above, last = secret.path or (None,)
        holder = plain
        for part in above:
            holder = holder[part]
        if last is None:
            return HIDDEN
        holder[last] = HIDDEN
    return plain
