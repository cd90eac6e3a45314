"""Holds what every host promises about mistakes: all at once, in plain words, and nothing leaks."""

from tests.contract.hosts import Page, Site
from tests.contract.written_site import read_records
from tests.far_end.addresses import APP_ID

SITE_MISTAKES = {
    "appId": "abc",
    "lancher": {"show": False},
    "openIn": {"selektor": "#chat"},
    "session": {"user": {"id": "a", "token": "b"}},
    "pages": {"api/**": {"history": "no"}, "!legal/**": True},
    "unchecked": {"closeButton": True},
}
SITE_PROBLEMS = [
    (
        "session.user",
        "holds a visitor's credentials, and whoever reads the page would be that visitor; give"
        " them to startSession() in the site's own script, from your backend; remove it",
    ),
    (
        "appId",
        "expected 24 hexadecimal digits (0-9, a-f), found the text 'abc'; copy it from"
        " Settings → Installation code in Chaport",
    ),
    ("openIn.selektor", "is not an option here; did you mean selector?"),
    (
        'pages."api/**".history',
        "expected true or false, found the text 'no'; remove the quotes",
    ),
    ("lancher", "is not an option here; did you mean launcher?"),
    ('pages."!legal/**"', "begins with !; write 'legal/**': true to bring chat back"),
    ("unchecked.closeButton", "is documented and checked; move it out: closeButton: ..."),
]
NO_CHAT = "; this page gets no chat until that is mended"
EMPTY = (
    "is empty; # starts a comment in YAML, so put a value that begins with # in quotes,"
    " or remove the line"
)
MISTAKEN = {
    "index.md": Page(),
    "typo.md": Page('chaport: {"lancher": {"show": false}, "history": false}'),
    "off.md": Page('chaport: {"enabled": false, "openIn": 5}'),
    "word.md": Page("chaport: maybe"),
    "unknown.md": Page("chaport_position: left"),
    "empty.md": Page("chaport:"),
    "empty_flat.md": Page("chaport_open_in:\nchaport_history: false"),
}
PAGE_WARNINGS = {
    "typo.md": "typo.md: chaport.lancher: is not an option here; did you mean launcher?",
    "off.md": (
        "off.md: chaport.openIn: expected text such as _blank, or a mapping"
        " {selector: '#element'}, found the number 5"
    ),
    "word.md": (
        "word.md: chaport: expected true, false or a mapping of options,"
        f" found the text 'maybe'{NO_CHAT}"
    ),
    "unknown.md": (
        "unknown.md: chaport_position: is not one of the flat keys (chaport_launcher,"
        " chaport_open_in, chaport_language, chaport_triggers, chaport_history,"
        " chaport_close_button, chaport_responsive); write it as one line of JSON:"
        ' chaport: {"launcher": {"show": false}}'
    ),
    "empty.md": f"empty.md: chaport: {EMPTY}",
    "empty_flat.md": f"empty_flat.md: chaport_open_in: {EMPTY}",
}


def mistaken_site(host):
    """A site whose pages hold every kind of page-level mistake."""
    return Site(MISTAKEN, {"appId": APP_ID}, raw_pages={"unreadable.md": host.unreadable_page})


def test_site_level_problems_stop_the_build_and_all_are_listed(host, build):
    built = build(host, Site({"index.md": Page()}, SITE_MISTAKES))
    assert host.complaint(built.console) == host.refusal(SITE_PROBLEMS)
    assert built.code == 1
    assert host.wrote_nothing(built)


def test_secrets_in_front_matter_stop_the_build_before_any_page_is_written(host, build):
    pages = {
        "index.md": Page(),
        "legal/a.md": Page('chaport: {"visitor": {"email": "jo@example.org"}, "lancher": 1}'),
        "z.md": Page("chaport_salt: 0123456789abcdef0123456789abcdef01234567"),
    }
    built = build(host, Site(pages, {"appId": APP_ID}))
    complaint = host.secrets_refusal(
        [
            "legal/a.md: chaport.visitor.email: would be the same for every reader of the page;"
            " call setVisitorData() in the site's own script once you know who is reading"
            " (visitor.custom may stay here); remove it",
            "z.md: chaport_salt: looks like the account's salt or another secret, and a page is"
            " public; keep it on your server, and change it in Chaport if this was ever"
            " published; remove it",
        ]
    )
    assert sorted(host.complaint(built.console).splitlines()) == sorted(complaint.splitlines())
    assert built.code == 1
    assert host.wrote_nothing(built)


def test_a_page_s_mistakes_are_warnings_that_name_its_source(host, build):
    built = build(host, mistaken_site(host))
    unreadable = f"unreadable.md: {host.unreadable_complaint}"
    expected = sorted([*PAGE_WARNINGS.values(), unreadable])
    assert sorted(host.messages(built.console, "WARNING")) == expected
    assert built.code == 0


def test_of_a_mistaken_page_only_the_mistake_is_lost_and_off_never_is(host, build):
    said = {
        "index.md": {},
        "typo.md": {"history": False},
        "off.md": None,
        "word.md": None,
        "unknown.md": {},
        "empty.md": {},
        "empty_flat.md": {"history": False},
        "unreadable.md": None,
    }
    records = {
        host.output(source): None
        if config is None
        else {
            "config": {"appId": APP_ID, "language": {"source": "html"}, **config},
            "v": "1",
            "lang": "en",
        }
        for source, config in said.items()
    }
    records["404.html"] = records["index.html"]
    assert read_records(build(host, mistaken_site(host)).folder) == records


def test_a_page_s_mistake_is_fatal_in_strict_mode(host, build):
    pages = {"index.md": Page(), "typo.md": MISTAKEN["typo.md"]}
    built = build(host, Site(pages, {"appId": APP_ID}), *host.strict)
    assert host.messages(built.console, "WARNING") == [PAGE_WARNINGS["typo.md"]]
    assert built.code == 1
