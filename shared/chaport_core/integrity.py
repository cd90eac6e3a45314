"""Signing for a site's own backend: what the vendor's documentation computes in PHP, in Python.

Both functions need the account's salt (Settings → API), which belongs on a server and in no page.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def sign_visitor(data: Mapping[str, Any], salt: str) -> str:
    """The `visitorIntegrityHash` of visitor data: 40 hexadecimal digits.

    `data`: what goes to the page as `visitor`, or to `setVisitorData`, in this order of keys.
    Documentation, section "Visitor data integrity": `sha1($yourSalt . json_encode($visitorData))`.
    Raises ValueError for what PHP's `json_encode` cannot write.
    """
    return _sha1(salt + encode_as_php(data))


def visitor_token(visitor_id: str, salt: str) -> str:
    """The `session.user.token` of a visitor: 40 hexadecimal digits.

    Documentation, section "Logged-in users": `sha1($personalSalt . $chaportVisitorId)`.
    """
    return _sha1(salt + visitor_id)


def encode_as_php(value: Any) -> str:
    """JSON, byte for byte as `json_encode($value)` of PHP 7.1 to 8.4 writes it.

    A mapping is a PHP object, or an array with keys of text; a list or tuple is a PHP list. Raises
    ValueError, with the place of the value, for what PHP cannot write or has no value for.
    """
    return _encode(value, "the data", 0)


def _sha1(text: str) -> str:
    return hashlib.sha1(text.encode()).hexdigest()


_MOST_NESTED = 512
"""How deep `json_encode` goes unless it is told otherwise."""


def _encode(value: Any, place: str, depth: int) -> str:
    match value:
        case None | bool():
            return json.dumps(value)
        case str():
            return _encode_text(value, place)
        case int():
            if not -(2**63) <= value < 2**63:
                raise ValueError(f"{place}: PHP's integers have 64 bits; give it as text")
            return str(int(value))
        case float():
            return _encode_float(value, place)
    if depth == _MOST_NESTED:
        raise ValueError(f"{place}: PHP's json_encode takes no more than 512 levels")
    # Loops: with a generator for each level, 512 levels would be more than Python's stack holds.
    if isinstance(value, (list, tuple)):
        items = []
        for index, item in enumerate(value):
            items.append(_encode(item, f"{place}[{index}]", depth + 1))
        return f"[{','.join(items)}]"
    if isinstance(value, Mapping):
        members = []
        for key, item in value.items():
            name = _encode_key(key, place)
            members.append(f"{name}:{_encode(item, f'{place}.{key}', depth + 1)}")
        return f"{{{','.join(members)}}}"
    raise ValueError(f"{place}: {type(value).__name__} is not a value of JSON; give it as text")


def _encode_key(key: Any, place: str) -> str:
    if not isinstance(key, str):
        raise ValueError(f"{place}: the key {key!r} is not text; write {str(key)!r}")
    if key.startswith("\0"):
        # In PHP such names are those of private members, and left out.
        raise ValueError(f"{place}: PHP has no key that begins with a null character")
    return _encode_text(key, place)


def _encode_text(text: str, place: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{place}: half a surrogate pair is no character") from None
    # Python writes U+007F as an escape, PHP as it is; PHP has one for the slash, too.
    parts = (json.dumps(part)[1:-1] for part in text.split("\x7f"))
    return '"' + "\x7f".join(parts).replace("/", r"\/") + '"'


_MOST_DIGITS = 17
"""Digits before the point that `json_encode` writes out (`serialize_precision = -1`)."""


def _encode_float(value: float, place: str) -> str:
    if not math.isfinite(value):
        raise ValueError(f"{place}: PHP's json_encode takes neither infinity nor NaN")
    if value == 0:
        return "-0" if math.copysign(1, value) < 0 else "0"
    # repr() has the fewest digits that mean this number, as PHP's mode 0 has.
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, digits))
    point = len(digits) + exponent
    if -4 < point <= _MOST_DIGITS:
        # In format's "f" there is no exponent.
        return f"{'-' * sign}{Decimal((0, digits, exponent)):f}"
    return f"{'-' * sign}{text[0]}.{text[1:] or '0'}e{point - 1:+d}"
