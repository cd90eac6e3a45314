"""Knows the demo of logged-in readers as a whole: its real backend, two devices, and forgeries."""

import contextlib
import hashlib
import json
import re
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.test_sites import FRAME, build
from tests.far_end.steps import wait_until

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "sites" / "identity"
SALT = "a-made-up-salt-which-signs-nothing-real"
FORGED = "0" * 40
DEMO = "A demo: without CHAPORT_SALT the salt is one that everybody knows.\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("identity") / "site"
    build(FOLDER / "mkdocs.yml", folder)
    return folder


@pytest.fixture
def base(site, tmp_path):
    """The address of the running backend; it ends without a word of complaint."""
    command = [sys.executable, FOLDER / "backend.py", "--site", site]
    process = subprocess.Popen(
        [*command, "--database", tmp_path / "readers.sqlite"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process.stdout.readline().strip()
    process.terminate()
    assert process.communicate(timeout=10) == ("", DEMO)


@pytest.fixture
def device(browser, base):
    """device() opens the account page in a browser of its own and waits for its chat."""
    with contextlib.ExitStack() as open_contexts:

        def start():
            context = open_contexts.enter_context(browser.new_context())
            device = Device(context.new_page(), base)
            device.load()
            return device

        yield start


class Device:
    """A browser on the account page, and what it complains of."""

    def __init__(self, page, base):
        self.page, self.base = page, base
        self.said = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(error.message))

    def _hear(self, line):
        if line.type in ("error", "warning"):
            self.said.append(f"{line.type}: {line.text}")

    def load(self):
        self.page.goto(self.base)
        self.page.wait_for_function("!!window.chaport?.open")

    def fact(self, name):
        return self.page.locator(f'.chaport-preview-panel dd[data-fact="{name}"]')

    def visitor(self):
        return self.fact("visitor").text_content()

    def log_in(self, email, password):
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()

    def log_in_as_ada(self):
        self.log_in("ada@example.org", "difference")
        expect(self.page.locator("#name")).to_have_text("Ada")
        data = '{"name":"Ada","email":"ada@example.org","custom":{"plan":"pro"}}'
        expect(self.fact("visitor data")).to_have_text(data)

    def log_out(self):
        self.page.get_by_role("button", name="Log out").click()
        expect(self.page.get_by_role("button", name="Log in")).to_be_visible()


def kept(tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / "readers.sqlite")) as database:
        return dict(database.execute("select name, visitor_id from readers"))


def wait_until_kept(device, tmp_path, expected):
    wait_until(device.page, lambda: kept(tmp_path) == expected)


def test_a_reader_is_the_same_visitor_on_two_devices(device, tmp_path):
    home, work = device(), device()
    assert home.visitor() != work.visitor()
    home.log_in_as_ada()
    visitor = home.visitor()
    wait_until_kept(home, tmp_path, {"Ada": visitor, "Ben": None})
    work.log_in_as_ada()
    expect(work.fact("visitor")).to_have_text(visitor)
    # And on every page from then on.
    for one in (home, work):
        one.load()
        assert (one.visitor(), one.said) == (visitor, [])
    # What is said in one is seen in the other as far as a preview can know: it is one visitor's.
    home.log_out()
    expect(home.fact("visitor data")).to_have_text("\N{EN DASH}")
    assert home.visitor() != visitor
    expect(work.fact("visitor")).to_have_text(visitor)
    # Somebody else on the same device.
    home.log_in("ben@example.org", "lightning")
    expect(home.fact("visitor data")).to_contain_text('"name":"Ben"')
    ben = home.visitor()
    assert ben != visitor
    assert [line for one in (home, work) for line in one.said] == []
    home.page.get_by_role("link", name="What happens").click()
    home.page.wait_for_function("!!window.chaport?.open")
    home.page.evaluate("chaport.open()")
    writing = home.page.frame_locator(FRAME).locator("textarea")
    writing.fill("Hello")
    writing.press("Enter")
    # The widget says who it is at first, and when a chat starts: now it is kept.
    wait_until_kept(home, tmp_path, {"Ada": visitor, "Ben": home.visitor()})


def test_what_is_forged_the_preview_refuses(device, base, tmp_path):
    one = device()
    one.log_in_as_ada()
    one.page.evaluate(f"chaport.setVisitorData({{name: 'Eve'}}, '{FORGED}')")
    refused = one.page.locator('.chaport-preview-panel li[data-kind="warning"]')
    expect(refused).to_have_count(1)
    expect(one.fact("visitor data")).to_contain_text('"name":"Ada"')
    # A backend that signs with another salt, or a stranger in between.
    wait_until_kept(one, tmp_path, {"Ada": one.visitor(), "Ben": None})
    one.page.route("**/account/chat", lambda route: forge(route))
    one.page.reload()
    expect(one.fact("session")).to_have_text("waiting for startSession")
    expect(refused).to_have_count(2)
    assert one.said == [
        "warning: [chaport preview] setVisitorData: the hash is not that of this data and this"
        " salt; refused",
        "warning: [chaport preview] startSession: the token is not that of this visitor and this"
        " salt; refused",
    ]


def forge(route):
    answer = route.fetch()
    told = answer.json()
    told["session"]["user"]["token"] = FORGED
    route.fulfill(response=answer, json=told)


def test_a_wrong_password_is_said_and_the_chat_stays(device):
    one = device()
    visitor = one.visitor()
    one.log_in("ada@example.org", "lightning")
    expect(one.page.get_by_role("status")).to_have_text("That did not work. Is the password right?")
    assert one.visitor() == visitor
    assert one.said == [
        "error: Failed to load resource: the server responded with a status of 401 (Unauthorized)"
    ]


# ---- The backend by itself ----------------------------------------------------------------------


class Client:
    """Speaks HTTP to the backend, with the cookies that it gets."""

    def __init__(self, base):
        self.base, self.cookies = base, {}

    def ask(self, method, path, told=None, **headers):
        data = told if isinstance(told, bytes) or told is None else json.dumps(told).encode()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        token = self.cookies.get("csrftoken", "")
        headers = {"Cookie": cookies, "X-CSRFToken": token, **headers}
        request = urllib.request.Request(
            f"{self.base}account/{path}", data, {k: v for k, v in headers.items() if v}
        )
        request.method = method
        try:
            answer = urllib.request.urlopen(request)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            for line in answer.headers.get_all("Set-Cookie") or ():
                name, value = re.match("([^=]*)=([^;]*)", line).groups()
                self.cookies[name] = value
            self.headers = answer.headers
            body = answer.read()
        is_json = answer.headers["Content-Type"] == "application/json"
        return answer.status, json.loads(body) if is_json else body.decode()


@pytest.fixture
def client(base):
    client = Client(base)
    client.ask("GET", "chat")
    return client


def enter(client, email="ada@example.org", password="difference"):
    return client.ask("POST", "login", {"email": email, "password": password})


def sha1(text):
    return hashlib.sha1(text.encode()).hexdigest()


def test_it_signs_as_the_documentation_says(client):
    assert enter(client) == (204, "")
    # By hand, as PHP writes it.
    told = r'{"name":"Ada","email":"ada@example.org","custom":{"plan":"pro"}}'
    known = {"visitor": json.loads(told), "visitorIntegrityHash": sha1(SALT + told)}
    assert client.ask("GET", "chat") == (200, known)
    assert client.ask("POST", "chat", {"visitorId": "v-1"}) == (204, "")
    user = {"id": "v-1", "token": sha1(SALT + "v-1")}
    assert client.ask("GET", "chat") == (200, {**known, "session": {"user": user}})


def test_no_cache_may_keep_an_answer(client):
    for status in (204, 200):
        assert client.ask("GET", "chat")[0] == status
        headers = (client.headers["Cache-Control"], client.headers["Vary"])
        assert headers == ("private, no-store", "Cookie")
        enter(client)
    for method, path, status in (
        ("POST", "login", 400),
        ("PUT", "chat", 405),
        ("GET", "nothing", 404),
    ):
        assert client.ask(method, path, b"{" if status == 400 else None)[0] == status
        headers = (client.headers["Cache-Control"], client.headers["Vary"])
        assert headers == ("private, no-store", "Cookie")


def test_its_cookies_are_as_they_should_be(base):
    client = Client(base)
    client.ask("GET", "me")
    (csrf,) = client.headers.get_all("Set-Cookie")
    assert re.fullmatch(r"csrftoken=[\w-]{43}; Path=/; SameSite=lax", csrf)
    enter(client)
    renewed, login = client.headers.get_all("Set-Cookie")
    assert re.fullmatch(r"csrftoken=[\w-]{43}; Path=/; SameSite=lax", renewed)
    assert renewed != csrf
    assert re.fullmatch(r"login=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", login)


def test_who_logs_in_ends_the_log_in_before_it_in_that_browser(client):
    enter(client)
    former = client.cookies["login"]
    enter(client, "ben@example.org", "lightning")
    assert client.ask("GET", "chat")[1]["visitor"]["name"] == "Ben"
    client.cookies["login"] = former
    assert client.ask("GET", "chat") == (204, "")


def test_nobody_gets_a_token_for_another_readers_visitor(base, client):
    enter(client)
    assert client.ask("POST", "chat", {"visitorId": "v-ada"}) == (204, "")
    ben = Client(base)
    ben.ask("GET", "chat")
    enter(ben, "ben@example.org", "lightning")
    assert ben.ask("POST", "chat", {"visitorId": "v-ada"})[0] == 409
    assert "session" not in ben.ask("GET", "chat")[1]
    assert ben.ask("POST", "chat", {"visitorId": "v-ben"}) == (204, "")
    # The first one stays; to say it again is no mistake.
    assert ben.ask("POST", "chat", {"visitorId": "v-ben"}) == (204, "")
    assert ben.ask("POST", "chat", {"visitorId": "v-ben-2"})[0] == 409
    assert ben.ask("GET", "chat")[1]["session"]["user"]["id"] == "v-ben"


NO_VISITORS = [
    ({"visitorId": "v"}, {"X-CSRFToken": "other"}, 403),
    ({"visitorId": "v"}, {"X-CSRFToken": ""}, 403),
    ({"visitorId": 5}, {}, 400),
    ({"visitorId": ""}, {}, 400),
    ({"visitorId": "x" * 101}, {}, 400),
    ({"visitorId": "a b"}, {}, 400),
    ({}, {}, 400),
    (["v"], {}, 400),
    (b"{", {}, 400),
    (b'{"visitorId": "\\ud800"}', {}, 400),
    (b'{"a": "\\ud800", "visitorId": "v"}', {}, 400),
    (b"[" * 4900, {}, 400),
    (b'{"a": ' + b"[" * 2400 + b"]" * 2400 + b"}", {}, 400),
    (b" " * 5001, {}, 413),
]


def test_it_keeps_no_visitor_that_is_none(client, tmp_path):
    enter(client)
    answers = [client.ask("POST", "chat", told, **more)[0] for told, more, _ in NO_VISITORS]
    assert answers == [status for _, _, status in NO_VISITORS]
    assert kept(tmp_path) == {"Ada": None, "Ben": None}


def test_nobody_who_is_logged_out_is_known(client):
    assert client.ask("POST", "chat", {"visitorId": "v"})[0] == 401
    enter(client)
    login = client.cookies["login"]
    assert client.ask("POST", "logout", {}) == (204, "")
    client.cookies["login"] = login
    assert client.ask("GET", "chat") == (204, "")
    assert enter(client, password="wrong")[0] == 401
    assert enter(client, email="eve@example.org")[0] == 401


def test_no_password_or_login_stands_in_the_file(client, tmp_path):
    enter(client)
    written = (tmp_path / "readers.sqlite").read_bytes()
    secrets = ["difference", client.cookies["login"]]
    assert [one for one in secrets if one.encode() in written] == []


def test_with_a_real_salt_there_are_no_readers_whose_passwords_are_known(
    site, tmp_path, monkeypatch
):
    """Nor does the preview get the salt."""
    monkeypatch.syspath_prepend(FOLDER)
    monkeypatch.setenv("CHAPORT_SALT", "real")
    import backend

    app = backend.make_app(site, tmp_path / "readers.sqlite")
    assert "/account/preview-salt.js" not in [getattr(one, "path", "") for one in app.routes]
    assert kept(tmp_path) == {}


@pytest.mark.parametrize("salt", ["", " "])
def test_an_empty_salt_signs_nothing(tmp_path, monkeypatch, salt):
    monkeypatch.setenv("CHAPORT_SALT", salt)
    command = [sys.executable, FOLDER / "backend.py", "--site", tmp_path]
    command += ["--database", tmp_path / "readers.sqlite"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[-1]) == (
        2,
        "",
        "backend.py: error: CHAPORT_SALT is empty, so that everybody could sign; set it, or unset"
        " it",
    )
