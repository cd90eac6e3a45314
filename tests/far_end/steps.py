"""What tests do in a page again and again: wait for something, say something, load a page."""


def wait_until(page, is_so):
    """Wait until it is so, for ten seconds at most; the page goes on meanwhile."""
    for _ in range(500):
        if is_so():
            return
        page.wait_for_timeout(20)
    raise AssertionError("waited in vain")


def settle(page, base):
    """Wait until a request that was made now is answered: an earlier one would have been noted.

    `base`: the address of the site, which answers, be it with 404.
    """
    page.wait_for_load_state()
    page.evaluate("address => fetch(address).then(answer => answer.text())", f"{base}/")


def say(page, name):
    """Have the site's own script say something to chat: `consent`, `login` and so on."""
    page.evaluate("name => { document.dispatchEvent(new Event(name)) }", f"chaport:{name}")


def load_instant(page, address):
    """Load a page of Material; before it has the sitemap it leaves every link to the browser."""
    with page.expect_request_finished(lambda sent: sent.url.endswith("/sitemap.xml")):
        page.goto(address)
    page.evaluate("new Promise(done => setTimeout(done))")
