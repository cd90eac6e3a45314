"""No secret reaches a page, wherever and however it is written, and no message repeats one."""

import datetime
import json
from typing import Any

import pytest
from tests.far_end.addresses import APP_ID

from chaport_core.page.chat import Page, find_page_secrets
from chaport_core.problem import Problem
from chaport_core.settings.front_matter import read_front_matter
from chaport_core.settings.site import read_settings

# Forms of the vendor's documentation: sha1 hashes and the account's salt.
SHA1 = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"
SALT = "Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZmdoaWprbG1ub3A"
WHO = "Jane Roe of Example Road"

CREDENTIALS = (
    "holds a visitor's credentials, and whoever reads the page would be that visitor; give them to"
    " startSession() in the site's own script, from your backend; remove it"
)
IDENTITY = (
    "would be the same for every reader of the page; call setVisitorData() in the site's own script"
    " once you know who is reading (visitor.custom may stay here); remove it"
)
HASH = (
    "signs one visitor's data and would be public in a page; have your backend sign it and pass it"
    " to setVisitorData() in the site's own script; remove it"
)
LOOKS = (
    "looks like the account's salt or another secret, and a page is public; keep it on your server,"
    " and change it in Chaport if this was ever published; remove it"
)

# A configuration with one secret, the secret's place, and why it is refused.
SECRETS: list[tuple[dict[str, Any], str, str]] = [
    ({"session": {"user": {"id": "visitor-id", "token": SHA1}}}, "session.user", CREDENTIALS),
    ({"session": {"user": {}}}, "session.user", CREDENTIALS),
    ({"session": {"user": "visitor-id"}}, "session.user", CREDENTIALS),
    ({"session": {"User": {"id": WHO}}}, "session.User", CREDENTIALS),
    ({"session": {"user": {"id": 5}, "autoStart": "x"}}, "session.user", CREDENTIALS),
    ({"visitor": {"name": WHO}}, "visitor.name", IDENTITY),
    ({"visitor": {"email": "jane@example.com"}}, "visitor.email", IDENTITY),
    ({"visitor": {"phone": 15551234567}}, "visitor.phone", IDENTITY),
    ({"visitor": {"notes": [WHO]}}, "visitor.notes", IDENTITY),
    ({"visitor": {"E-Mail": "jane@example.com"}}, "visitor.E-Mail", IDENTITY),
    ({"visitorIntegrityHash": "abc123a1b2c3d4e5f6"}, "visitorIntegrityHash", HASH),
    ({"visitor_integrity_hash": SHA1}, "visitor_integrity_hash", HASH),
    ({"salt": "pepper"}, "salt", LOOKS),
    ({"personalSalt": SALT}, "personalSalt", LOOKS),
    ({"visitor": {"custom": {"apiKey": "x1"}}}, "visitor.custom.apiKey", LOOKS),
    ({"visitor": {"custom": {"api_key": "x1"}}}, "visitor.custom.api_key", LOOKS),
    ({"visitor": {"custom": {"PASSWORD": "hunter2"}}}, "visitor.custom.PASSWORD", LOOKS),
    ({"visitor": {"custom": {"sessionToken": 123456}}}, "visitor.custom.sessionToken", LOOKS),
    ({"visitor": {"custom": {"plan": SALT}}}, "visitor.custom.plan", LOOKS),
    ({"visitor": {"custom": {"a": {"b": [{"c": SHA1}]}}}}, "visitor.custom.a.b[0].c", LOOKS),
    ({"appearance": {"teamName": SHA1}}, "appearance.teamName", LOOKS),
    ({"appearance": {"teamName": f" {SHA1}\n"}}, "appearance.teamName", LOOKS),
    ({"operators": ["ann", SALT]}, "operators[1]", LOOKS),
    ({"openIn": SALT}, "openIn", LOOKS),
    ({"session": SHA1}, "session", LOOKS),
    ({"language": {"use": SHA1}}, "language.use", LOOKS),
    ({"triggers": {"enabled": [SHA1]}}, "triggers.enabled[0]", LOOKS),
]
VALUES = (SHA1, SALT, WHO, "jane@example.com", "15551234567", "abc123a1b2c3d4e5f6", "hunter2")


def texts(problems: list[Problem]) -> list[tuple[str, str]]:
    for problem in problems:
        assert not any(value in str(problem) for value in VALUES)
    return [(str(problem), problem.severity) for problem in problems]


def without_extra_mistakes(problems: list[Problem]) -> list[tuple[str, str]]:
    """One row of the table holds a second, ordinary mistake."""
    return [one for one in texts(problems) if not one[0].endswith("found the text 'x'")]


@pytest.mark.parametrize(("config", "place", "reason"), SECRETS)
def test_a_secret_in_a_sites_options_stops_the_build(
    config: dict[str, Any], place: str, reason: str
) -> None:
    settings, problems = read_settings({"appId": APP_ID, **config})
    assert settings is None
    assert without_extra_mistakes(problems) == [(f"{place}: {reason}", "secret")]


@pytest.mark.parametrize(("config", "place", "reason"), SECRETS)
@pytest.mark.parametrize(
    ("prefix", "wrap"),
    [
        ('pages."api/**".', lambda config: {"pages": {"api/**": config}}),
        ("devices.configs.ios.", lambda config: {"devices": {"configs": {"ios": config}}}),
        ("unchecked.", lambda config: {"unchecked": config}),
        ("unchecked.newer.", lambda config: {"unchecked": {"newer": config}}),
        ("visitor.custom.a.", lambda config: {"visitor": {"custom": {"a": config}}}),
        (
            'pages."a\\\\!".devices.configs.mobile.',
            lambda config: {"pages": {"a\\\\!": {"devices": {"configs": {"mobile": config}}}}},
        ),
    ],
    ids=["row", "device", "unchecked", "inside unchecked", "custom", "device in a row"],
)
def test_a_secret_further_in_stops_the_build_too(
    config: dict[str, Any], place: str, reason: str, prefix: str, wrap: Any
) -> None:
    settings, problems = read_settings({"appId": APP_ID, **wrap(config)})
    assert settings is None
    secrets = [one for one in texts(problems) if one[1] == "secret"]
    assert secrets == [(f"{prefix}{place}: {reason}", "secret")]


@pytest.mark.parametrize(("config", "place", "reason"), SECRETS)
@pytest.mark.parametrize("key", ["chaport", "Chaport", "CHAPORT"])
@pytest.mark.parametrize("spelling", ["nested", "JSON", "JSON in lines"])
def test_a_secret_in_front_matter_stops_the_build_and_never_enters_a_layer(
    config: dict[str, Any], place: str, reason: str, key: str, spelling: str
) -> None:
    value: Any = config
    if spelling != "nested":
        value = json.dumps(config)
    if spelling == "JSON in lines":
        value = ["", *json.dumps(config, indent=1).splitlines()]
    layer, problems = read_front_matter({"title": "x", key: value})
    assert without_extra_mistakes(problems) == [(f"{key}.{place}: {reason}", "secret")]
    assert not any(value in json.dumps(layer) for value in VALUES)


FLAT: list[tuple[str, Any, str]] = [
    ("chaport_session_user", "visitor-id", CREDENTIALS),
    ("chaport_session_user_id", "visitor-id", LOOKS),
    ("chaport_session_user_token", SHA1, LOOKS),
    ("chaport_session_token", "x", LOOKS),
    ("chaport_visitor_name", WHO, IDENTITY),
    ("Chaport-Visitor-Email", "jane@example.com", IDENTITY),
    ("chaport_visitor_phone", 15551234567, IDENTITY),
    ("chaport_visitor_notes", [WHO, "second line"], IDENTITY),
    ("chaport_visitor_integrity_hash", "abc123a1b2c3d4e5f6", HASH),
    ("chaport_visitorintegrityhash", SHA1, HASH),
    ("chaport_salt", "pepper", LOOKS),
    ("chaport_personal_salt", SALT, LOOKS),
    ("chaport_api_key", "x", LOOKS),
    ("chaport_password", "hunter2", LOOKS),
    ("chaport_whatever", SHA1, LOOKS),
    ("chaport_open_in", SALT, LOOKS),
]


@pytest.mark.parametrize(("key", "value", "reason"), FLAT)
def test_a_secret_in_a_flat_key_stops_the_build(key: str, value: Any, reason: str) -> None:
    layer, problems = read_front_matter({key: value})
    assert layer == {}
    assert texts(problems) == [(f"{key}: {reason}", "secret")]


def test_secrets_are_found_before_any_page_is_rendered() -> None:
    metadata = {"chaport": {"enabled": False, "visitor": {"name": WHO}, "lancher": 1}}
    found = find_page_secrets(metadata, "")
    assert texts(found) == [(f"chaport.visitor.name: {IDENTITY}", "secret")]


def test_secrets_and_other_mistakes_of_a_page_are_told_together() -> None:
    config = {"visitor": {"name": WHO}, "lancher": {}, "history": False}
    layer, problems = read_front_matter({"chaport": config})
    assert texts(problems) == [
        (f"chaport.visitor.name: {IDENTITY}", "secret"),
        ("chaport.lancher: is not an option here; did you mean launcher?", "error"),
    ]
    assert layer == {"history": False}


def test_an_off_page_with_a_secret_stays_off(chat_of: Any) -> None:
    page = Page("a.html", metadata={"chaport": {"enabled": False, "visitor": {"name": WHO}}})
    html, problems = chat_of().add_to("<!doctype html><head></head>", page)
    assert html == "<!doctype html><head></head>"
    assert texts(problems) == [(f"chaport.visitor.name: {IDENTITY}", "secret")]


def test_null_takes_a_secret_away_and_is_none() -> None:
    config = {
        "appId": APP_ID,
        "session": {"user": None},
        "visitor": {"name": None, "email": None, "phone": None, "notes": None},
        "visitorIntegrityHash": None,
    }
    settings, problems = read_settings(config)
    assert settings is not None
    assert problems == []


@pytest.mark.parametrize(
    "custom",
    [
        {"subscriptionPlan": "pro", "balance": 1000},
        {"version": "1.2.3"},
        {"docsVersion": SHA1},
        {"commit": SHA1},
        {"git_sha": SHA1},
        {"buildRevision": SHA1},
        {"commitSHA": "0" * 31 + "a"},
        {"page": "https://example.com/secret/token/salt"},
        {"tokens": 5, "secretary": "Ann", "basalt": "rock", "passwordless": True},
        {"hasToken": True, "note": "salt and vinegar"},
        {"uuid": "123e4567-e89b-12d3-a456-426614174000"},
        {"id": APP_ID},
        {"number": "1" * 40, "word": "a" * 40},
    ],
    ids=str,
)
def test_ordinary_custom_fields_may_stand(custom: dict[str, Any]) -> None:
    config = {"appId": APP_ID, "visitor": {"custom": custom}}
    settings, problems = read_settings(config)
    assert problems == []
    assert settings is not None
    assert settings.resolve((), None).chaport_config["visitor"] == {"custom": custom}


@pytest.mark.parametrize("name", ["sha256", "sha1"])
def test_a_checksum_by_its_usual_name_may_stand(name: str) -> None:
    assert read_settings({"appId": APP_ID, "visitor": {"custom": {name: SHA1}}})[1] == []


@pytest.mark.parametrize("value", [SHA1, [SHA1], f" {SALT} "])
def test_a_secret_instead_of_the_mapping_is_not_repeated(value: Any) -> None:
    site, page = read_settings(value)[1], read_front_matter({"chaport": value})[1]
    assert {one.severity for one in (*site, *page)} == {"secret"}
    assert not any(secret in str(one) for one in (*site, *page) for secret in VALUES)


@pytest.mark.parametrize("beside", [{"id": datetime.date(2024, 1, 1)}, {"__proto__": 1}, {5: 1}])
def test_a_second_mistake_in_credentials_does_not_make_them_a_mere_warning(
    beside: dict[Any, Any],
) -> None:
    config = {"session": {"user": {"token": SHA1, **beside}}}
    _, problems = read_front_matter({"chaport": config})
    assert (f"chaport.session.user: {CREDENTIALS}", "secret") in texts(problems)


@pytest.mark.parametrize(
    "text",
    [f"token: {SHA1}", f"see {SALT} there", f"{SHA1[:20]}-{SHA1[20:]}"],
)
def test_a_long_hash_inside_a_sentence_is_taken_for_text(text: str) -> None:
    """What we do not promise: only a value that is nothing but a hash is recognised."""
    assert read_settings({"appId": APP_ID, "appearance": {"teamName": text}})[1] == []
