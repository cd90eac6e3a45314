"""Steps of many browser tests: wait, dispatch an event of the site's own script, load a page."""


def wait_until(page, is_so):
    """Wait until `is_so()` is true, for ten seconds at most, while the page goes on.

    Raises AssertionError if it is not true then.
    """
    for _ in range(500):
        if is_so():
            return
        page.wait_for_timeout(20)
    raise AssertionError("waited in vain")


def settle(page, base):
    """Wait until a request that is made now is answered: then earlier ones are recorded.

    `base`: the address of the site; any answer will do, 404 too.
    """
    page.wait_for_load_state()
    page.evaluate("address => fetch(address).then(answer => answer.text())", f"{base}/")


def say(page, name):
    """Dispatch `chaport:{name}` on the document, as the site's own script does."""
    page.evaluate("name => { document.dispatchEvent(new Event(name)) }", f"chaport:{name}")


def load_instant(page, address):
    """Load a page of Material; before it has the sitemap it leaves every link to the browser."""
    with page.expect_request_finished(lambda sent: sent.url.endswith("/sitemap.xml")):
        page.goto(address)
    page.evaluate("new Promise(done => setTimeout(done))")
