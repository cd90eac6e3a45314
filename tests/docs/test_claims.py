"""What the documentation says of figures, hashes and spellings is so."""

import hashlib
import re
from base64 import b64encode

import click
import pytest
from tests.docs.examples import page_text
from tests.far_end.chat_pages import add_chat

from chaport_cli.main import main
from chaport_core.page.calls import read_address
from chaport_core.page.scripts import head_scripts, loader_hash
from chaport_core.settings.front_matter import read_front_matter

POLICY = page_text("how-to/content-security-policy.md")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("explanation/what-a-page-carries.md", "that is {} bytes"),
        ("how-to/speed.md", "On a 10 KB page, {} bytes"),
    ],
)
def test_the_bytes_it_names_are_the_bytes_of_a_page(where: str, said: str) -> None:
    page = "<!doctype html><html lang=en><head></head><body></body></html>"
    assert said.format(len(add_chat(page)) - len(page)) in page_text(where)


def test_it_names_the_hash_of_the_loader_and_of_each_kind_of_consents_own_script() -> None:
    hashes = [loader_hash()]
    for consent in ("material", "manual"):
        second = re.findall("<script>(.*?)</script>", head_scripts(consent))[1]
        digest = b64encode(hashlib.sha256(second.encode()).digest()).decode()
        assert f"| `{consent}` | `'sha256-{digest}'` |" in POLICY
        hashes.append(f"sha256-{digest}")
    assert re.findall("'(sha256-[^']+)'", POLICY) == hashes


def test_every_call_it_names_in_a_sentence_is_a_call_without_a_mistake() -> None:
    calls = re.findall(r"`(\w+\?[^`]*)`", page_text("reference/chat-links.md"))
    assert len(calls) == 4
    assert [read_address(f"chaport:{call}")[1] for call in calls] == [[]] * 4


def test_every_flat_key_it_names_is_the_option_that_it_says() -> None:
    rows = re.findall(
        r"^\| `(chaport_\w+)` \| \[`([\w.]+)`\]", page_text("reference/settings.md"), re.M
    )
    values = {"chaport_language": "fr", "chaport_open_in": "_blank"}
    found = {}
    for key, option in rows:
        value = values.get(key, "false")
        options, problems = read_front_matter({key: value})
        assert (options, problems) != ({}, [])
        first, _, second = option.partition(".")
        found[key] = second in options[first] if second else first in options
    assert found == dict.fromkeys(
        [
            "chaport_launcher",
            "chaport_open_in",
            "chaport_language",
            "chaport_triggers",
            "chaport_history",
            "chaport_close_button",
            "chaport_responsive",
        ],
        True,
    )


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_option_of_a_command_is_in_the_reference(name: str) -> None:
    (section,) = re.findall(
        rf"^## chaport {name}$(.*?)(?=^## |\Z)", page_text("reference/commands.md"), re.M | re.S
    )
    shown = {
        tuple(re.findall(r"`(-[\w-]+)", row))
        for row in re.findall(r"^\| (`-.*?) \|", section, re.M)
    }
    assert {frozenset(options) for options in shown} == {
        frozenset(parameter.opts)
        for parameter in main.commands[name].params
        if isinstance(parameter, click.Option)
    }
