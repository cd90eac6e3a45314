"""Holds Pelican's readers: every spelling of a page's settings that each of them can hold."""

from tests.far_end.addresses import APP_ID
from tests.hosts.pelican.conftest import messages, record

# The elements that chat shall open in.
HERE = '<div id="chat"></div><div id="help" class="help"></div>'
MARKDOWN = f"Title: {{name}}\n{{fields}}\n\n{HERE}\n"
RST = f"{{name}}\n{{line}}\n\n{{fields}}\n\n.. raw:: html\n\n    {HERE}\n"
HTML = f"<html><head><title>{{name}}</title>{{fields}}</head><body>{HERE}</body></html>"
YAML = f"---\ntitle: {{name}}\n{{fields}}\n---\n\n{HERE}\n"

HIDDEN = {"launcher": {"show": False}}
# What each page says, as name and value, and what comes of it; None: no chat.
SPELLINGS = {
    "flag": ([("chaport", "off")], None),
    "word": ([("Chaport", "True")], record()),
    "json": (
        [("chaport", '{"openIn": {"selector": "#chat"}, "launcher": {"show": false}}')],
        record(openIn={"selector": "#chat"}, **HIDDEN),
    ),
    "flat": (
        [
            ("chaport_launcher", "false"),
            ("Chaport_Open_In", "#help"),
            ("chaport-language", "fr"),
            ("chaport_triggers", "off"),
            ("chaport_history", "no"),
            ("chaport_closebutton", "yes"),
            ("CHAPORT_RESPONSIVE", "TRUE"),
        ],
        record(
            language={"use": "fr"},
            openIn={"selector": "#help"},
            triggers=False,
            history=False,
            closeButton=True,
            responsive=True,
            **HIDDEN,
        ),
    ),
    "continued": ([("chaport", '{"launcher":\n    {"show": false}}')], record(**HIDDEN)),
    "class": ([("chaport_open_in", ".help")], record(openIn={"selector": ".help"})),
    "tab": ([("chaport_open_in", "_blank")], record(openIn="_blank")),
    "triggers": ([("chaport_triggers", "on")], record(triggers={"enabled": True})),
}


def sources():
    """A page a spelling in each of the three readers that Pelican brings along."""
    pages = {}
    for name, (fields, _) in SPELLINGS.items():
        markdown = "\n".join(f"{key}: {value}" for key, value in fields)
        rst = "\n".join(f":{key}: {value}" for key, value in fields)
        html = "".join(
            f'<meta name="{key}" content="{value.replace(chr(34), "&quot;")}">'
            for key, value in fields
        )
        title = f"{name}-md"
        pages[f"content/pages/{title}.md"] = MARKDOWN.format(name=title, fields=markdown)
        title = f"{name}-rst"
        line = "=" * len(title)
        pages[f"content/pages/{title}.rst"] = RST.format(name=title, line=line, fields=rst)
        title = f"{name}-html"
        pages[f"content/pages/{title}.html"] = HTML.format(name=title, fields=html)
    return pages


def test_markdown_rest_and_html_mean_the_same(project):
    project.write(sources())
    project.settings(DIRECT_TEMPLATES=[], CHAPORT={"appId": APP_ID})
    project.build_quietly()
    assert project.records() == {
        f"pages/{name}-{reader}.html": expected
        for name, (_, expected) in SPELLINGS.items()
        for reader in ("md", "rst", "html")
    }


def test_nested_lines_need_a_yaml_reader_and_without_one_the_page_has_no_chat(project):
    nested = "chaport:\n  launcher: {show: false}\n  openIn: '#chat'\n"
    project.write({"content/pages/a.md": YAML.format(name="A", fields=nested)})
    project.settings(DIRECT_TEMPLATES=[], CHAPORT={"appId": APP_ID})
    built = project.build()
    assert [(message.level, message.text) for message in messages(built)] == [
        (
            "WARNING",
            "chaport: pages/a.md: chaport: is empty and its nested lines were read as keys of"
            " their own, because this reader takes no YAML; write it as one line of JSON:"
            ' chaport: {"launcher": {"show": false}}; this page gets no chat until that is mended',
        )
    ]
    assert project.records() == {"pages/a.html": None}


def test_the_yaml_reader_s_values_are_taken_as_they_are(project):
    pages = {
        "nested": ("chaport:\n  launcher: {show: no}\n  openIn: {selector: '#chat'}", True),
        "flag": ("chaport: off", None),
        "flat": ("chaport_launcher: off\nchaport_open_in: '#chat'", True),
        "disabled": ("chaport: {enabled: false, history: false}", None),
    }
    project.write(
        {
            f"content/pages/{name}.md": YAML.format(name=name, fields=fields)
            for name, (fields, _) in pages.items()
        }
    )
    project.settings(
        DIRECT_TEMPLATES=[], PLUGINS=["yaml_metadata", "chaport"], CHAPORT={"appId": APP_ID}
    )
    project.build_quietly()
    on = record(openIn={"selector": "#chat"}, **HIDDEN)
    assert project.records() == {
        f"pages/{name}.html": on if is_on else None for name, (_, is_on) in pages.items()
    }


def test_pelican_s_own_defaults_for_paths_are_section_defaults(project):
    project.write(
        {
            "content/pages/index.md": "Title: Index\n\nText.\n",
            "content/pages/api/a.md": "Title: A\n\nText.\n",
            "content/pages/api/own.md": "Title: Own\nchaport_launcher: true\n\nText.\n",
            "content/pages/api/tab.md": "Title: Tab\n\nText.\n",
            "content/pages/off.md": "Title: Off\n\nText.\n",
        }
    )
    project.settings(
        DIRECT_TEMPLATES=[],
        DEFAULT_METADATA={"chaport_history": "false"},
        EXTRA_PATH_METADATA={
            "pages/api": {"Chaport_Launcher": False},
            "pages/api/tab.md": {"chaport_open_in": "_blank"},
            "pages/off.md": {"chaport": {"enabled": False}},
        },
        CHAPORT={"appId": APP_ID},
    )
    project.build_quietly()
    assert project.records() == {
        "pages/index.html": record(history=False),
        "pages/a.html": record(history=False, **HIDDEN),
        "pages/own.html": record(history=False, launcher={"show": True}),
        "pages/tab.html": record(history=False, openIn="_blank", **HIDDEN),
        "pages/off.html": None,
    }


def test_a_secret_stops_the_run_wherever_its_page_would_have_gone(project):
    secret = "chaport_session_token: 0123456789abcdef0123456789abcdef01234567"
    kinds = {
        "a.md": "Date: 2024-01-01",
        "b.md": "Date: 2024-01-01\nStatus: draft",
        "c.md": "Date: 2024-01-01\nStatus: hidden",
        "d.md": "Date: 2024-01-01\nLang: de\nSlug: a",
        "pages/e.md": "Status: draft",
        "pages/f.md": "Status: hidden",
    }
    project.write(
        {
            f"content/{source}": f"Title: {source}\n{fields}\n{secret}\n\nText.\n"
            for source, fields in kinds.items()
        }
    )
    project.settings(CHAPORT={"appId": APP_ID})
    built = project.build()
    (message,) = messages(built)
    heading, *listed = message.text.splitlines()
    assert heading == "Chaport: secrets in pages:"
    assert sorted(line.split(":")[0] for line in listed) == [f"  - {kind}" for kind in kinds]
    assert built.code == 1
    assert not built.folder.exists()


def test_a_secret_in_a_summary_stops_the_run_before_any_page_is_written(project):
    article = "Title: {0}\nDate: 2024-01-0{1}\nSummary: {2}\n\nText.\n"
    link = "[s](chaport:setVisitorData?email=a@b.c)"
    project.write(
        {
            "content/a.md": article.format("A", 1, "Words."),
            "content/b.md": article.format("B", 2, link),
            "content/c.md": article.format("C", 3, "Words."),
        }
    )
    project.settings(CHAPORT={"appId": APP_ID})
    built = project.build()
    (message,) = messages(built)
    assert message.text.startswith(
        "Chaport: secrets in pages:\n  - b.md: the link 'chaport:setVisitorData': visitor.email:"
    )
    assert "a@b.c" not in message.text
    assert built.code == 1
    assert not built.folder.exists()
