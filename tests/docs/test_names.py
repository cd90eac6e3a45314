"""The table of names in a page is what the source really uses."""

import re

from bs4 import BeautifulSoup
from tests.docs.examples import ROOT, page_text

from chaport_apply.page_settings import SETTINGS
from chaport_core.page.record import record_tag

CORE = ROOT / "shared" / "chaport_core"
SCRIPTS = [
    *(f"browser/{name}.js" for name in ("loader", "runtime", "content")),
    *("browser/manual-consent.js", "browser/material-consent.js"),
    *(str(path.relative_to(CORE)) for path in CORE.glob("browser/src/identity/*.js")),
]
"""What runs in live pages; the preview widget's elements live in a shadow root of their own."""


def names(kind: str) -> set[str]:
    """What the rows of the table name whose kind begins like that."""
    rows = re.findall(r"^\| (`.*?) \| (.*?) \| .* \|$", page_text("reference/names.md"), re.M)
    return {
        name
        for cell, its_kind in rows
        if its_kind.strip("`").startswith(kind)
        # Where an attribute stands is no name.
        for name in re.findall(r"`([^`]+)`", cell.partition(" on ")[0])
    }


def found(pattern: str, *files: str) -> set[str]:
    """What matches in files of the core, comments left out; in all scripts if none is named."""
    matches = set()
    for file in files or SCRIPTS:
        text = (CORE / file).read_text(encoding="utf-8")
        matches |= set(re.findall(pattern, re.sub(r"^\s*(//|/?\*|#).*$", "", text, flags=re.M)))
    return matches


def attribute(name: str) -> str:
    """The attribute of a key of `dataset`."""
    return "data-" + re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)


def test_every_meta_element_is_in_the_table() -> None:
    record = BeautifulSoup(record_tag({}, language=None), "html.parser").meta
    assert record is not None
    assert names("element") == {f"meta[name={name}]" for name in (record["name"], SETTINGS)}


def test_every_data_attribute_is_in_the_table() -> None:
    keys = found(r"dataset\.(\w+)")
    for together in found(r"\{ ([\w, ]+) \} = [^;]*element\)?\.dataset"):
        keys |= set(together.split(", "))
    written = found(
        r"""[ "](data-[a-z-]+)""", "page/chat_links.py", "page/record.py", "settings/identity.py"
    )
    assert {name for name in names("attribute") if name.startswith("data-")} == {
        *map(attribute, keys),
        *written,
    }


def test_every_aria_attribute_is_in_the_table() -> None:
    written = {f"aria-{name.lower()}" for name in found(r"\.aria([A-Z]\w+) =")}
    assert {name for name in names("attribute") if name.startswith("aria-")} == written


def test_every_event_is_in_the_table() -> None:
    (told,) = found(r"'(ready chat\.[\w. ]+)'")
    assert names("event") == {
        *found(r"'(chaport:\w+)'"),
        *(f"chaport:{name}" for name in told.split()),
    }


def test_every_global_is_in_the_table() -> None:
    assert names("global") == {
        f"window.{name}" for name in found(r"(?:global|window|self)\.(chaport\w*)")
    }
    assert names("property") == {f"document.{name}" for name in found(r"page\.(chaport\w*)")}


def test_every_stored_key_is_in_the_table() -> None:
    for area in ("localStorage", "sessionStorage"):
        keys = found(rf"store\('{area}', '([\w-]+)'\)", "browser/src/preview/storage.js")
        in_live_pages = found("const MARK = '(.*)'") if area == "localStorage" else set()
        assert names(area) == keys | in_live_pages
    # The mark of `identity`, and the site's own cookie against forged requests.
    assert found(r"\w+Storage|\w+\.cookie") == {"localStorage", "document.cookie"}
