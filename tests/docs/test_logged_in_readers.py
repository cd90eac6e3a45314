"""The page about logged-in readers says what the sources do."""

import hashlib
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import yaml
from tests.docs.names import names
from tests.far_end.addresses import APP_ID

from chaport_core.settings.site import read_settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "sites" / "docs" / "docs" / "how-to"
TEXT = (FOLDER / "logged-in-readers.md").read_text(encoding="utf-8")


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}(?: [^\n]*)?\n(.*?)^```$", TEXT, re.S | re.M)


def test_its_settings_are_right() -> None:
    entries = [yaml.safe_load(text)["plugins"][0]["chaport"] for text in examples("yaml")]
    assert [entry["identity"] for entry in entries] == [
        "/account/chat",
        {
            "path": "/account/chat",
            "csrf": {"cookie": "csrftoken", "header": "X-CSRFToken"},
        },
    ]
    assert [read_settings(entry)[1] for entry in entries] == [[], []]
    rows = [yaml.safe_load(one) for one in re.findall(r"^\|.*\| `(\{.*\})` \|$", TEXT, re.M)]
    assert len(rows) == 4
    for csrf in rows:
        identity = {"path": "/account/chat", "csrf": csrf}
        assert read_settings({"appId": APP_ID, "identity": identity})[1] == []


def test_its_backend_is_the_demos() -> None:
    (shown,) = examples("python")
    source = (ROOT / "sites" / "identity" / "backend.py").read_text(encoding="utf-8")
    assert [part for part in shown.split("\n\n\n") if part.strip() not in source] == []


def test_its_vector_is_one_of_those_that_php_made() -> None:
    (shown,) = map(json.loads, examples("json"))
    vectors = json.loads((FOLDER / "signing-vectors.json").read_text(encoding="utf-8"))
    assert shown == {"salt": vectors["salt"], **vectors["tokens"][0]}
    assert "](signing-vectors.json)" in TEXT


def test_its_three_lines_sign_every_vector() -> None:
    """As one would write them after reading: the JSON by Python's own, which writes as much."""
    vectors = json.loads((FOLDER / "signing-vectors.json").read_text(encoding="utf-8"))
    (lines,) = examples("text")
    assert [line.split("=")[0].strip() for line in lines.splitlines()] == ["token", "json", "hash"]
    for one in vectors["hashes"][:7]:
        text = json.dumps(one["visitor"], separators=(",", ":")).replace("/", r"\/")
        text = text.replace(r"\u007f", "\x7f")
        signed = hashlib.sha1((vectors["salt"] + text).encode()).hexdigest()
        assert signed == one["visitorIntegrityHash"]


def test_its_events_its_storage_and_its_global_are_in_the_table_of_names() -> None:
    """And tests/browser/test_names.py holds that table to what pages show."""
    events, salt = examples("js")
    said = set(re.findall(r"'(chaport:\w+)'", events))
    assert said == {"chaport:login", "chaport:logout"}
    assert said <= names("event", yours=True)
    (stored,) = re.findall(r"`([^`]+)` with the appId in `localStorage`", TEXT)
    assert stored in names("localStorage")
    assert set(re.findall(r"window\.\w+", salt)) == names("the preview's global")


def test_its_picture_is_well_formed_and_says_what_is_called() -> None:
    (picture,) = re.findall(r"<svg.*</svg>", TEXT, re.S)
    svg = ElementTree.fromstring(picture)
    said = [text.text for text in svg.iter("text")]
    assert said[:3] == ["Page", "Your backend", "Chaport's widget"]
    assert [one.split("(")[0] for one in said[3:] if one and "Session" in one] == [
        "startSession",
        "logging out: stopSession",
    ]
