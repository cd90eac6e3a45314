"""A page's configuration is what the layers say, in the order of the design's precedence."""

import re
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec
from tests.far_end.addresses import APP_ID

from chaport_core.page.chat import Chat, Page
from chaport_core.problem import printable
from chaport_core.settings.rows import Rows, pattern_problem
from chaport_core.settings.site import SiteSettings, read_settings

PAGE = '<!doctype html><html><head></head><body><p id="chat"><p id="b"></body></html>'
Read = Callable[[str], dict[str, Any] | None]
SettingsOf = Callable[..., SiteSettings]


def page_of(chat: Chat, record_in: Read, path: str, **front_matter: Any) -> dict[str, Any] | None:
    """The configuration in the record of a page; None where chat is off."""
    output = re.sub(r"(?:(?<=/)|^)index\.md$|\.md$", "/index.html", path).lstrip("/")
    html, problems = chat.add_to(PAGE, Page(output, path, front_matter))
    assert problems == []
    record = record_in(html)
    assert record is None or record.pop("appId") == APP_ID
    return record


DEFAULT = {"language": {"source": "html"}}


def test_the_designs_example_site(chat_of: Callable[..., Chat], record_in: Read) -> None:
    chat = chat_of(
        appearance={"position": ["right", 20, 40]},
        pages={
            "api/**": {"launcher": {"show": False}},
            "legal/**": False,
            "legal/contact.md": True,
        },
    )
    everywhere = {"appearance": {"position": ["right", 20, 40]}, **DEFAULT}
    seen = {
        path: page_of(chat, record_in, path)
        for path in ("index.md", "api/a.md", "api/b/c.md", "legal/terms.md", "legal/contact.md")
    }
    assert seen == {
        "index.md": everywhere,
        "api/a.md": {**everywhere, "launcher": {"show": False}},
        "api/b/c.md": {**everywhere, "launcher": {"show": False}},
        "legal/terms.md": None,
        "legal/contact.md": everywhere,
    }


def test_the_designs_other_front_doors(chat_of: Callable[..., Chat], record_in: Read) -> None:
    chat = chat_of(pages={"drafts/**": False})
    nested = {"launcher": {"show": False}, "openIn": {"selector": "#chat"}}
    assert page_of(chat, record_in, "a.md", chaport=nested) == {**nested, **DEFAULT}
    assert page_of(chat, record_in, "a.md", chaport='{"openIn": "_blank"}') == {
        "openIn": "_blank",
        **DEFAULT,
    }
    assert page_of(chat, record_in, "a.md", chaport_launcher="false") == {
        "launcher": {"show": False},
        **DEFAULT,
    }
    assert page_of(chat, record_in, "a.md", chaport=False) is None
    assert page_of(chat, record_in, "a.md", chaport="false") is None
    assert page_of(chat, record_in, "drafts/a.md") is None


def test_an_allow_list_turns_chat_on_in_one_section_only(
    chat_of: Callable[..., Chat], record_in: Read
) -> None:
    chat = chat_of(pages={"**": False, "support/**": True})
    assert page_of(chat, record_in, "index.md") is None
    assert page_of(chat, record_in, "a/b.md") is None
    assert page_of(chat, record_in, "support/index.md") == DEFAULT
    assert page_of(chat, record_in, "support/a/b.md") == DEFAULT
    assert page_of(chat, record_in, "other/support/b.md") is None


def test_each_layer_wins_over_the_one_before(chat_of: Callable[..., Chat], record_in: Read) -> None:
    chat = chat_of(
        appearance={"teamName": "site", "onlineWelcome": "site", "offlineWelcome": "site"},
        operators=["site"],
        pages={
            "**": {"appearance": {"teamName": "first", "onlineWelcome": "first"}},
            "a/**": {"appearance": {"teamName": "second"}, "operators": ["second", "row"]},
            "other/**": {"appearance": {"teamName": "other"}},
        },
    )
    own = {"appearance": {"teamName": "page", "textStatuses": True}}
    assert page_of(chat, record_in, "a/b.md", chaport=own) == {
        "appearance": {
            "teamName": "page",
            "onlineWelcome": "first",
            "offlineWelcome": "site",
            "textStatuses": True,
        },
        "operators": ["second", "row"],
        **DEFAULT,
    }


def test_later_rows_win_whatever_their_patterns(
    chat_of: Callable[..., Chat], record_in: Read
) -> None:
    chat = chat_of(pages={"a/b.md": {"openIn": "one"}, "**": {"openIn": "two"}})
    assert page_of(chat, record_in, "a/b.md") == {"openIn": "two", **DEFAULT}


ENABLED: list[tuple[Any, list[Any], Any, bool]] = [
    # site, rows, front matter: is there chat?
    (None, [], None, True),
    (False, [], None, False),
    (False, [], True, True),
    (False, [True], None, True),
    (None, [False], None, False),
    (None, [False], {"openIn": "_blank"}, False),
    (None, [False], {"enabled": True}, True),
    (None, [False, {"history": False}], None, False),
    (None, [False, {"history": False}, True], None, True),
    (None, [True, False], None, False),
    (None, [False], True, True),
    (None, [True], False, False),
    (None, [{"enabled": False}], {}, False),
    (None, [{"enabled": False}], {"enabled": None}, True),
    (True, [{"enabled": False}], None, False),
]


@pytest.mark.parametrize(("site", "rows", "own", "on"), ENABLED)
def test_enabled_merges_like_any_key(
    chat_of: Callable[..., Chat],
    record_in: Read,
    site: Any,
    rows: list[Any],
    own: Any,
    on: bool,
) -> None:
    options = {} if site is None else {"enabled": site}
    patterns = ["**", "a/**", "a/b.md"]
    chat = chat_of(**options, pages=dict(zip(patterns, rows, strict=False)))
    front_matter = {} if own is None else {"chaport": own}
    assert (page_of(chat, record_in, "a/b.md", **front_matter) is not None) is on


def test_off_keeps_what_was_said_for_the_layer_that_turns_chat_on_again(
    chat_of: Callable[..., Chat], record_in: Read
) -> None:
    chat = chat_of(pages={"**": {"enabled": False, "openIn": "_blank"}})
    assert page_of(chat, record_in, "a.md", chaport=True) == {"openIn": "_blank", **DEFAULT}


def test_no_record_says_enabled_nor_any_other_option_of_ours(
    chat_of: Callable[..., Chat], record_in: Read
) -> None:
    chat = chat_of(
        enabled=True,
        widget="live",
        consent="manual",
        unchecked={"newThing": {"a": 1}},
        pages={"**": {"enabled": True}},
    )
    assert page_of(chat, record_in, "a.md", chaport=True) == {"newThing": {"a": 1}, **DEFAULT}


def test_null_takes_a_key_away_at_any_depth_and_in_any_layer(
    chat_of: Callable[..., Chat], record_in: Read
) -> None:
    chat = chat_of(
        appearance={"teamName": "T", "onlineWelcome": "O", "textStatuses": None},
        operators=["ann"],
        history=None,
        pages={"a/**": {"appearance": {"teamName": None}}, "a/b/**": {"operators": None}},
    )
    full = {"appearance": {"teamName": "T", "onlineWelcome": "O"}, "operators": ["ann"]}
    assert page_of(chat, record_in, "x.md") == {**full, **DEFAULT}
    assert page_of(chat, record_in, "a/x.md") == {
        "appearance": {"onlineWelcome": "O"},
        "operators": ["ann"],
        **DEFAULT,
    }
    assert page_of(chat, record_in, "a/b/x.md", chaport={"appearance": None}) == DEFAULT


def test_a_mapping_replaces_what_is_no_mapping_and_the_other_way_round(
    chat_of: Callable[..., Chat], record_in: Read
) -> None:
    chat = chat_of(
        openIn={"selector": "#a"},
        triggers=False,
        pages={"a/**": {"openIn": "_blank", "triggers": {"enabled": ["x"]}}},
    )
    assert page_of(chat, record_in, "a/x.md") == {
        "openIn": "_blank",
        "triggers": {"enabled": ["x"]},
        **DEFAULT,
    }
    back = {"openIn": {"selector": "#b"}, "triggers": False}
    assert page_of(chat, record_in, "a/x.md", chaport=back) == {**back, **DEFAULT}


def test_resolving_changes_no_layer(chat_of: Callable[..., Chat], record_in: Read) -> None:
    chat = chat_of(
        appearance={"teamName": "T"}, pages={"a/**": {"appearance": {"textStatuses": True}}}
    )
    for _ in range(2):
        page_of(chat, record_in, "a/x.md", chaport={"appearance": {"teamName": "P"}})
    assert page_of(chat, record_in, "x.md") == {"appearance": {"teamName": "T"}, **DEFAULT}


def test_a_row_cannot_take_the_app_id_away() -> None:
    settings, problems = read_settings({"appId": APP_ID, "pages": {"a/**": {"appId": None}}})
    assert settings is None
    assert [str(one) for one in problems] == [
        'pages."a/**".appId: cannot be taken away; use enabled: false'
    ]


def test_a_row_may_bring_another_app(chat_of: Callable[..., Chat], record_in: Read) -> None:
    other = "0" * 24
    html, _ = chat_of(pages={"**": {"appId": other}}).add_to(PAGE, Page("a.html"))
    assert record_in(html) == {"appId": other, **DEFAULT}


ROWS = [
    # pattern, source, output, does the row match the page?
    ("legal/**", "legal/a.md", "legal/a/index.html", True),
    ("legal/", "legal/a/b.md", "legal/a/b/index.html", True),
    ("/legal", "legal/a.md", "legal/a/index.html", True),
    ("/legal", "x/legal/a.md", "x/legal/a/index.html", False),
    ("legal", "x/legal/a.md", "x/legal/a/index.html", True),
    ("legal/contact.md", "legal/contact.md", "legal/contact/index.html", True),
    ("legal/contact.md", "x/legal/contact.md", "x/legal/contact/index.html", False),
    ("legal/contact/index.html", "legal/contact.md", "legal/contact/index.html", True),
    ("*.html", "a/b.md", "a/b/index.html", True),
    ("*.md", "a/b.md", "a/b/index.html", True),
    ("*.md", None, "404.html", False),
    ("404.html", None, "404.html", True),
    ("/*", "a/b.md", "a/b/index.html", True),
    ("/*.md", "a/b.md", "a/b/index.html", False),
    ("**/b.md", "b.md", "b/index.html", True),
    ("a/**/c.md", "a/c.md", "a/c/index.html", True),
    ("a/**/c.md", "a/b/b/c.md", "a/b/b/c/index.html", True),
    ("a/?.md", "a/b.md", "a/b/index.html", True),
    ("a/[!b].md", "a/b.md", "a/b/index.html", False),
    ("a\\*/**", "a*/b.md", "a-star/b/index.html", True),
    ("a\\*/**", "ab/b.md", "ab/b/index.html", False),
    ("A/**", "a/b.md", "a/b/index.html", False),
    ("a b/**", "a b/c.md", "a-b/c/index.html", True),
    ("über/**", "über/c.md", "uber/c/index.html", True),
    ("\\!a/**", "!a/c.md", "a/c/index.html", True),
    ("\\#a/**", "#a/c.md", "a/c/index.html", True),
    ("v1.2/**", "v1.2/c.md", "v1.2/c/index.html", True),
    ("v1.2/**", "v1x2/c.md", "v1x2/c/index.html", False),
    ("posts/2024*", "x.md", "posts/2024-a.html", False),
    ("posts/2024*", "posts/2024-a.md", "a.html", True),
]


@pytest.mark.parametrize(("pattern", "source", "output", "matches"), ROWS)
def test_rows_mean_what_gitignore_means(
    pattern: str, source: str | None, output: str, matches: bool
) -> None:
    if pattern == "posts/2024*" and source == "x.md":
        matches = True  # The output path counts as much as the source.
    assert Rows([pattern]).matching(source, output) == ((0,) if matches else ())


segments = st.text("aAb.*?[]!-^\\ é+({|$_1", min_size=1, max_size=4) | st.sampled_from(["**", "*"])
patterns = st.builds(
    lambda lead, parts, tail: lead + "/".join(parts) + tail,
    st.sampled_from(["", "", "/", "**/"]),
    st.lists(segments, min_size=1, max_size=4),
    st.sampled_from(["", "", "/", "/**", "/*"]),
)
names = st.text("aAb.*?[]!-^\\ é+({|$_1", min_size=1, max_size=4).filter(
    lambda name: name.strip(".") != ""
)
paths = st.lists(names, min_size=1, max_size=4).map("/".join)


def naive(patterns: list[str], source: str, output: str) -> tuple[int, ...]:
    """The same question put to pathspec, one pattern and one path at a time."""
    return tuple(
        index
        for index, pattern in enumerate(patterns)
        if any(GitIgnoreSpec.from_lines([pattern]).match_file(path) for path in (source, output))
    )


def usable(pattern: str) -> bool:
    """Whether pathspec makes a matching expression of the pattern."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compiled = GitIgnoreSpec.from_lines([pattern]).patterns[0]
    except (ValueError, re.error, FutureWarning):
        return False
    return bool(compiled.include and compiled.regex)


@given(st.lists(patterns.filter(usable), max_size=6), paths, paths)
@example(["a/**", "é/**", "1/b", "a.b/*"], "a/b.md", "a.b/c")
def test_rows_match_as_pathspec_itself_does(patterns: list[str], source: str, output: str) -> None:
    assert Rows(patterns).matching(source, output) == naive(patterns, source, output)


@given(patterns.filter(usable), paths, st.data())
def test_a_row_made_from_a_path_matches_as_pathspec_itself_does(
    pattern: str, path: str, data: st.DataObject
) -> None:
    """Random patterns rarely match: begin with the path and make one step of it a wildcard."""
    steps = [re.sub(r"([*?\[\\! #])", r"\\\1", step) for step in path.split("/")]
    index = data.draw(st.integers(0, len(steps) - 1))
    steps[index] = data.draw(st.sampled_from(["*", "**", steps[index], "?" * len(steps[index])]))
    made = data.draw(st.sampled_from(["", "/"])) + "/".join(steps)
    assume(usable(made))
    assert Rows([pattern, made]).matching(None, path) == naive([pattern, made], path, path)


@pytest.mark.parametrize("pattern", ["*/", "**/", "**/*/"])
def test_a_row_on_any_folder_matches_every_page_in_a_folder(pattern: str) -> None:
    rows = Rows([pattern])
    assert rows.matching("a/b.md", "a/b/index.html") == (0,)
    assert rows.matching(None, "404.html") == ()


@pytest.mark.parametrize("pattern", ["!a/**", "!", "!/a"])
def test_a_row_that_begins_with_an_exclamation_mark_is_a_problem(pattern: str) -> None:
    settings, problems = read_settings({"appId": APP_ID, "pages": {pattern: False}})
    assert settings is None
    assert [str(one) for one in problems] == [
        f'pages."{pattern}": begins with !; write {pattern[1:]!r}: true to bring chat back'
    ]


@pytest.mark.parametrize("pattern", ["", " ", "\t", "# a comment", "#a/**"])
def test_a_row_that_gitignore_skips_is_a_problem(pattern: str) -> None:
    assert str(pattern_problem(pattern)) == (
        f'"{printable(pattern)}": matches no page: gitignore takes it for a blank or a comment'
    )


@pytest.mark.parametrize("pattern", ["\\", "a\\", "a/\\"])
def test_a_row_that_is_no_pattern_is_a_problem(pattern: str) -> None:
    _, problems = read_settings({"appId": APP_ID, "pages": {pattern: False}})
    (problem,) = problems
    assert problem.path == ("pages", pattern)
    assert problem.message.startswith("is not a gitignore pattern: ")


@pytest.mark.parametrize("pattern", ["/", "[", "[a", "[]", "[!]", "a/[z-a]"])
def test_a_row_that_can_match_nothing_is_a_problem(pattern: str) -> None:
    _, problems = read_settings({"appId": APP_ID, "pages": {pattern: False}})
    assert [one.path for one in problems] == [("pages", pattern)]


@given(st.text(max_size=8).filter(lambda text: not set(text) & set("[/")))
def test_no_other_pattern_crashes(pattern: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        settings, problems = read_settings({"appId": APP_ID, "pages": {pattern: False}})
    assert (settings is None) is bool(problems)


@pytest.mark.parametrize("name", ["openIn", "appId", "enabled", "pages", "consent", "devices"])
def test_what_is_documented_does_not_go_unchecked(name: str) -> None:
    _, problems = read_settings({"appId": APP_ID, "unchecked": {name: "x", "newer": 1}})
    assert [str(one) for one in problems] == [
        f"unchecked.{name}: is documented and checked; move it out: {name}: ..."
    ]


@pytest.mark.parametrize(
    ("widget", "serving", "preview"),
    [
        (None, False, False),
        (None, True, True),
        ("auto", False, False),
        ("auto", True, True),
        ("live", True, False),
        ("preview", False, True),
    ],
)
def test_auto_shows_the_preview_widget_while_serving(
    settings_of: SettingsOf, widget: str | None, serving: bool, preview: bool
) -> None:
    options = {} if widget is None else {"widget": widget}
    assert settings_of(**options).shows_preview(serving=serving) is preview


@pytest.mark.parametrize("fallback", ["https://[x", "//[x"])
def test_a_fallback_that_is_no_address_is_refused(fallback):
    settings, problems = read_settings({"appId": APP_ID, "fallback": fallback})
    told = f"fallback: the text '{fallback}' is no address (Invalid IPv6 URL)"
    assert (settings, [str(problem) for problem in problems]) == (None, [told])
