"""Signatures for a backend: byte for byte what real PHP computes, on any data."""

import hashlib
import json
import math
import shutil
import subprocess
from base64 import b64encode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chaport_core.integrity import encode_as_php, sign_visitor, visitor_token

needs_php = pytest.mark.skipif(not shutil.which("php"), reason="PHP is not installed (php-cli)")

DATA = {"name": "Zoë / 😀", "custom": {"plan": "pro", "balance": 1000, "rate": 0.1, "tags": []}}
JSON = (
    r'{"name":"Zo\u00eb \/ \ud83d\ude00",'
    '"custom":{"plan":"pro","balance":1000,"rate":0.1,"tags":[]}}'
)


def test_the_hash_is_that_of_the_salt_and_phps_json():
    assert sign_visitor(DATA, "salt") == hashlib.sha1(b"salt" + JSON.encode()).hexdigest()


def test_the_token_is_that_of_the_salt_and_the_id():
    assert visitor_token("5f1e", "salt") == hashlib.sha1(b"salt5f1e").hexdigest()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (-(2**63), "-9223372036854775808"),
        (2**63 - 1, "9223372036854775807"),
        (-0.0, "-0"),
        (0.0, "0"),
        (100000.0, "100000"),
        (0.0001, "0.0001"),
        (0.00001, "1.0e-5"),
        (-1.5e-7, "-1.5e-7"),
        (1e16, "10000000000000000"),
        (1e17, "1.0e+17"),
        (-123456789012345678.0, "-1.2345678901234568e+17"),
        (5e-324, "5.0e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        ("a/b\"'\\<>&\x00\x1f\x7f\b\f\n\r\t\u2028é", None),
        ({}, "{}"),
        ([], "[]"),
        ((1, [{"": []}]), '[1,[{"":[]}]]'),
        ({"0": 1}, '{"0":1}'),
    ],
)
def test_it_is_written_as_php_writes_it(value, written):
    if written is None:
        written = r'"a\/b\"' + "'" + r"\\<>&\u0000\u001f" + "\x7f" + r'\b\f\n\r\t\u2028\u00e9"'
    assert encode_as_php(value) == written


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (math.nan, "the data: PHP's json_encode takes neither infinity nor NaN"),
        ({"a": [math.inf]}, "the data.a[0]: PHP's json_encode takes neither infinity nor NaN"),
        ({"a": "\ud800"}, "the data.a: half a surrogate pair is no character"),
        ({"a": 2**63}, "the data.a: PHP's integers have 64 bits; give it as text"),
        ({1: 2}, "the data: the key 1 is not text; write '1'"),
        ({"\0a": 2}, "the data: PHP has no key that begins with a null character"),
        ({"a": {1, 2}}, "the data.a: set is not a value of JSON; give it as text"),
        ({"a": b"x"}, "the data.a: bytes is not a value of JSON; give it as text"),
    ],
)
def test_what_php_cannot_write_is_an_error_that_names_the_place(value, told):
    with pytest.raises(ValueError, match=r"^the data") as error:
        encode_as_php(value)
    assert str(error.value) == told


def nested(levels):
    value = []
    for _ in range(levels - 1):
        value = [value]
    return value


def test_512_levels_are_enough():
    assert encode_as_php(nested(512)) == "[" * 512 + "]" * 512
    with pytest.raises(ValueError, match=r"no more than 512 levels$"):
        encode_as_php(nested(513))


# ---- Real PHP -----------------------------------------------------------------------------------

# A line of JSON in, a line out: what PHP makes of it, and the signature; `error` where it cannot.
ANSWER = """
while (($line = fgets(STDIN)) !== false) {
    $data = json_decode($line, false, 10000);
    $json = json_last_error() ? false : json_encode($data);
    echo $json === false ? "error" : base64_encode($json) . " " . sha1("salt" . $json), "\\n";
}
"""


@pytest.fixture(scope="module")
def php():
    """php(value) -> its JSON and signature by PHP; None for an error."""
    command = ["php", "-d", "serialize_precision=-1", "-r", ANSWER]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="ascii"
    ) as process:

        def ask(value):
            process.stdin.write(json.dumps(value) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline().split()
            return None if answer == ["error"] else answer

        yield ask
        process.stdin.close()


def ours(value):
    """The same of ours."""
    try:
        text = encode_as_php(value)
    except ValueError:
        return None
    return [b64encode(text.encode()).decode(), sign_visitor(value, "salt")]


TEXTS = st.text(st.characters() | st.sampled_from("/\\\"'<>&\x00\x7f\b\f\n\r\t\u2028\ud7ff\uffff"))
FLOATS = st.floats(allow_nan=False, allow_infinity=False) | st.builds(
    lambda digits, exponent: float(f"{digits}e{exponent}"),
    st.integers(-(10**18), 10**18),
    st.integers(-30, 30),
)
SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | FLOATS | TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=20,
)


@needs_php
@settings(max_examples=3000, deadline=None)
@given(VALUES)
@example({"a": {}, "b": [], "0": [[]], "1": -0.0})
@example({"\0a": 1})
def test_any_value_is_what_php_makes_of_it(php, value):
    assert ours(value) == php(value)


@needs_php
@settings(max_examples=3000, deadline=None)
@given(FLOATS)
def test_any_number_is_what_php_makes_of_it(php, value):
    assert ours(value) == php(value)


@needs_php
@pytest.mark.parametrize("levels", [511, 512, 513])
def test_php_goes_as_deep(php, levels):
    assert ours(nested(levels)) == php(nested(levels))


@needs_php
@pytest.mark.parametrize(
    "code", ["NAN", "INF", '"\\xff"', '"\\xed\\xa0\\x80"', '["a" => ["b" => -INF]]']
)
def test_what_we_refuse_php_refuses(code):
    done = subprocess.run(
        ["php", "-r", f"var_dump(json_encode({code}));"], capture_output=True, encoding="utf-8"
    )
    assert done.stdout == "bool(false)\n"
