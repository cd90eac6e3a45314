"""Knows what becomes of what a backend says of a reader: in the widget, in the page, in the backend
again; whatever the backend, the reader, the widget and other pages do."""

import json
import re
import socket

import pytest
from playwright.sync_api import expect
from tests.browser.backend import PATH, Site, reply, says
from tests.browser.routed import ROUTERS, reach
from tests.far_end.addresses import APP_ID, WIDGET
from tests.far_end.steps import say, settle, wait_until
from tests.far_end.vendor import SESSIONS, FarEnd, abort

TOKEN = "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8"
HASH = "7110eda4d09e062aa5e4a390b0a572ac0d2c0220"
ADA = {"id": "visitor-ada", "token": TOKEN}
BEN = {"id": "visitor-ben", "token": "9d4e1e23bd5b727046a9e3b4b7db57bd8d6ee684"}
VISITOR = {"name": "Ada", "email": "ada@example.org", "custom": {"plan": "pro"}}
KNOWN = {"session": {"user": ADA}, "visitor": VISITOR, "visitorIntegrityHash": HASH}
IS_ADA = [["startSession", ADA], ["setVisitorData", ADA["id"], VISITOR, HASH]]
NEW = {"visitor": VISITOR, "visitorIntegrityHash": HASH}
IS_NEW = [["startSession"], ["setVisitorData", "new-1", VISITOR, HASH]]
IS_BEN = ["startSession", BEN]
ANYBODY = ["startSession"]
FORGETS = ["stopSession", True]
ASKED, TOLD = f"GET {PATH}", 'POST {} {{"visitorId":"{}"}}'.format
UNAUTHORISED = "error: Failed to load resource: the server responded with a status of {} ({})"
WARNING = f"warning: [chaport] identity: {PATH} {{}}"
MARK = f"chaport-identity:{APP_ID}"
# In ms: far beyond what a page's clock shows while a test is under way.
HOUR = 3_600_000


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    yield site
    site.close()


@pytest.fixture
def vendor(page, site):
    return FarEnd(page, site.base, only=SESSIONS)


def wait_for_asked(page, site, *expected):
    """Wait until this came, and nothing else."""
    wait_until(page, lambda: len(site.asked) >= len(expected))
    assert site.asked == [*expected]
    site.asked.clear()


# ---- An answer ----------------------------------------------------------------------------------


def test_who_is_reading_is_asked_first_then_the_session_starts(page, site, vendor, quiet):
    site.says = says(KNOWN)
    site.write(identity={"path": PATH, "csrf": {"header": "X-XSRF-TOKEN", "cookie": "XSRF-TOKEN"}})
    page.context.add_cookies(
        [
            {"name": "not-XSRF-TOKEN", "value": "other", "url": site.base},
            {"name": "XSRF-TOKEN", "value": "a%3Db%2F", "url": site.base},
            {"name": "session", "value": "secret", "url": site.base, "httpOnly": True},
        ]
    )
    page.goto(f"{site.base}/home.html")
    vendor.tells(*IS_ADA)
    vendor.emit("chat.started", {"visitorId": "of-ada"})
    wait_for_asked(page, site, ASKED, TOLD(PATH, "of-ada"))
    asked, told = site.requests
    assert (asked["Accept"], asked["Cache-Control"]) == ("application/json", "no-cache")
    assert "session=secret" in asked["Cookie"]
    assert "session=secret" in told["Cookie"]
    # As Laravel wants it: decoded.
    assert (told["Content-Type"], told["X-XSRF-TOKEN"]) == ("application/json", "a=b/")
    assert vendor.config()["session"] == {"autoStart": False}


@pytest.mark.parametrize(
    ("csrf", "sent"), [(None, None), ({"header": "X-Requested-With"}, "1")], ids=["none", "header"]
)
def test_without_a_cookie_the_header_says_1(page, site, vendor, quiet, csrf, sent):
    site.says = says(NEW)
    site.write(identity={"path": PATH, "csrf": csrf})
    page.goto(f"{site.base}/home.html")
    wait_for_asked(page, site, ASKED, TOLD(PATH, "new-1"))
    assert site.requests[1]["X-Requested-With"] == sent


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({}, []),
        ({"session": None, "visitor": None, "visitorIntegrityHash": None}, []),
        ({"visitor": VISITOR}, [["setVisitorData", "new-1", VISITOR]]),
        (
            {"visitor": {"name": "Ada"}, "visitorIntegrityHash": HASH},
            [["setVisitorData", "new-1", {"name": "Ada"}, HASH]],
        ),
        # The order of keys is what the hash is of.
        (
            {"visitor": {"email": "a@b.c", "custom": {"b": 1, "a": None}, "name": "é/"}},
            [
                [
                    "setVisitorData",
                    "new-1",
                    {"email": "a@b.c", "custom": {"b": 1, "a": None}, "name": "é/"},
                ]
            ],
        ),
        ({"newer": 1}, []),
    ],
)
def test_a_reader_whose_first_chat_it_is_keeps_the_visitor_that_the_device_has(
    page, site, vendor, quiet, answer, expected
):
    site.says = says(answer)
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(ANYBODY, *expected)
    wait_for_asked(page, site, ASKED, TOLD(PATH, "new-1"))
    # Now the backend knows who that is.
    site.says = says({"session": {"user": {"id": "new-1", "token": TOKEN}}})
    page.goto(f"{site.base}/a.html")
    vendor.tells(["startSession", {"id": "new-1", "token": TOKEN}])


@pytest.mark.parametrize("status", [204, 401])
def test_nobody_is_logged_in(page, site, vendor, console, status):
    site.says = lambda request: reply(request, status, b'{"error": "no"}' if status == 401 else b"")
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(ANYBODY)
    vendor.emit("chat.started", {"visitorId": "new-1"})
    settle(page, site.base)
    assert site.asked == [ASKED]
    # The browser's own line, which no script can keep back.
    assert console == ([UNAUTHORISED.format(401, "Unauthorized")] if status == 401 else [])


def redirects(request):
    reply(request, 302, Location="/login.html")


def redirects_elsewhere(request):
    reply(request, 302, Location="https://login.example.org/")


def hangs_up(request):
    request.connection.shutdown(socket.SHUT_RDWR)


def is_html(request):
    reply(request, 200, b"<h1>Log in</h1>", **{"Content-Type": "text/html"})


def is_huge(request):
    reply(request, 200, json.dumps({**KNOWN, "more": "x" * 70_000}).encode())


def is_no_text(request):
    reply(request, 200, b'{"session": \xff')


def lacks_its_type(request):
    reply(request, 200, json.dumps(KNOWN).encode(), **{"Content-Type": None})


def user(**changed):
    return says({**KNOWN, "session": {"user": {**ADA, **changed}}})


def visitor(**changed):
    return says({**KNOWN, "visitor": {**VISITOR, **changed}})


NO_USER = "answered with a session that has no user with id and token"
POLLUTED = b'{"visitor": {"custom": {"a": {"%s": {"polluted": 1}}}}}'
WRONG = {
    "redirects": (redirects, "redirects, as to a page to log in"),
    "redirects elsewhere": (redirects_elsewhere, "redirects, as to a page to log in"),
    "hangs up": (hangs_up, "did not answer"),
    "html": (is_html, "did not answer with JSON"),
    "no type": (lacks_its_type, "did not answer with JSON"),
    "huge": (is_huge, "answered with more than 64 kB"),
    "no text": (is_no_text, "did not answer with JSON"),
    "empty": (lambda request: reply(request, 200), "did not answer with JSON"),
    "403": (lambda request: reply(request, 403), "answered with status 403"),
    "404": (lambda request: reply(request, 404), "answered with status 404"),
    "500": (lambda request: reply(request, 500), "answered with status 500"),
    "206": (lambda request: reply(request, 206, b"{}"), "answered with status 206"),
    "null": (says(None), "did not answer with an object"),
    "list": (says([KNOWN]), "did not answer with an object"),
    "text": (says("ada"), "did not answer with an object"),
    "session is text": (says({"session": TOKEN}), NO_USER),
    "no user": (says({"session": {}}), NO_USER),
    "number for id": (user(id=5), NO_USER),
    "empty id": (user(id=""), NO_USER),
    "no token": (user(token=None), NO_USER),
    "list for token": (user(token=[TOKEN]), NO_USER),
    "visitor is text": (says({"visitor": "Ada"}), "answered with a visitor that is no object"),
    "visitor is a list": (says({"visitor": ["Ada"]}), "answered with a visitor that is no object"),
    "name": (visitor(name=5), "answered with a visitor whose name is no text"),
    "phone": (visitor(phone={}), "answered with a visitor whose phone is no text"),
    "custom": (visitor(custom="pro"), "answered with a visitor whose custom is no object"),
    "hash": (
        says({**KNOWN, "visitorIntegrityHash": 5}),
        "answered with a visitorIntegrityHash that is no text",
    ),
    **{
        name: (
            lambda request, name=name: reply(request, 200, POLLUTED % name.encode()),
            f"answered with the name {name}",
        )
        for name in ("__proto__", "constructor", "prototype")
    },
}
# What the browser itself says of a request that fails.
OWN_WORDS = {
    "hangs up": "error: Failed to load resource: net::ERR_EMPTY_RESPONSE",
    "403": UNAUTHORISED.format(403, "Forbidden"),
    "404": UNAUTHORISED.format(404, "Not Found"),
    "500": UNAUTHORISED.format(500, "Internal Server Error"),
}


def test_whatever_is_wrong_chat_is_there_and_one_line_says_why(page, site, vendor, console):
    site.write()
    found, expected = {}, {}
    for wrong, (site.says, why) in WRONG.items():
        page.goto(f"{site.base}/home.html")
        vendor.tells(ANYBODY)
        vendor.emit("chat.started", {"visitorId": "new-1"})
        # Again, and no second line.
        say(page, "login")
        wait_for_asked(page, site, ASKED, ASKED)
        settle(page, site.base)
        assert (site.asked, vendor.heard) == ([], [])
        found[wrong] = [line for line in console if line != OWN_WORDS.get(wrong)]
        expected[wrong] = [WARNING.format(f"{why}; the chat is anonymous")]
        console.clear()
    assert found == expected
    assert page.evaluate("({}).polluted") is None


def test_none_of_its_words_is_repeated(page, site, vendor, console):
    site.says = lambda request: reply(request, 200, b'{"token": "%s' % TOKEN.encode())
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(ANYBODY)
    assert console == [WARNING.format("did not answer with JSON; the chat is anonymous")]


def never_answers(request):
    request.server.site.over.wait()


def never_ends(request):
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.end_headers()
    request.wfile.write(b'{"session": ')
    request.wfile.flush()
    request.server.site.over.wait()


LATE = WARNING.format("did not answer within 3 s; the chat is anonymous")


@pytest.mark.parametrize("slow", [never_answers, never_ends], ids=["headers", "body"])
def test_the_chat_waits_three_seconds(page, site, vendor, console, slow):
    page.clock.install(time=0)
    site.says = slow
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.wait_for_script()
    wait_until(page, lambda: site.asked)
    page.clock.pause_at(HOUR)
    vendor.tells(ANYBODY)
    wait_until(page, lambda: console)
    assert (console, site.asked) == ([LATE], [ASKED])


def test_not_a_moment_less_or_more(page, site, vendor, console):
    page.clock.install(time=0)
    page.clock.pause_at(HOUR)
    site.says = never_answers
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.wait_for_script()
    # Logging in again and again makes it wait no longer.
    for _ in range(2):
        page.clock.run_for(1400)
        say(page, "login")
    page.clock.run_for(199)
    settle(page, site.base)
    assert vendor.heard == []
    page.clock.run_for(1)
    vendor.tells(ANYBODY)


def test_an_answer_that_comes_later_than_the_first_session_is_heeded(page, site, vendor, console):
    page.clock.install(time=0)
    page.clock.pause_at(HOUR)
    site.says = never_answers
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.wait_for_script()
    page.clock.run_for(2900)
    say(page, "login")
    page.clock.run_for(100)
    vendor.tells(ANYBODY)
    site.says = says({"session": {"user": ADA}})
    say(page, "login")
    vendor.tells(FORGETS, ["startSession", ADA])
    assert console == []


# ---- The report ---------------------------------------------------------------------------------


def test_ready_and_the_first_chat_are_one_report(page, site, vendor, quiet):
    site.says = says({})
    site.write()
    page.goto(f"{site.base}/home.html")
    wait_for_asked(page, site, ASKED, TOLD(PATH, "new-1"))
    for _ in range(2):
        vendor.emit("chat.started", {"visitorId": "new-1"})
    say(page, "login")
    wait_for_asked(page, site, ASKED)
    settle(page, site.base)
    assert site.asked == []


def test_a_widget_that_says_it_when_a_chat_starts_is_heard(page, site, vendor, quiet):
    site.says = says({})
    vendor.choose(ready="held")
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.wait_for_script()
    page.evaluate("chaport._l.ready.forEach(listener => listener()); null")
    vendor.emit("chat.started", {"visitorId": 7})
    vendor.emit("chat.started", {"visitorId": "v"})
    wait_for_asked(page, site, ASKED, TOLD(PATH, "v"))


def test_while_it_is_asked_anew_nothing_is_reported(page, site, vendor, quiet):
    """The cookies may be Ben's already, and the session is Ada's."""
    vendor.choose(ready="held")
    site.says = says({"session": {"user": ADA}})
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.wait_for_script()
    page.wait_for_function("chaport._q[0]?.[0] === 'startSession'")
    site.says = never_answers
    say(page, "login")
    vendor.become_ready()
    vendor.emit("chat.started", {"visitorId": "visitor-ada"})
    vendor.tells(IS_ADA[0])
    wait_for_asked(page, site, ASKED, ASKED)
    site.says = says({"session": {"user": BEN}})
    say(page, "login")
    vendor.tells(FORGETS, IS_BEN)
    settle(page, site.base)
    assert site.asked == [ASKED]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda request: reply(request, 403), "did not take the visitor ID (status 403)"),
        (redirects, "did not take the visitor ID (it redirects)"),
        (hangs_up, "did not take the visitor ID"),
    ],
    ids=["refused", "redirected", "hung up"],
)
def test_a_report_that_fails_is_one_line_and_the_chat_goes_on(
    page, site, vendor, console, answer, why
):
    site.says, site.posted = says(NEW), answer
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(*IS_NEW)
    wait_until(page, lambda: WARNING.format(why) in console)
    vendor.emit("chat.started", {"visitorId": "new-1"})
    settle(page, site.base)
    assert [line for line in console if line.startswith("warning")] == [WARNING.format(why)]
    assert site.asked == [ASKED, TOLD(PATH, "new-1")]
    assert vendor.heard == []


@pytest.mark.parametrize("cookie", [None, "%E0%A4%A"], ids=["missing", "malformed"])
def test_without_the_csrf_cookie_nothing_is_reported(page, site, vendor, console, cookie):
    site.says = says(NEW)
    site.write(identity={"path": PATH, "csrf": {"header": "X-CSRFToken", "cookie": "csrftoken"}})
    if cookie:
        page.context.add_cookies([{"name": "csrftoken", "value": cookie, "url": site.base}])
    page.goto(f"{site.base}/home.html")
    vendor.tells(*IS_NEW)
    why = "was not told the visitor ID, because there is no cookie csrftoken"
    wait_until(page, lambda: console)
    assert console == [WARNING.format("did not take the visitor ID" if cookie else why)]
    assert site.asked == [ASKED]


# ---- Logging in and out -------------------------------------------------------------------------


def test_logging_out_forgets_the_visitor_and_starts_anew(page, site, vendor, quiet):
    site.says = says(KNOWN)
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(*IS_ADA)
    wait_for_asked(page, site, ASKED)
    site.says = says({"never": "asked"})
    say(page, "logout")
    vendor.tells(FORGETS, ANYBODY)
    # What begins then is nobody's.
    vendor.emit("chat.started", {"visitorId": "new-1"})
    settle(page, site.base)
    assert (site.asked, vendor.visitor()) == ([], "new-1")
    assert page.evaluate("({...localStorage})") == {"widgetVisitor": "new-1", "widgetCount": "1"}


def test_logging_in_after_an_anonymous_chat(page, site, vendor, quiet):
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(ANYBODY)
    site.says = says(KNOWN)
    say(page, "login")
    vendor.tells(FORGETS, *IS_ADA)
    vendor.emit("chat.started", {"visitorId": "visitor-ada"})
    settle(page, site.base)
    assert site.asked == [ASKED, ASKED]


def test_logging_in_for_the_first_time_makes_the_anonymous_chat_the_readers(
    page, site, vendor, quiet
):
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(ANYBODY)
    site.says = says({"visitor": VISITOR, "visitorIntegrityHash": HASH})
    say(page, "login")
    vendor.tells(["setVisitorData", "new-1", VISITOR, HASH])
    wait_for_asked(page, site, ASKED, ASKED, TOLD(PATH, "new-1"))


def test_logging_in_twice_is_one_session(page, site, vendor, quiet):
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(ANYBODY)
    vendor.choose(stop="held")
    site.says = says({"session": {"user": ADA}})
    say(page, "login")
    vendor.tells(FORGETS)
    # While the first is being done, somebody else logs in.
    site.says = says({"session": {"user": BEN}})
    with page.expect_response(f"**{PATH}"):
        say(page, "login")
        say(page, "login")
    settle(page, site.base)
    vendor.call_back()
    vendor.tells(IS_BEN)
    vendor.call_back()
    say(page, "login")
    settle(page, site.base)
    assert vendor.heard == []


def test_logging_in_as_somebody_else(page, site, vendor, quiet):
    site.says = says(KNOWN)
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(*IS_ADA)
    site.says = says({"session": {"user": BEN}})
    say(page, "login")
    vendor.tells(FORGETS, IS_BEN)
    # And somebody whose first chat it is.
    site.says = says({"visitor": {"name": "Cid"}})
    say(page, "login")
    vendor.tells(FORGETS, ANYBODY, ["setVisitorData", "new-1", {"name": "Cid"}])


@pytest.mark.parametrize("then", [None, "login"])
def test_logging_out_while_it_is_asked_does_not_wait_for_the_answer(
    page, site, vendor, quiet, then
):
    site.says = never_answers
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.wait_for_script()
    wait_for_asked(page, site, ASKED)
    site.says = says({"session": {"user": BEN}})
    say(page, "logout")
    vendor.tells(ANYBODY, FORGETS, ANYBODY)
    if then:
        say(page, then)
        vendor.tells(FORGETS, IS_BEN)
    site.over.set()
    settle(page, site.base)
    assert vendor.heard == []


def test_logging_out_and_in_before_the_widget_is_ready(page, site, vendor, quiet):
    vendor.choose(ready="held")
    site.says = says(KNOWN)
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.wait_for_script()
    page.wait_for_function("chaport._q[0]?.[0] === 'startSession'")
    say(page, "logout")
    site.says = says({"session": {"user": BEN}, "visitor": {"name": "Ben"}})
    with page.expect_response(f"**{PATH}"):
        say(page, "login")
    settle(page, site.base)
    vendor.become_ready()
    # Nothing of the one is said in the other's session, and nobody is reported wrongly.
    vendor.tells(IS_ADA[0], FORGETS, IS_BEN, ["setVisitorData", BEN["id"], {"name": "Ben"}])
    settle(page, site.base)
    assert site.asked == [ASKED, ASKED]


def test_a_session_is_not_ended_by_the_clock_of_another(page, site, vendor, quiet):
    page.clock.install(time=0)
    site.says = says({"session": {"user": ADA}})
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(IS_ADA[0])
    page.clock.pause_at(HOUR)
    say(page, "logout")
    vendor.tells(FORGETS, ANYBODY)
    page.clock.run_for(2900)
    vendor.choose(stop="held")
    site.says = says({"session": {"user": BEN}})
    say(page, "login")
    vendor.tells(FORGETS)
    page.clock.run_for(2999)
    settle(page, site.base)
    assert vendor.heard == []
    vendor.call_back()
    vendor.tells(IS_BEN)
    # The widget says once more that the first one has ended, while the second is being ended.
    page.evaluate("document.firstCall = document.farEnd.callBack; null")
    say(page, "logout")
    vendor.tells(FORGETS)
    page.evaluate("document.firstCall()")
    settle(page, site.base)
    assert vendor.heard == []
    vendor.call_back()
    vendor.tells(ANYBODY)


def test_logging_in_again_before_the_widget_is_ready_says_the_visitor_once(
    page, site, vendor, quiet
):
    vendor.choose(ready="held")
    site.says = says(KNOWN)
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.wait_for_script()
    page.wait_for_function("chaport._q[0]?.[0] === 'startSession'")
    with page.expect_response(f"**{PATH}"):
        say(page, "login")
    settle(page, site.base)
    vendor.become_ready()
    vendor.tells(*IS_ADA)
    settle(page, site.base)
    assert (vendor.heard, site.asked) == ([], [ASKED, ASKED])


@pytest.mark.parametrize("how", ["held", "throws"])
@pytest.mark.parametrize("who", ["nobody", "somebody"])
def test_a_widget_that_does_not_forget_gets_no_anonymous_session(
    page, site, vendor, console, how, who
):
    page.clock.install(time=0)
    site.says = says({"session": {"user": ADA}})
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(IS_ADA[0])
    page.clock.pause_at(HOUR)
    vendor.choose(stop=how)
    say(page, "logout")
    vendor.tells(FORGETS)
    if who == "somebody":
        site.says = says({"session": {"user": BEN}})
        with page.expect_response(f"**{PATH}"):
            say(page, "login")
    page.clock.run_for(2999)
    settle(page, site.base)
    assert vendor.heard == []
    page.clock.run_for(1)
    if who == "somebody":
        vendor.tells(IS_BEN)
        assert console == []
        return
    what = "the widget did not forget its visitor, so there is no chat on this page"
    wait_until(page, lambda: console)
    assert console == [f"warning: [chaport] identity: {what}"]
    assert vendor.heard == []
    # But whose credentials are known may come.
    site.says = says({"session": {"user": BEN}})
    say(page, "login")
    vendor.tells(IS_BEN)


# ---- Seen by nobody else ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer", [204, 500, {}, {"visitor": {"name": "Cid"}}], ids=["nobody", "error", "new", "named"]
)
def test_the_next_reader_of_the_device_does_not_get_the_formers_session(
    page, site, vendor, console, answer
):
    """Whose log-in ended without a word: by time, or in another browser."""
    site.says = says({"session": {"user": ADA}})
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(IS_ADA[0])
    wait_for_asked(page, site, ASKED)
    is_status = isinstance(answer, int)
    site.says = (lambda request: reply(request, answer)) if is_status else says(answer)
    page.goto(f"{site.base}/a.html")
    named = [] if is_status or not answer else [["setVisitorData", "new-1", {"name": "Cid"}]]
    vendor.tells(ANYBODY, FORGETS, ANYBODY, *named)
    assert vendor.visitor() == "new-1"
    settle(page, site.base)
    # Nobody's visitor is reported as the new reader's.
    assert site.asked == [ASKED]
    # Whoever is known, and not to the backend yet, might be somebody else on the next page.
    page.goto(f"{site.base}/home.html")
    named = [["setVisitorData", "new-2", {"name": "Cid"}]] if named else []
    vendor.tells(ANYBODY, *([] if is_status else [FORGETS, ANYBODY]), *named)


@pytest.mark.parametrize(
    "posted",
    [None, lambda request: reply(request, 403), lambda request: never_answers(request)],
    ids=["taken", "refused", "never taken"],
)
@pytest.mark.parametrize("answer", [{}, {"visitor": VISITOR, "visitorIntegrityHash": HASH}])
def test_a_first_chat_is_not_the_next_readers_whatever_became_of_the_report(
    page, site, vendor, answer, posted
):
    site.says, site.posted = says(answer), posted or site.posted
    site.write()
    page.goto(f"{site.base}/home.html")
    wait_for_asked(page, site, ASKED, TOLD(PATH, "new-1"))
    named = [["setVisitorData", "new-1", VISITOR, HASH]] if answer else []
    vendor.tells(ANYBODY, *named)
    # Somebody else logs in, in the same document.
    site.says = says({"visitor": {"name": "Cid"}})
    say(page, "login")
    vendor.tells(FORGETS, ANYBODY, ["setVisitorData", "new-2", {"name": "Cid"}])
    site.says = lambda request: reply(request, 204)
    page.goto(f"{site.base}/a.html")
    vendor.tells(ANYBODY, FORGETS, ANYBODY)
    assert vendor.visitor() == "new-3"
    assert page.evaluate("Object.keys(localStorage).sort()") == ["widgetCount", "widgetVisitor"]


def test_the_device_is_marked_before_anything_is_said_of_its_reader(page, site, vendor, quiet):
    page.add_init_script(
        """document.farEnd = {set visitorId(_) { document.marks.push(mark()) }};
        document.marks = [];
        const mark = () => Object.keys(localStorage).some(name => name.startsWith('chaport-id'))"""
    )
    site.write()
    for answer, expected in (({}, [False]), ({"session": {"user": ADA}}, [True])):
        page.add_init_script("self === top && localStorage.clear()")
        site.says = says(answer)
        page.goto(f"{site.base}/home.html")
        vendor.waits_for_more(1)
        vendor.heard.clear()
        assert page.evaluate("document.marks") == expected


def test_each_account_has_a_mark_of_its_own(page, site, vendor, quiet):
    other = "5f1e2d3c4b5a69788796a5b5"
    site.says = says({"session": {"user": ADA}})
    site.write({"home": None, "a": {"chaport": {"appId": other}, "text": ""}})
    page.goto(f"{site.base}/home.html")
    vendor.tells(IS_ADA[0])
    page.evaluate("delete localStorage.widgetVisitor")
    site.says = lambda request: reply(request, 204)
    page.goto(f"{site.base}/a.html")
    vendor.tells(ANYBODY)
    page.goto(f"{site.base}/home.html")
    vendor.tells(ANYBODY, FORGETS, ANYBODY)


@pytest.fixture
def tab(page, site, vendor):
    """Another tab of the same reader, and what its widget hears."""
    site.says = says({"session": {"user": ADA}})
    site.write(consent="manual")
    other = page.context.new_page()
    other_vendor = FarEnd(other, site.base, only=SESSIONS)
    for one, its_vendor in ((page, vendor), (other, other_vendor)):
        one.goto(f"{site.base}/home.html")
        say(one, "consent")
        its_vendor.tells(IS_ADA[0])
    # The first tab hears of the second.
    wait_for_asked(page, site, ASKED, ASKED, ASKED)
    return other, other_vendor


@pytest.mark.parametrize(
    "end", ["logout", "clear"], ids=["says so, and is logged in still", "clears the storage"]
)
def test_another_tab_hears_that_its_reader_is_gone_and_asks_nobody(
    page, site, vendor, quiet, tab, end
):
    other, other_vendor = tab
    if end == "clear":
        page.evaluate("localStorage.clear()")
    else:
        say(page, "logout")
    vendor.tells(FORGETS, ANYBODY)
    other_vendor.tells(FORGETS, ANYBODY)
    settle(other, site.base)
    assert (site.asked, vendor.heard) == ([], [])


def test_another_tab_hears_that_somebody_else_has_logged_in_once_it_is_looked_at(
    page, site, vendor, quiet, tab
):
    other, other_vendor = tab
    become = """state => {
      Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});
      document.dispatchEvent(new Event('visibilitychange'));
    }"""
    other.evaluate(become, "hidden")
    site.says = says({"session": {"user": BEN}})
    say(page, "login")
    vendor.tells(FORGETS, IS_BEN)
    wait_for_asked(page, site, ASKED)
    settle(other, site.base)
    assert (site.asked, other_vendor.heard) == ([], [])
    other.evaluate(become, "visible")
    other_vendor.tells(FORGETS, IS_BEN)
    wait_for_asked(page, site, ASKED)
    # And where nothing has changed meanwhile, nobody is asked.
    other.evaluate(become, "hidden")
    other.evaluate(become, "visible")
    settle(other, site.base)
    assert site.asked == []


def test_two_tabs_do_not_answer_each_other_for_ever(page, site, vendor):
    """Of a reader whose visitor the backend does not take, so that each might be another's."""
    site.says, site.posted = says(NEW), lambda request: reply(request, 403)
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(*IS_NEW)
    wait_for_asked(page, site, ASKED, TOLD(PATH, "new-1"))
    other = page.context.new_page()
    other_vendor = FarEnd(other, site.base, only=SESSIONS)
    other.goto(f"{site.base}/a.html")
    other_vendor.waits_for_more(4)
    vendor.waits_for_more(3)
    for one in (other, page, other, page):
        settle(one, site.base)
    assert (len(other_vendor.heard), len(vendor.heard)) == (4, 3)
    assert site.asked == [ASKED, ASKED]


def test_the_mark_of_somebody_who_logs_in_meanwhile_stays(page, site, vendor, quiet):
    site.says = says({"session": {"user": ADA}})
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(IS_ADA[0])
    vendor.choose(stop="held")
    say(page, "logout")
    vendor.tells(FORGETS)
    page.evaluate("name => { localStorage[name] = 'of another tab' }", MARK)
    vendor.call_back()
    vendor.tells(ANYBODY)
    assert page.evaluate("name => localStorage[name]", MARK) == "of another tab"


def test_a_page_that_comes_back_as_it_was_left_asks_again(page, site, vendor, quiet):
    site.says = says({"session": {"user": ADA}})
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(IS_ADA[0])
    come_back = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
    with page.expect_response(f"**{PATH}"):
        page.evaluate(come_back)
    settle(page, site.base)
    assert vendor.heard == []
    site.says = lambda request: reply(request, 204)
    page.evaluate(come_back)
    vendor.tells(FORGETS, ANYBODY)


def test_an_answer_that_may_be_cached_is_not_taken_from_a_cache(page, site, console):
    """With the preview: where Playwright answers for the vendor's host, Chromium has no cache."""
    cached = {"Cache-Control": "public, max-age=3600"}
    visitor = page.locator('.chaport-preview-panel dd[data-fact="visitor"]')
    site.says = says({"session": {"user": ADA}}, **cached)
    site.write(widget="preview")
    page.goto(f"{site.base}/home.html")
    expect(visitor).to_have_text(ADA["id"])
    wait_for_asked(page, site, ASKED)
    site.says = says({"session": {"user": BEN}}, **cached)
    page.goto(f"{site.base}/a.html")
    expect(visitor).to_have_text(BEN["id"])
    wait_for_asked(page, site, ASKED)
    # Now Ben's answer is in the cache, and another script of the page gets it from there.
    get = "path => fetch(path).then(answer => answer.json()).then(({session}) => session.user.id)"
    assert [page.evaluate(get, PATH) for _ in range(2)] == [BEN["id"]] * 2
    wait_for_asked(page, site, ASKED)
    site.says = says({"session": {"user": ADA}}, **cached)
    say(page, "login")
    expect(visitor).to_have_text(ADA["id"])
    assert page.evaluate(get, PATH) == BEN["id"]
    site.says = lambda request: reply(request, 204)
    say(page, "login")
    expect(visitor).to_have_text(re.compile("^[0-9a-f]{24}$"))
    assert site.asked == [ASKED, ASKED]
    assert console == [CACHED, CACHED]


CACHED = WARNING.format(
    "answers without Cache-Control: no-store, so a cache may give one reader's answer to another"
)


@pytest.mark.parametrize("widget", ["preview", "live"])
@pytest.mark.parametrize(
    ("header", "is_right"),
    [("private, no-store", True), ("No-Store", True), (None, False), ("private", False)],
)
@pytest.mark.parametrize("status", [200, 204, 401])
def test_the_preview_says_when_an_answer_may_be_cached(
    page, site, vendor, console, widget, header, is_right, status
):
    body = json.dumps({"session": {"user": ADA}}).encode() if status == 200 else b""
    site.says = lambda request: reply(request, status, body, **{"Cache-Control": header})
    site.write(widget=widget)
    page.goto(f"{site.base}/home.html")
    if widget == "live":
        vendor.waits_for_more(1)
    else:
        page.wait_for_function("!!chaport.open")
    settle(page, site.base)
    own_words = [UNAUTHORISED.format(401, "Unauthorized")] if status == 401 else []
    assert console == own_words + ([] if is_right or widget == "live" else [CACHED])


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [(404, b"", "answered with status 404"), (200, b"{", "did not answer with JSON")],
)
def test_what_is_wrong_comes_before_what_may_be_cached(page, site, console, status, body, why):
    site.says = lambda request: reply(request, status, body, **{"Cache-Control": None})
    site.write(widget="preview")
    page.goto(f"{site.base}/home.html")
    page.wait_for_function("!!chaport.open")
    assert console[-1:] == [WARNING.format(f"{why}; the chat is anonymous")]
    assert CACHED not in console


def test_no_token_stands_in_the_page_in_storage_or_in_an_address(page, site, quiet):
    """With the preview widget, which shows and keeps what it is told."""
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    site.says = says(KNOWN)
    site.write(widget="preview", events="dom")
    page.goto(f"{site.base}/home.html")
    page.wait_for_function("!!chaport.open")
    wait_for_asked(page, site, ASKED)
    page.wait_for_function("sessionStorage['chaport-preview-log'].includes('setVisitorData')")
    everything = page.evaluate(
        """() => {
          const shadow = document.querySelector('.chaport-preview-panel').shadowRoot.innerHTML;
          return [document.documentElement.outerHTML, shadow, location.href, document.cookie,
            JSON.stringify([{...localStorage}, {...sessionStorage}, history.state, window.name])]
        }"""
    )
    everything += addresses
    assert not [text for text in everything if TOKEN in text or HASH in text]
    assert page.evaluate("indexedDB.databases()") == []
    assert re.fullmatch(r"0\.\d+", page.evaluate("name => localStorage[name]", MARK))


# ---- Other origins ------------------------------------------------------------------------------


@pytest.fixture
def other(tmp_path):
    """A site on another origin."""
    (tmp_path / "other").mkdir()
    site = Site(tmp_path / "other")
    yield site
    site.close()


def test_a_base_elsewhere_leads_nowhere(page, site, other, vendor, quiet):
    site.says = says({"session": {"user": ADA}})
    site.write(head=f'<base href="{other.base}/">')
    # The page's own files are found, so that the script runs at all.
    page.route(
        f"{other.base}/chaport-*.js",
        lambda route: route.fulfill(
            path=site.folder / route.request.url.rpartition("/")[2], content_type="text/javascript"
        ),
    )
    page.goto(f"{site.base}/home.html")
    vendor.tells(IS_ADA[0])
    wait_for_asked(page, site, ASKED)
    assert other.asked == []


@pytest.mark.parametrize(
    "path", ["{0}/account", "//{1}/account", "/\\\\{1}/account", "@{1}/account", ".{1}/account", ""]
)
def test_the_script_in_a_page_elsewhere_asks_that_page_s_own_origin_or_nobody(
    page, site, other, vendor, console, path
):
    """A stranger's page loads it from us, and tells it our address."""
    site.says = other.says = says({"session": {"user": ADA}})
    site.write()
    (script,) = site.folder.glob("chaport-identity.*.js")
    path = path.format(site.base, site.base.removeprefix("http://"))
    (other.folder / "index.html").write_text(
        f"""<meta charset="utf-8"><link rel="icon" href="data:,"><script>
        chaport = {{_q: [], _l: {{}}, q() {{ chaport._q.push([...arguments]) }}, on() {{}}}};
        document.head.append(Object.assign(document.createElement('script'),
        {{src: '{WIDGET}'}}));</script>
        <script defer src="{site.base}/{script.name}" data-path="{path}"></script>""",
        encoding="utf-8",
    )
    page.context.add_cookies([{"name": "session", "value": "secret", "url": site.base}])
    page.goto(f"{other.base}/index.html")
    page.wait_for_function("!!chaport._q[0]")
    assert site.asked == []
    assert [one.startswith("GET //") or "/account" in one for one in other.asked] in ([], [True])


@pytest.mark.parametrize("path", [".evil.example/account", "@evil.example/account", "evil/account"])
def test_nothing_is_added_to_the_name_of_the_host(page, site, console, path):
    """On an origin without a port, to which a path without a slash would add."""
    site.write()
    text = (site.folder / "home.html").read_text(encoding="utf-8")
    text = text.replace(f'data-path="{PATH}"', f'data-path="{path}"')
    asked = []

    def answer(route):
        asked.append(route.request.url.removeprefix("http://site.test/"))
        file = site.folder / asked[-1]
        body = text if asked[-1] == "home.html" else file.read_text() if file.is_file() else ""
        kind = "text/html" if asked[-1] == "home.html" else "text/javascript"
        route.fulfill(body=body, content_type=kind)

    page.route("**/*", answer)
    page.goto("http://site.test/home.html")
    wait_until(page, lambda: console)
    assert console == [WARNING.replace(PATH, path).format("did not answer; the chat is anonymous")]
    assert [one for one in asked if "evil" in one] == []


def test_in_a_frame_elsewhere_the_page_asks_its_own_backend_alone(page, site, other, vendor):
    """The message of a stranger around it is not heard, and the browser holds back the cookie."""
    site.says = says({})
    site.write()
    (other.folder / "index.html").write_text(
        f"""<link rel="icon" href="data:,"><iframe src="http://localhost:
        {site.server.server_port}/home.html" onload="frames[0].postMessage(
        {{type: 'chaport:login', path: '{other.base}', identity: '{other.base}/account'}}, '*')">
        </iframe>""".replace("\n        ", ""),
        encoding="utf-8",
    )
    cookie = {"name": "session", "value": "secret", "url": f"http://localhost:{site.base[-5:]}"}
    page.context.add_cookies([{**cookie, "sameSite": "Lax"}])
    page.goto(f"{other.base}/index.html")
    wait_until(page, lambda: site.asked)
    assert (site.asked[0], site.requests[0]["Cookie"], other.asked) == (ASKED, None, [])


@pytest.mark.parametrize("sandbox", ["allow-scripts", None], ids=["sandboxed", "srcdoc"])
def test_a_frame_without_an_origin_of_its_own_sends_no_cookie(page, site, vendor, sandbox):
    site.says = says({"session": {"user": ADA}})
    site.write()
    page.context.add_cookies([{"name": "session", "value": "secret", "url": site.base}])
    text = (site.folder / "home.html").read_text(encoding="utf-8")
    if sandbox:
        frame = f'<iframe sandbox="{sandbox}" src="/home.html"></iframe>'
    else:
        frame = f"<iframe srcdoc='{text.replace(chr(39), '&#39;')}'></iframe>"
    (site.folder / "frame.html").write_text(frame, encoding="utf-8")
    page.goto(f"{site.base}/frame.html", wait_until="load")
    settle(page, site.base)
    cookies = [headers["Cookie"] for headers in site.requests]
    assert cookies in ([], [None])


# ---- Where and when it is asked -----------------------------------------------------------------


@pytest.mark.parametrize("router", ROUTERS)
def test_where_pages_are_swapped_it_is_asked_once_a_document(page, site, vendor, quiet, router):
    site.says = says({"session": {"user": ADA}})
    pages = {"home": None, "a": None, "deep/b": None, "off": False, "c": None}
    site.write(pages, router=router)
    page.goto(f"{site.base}/home.html")
    vendor.tells(IS_ADA[0])
    wait_for_asked(page, site, ASKED)
    for name in ("a", "deep/b", "home", "a"):
        reach(page, name)
    settle(page, site.base)
    assert (site.asked, vendor.heard) == ([], [])
    site.says = says({"session": {"user": BEN}})
    say(page, "login")
    vendor.tells(FORGETS, IS_BEN)
    say(page, "logout")
    vendor.tells(FORGETS, ANYBODY)


@pytest.mark.parametrize("router", ["turbo", "pushState"])
def test_on_a_page_without_chat_nobody_is_asked(page, site, vendor, quiet, router):
    site.says = says({"session": {"user": ADA}})
    site.write({"off": False, "a": None}, router=router)
    page.goto(f"{site.base}/off.html")
    say(page, "login")
    say(page, "logout")
    settle(page, site.base)
    assert (site.asked, vendor.heard) == ([], [])
    reach(page, "a")
    vendor.tells(IS_ADA[0])
    wait_for_asked(page, site, ASKED)


@pytest.mark.parametrize("consent", ["manual", "material", "click"])
def test_before_consent_nobody_is_asked(page, site, vendor, quiet, consent):
    site.says = says({"session": {"user": ADA}})
    site.write({"home": {"chaport": None, "text": ""}}, consent=consent)
    page.goto(f"{site.base}/home.html")
    for name in ("login", "logout", "revoke"):
        say(page, name)
    settle(page, site.base)
    assert (site.asked, page.evaluate("({...localStorage})")) == ([], {})
    say(page, "consent")
    vendor.tells(IS_ADA[0])
    wait_for_asked(page, site, ASKED)


@pytest.mark.parametrize(
    "src",
    [
        "/js/app.chaport.js",
        "/chaport-preview-salt.js",
        "/chaport-preview.0123abcd.js",
    ],
)
@pytest.mark.parametrize("where", ["head", "text"])
def test_no_tag_in_the_page_opens_the_gate(page, site, vendor, src, where):
    tag = f'<script src="{src}"></script>'
    head, text = (tag, "") if where == "head" else ("", tag)
    site.write({"home": {"chaport": None, "text": text}}, head=head, consent="manual")
    page.goto(f"{site.base}/home.html")
    settle(page, site.base)
    assert site.asked == []
    say(page, "consent")
    wait_until(page, lambda: site.asked)


def test_who_revokes_consent_leaves_no_mark(page, site, vendor, quiet):
    page.add_init_script("navigation.onnavigate = event => event.preventDefault()")
    site.says = says({"session": {"user": ADA}})
    site.write(consent="manual")
    page.goto(f"{site.base}/home.html")
    say(page, "consent")
    vendor.tells(IS_ADA[0])
    say(page, "revoke")
    vendor.tells(FORGETS)
    assert page.evaluate("({...localStorage})") == {}


def test_who_revokes_consent_while_it_is_asked_gets_no_session(page, site, vendor, quiet):
    site.says = never_answers
    page.add_init_script("navigation.onnavigate = event => event.preventDefault()")
    site.write(consent="manual")
    page.goto(f"{site.base}/home.html")
    say(page, "consent")
    wait_for_asked(page, site, ASKED)
    say(page, "revoke")
    site.over.set()
    for name in ("login", "logout"):
        say(page, name)
    settle(page, site.base)
    assert (site.asked, vendor.heard) == ([], [])


def test_who_revokes_consent_while_a_session_is_ended_gets_no_other(page, site, vendor, quiet):
    page.add_init_script("navigation.onnavigate = event => event.preventDefault()")
    site.says = says({"session": {"user": ADA}})
    site.write(consent="manual")
    page.goto(f"{site.base}/home.html")
    say(page, "consent")
    vendor.tells(IS_ADA[0])
    vendor.choose(stop="held")
    site.says = says({"session": {"user": BEN}})
    say(page, "login")
    vendor.tells(FORGETS)
    page.evaluate("document.firstCall = document.farEnd.callBack; null")
    say(page, "revoke")
    vendor.tells(FORGETS)
    page.evaluate("document.firstCall()")
    settle(page, site.base)
    assert vendor.heard == []


def test_without_such_consent_revoke_is_nothing(page, site, vendor, quiet):
    site.says = says({"session": {"user": ADA}})
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(IS_ADA[0])
    say(page, "revoke")
    say(page, "logout")
    vendor.tells(FORGETS, ANYBODY)


def test_where_the_widget_is_blocked_nothing_breaks(page, site, console):
    FarEnd(page, site.base).answer = abort
    site.says = says(KNOWN)
    site.write()
    page.goto(f"{site.base}/home.html")
    wait_until(page, lambda: site.asked)
    for name in ("login", "logout", "login"):
        say(page, name)
    settle(page, site.base)
    assert console == ["error: Failed to load resource: net::ERR_FAILED"]
    assert not [one for one in site.asked if one != ASKED]


def test_without_storage_a_reader_is_known_all_the_same(page, site, vendor, quiet):
    page.add_init_script(
        """const store = {widgetVisitor: undefined};
        Object.defineProperty(window, 'localStorage', {get() {
          const [, , caller] = new Error().stack.split('\\n');
          if (caller.includes('chaport-identity')) throw Error('blocked');
          return store;
        }})"""
    )
    site.says = says({"session": {"user": ADA}})
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(IS_ADA[0])
    site.says = lambda request: reply(request, 204)
    say(page, "login")
    vendor.tells(FORGETS, ANYBODY)


def test_a_second_copy_does_nothing(page, site, vendor, quiet):
    site.says = says({"session": {"user": ADA}})
    site.write()
    (script,) = site.folder.glob("chaport-identity.*.js")
    page.goto(f"{site.base}/home.html")
    vendor.tells(IS_ADA[0])
    wait_for_asked(page, site, ASKED)
    page.add_script_tag(url=f"/{script.name}?again")
    say(page, "logout")
    vendor.tells(FORGETS, ANYBODY)
    settle(page, site.base)
    assert site.asked == []


@pytest.mark.parametrize(
    "text",
    [
        '<img name="currentScript" src="data:," data-path="/forged.json" alt="">',
        '<img name="chaportIdentity" src="data:," alt="">',
        '<script src="/{}" data-path="/forged.json"></script>',
        '<script src="/{}?" data-path="/forged.json"></script>',
    ],
    ids=["currentScript", "its former guard", "the same tag", "another tag"],
)
def test_an_element_in_the_text_tells_it_nothing(page, site, vendor, quiet, text):
    """Else who may write HTML would choose which file of the site says who is reading."""
    site.write()
    (script,) = site.folder.glob("chaport-identity.*.js")
    text = text.format(script.name)
    (site.folder / "forged.json").write_text(json.dumps({"session": {"user": BEN}}))
    site.says = says({"session": {"user": ADA}})
    site.write({"home": {"chaport": None, "text": text}})
    page.goto(f"{site.base}/home.html")
    vendor.tells(IS_ADA[0])


def test_it_leaves_no_global_behind(page, site, vendor):
    site.write()
    page.goto(f"{site.base}/home.html")
    vendor.tells(ANYBODY)
    names = "Object.getOwnPropertyNames(window).filter(name => /chaport/i.test(name))"
    assert page.evaluate(names) == ["chaportConfig", "chaport"]
