"""Knows how long and how repeatably the core's property tests search, and reads our nodes back."""

import html
import json
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from tests.far_end.addresses import APP_ID

from chaport_core.page.chat import Chat
from chaport_core.settings.site import SiteSettings, read_settings

# The same examples in every run; `--hypothesis-profile=explore` looks for new ones.
settings.register_profile(
    "repeatable",
    deadline=None,
    max_examples=120,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.register_profile(
    "explore", settings.get_profile("repeatable"), derandomize=False, max_examples=1200
)
settings.load_profile("repeatable")

_META = re.compile(r"<meta name=\"chaport\" content='([^']*)'([^>]*)>")


@pytest.fixture(scope="session")
def app_id() -> str:
    return APP_ID


@pytest.fixture(scope="session")
def settings_of(app_id: str) -> Callable[..., SiteSettings]:
    """The settings of a site, which must be free of problems."""

    def read(**options: Any) -> SiteSettings:
        settings, problems = read_settings({"appId": app_id, **options})
        assert problems == []
        assert settings is not None
        return settings

    return read


@pytest.fixture(scope="session")
def chat_of(settings_of: Callable[..., SiteSettings]) -> Callable[..., Chat]:
    return lambda ship=print, root="/", **options: Chat(settings_of(**options), ship, root=root)


@pytest.fixture(scope="session")
def record_in() -> Callable[[str], dict[str, Any] | None]:
    """The configuration in the one record of a page; None where there is no record."""

    def read(page: str) -> dict[str, Any] | None:
        found = _META.findall(page)
        assert len(found) <= 1
        return json.loads(html.unescape(found[0][0])) if found else None

    return read


@pytest.fixture(scope="session")
def at_most() -> Callable[[float], AbstractContextManager[None]]:
    """Fails instead of hanging; in seconds of computing, so that a busy machine changes nothing."""

    @contextmanager
    def limit(seconds: float) -> Iterator[None]:
        def give_up(*_: object) -> None:
            pytest.fail(f"still computing after {seconds} s")

        before = signal.signal(signal.SIGVTALRM, give_up)
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)

    return limit
