"""The page about logged-in readers says what the sources do."""

import hashlib
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import yaml

from chaport_core.settings.site import read_settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "sites" / "docs" / "docs" / "how-to"
TEXT = (FOLDER / "logged-in-readers.md").read_text(encoding="utf-8")
APP_ID = "5f1e2d3c4b5a69788796a5b4"


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


def test_its_events_and_its_storage_are_those_of_the_script() -> None:
    modules = (ROOT / "shared/chaport_core/browser/src/identity").glob("*.js")
    script = "".join(module.read_text(encoding="utf-8") for module in modules)
    preview = (ROOT / "shared/chaport_core/browser/preview-widget.js").read_text(encoding="utf-8")
    events, salt = examples("js")
    for name in re.findall(r"'(chaport:\w+)'", events):
        assert f"addEventListener('{name}'" in script
    assert "const MARK = 'chaport-identity:';" in script
    assert re.findall(r"window\.(\w+)", salt) == ["chaportPreviewSalt"]
    assert ".chaportPreviewSalt" in preview


def test_its_picture_is_well_formed_and_says_what_is_called() -> None:
    (picture,) = re.findall(r"<svg.*</svg>", TEXT, re.S)
    svg = ElementTree.fromstring(picture)
    said = [text.text for text in svg.iter("text")]
    assert said[:3] == ["Page", "Your backend", "Chaport's widget"]
    assert [one.split("(")[0] for one in said[3:] if one and "Session" in one] == [
        "startSession",
        "logging out: stopSession",
    ]
