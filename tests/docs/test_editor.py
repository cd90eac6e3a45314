"""Knows that editors help with chaport's options: the schemas in the real YAML language server."""

import json
import re
import subprocess
import sys

import pytest
from tests.docs.examples import page_text, the_example
from tests.far_end.addresses import APP_ID

# What Material's documentation adds, so that its own schema can be used at the same time.
MATERIAL_TAGS = [
    "!relative scalar",
    "tag:yaml.org,2002:python/name:material.extensions.emoji.to_svg",
    "tag:yaml.org,2002:python/name:material.extensions.emoji.twemoji",
    "tag:yaml.org,2002:python/name:pymdownx.superfences.fence_code_format",
    "tag:yaml.org,2002:python/object/apply:pymdownx.slugs.slugify mapping",
]
# As strict about a theme and its plugins as Material's schema is, in small.
THEME_SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "properties": {
        "theme": {"properties": {"name": {"const": "material"}}, "required": ["name"]},
        "plugins": {
            "type": "array",
            "items": {
                "anyOf": [
                    {"enum": ["search", "meta"]},
                    {"type": "object", "properties": {"search": {"required": ["lang"]}}},
                ]
            },
        },
    },
}
COMMANDS = re.findall(r"\$ chaport schema (\w+) > (\S+)", page_text("how-to/editor.md"))
OPEN_IN = "Where the chat opens: a window or tab (_blank), or inside a page element ({selector})."
BOOLEAN = 'Incorrect type. Expected "boolean | null".'


def shown_settings():
    """The editor settings that the documentation shows."""
    return json.loads(the_example(title=".vscode/settings.json"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A site's folder, with the schemas where the documented commands write them."""
    folder = tmp_path_factory.mktemp("site")
    for name, path in COMMANDS:
        command = [sys.executable, "-m", "chaport_cli", "schema", name]
        printed = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(printed.stdout)
    return folder


@pytest.fixture(scope="module")
def editor(open_editor, folder):
    """An editor with the documented settings and no others."""
    return open_editor(folder, shown_settings())


@pytest.fixture(scope="module")
def editor_of_themed_site(open_editor, folder):
    """An editor where the theme's schema and its tags stand beside ours."""
    (folder / "theme.json").write_text(json.dumps(THEME_SCHEMA), encoding="utf-8")
    settings = shown_settings()
    settings["yaml.schemas"]["theme.json"] = "mkdocs.yml"
    settings["yaml.customTags"] += MATERIAL_TAGS
    return open_editor(folder, settings)


def site(options, app_id=APP_ID):
    """A `mkdocs.yml` whose chaport entry holds these lines below its appId."""
    lines = "".join(f"      {line}\n" for line in (f"appId: {app_id}", *options.splitlines()))
    return f"site_name: Docs\ntheme:\n  name: material\nplugins:\n  - search\n  - chaport:\n{lines}"


DESIGN_EXAMPLE = site("""\
appearance: {position: [right, 20, 40]}
pages:                              # section defaults, in order, later rows win
  "api/**": {launcher: {show: false}}
  "legal/**": false                 # no chat there ...
  "legal/contact.md": true          # ... but here
""")
EVERY_TAG = """\
site_name: !ENV SITE_NAME
theme:
  name: material
plugins:
  - search
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.snippets:
      base_path: !relative $config_dir
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
"""


@pytest.mark.parametrize(
    "text",
    [
        DESIGN_EXAMPLE,
        DESIGN_EXAMPLE.replace("  - chaport:", "  - search:\n      lang: en\n  - chaport:"),
        "site_name: Docs\nplugins:\n  - chaport:\n      appId: '512345678901234567890123'\n",
        site("openIn: {selector: '#chat'}\nenabled: false\nlanguage: null\nwidget: preview"),
        site("devices: {configs: {mobile: {appearance: {position: [right, 0, 50]}}}}"),
    ],
    ids=["design", "beside others", "appId of digits", "options", "devices"],
)
def test_a_right_configuration_is_not_complained_about(editor, text):
    assert editor.complaints("mkdocs.yml", text) == []


@pytest.mark.parametrize(
    ("options", "complaints"),
    [
        ("launcer: {show: false}", [("launcer", "Property launcer is not allowed.")]),
        ("launcher: {sho: false}", [("sho", "Property sho is not allowed.")]),
        # In mkdocs.yml a list may stand there: what a value under !ENV looks like.
        ("launcher: {show: often}", [("often", BOOLEAN.replace('null"', 'null | array"'))]),
        (
            "appearance: {position: [top]}",
            [("top", 'Value is not accepted. Valid values: "left", "right".')],
        ),
        (
            "widget: preveiw",
            [("preveiw", 'Value is not accepted. Valid values: "auto", "live", "preview".')],
        ),
        (
            "pages:\n  'api/**': {launcher: {sho: false}}",
            [("sho", "Property sho is not allowed.")],
        ),
        (
            "session: {user: {id: reader}}",
            [("{id: reader}", 'Incorrect type. Expected "null".')],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mistake_is_underlined(editor, options, complaints):
    assert editor.complaints("mkdocs.yml", site(options)) == complaints


def test_every_mistake_is_underlined_at_once(editor):
    text = site("launcer: {}\nwidget: none").replace(APP_ID, "mine")
    assert editor.complaints("mkdocs.yml", text) == [
        ("mine", 'String does not match the pattern of "^("[0-9A-Fa-f]{24}"|[0-9A-Fa-f]{24})$".'),
        ("none", 'Value is not accepted. Valid values: "auto", "live", "preview".'),
        ("launcer", "Property launcer is not allowed."),
    ]


def test_an_entry_without_an_app_id_is_underlined(editor):
    text = "site_name: Docs\nplugins:\n  - chaport:\n      enabled: true\n"
    assert editor.complaints("mkdocs.yml", text) == [("chaport", 'Missing property "appId".')]


@pytest.mark.parametrize("text", [DESIGN_EXAMPLE, EVERY_TAG], ids=["design", "every tag"])
def test_a_right_configuration_of_a_themed_site_is_not_complained_about(
    editor_of_themed_site, text
):
    assert editor_of_themed_site.complaints("mkdocs.yml", text) == []


def test_the_themes_schema_and_ours_both_have_their_say(editor_of_themed_site):
    text = site("launcer: {}").replace("material", "materiel").replace("search", "serch")
    assert sorted(editor_of_themed_site.complaints("mkdocs.yml", text)) == [
        ("launcer", "Property launcer is not allowed."),
        ("materiel", 'Value must be "material".'),
        ("serch", 'Value is not accepted. Valid values: "search", "meta".'),
    ]


@pytest.mark.parametrize(
    "text",
    [
        site("", app_id="!ENV CHAPORT_APP_ID"),
        site("", app_id=f"!ENV [CHAPORT_APP_ID, {APP_ID}]"),
        site("", app_id=f"!ENV [CHAPORT_APP_ID, OTHER_APP_ID, {APP_ID}]"),
        site("widget: !ENV [CHAPORT_WIDGET, auto]"),
        site("enabled: !ENV [CHAT, true]"),
        site("enabled: !ENV CHAT"),
        site("launcher: {show: !ENV [LAUNCHER, false]}"),
        site("operators: !ENV [OPERATORS, [ada]]"),
    ],
    ids=lambda text: text.splitlines()[-1].strip(),
)
def test_a_value_from_the_environment_is_not_complained_about(editor, text):
    assert editor.complaints("mkdocs.yml", text) == []


@pytest.mark.parametrize("shape", ["  - chaport:\n      ", "  chaport:\n    "])
def test_open_in_is_offered_with_its_sentence_inside_our_entry(editor, shape):
    offers = editor.offers("mkdocs.yml", f"site_name: Docs\nplugins:\n{shape}op|\n")
    assert offers["openIn"] == OPEN_IN


@pytest.fixture(scope="module")
def offered_options(editor):
    """What is offered at the end of our entry, but for tags: {option: sentence}."""
    offers = editor.offers("mkdocs.yml", f"{site('')}      |\n")
    return {label: text for label, text in offers.items() if not label.startswith(("!", "tag:"))}


def test_what_is_offered_inside_our_entry_is_every_option_an_author_may_write(offered_options):
    options = (
        "analytics appearance assignments closeButton consent countries devices enabled events"
        " fallback history identity init language launcher navigation openIn operators pages"
        " responsive session triggers unchecked visitor widget"
    )
    assert " ".join(sorted(offered_options)) == options


def test_every_option_is_offered_with_a_sentence(offered_options):
    assert [option for option, sentence in offered_options.items() if not sentence] == []


def test_nothing_of_ours_is_offered_outside_our_entry(editor):
    offers = editor.offers("mkdocs.yml", "site_name: Docs\nplugins:\n  - search:\n      |\n")
    assert "openIn" not in offers


@pytest.mark.parametrize(
    "text",
    [
        "title: Contact\nchaport:\n  launcher: {show: false}\n  openIn: {selector: '#chat'}\n",
        "chaport: false\n",
        "chaport: true\n",
        'chaport: {"openIn": "_blank"}\n',
        "chaport_launcher: false\n",
        "chaport: {language: null}\n",
        "tags: [a, b]\n",
    ],
)
def test_right_front_matter_is_not_complained_about(editor, text):
    assert editor.complaints(".meta.yml", text) == []


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        (
            "chaport:\n  appearance: {position: [top]}\n",
            [("top", 'Value is not accepted. Valid values: "left", "right".')],
        ),
        ("chaport:\n  launcher: {sho: false}\n", [("sho", "Property sho is not allowed.")]),
        ("chaport:\n  launcher: {show: often}\n", [("often", BOOLEAN)]),
    ],
)
def test_a_mistake_in_front_matter_is_underlined(editor, text, complaints):
    assert editor.complaints(".meta.yml", text) == complaints


@pytest.mark.parametrize("text", ["chaport: maybe\n", "chaport:\n"])
def test_front_matter_of_the_wrong_kind_is_complained_about_once(editor, text):
    assert len(editor.complaints(".meta.yml", text)) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".meta.yml", "chaport: {launcer: {show: false}}\n"),
        ("mkdocs.yml", site("pages:\n  'api/**': {launcer: {show: false}}")),
    ],
)
def test_a_misspelt_option_of_a_page_or_a_row_is_underlined_and_not_its_mapping(editor, name, text):
    assert editor.complaints(name, text) == [("launcer", "Property launcer is not allowed.")]


def test_open_in_is_offered_with_its_sentence_in_front_matter(editor):
    assert editor.offers(".meta.yml", "chaport:\n  op|\n")["openIn"] == OPEN_IN


def test_a_sites_options_are_not_offered_in_front_matter(editor):
    offers = editor.offers(".meta.yml", "chaport:\n  |\n")
    assert not offers.keys() & {"pages", "widget", "consent", "unchecked"}
