"""A record holds its configuration exactly, and nothing in it can be executed or end it."""

import json
import re
from typing import Any

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chaport_core.page.chat import Chat, Page
from chaport_core.page.record import FORMAT_VERSION, record_tag

# What has ended attributes, tags, scripts, comments or lines elsewhere.
PAYLOADS = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "--><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    '"><script>alert(1)</script>',
    "&quot;&#39;&apos;&lt;&amp;",
    "]]>",
    "\\' \\u0027 \\",
    "\u2028\u2029\u0085",
    "\0\b\t\n\f\r\x1b\x7f",
    "\ud800 \udfff",
    "😀é\ufeff",
    "javascript:alert(1)",
    "{{ x }}{% raw %}${y}`",
]

texts = st.sampled_from(PAYLOADS) | st.text(st.characters(exclude_categories=[]), max_size=12)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=10,
)
configs = st.dictionaries(texts, values, max_size=4)


def parsed(page: str) -> Any:
    return html5lib.HTMLParser(html5lib.getTreeBuilder("dom")).parse(page, scripting=True)


def attributes_in(tag: str) -> dict[str, str]:
    """The attributes of the one element that a tag makes between two others."""
    document = parsed(f"<!doctype html><head><link>{tag}<title>x</title></head><body>y</body>")
    head, body = document.getElementsByTagName("head")[0], document.getElementsByTagName("body")[0]
    assert [node.nodeName for node in head.childNodes] == ["link", "meta", "title"]
    assert [node.data for node in body.childNodes] == ["y"]
    return dict(head.childNodes[1].attributes.items())


def same(one: Any, other: Any) -> bool:
    """Equality of JSON values, where 1 is not True."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@given(configs)
@example({payload: payload for payload in PAYLOADS})
@example({"a": [{"b": "'"}, -0.0, 1e308, 10**300]})
def test_any_configuration_comes_back_exactly(config: dict[str, Any]) -> None:
    tag = record_tag(config, language=None)
    attributes = attributes_in(tag)
    assert same(json.loads(attributes.pop("content")), config)
    assert attributes == {"name": "chaport", "data-v": str(FORMAT_VERSION)}


@given(configs)
def test_a_record_is_one_ascii_tag_that_no_value_can_end(config: dict[str, Any]) -> None:
    tag = record_tag(config, language=None)
    form = r"<meta name=\"chaport\" content='\{[^'<>&\n]*\}' data-v=\"1\">"
    assert re.fullmatch(form, tag, re.ASCII)
    assert tag.isascii()
    assert tag.isprintable()


@given(st.text(min_size=1, max_size=12), st.sampled_from(["none", "material", "manual", "click"]))
@example("'\"><script>", "manual")
def test_language_and_consent_are_attributes_that_end_nothing(language: str, consent: str) -> None:
    attributes = attributes_in(record_tag({}, language=language, consent=consent))
    # What a parser makes of line ends and NUL is no concern of a language's name.
    odd = set(language) & set("\r\0")
    # Every language tag is ASCII; anything else is none.
    assert odd or attributes.pop("data-lang", None) == (language if language.isascii() else None)
    assert attributes.pop("data-consent", "none") == consent
    assert odd or attributes == {"name": "chaport", "content": "{}", "data-v": "1"}


@pytest.mark.parametrize("language", ["español", "日本", "\ud800"], ids=ascii)
def test_a_record_is_ascii_whatever_the_page_language(language: str) -> None:
    assert record_tag({}, language=language).isascii()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_json_cannot_hold_makes_no_record(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        record_tag({"a": [number]}, language=None)


PLACES: list[tuple[str, Any]] = [
    ("team name", lambda text: {"appearance": {"teamName": text}}),
    ("window", lambda text: {"openIn": f"w{text}"}),
    ("selector", lambda text: {"openIn": {"selector": text}}),
    ("operator", lambda text: {"operators": [text]}),
    ("rule", lambda text: {"assignments": {"rules": [{text: ["page_url", "=", text]}]}}),
    ("custom field", lambda text: {"visitor": {"custom": {text: [text]}}}),
    ("unchecked", lambda text: {"unchecked": {f"new{text}": {text: text}}}),
]


@pytest.mark.parametrize(("name", "place"), PLACES)
@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_an_authors_value_reaches_the_record_and_nothing_else(
    name: str, place: Any, payload: str, chat_of: Any, app_id: str
) -> None:
    chat: Chat = chat_of(**place(payload))
    plain_chat: Chat = chat_of()
    page = "<!doctype html><html><head><title>x</title></head><body><p>y</p></body></html>"
    document = parsed(chat.add_to(page, Page("a.html"))[0])
    head = document.getElementsByTagName("head")[0]
    title, meta, script = head.childNodes
    said = place(payload)
    config = {"appId": app_id, **said.pop("unchecked", {}), **said, "language": {"source": "html"}}
    assert same(json.loads(meta.getAttribute("content")), config)
    plain = parsed(plain_chat.add_to(page, Page("a.html"))[0])
    assert script.toxml() == plain.getElementsByTagName("script")[0].toxml()
    assert (title.toxml(), len(document.getElementsByTagName("script"))) == ("<title>x</title>", 1)
    body = document.getElementsByTagName("body")[0]
    assert body.toxml() == plain.getElementsByTagName("body")[0].toxml()
