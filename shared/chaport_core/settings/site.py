"""A site's settings: checked once, then resolved for each page."""

import json
import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple
from urllib.parse import urljoin

from chaport_core.problem import Path, Problem, describe
from chaport_core.schema.known import keys_at
from chaport_core.settings.identity import Identity, find_secret_in_path, hold_session
from chaport_core.settings.layers import Layer, Origin, as_layer, merge
from chaport_core.settings.rows import Rows, pattern_problem
from chaport_core.validation.contradictions import find_early_starts
from chaport_core.validation.validate import check

NO_APP_ID = "cannot be taken away; use enabled: false"
HOSTED_CHAT = "https://app.chaport.com/widget/show.html?appid="
"""Chaport's hosted chat page: seen in public use, not in the vendor's documentation."""
SITE, FRONT_MATTER = "site", "front matter"
"""The names of layers that are no row."""
_CHOICES = ("widget", "navigation", "consent", "fallback", "events", "identity")
_OURS = ("pages", *_CHOICES, "unchecked")


class SiteSettings(NamedTuple):
    """What the author said for the whole site, free of problems."""

    options: Layer
    """The outermost layer: the vendor's options and `enabled`."""
    rows: Rows
    row_layers: tuple[tuple[str, Layer], ...]
    """What each row says, under the row's name."""
    widget: Literal["auto", "live", "preview"] = "auto"
    navigation: Literal["auto", "always", "never"] = "auto"
    consent: Literal["none", "material", "manual", "click"] = "none"
    fallback: str | Literal[False] | None = None
    """Where chat links lead without chat; None: the hosted chat page."""
    events: Literal["none", "dom"] = "none"
    identity: Identity | None = None

    def shows_preview(self, *, serving: bool) -> bool:
        """Whether pages get the preview widget; `serving`: a host's development server runs."""
        return self.widget == "preview" or (self.widget == "auto" and serving)

    def swaps_pages(self, *, swapping: bool) -> bool:
        """Whether pages get the runtime; `swapping`: the host knows that its theme swaps pages."""
        return self.navigation == "always" or (self.navigation == "auto" and swapping)

    def fallback_of(self, config: "PageConfig", root: str) -> str | None:
        """Where a page's chat links lead when chat cannot open; None for nowhere.

        `root`: the site's root as an address; a path that does not start with / starts there.
        """
        if self.fallback is None:
            return f"{HOSTED_CHAT}{config.chaport_config['appId']}"
        if self.fallback is False:
            return None
        starts_somewhere = re.match("[/?#]|[a-z]+:", self.fallback)
        return self.fallback if starts_somewhere else root + self.fallback

    def resolve(self, rows: tuple[int, ...], own: Layer | None) -> "PageConfig":
        """The configuration of a page that these rows match and whose front matter says `own`."""
        layers = [(SITE, self.options), *(self.row_layers[index] for index in rows)]
        config, origins = merge([*layers, (FRONT_MATTER, own)] if own else layers)
        names_language = any(path[0] == "language" for path in origins)
        enabled = config.pop("enabled", True)
        config["appId"] = config["appId"].strip('"')
        if not names_language:
            config["language"] = {"source": "html"}
        if self.identity is not None:
            config = hold_session(config)
        return PageConfig(config, enabled, names_language, origins)


class PageConfig(NamedTuple):
    """The effective configuration of one page."""

    chaport_config: dict[str, Any]
    """What `window.chaportConfig` will be."""
    enabled: bool
    names_language: bool
    """Whether any layer said anything about `language`."""
    origins: Mapping[Path, Origin]
    """The layer that had the last word on each option, `enabled` included."""


def read_settings(value: object) -> tuple[SiteSettings | None, list[Problem]]:
    """Read a site's options as the host gave them.

    Returns the settings, or None when a problem is an error or a secret, and all problems.
    """
    plain, problems = check({} if value is None else value, "SiteOptions")
    if isinstance(plain, Mapping):
        problems += _problems_of_site(plain, problems)
        identity = plain.get("identity")
        if identity is not None:
            problems += find_early_starts(plain)
        if isinstance(identity, str | Mapping):
            problems += (one.under("identity") for one in find_secret_in_path(identity))
    if any(problem.is_fatal for problem in problems):
        return None, problems
    pages = plain.get("pages") or {}
    options = {key: item for key, item in plain.items() if key not in _OURS}
    settings = SiteSettings(
        # Layers keep their nulls: one that says `language: null` has named the language.
        options={**(plain.get("unchecked") or {}), **options},
        rows=Rows(pages),
        row_layers=tuple((_row(pattern), as_layer(row)) for pattern, row in pages.items()),
        **{key: plain[key] for key in _CHOICES if plain.get(key) is not None},
    )
    return settings, problems


def _row(pattern: str) -> str:
    return f"row {json.dumps(pattern, ensure_ascii=False)}"


def _problems_of_site(plain: Mapping[str, Any], found: list[Problem]) -> list[Problem]:
    problems = []
    # A misspelt appId, or one that JSON cannot hold, is one mistake.
    told = any(one.path == ("appId",) or one.message.endswith("mean appId?") for one in found)
    if plain.get("appId") is None and not told:
        problems.append(
            Problem(
                ("appId",),
                "is missing; copy it from Settings → Installation code in Chaport"
                " (to build without chat, leave the plugin out)",
            )
        )
    pages = plain.get("pages")
    pages = pages if isinstance(pages, Mapping) else {}
    for pattern, row in pages.items():
        problem = pattern_problem(pattern)
        if problem:
            problems.append(problem.under("pages"))
        elif isinstance(row, Mapping) and row.get("appId", ...) is None:
            problems.append(Problem(("pages", pattern, "appId"), NO_APP_ID))
    fallback = plain.get("fallback")
    if isinstance(fallback, str) and re.fullmatch(r"[^:]*\.(md|rst)([?#].*)?", fallback, re.I):
        problems.append(
            Problem(
                ("fallback",),
                f"{describe(fallback)} is a source; write the address of the page it becomes,"
                " such as contact/",
            )
        )
    if isinstance(fallback, str):
        try:
            urljoin("https://example.org/", fallback)
        except ValueError as error:
            reason = f"{describe(fallback)} is no address ({error})"
            problems.append(Problem(("fallback",), reason))
    unchecked = plain.get("unchecked")
    for key in unchecked if isinstance(unchecked, Mapping) else ():
        if key in keys_at("SiteOptions", ()):
            problems.append(
                Problem(("unchecked", key), f"is documented and checked; move it out: {key}: ...")
            )
    return problems
