"""Knows that chat is right under every router: page views, settings, the widget's own nodes."""

import pytest
from tests.browser.routed import ROUTERS, go, loaded, reach, viewed, write_site
from tests.far_end.addresses import WIDGET
from tests.far_end.steps import say
from tests.far_end.vendor import abort, serve_widget

pytestmark = pytest.mark.usefixtures("quiet")

HIDDEN = {"launcher": {"show": False}}
IN_ELEMENT = {"openIn": {"selector": "#chat-here"}}
IS_OFF = "!window.chaport && document.readyState === 'complete'"
every_router = pytest.mark.parametrize("router", ROUTERS)


@pytest.fixture
def site(page, tmp_path, far):
    """site(router, pages, ...) writes a site and opens its page `home`."""

    def open_site(router, pages, until="load", **more):
        write_site(tmp_path, router, {"home": None, **pages}, **more)
        page.goto(f"{far.base}/home.html", wait_until=until)
        return page

    return open_site


@every_router
def test_each_navigation_is_one_page_view(router, site, far):
    page = site(router, {"a": HIDDEN, "b": None, "same": {"chaport": None, "title": "Page b"}})
    far.tells(*loaded("home"))
    go(page, "a")
    far.tells(["hideLauncher"], viewed("a"))
    go(page, "b")
    far.tells(["showLauncher"], viewed("b"))
    go(page, "same")
    far.tells(viewed("same", "Page b"))
    page.go_back()
    far.tells(viewed("b"))
    page.go_back()
    far.tells(["hideLauncher"], viewed("a"))
    page.go_forward()
    far.tells(["showLauncher"], viewed("b"))
    go(page, "part")
    page.evaluate("history.replaceState(history.state, '', '#elsewhere')")
    go(page, "home")
    far.tells(viewed("home"))


@every_router
def test_the_widget_goes_on_undisturbed(router, site, far):
    page = site(router, {"a": None, "b": None})
    far.tells(*loaded("home"))
    far.wait_for_frame()
    for name in ("a", "b"):
        go(page, name)
        far.tells(viewed(name))
    page.go_back()
    far.tells(viewed("a"))
    page.go_back()
    far.tells(viewed("home"))
    page.go_forward()
    far.tells(viewed("a"))
    assert far.containers() == [{"parent": "html", "frameLoads": 1, "bottom": "7px"}]


@every_router
def test_settings_however_deep_are_those_of_the_page(router, site, far):
    """Each page's values win over the first page's, also two mappings deep."""
    desktop = {"launcher": {"show": True}}
    options = {
        "visitor": {"custom": {"section": "site"}},
        "analytics": {"google": {"id": "G-SITE"}},
        "devices": {"configs": {"desktop": desktop}},
    }
    pages = {
        "a": {"visitor": {"custom": {"section": "a"}}},
        "b": {"analytics": {"google": {"id": "G-B"}}},
        "c": {"devices": {"configs": {"desktop": {"launcher": {"show": False}}}}},
    }
    page = site(router, pages, options=options)
    far.tells(*loaded("home"))
    go(page, "a")
    far.tells(["setVisitorData", "new-1", {"custom": {"section": "a"}}], viewed("a"))
    for name in ("b", "c", "home"):
        go(page, name)
        far.tells(*loaded(name))
        wanted = "JSON.parse(document.querySelector('meta[name=chaport]').content)"
        assert far.config() == page.evaluate(wanted)


# swup leaves what stands beside its container.
@pytest.mark.parametrize("router", [name for name in ROUTERS if name != "swup"])
def test_what_a_page_calls_by_the_widgets_name_stays_its_own(router, site, far, tmp_path):
    page = site(router, {"a": None, "b": None})
    own = '<div id="chaport-own">Talk to us</div></body>'
    deploy(tmp_path / "a.html", "</body>", own)
    far.tells(*loaded("home"))
    for name, count in (("a", 1), ("b", 0), ("a", 1), ("home", 0)):
        go(page, name)
        far.tells(viewed(name))
        page.wait_for_function(f"document.querySelectorAll('#chaport-own').length === {count}")
        assert page.locator("html > #chaport-own").count() == 0


@every_router
def test_a_page_that_is_off_unloads_chat_and_the_next_brings_it_back(router, site, far):
    page = site(router, {"off": False, "also-off": False, "a": None})
    far.tells(*loaded("home"))
    go(page, "off")
    page.wait_for_function(IS_OFF)
    page.evaluate("window.stays = true")
    reach(page, "also-off")
    go(page, "a")
    far.tells(*loaded("a"))
    assert page.evaluate("window.stays")
    go(page, "home")
    far.tells(viewed("home"))
    go(page, "off")
    page.wait_for_function(IS_OFF)
    page.go_back()
    far.tells(*loaded("home"))


@every_router
def test_chat_in_an_element_is_a_document_load(router, site, far):
    page = site(router, {"inside": IN_ELEMENT, "a": None})
    far.tells(*loaded("home"))
    go(page, "inside")
    far.tells(*loaded("inside"))
    assert far.config()["openIn"] == {"selector": "#chat-here"}
    assert page.evaluate("scrollTo(0, 900), history.length") == 3
    go(page, "a")
    far.tells(*loaded("a"))
    assert page.evaluate("history.length") == 4
    page.go_back()
    far.tells(*loaded("inside"))


@every_router
def test_another_language_is_a_document_load(router, site, far):
    page = site(router, {"fr": {"chaport": None, "lang": "fr"}, "a": None})
    far.tells(*loaded("home"))
    go(page, "fr")
    far.tells(*loaded("fr"))
    assert page.evaluate("document.documentElement.lang") == "fr"
    go(page, "a")
    far.tells(*loaded("a"))


@every_router
def test_where_the_language_is_chosen_only_the_document_changes_its_own(router, site, far):
    page = site(
        router,
        {"fr": {"chaport": None, "lang": "fr"}},
        options={"language": {"use": "de"}},
    )
    far.tells(*loaded("home"))
    go(page, "fr")
    far.tells(viewed("fr"))
    assert page.evaluate("document.documentElement.lang") == "fr"


@every_router
def test_of_two_fast_clicks_the_last_one_counts(router, site, far, console):
    page = site(router, {"a": HIDDEN, "b": None})
    far.tells(*loaded("home"))
    clicks = "['a', 'b'].forEach(name => document.querySelector(`[href='/${name}.html']`).click())"
    if router == "htmx-4":
        # It gives no visit up and shows what is answered last: so that is the last click's here.
        held = []
        page.route("**/b.html", lambda route: held.append(route), times=1)
        page.evaluate(clicks)
        far.tells(["hideLauncher"], viewed("a"))
        held[0].continue_()
        far.tells(["showLauncher"], viewed("b"))
    else:
        page.evaluate(clicks)
        far.tells(viewed("b"))
    go(page, "home")
    far.tells(viewed("home"))
    # What these say of a visit that they gave up themselves, also without us.
    if router in ("swup", "htmx-2"):
        assert console.pop(0).startswith(
            ("pageerror: Cannot destructure property 'html'", "error: htmx:")
        )
        del console[:]


@every_router
def test_a_slow_page_is_viewed_when_it_is_there(router, site, far):
    page = site(router, {"slow": HIDDEN})
    far.tells(*loaded("home"))
    held = []
    page.route("**/slow.html", lambda route: held.append(route))
    with page.expect_request("**/slow.html"):
        go(page, "slow")
    page.wait_for_function("document.title === 'Page home'")
    assert far.heard == []
    page.unroute("**/slow.html")
    for route in held:
        route.continue_()
    far.tells(["hideLauncher"], viewed("slow"))


@every_router
@pytest.mark.parametrize("answer", ["no answer", "an error"])
def test_a_page_that_fails_is_no_page_view(router, answer, site, far, console):
    page = site(router, {"broken": None, "a": None})
    far.tells(*loaded("home"))

    def fail(route):
        if answer == "an error":
            route.fulfill(status=500, body="<title>Sorry</title>", content_type="text/html")
        else:
            route.abort()

    page.route("**/broken.html", fail)
    with page.expect_request("**/broken.html"):
        go(page, "broken")
    # htmx stays where it was without an answer, and htmx 2 at an error, too.
    if router == "htmx-2" or (router, answer) == ("htmx-4", "no answer"):
        go(page, "a")
        far.tells(viewed("a"))
    else:
        page.wait_for_function("!window.chaport")
    page.unroute("**/broken.html")
    page.goto(f"{far.base}/a.html")
    far.tells(*loaded("a"))
    console.clear()


# ---- The same under every router, so shown with one ----


def plain_site(site, pages, **more):
    return site("pushState", pages, **more)


def test_what_a_script_notes_in_the_address_is_no_navigation(site, far):
    page = plain_site(site, {"a": None})
    far.tells(*loaded("home"))
    page.evaluate("history.replaceState(null, '', '?q=chat')")
    page.evaluate("history.pushState(null, '', '#part')")
    page.evaluate("history.replaceState({y: 1}, '')")
    page.evaluate("history.replaceState(null, '', location.pathname)")
    go(page, "a")
    far.tells(viewed("a"))
    page.evaluate("history.pushState(null, '', '?q=chat#part')")
    far.tells(viewed("a", rest="?q=chat#part"))


def test_a_redirect_within_a_navigation_is_one_view_of_where_it_led(site, far):
    page = plain_site(site, {"a": None, "b": HIDDEN})
    far.tells(*loaded("home"))
    page.evaluate(
        "history.pushState(null, '', '/a.html'), history.replaceState(null, '', '/b.html')"
    )
    far.tells(["hideLauncher"], viewed("b"))


def test_a_page_given_up_for_the_one_before_is_no_view(site, far):
    page = plain_site(site, {"a": None})
    far.tells(*loaded("home"))
    page.evaluate(
        "history.pushState(null, '', '/a.html'), history.pushState(null, '', '/home.html')"
    )
    page.evaluate("history.pushState(null, '', '/a.html')")
    far.tells(viewed("a"))


def test_a_site_can_announce_a_navigation(site, far):
    page = plain_site(site, {"a": HIDDEN})
    far.tells(*loaded("home"))
    say(page, "navigate")
    page.evaluate("history.pushState(null, '', '#/chapter'), document.title = 'Chapter'")
    say(page, "navigate")
    far.tells(viewed("home", "Chapter", "#/chapter"))
    say(page, "navigate")
    go(page, "a")
    far.tells(["hideLauncher"], viewed("a"))
    say(page, "navigate")
    go(page, "home")
    far.tells(["showLauncher"], viewed("home"))


def test_a_page_from_the_back_forward_cache_is_no_view(site, far):
    page = plain_site(site, {"a": None})
    far.tells(*loaded("home"))
    go(page, "a")
    far.tells(viewed("a"))
    page.evaluate("window.stays = true")
    page.goto(f"{far.base}/router.js")
    page.go_back()
    restored = page.evaluate("window.stays")
    far.tells(*([] if restored else loaded("a")))
    go(page, "home")
    far.tells(viewed("home"))


def test_each_page_is_fetched_once(site, far):
    page = plain_site(site, {"a": None})
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(far.base)))
    far.tells(*loaded("home"))
    asked.clear()
    for name in ("a", "home", "a", "home"):
        go(page, name)
        far.tells(viewed(name))
    # The router asks each time; the browser's cache answers us.
    assert asked.count("/a.html") == 3
    assert asked.count("/home.html") == 2


# ---- Before the widget is ready ----


@pytest.mark.parametrize("views_at_start", [True, False])
def test_a_navigation_before_ready_sends_no_view(views_at_start, page, site, far):
    """The widget's own first view may come at either moment: ours would be one too many."""
    far.choose(ready="held", view="at start" if views_at_start else "at ready")
    plain_site(site, {"a": HIDDEN, "b": None})
    early = [["first view", "/home.html", "Page home"]] if views_at_start else []
    far.tells(["script", "/home.html"], *early)
    go(page, "a")
    page.wait_for_function("window.chaportConfig.launcher?.show === false")
    far.become_ready()
    late = [] if views_at_start else [["first view", "/a.html", "Page a"]]
    far.tells(*late, ["hideLauncher"])
    go(page, "b")
    far.tells(["showLauncher"], viewed("b"))


def test_a_navigation_before_the_widgets_script_runs_only_sets_its_configuration(page, site, far):
    held = []
    far.answer = held.append
    with page.expect_request(WIDGET):
        plain_site(site, {"a": HIDDEN, "b": None}, until="commit")
    go(page, "a")
    page.wait_for_function("window.chaportConfig.launcher?.show === false")
    for route in held:
        serve_widget(route)
    far.tells(*loaded("a"))
    assert far.config()["launcher"] == {"show": False}


def test_a_page_off_before_ready_unloads_chat(page, site, far):
    far.choose(ready="held")
    plain_site(site, {"off": False})
    far.tells(["script", "/home.html"])
    go(page, "off")
    page.wait_for_function(IS_OFF)
    go(page, "home")
    far.tells(["script", "/home.html"])


# ---- The site's own script ----


@pytest.mark.parametrize(
    "script",
    [
        "<script>window.chaportConfig = {launcher: {show: false}}</script>",
        "<script>window.chaportConfig = {launcher: {show: false}, closeButton: true}</script>",
        "<script>addEventListener('DOMContentLoaded', () => {}, true);"
        "document.addEventListener('readystatechange', () => {"
        " if (document.readyState == 'interactive') chaportConfig = {launcher: {show: false}} })"
        "</script>",
        "<script>document.addEventListener('readystatechange', () => {"
        " if (document.readyState == 'interactive')"
        " chaportConfig = {...chaportConfig, launcher: {show: false}} })</script>",
        "<script type=module>chaportConfig.launcher = {show: false}</script>",
        "<script>chaportConfig = {launcher: {}}</script>"
        "<script type=module>chaportConfig.launcher = {show: false}</script>",
    ],
)
def test_the_sites_own_script_is_never_overridden(script, site, far):
    shown = {"launcher": {"show": True}}
    moved = {"appearance": {"position": ["left"]}}
    page = plain_site(site, {"a": HIDDEN, "b": shown, "c": moved}, head=script)
    far.tells(*loaded("home"))
    for name in ("a", "b", "a", "home"):
        go(page, name)
        far.tells(viewed(name))
    go(page, "c")
    far.tells(["updatePosition", ["left"]], viewed("c"))
    assert page.evaluate("window.chaportConfig.launcher") == {"show": False}
    # From a page whose record says the same as the script.
    page.goto(f"{far.base}/a.html")
    far.tells(*loaded("a"))
    go(page, "b")
    far.tells(viewed("b"))


def test_what_the_loader_filled_into_the_scripts_object_is_the_pages(site, far):
    script = "<script>chaportConfig = {appearance: {teamName: 'Us'}, openIn: '_blank'}</script>"
    left, right = ({"appearance": {"position": [side]}} for side in ("left", "right"))
    red = {"appearance": {"windowColor": "red"}}
    page = plain_site(
        site, {"a": left, "b": right, "red": red, "own": {"openIn": "_top"}}, head=script
    )
    far.tells(*loaded("home"))
    go(page, "own")
    far.tells(viewed("own"))
    go(page, "a")
    far.tells(["updatePosition", ["left"]], viewed("a"))
    go(page, "b")
    far.tells(["updatePosition", ["right"]], viewed("b"))
    page.goto(f"{far.base}/red.html")
    far.tells(*loaded("red"))
    go(page, "home")
    far.tells(*loaded("home"))
    assert far.config()["appearance"] == {"teamName": "Us"}


# ---- Consent ----

GATE = {"consent": "manual"}


def test_consent_after_navigations_loads_the_page_reached(site, far):
    page = plain_site(site, {"a": {"openIn": "_blank"}, "off": False, "b": HIDDEN}, options=GATE)
    page.evaluate("window.stays = true")
    for name in ("a", "off", "b"):
        reach(page, name)
    page.wait_for_function("window.chaportConfig.launcher")
    say(page, "consent")
    far.tells(*loaded("b"))
    config = far.config()
    assert ("openIn" in config, config["launcher"]) == (False, {"show": False})
    assert page.evaluate("window.stays")


def test_consent_where_chat_is_off_counts_on_the_next_page(site, far):
    page = plain_site(site, {"off": False, "b": HIDDEN}, options=GATE)
    go(page, "off")
    page.wait_for_function(
        "document.title === 'Page off' && !document.querySelector('meta[name=chaport]')"
    )
    say(page, "consent")
    go(page, "b")
    far.tells(*loaded("b"))


def test_consent_in_a_document_that_began_without_chat(page, site, far):
    plain_site(site, {"off": False, "b": HIDDEN}, options=GATE)
    page.goto(f"{far.base}/off.html")
    say(page, "consent")
    go(page, "b")
    far.tells(*loaded("b"))


# ---- Deploys, blockers ----


def test_a_blocked_widget_costs_no_document_load(page, site, far, console):
    far.answer = abort
    plain_site(site, {"off": False, "in": IN_ELEMENT, "a": HIDDEN})
    page.evaluate("window.stays = true")
    for name in ("a", "off", "in", "home", "a"):
        reach(page, name)
    assert page.evaluate("window.stays")
    assert far.heard == []
    assert console == ["error: Failed to load resource: net::ERR_FAILED"]
    console.clear()


@every_router
def test_a_deploy_while_somebody_browses(router, site, far, tmp_path):
    page = site(router, {"a": None, "b": None})
    far.tells(*loaded("home"))
    # The same release, another runtime file: what Turbo evaluates does nothing.
    (runtime,) = tmp_path.glob("chaport-runtime.*.js")
    (tmp_path / "chaport-runtime.00000000.js").write_bytes(runtime.read_bytes() + b"\n")
    deploy(tmp_path / "a.html", runtime.name, "chaport-runtime.00000000.js")
    go(page, "a")
    far.tells(viewed("a"))
    # A release whose records are of another format.
    deploy(tmp_path / "b.html", 'data-v="1"', 'data-v="2"')
    go(page, "b")
    far.tells(*loaded("b"))


def deploy(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@every_router
def test_relative_addresses_at_other_depths(router, site, far):
    page = site(router, {"deep/a": HIDDEN, "deep/b": None})
    far.tells(*loaded("home"))
    go(page, "deep/a")
    far.tells(["hideLauncher"], viewed("deep/a"))
    go(page, "deep/b")
    far.tells(["showLauncher"], viewed("deep/b"))
    go(page, "home")
    far.tells(viewed("home"))


def test_turbo_arriving_late_still_wins(page, site, far, tmp_path):
    site("turbo", {"a": HIDDEN, "b": None})
    far.heard.clear()
    for name in ("home", "a", "b"):
        deploy(tmp_path / f"{name}.html", '<script src="/router.js"></script>', "")
    page.goto(f"{far.base}/home.html")
    far.tells(*loaded("home"))
    page.add_script_tag(url="/router.js")
    go(page, "a")
    far.tells(["hideLauncher"], viewed("a"))
    go(page, "b")
    far.tells(["showLauncher"], viewed("b"))


# ---- What must not break a router, or be broken by it ----


def test_a_style_that_browsers_do_not_read_stops_no_router(site, far):
    page = plain_site(site, {"a": None})
    far.tells(*loaded("home"))
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('style'), {type: 'text/less'}))"
    )
    go(page, "a")
    far.tells(viewed("a"))


def test_an_error_page_of_turbo_brings_no_second_widget(site, far, tmp_path, console):
    page = site("turbo", {"a": None, "404": None})
    deploy(tmp_path / "home.html", "</nav>", '<a href="/nowhere.html">nowhere</a></nav>')
    page.reload()
    far.tells(*loaded("home"), *loaded("home"))
    go(page, "nowhere")
    far.tells(*loaded("nowhere", "Page 404"))
    go(page, "a")
    far.tells(viewed("a"))
    go(page, "home")
    far.tells(viewed("home"))
    page.go_back()
    far.tells(viewed("a"))
    assert [one["bottom"] for one in far.containers()] == ["7px"]
    console.clear()


@pytest.mark.parametrize("router", ["turbo", "htmx-2", "htmx-4"])
def test_a_link_to_the_page_itself_leaves_its_own_elements(router, site, far, tmp_path):
    page = site(router, {"a": None, "b": None})
    deploy(tmp_path / "a.html", "</body>", '<div id="chaport-own">Talk to us</div></body>')
    far.tells(*loaded("home"))
    go(page, "a")
    far.tells(viewed("a"))
    with page.expect_response("**/a.html"):
        go(page, "a")
    go(page, "b")
    far.tells(viewed("b"))
    page.wait_for_function("!document.querySelector('#chaport-own')")


def test_pages_that_were_fetched_are_not_kept_whole(site, far):
    names = [f"page{number}" for number in range(8)]
    page = plain_site(site, dict.fromkeys(names))
    far.tells(*loaded("home"))
    for name in names:
        go(page, name)
        far.tells(viewed(name))
    protocol = page.context.new_cdp_session(page)
    protocol.send("HeapProfiler.collectGarbage")
    # This one, the chat's frame, and what the browser itself may hold.
    assert protocol.send("Memory.getDOMCounters")["documents"] <= 4


def test_a_click_before_the_page_is_parsed_is_a_document_load(page, site, far, tmp_path):
    """What the site's own script says is not known yet, and the loader holds another record."""
    site("turbo", {"left": {"appearance": {"position": ["left"]}}, "a": HIDDEN})
    far.tells(*loaded("home"))
    deploy(tmp_path / "left.html", "</body>", '<script defer src="/slow.js"></script></body>')
    page.route("**/slow.js", lambda route: None)
    page.goto(f"{far.base}/left.html", wait_until="commit")
    page.wait_for_selector("nav >> text='a'")
    page.wait_for_function("window.Turbo && window.chaportRuntime")
    go(page, "a")
    far.tells(*loaded("a"))
    config = far.config()
    assert (config["launcher"], "appearance" in config) == ({"show": False}, False)
