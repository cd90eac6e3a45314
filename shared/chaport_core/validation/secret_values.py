"""What must never reach a page: a reader of a static file would be that visitor."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from chaport_core.problem import Path, Problem, looks_secret
from chaport_core.validation.spelling import folded

_CREDENTIALS = (
    "holds a visitor's credentials, and whoever reads the page would be that visitor;"
    " give them to startSession() in the site's own script, from your backend"
)
_IDENTITY = (
    "would be the same for every reader of the page; call setVisitorData() in the site's own"
    " script once you know who is reading (visitor.custom may stay here)"
)
_HASH = (
    "signs one visitor's data and would be public in a page; have your backend sign it and pass it"
    " to setVisitorData() in the site's own script"
)
_SALT = (
    "looks like the account's salt or another secret, and a page is public;"
    " keep it on your server, and change it in Chaport if this was ever published"
)

# Suffixes of a path whose names are lower-cased and joined without `_` and `-`.
_NAMES = {
    "session.user": _CREDENTIALS,
    "visitor.name": _IDENTITY,
    "visitor.email": _IDENTITY,
    "visitor.phone": _IDENTITY,
    "visitor.notes": _IDENTITY,
    "visitorintegrityhash": _HASH,
}
_SECRET_WORDS = frozenset({"salt", "secret", "token", "password", "passwd", "apikey"})
_SECRET_ENDS = ("salt", "secret", "password", "apikey", "integrityhash", "sessiontoken")
_REVISION_WORDS = frozenset(
    [
        "commit",
        "revision",
        "rev",
        "sha",
        "sha1",
        "sha256",
        "sha512",
        "md5",
        "checksum",
        "digest",
        "build",
        "version",
        "hash",
    ]
)


def find_secrets(value: object, path: Path = ()) -> Iterator[Problem]:
    """Every secret in a configuration, wherever it stands; no message repeats the value."""
    if _is_secret_value(path, value):
        yield Problem(path, f"{_SALT}; remove it", "secret")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            place = (*path, str(key))
            reason = None if item is None else _why_secret(place, item)
            if reason:
                yield Problem(place, f"{reason}; remove it", "secret")
            else:
                yield from find_secrets(item, place)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from find_secrets(item, (*path, index))


def flat_secret(name: str, value: object) -> str | None:
    """Why a flat front-matter key (its name lower-cased, without `_` and `-`) holds a secret."""
    for suffix, reason in _NAMES.items():
        if name == suffix.replace(".", ""):
            return reason
    is_secret = name.startswith("sessionuser") or name.endswith(_SECRET_ENDS)
    return _SALT if is_secret or _is_secret_value((name,), value) else None


def _why_secret(path: Path, value: object) -> str | None:
    names = [folded(part) for part in path if isinstance(part, str)]
    for suffix, reason in _NAMES.items():
        if names[-1] == suffix or ".".join(names[-2:]) == suffix:
            return reason
    scalar = isinstance(value, (str, int)) and not isinstance(value, bool)
    if scalar and _words(path[-1]) & _SECRET_WORDS:
        return _SALT
    return None


def _is_secret_value(path: Path, value: object) -> bool:
    return (
        isinstance(value, str)
        and looks_secret(value)
        and not any(_words(part) & _REVISION_WORDS for part in path[-1:])
    )


def _words(name: str | int) -> set[str]:
    """`personalSalt`, `personal_salt` and `PERSONAL-SALT` all contain the word `salt`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", str(name))
    words = re.split(r"[^A-Za-z0-9]+", spaced.lower())
    return {*words, *(first + second for first, second in pairwise(words))}
