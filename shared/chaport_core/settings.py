"""A site's settings: checked once, then resolved for each page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from chaport_core.check import check
from chaport_core.merge import Layer, as_layer, merged
from chaport_core.problem import Problem, is_fatal
from chaport_core.rows import Rows, pattern_problem
from chaport_core.schema import keys_at

_OURS = ("pages", "widget", "consent", "unchecked")


@dataclass(frozen=True)
class SiteSettings:
    """What the author said for the whole site, free of problems."""

    options: Layer
    """The outermost layer: the vendor's options and `enabled`."""
    rows: Rows
    row_layers: tuple[Layer, ...]
    widget: Literal["auto", "live", "preview"] = "auto"
    consent: Literal["none", "material", "manual", "click"] = "none"

    def shows_preview(self, *, serving: bool) -> bool:
        """Whether pages get the preview widget; `serving`: a host's development server runs."""
        return self.widget == "preview" or (self.widget == "auto" and serving)

    def resolve(self, rows: tuple[int, ...], own: Layer | None) -> "PageConfig":
        """The configuration of a page that these rows match and whose front matter says `own`."""
        config = dict(self.options)
        layers = [self.row_layers[index] for index in rows]
        if own is not None:
            layers.append(own)
        names_language = "language" in self.options or any("language" in one for one in layers)
        for layer in layers:
            config = merged(config, layer)
        enabled = config.pop("enabled", True)
        if not names_language:
            config["language"] = {"source": "html"}
        return PageConfig(config, enabled, names_language)


@dataclass(frozen=True)
class PageConfig:
    """The effective configuration of one page."""

    chaport_config: dict[str, Any]
    """What `window.chaportConfig` will be."""
    enabled: bool
    names_language: bool
    """Whether any layer said anything about `language`."""


def read_settings(value: object) -> tuple[SiteSettings | None, list[Problem]]:
    """Read a site's options as the host gave them.

    Returns the settings, or None when a problem is an error or a secret, and all problems.
    """
    plain, problems = check({} if value is None else value, "SiteOptions")
    if isinstance(plain, Mapping):
        problems += _problems_of_site(plain)
    if any(map(is_fatal, problems)):
        return None, problems
    said = merged({}, plain)
    pages = said.get("pages", {})
    options = {key: item for key, item in said.items() if key not in _OURS}
    settings = SiteSettings(
        options={**said.get("unchecked", {}), **options},
        rows=Rows(pages),
        # A row keeps its nulls: they take away what the layers below it say.
        row_layers=tuple(as_layer(row) for row in (plain.get("pages") or {}).values()),
        **{key: said[key] for key in ("widget", "consent") if key in said},
    )
    return settings, problems


def _problems_of_site(plain: Mapping[str, Any]) -> list[Problem]:
    problems = []
    if plain.get("appId") is None:
        problems.append(
            Problem(
                ("appId",),
                "is missing; copy it from Settings → Installation code in Chaport"
                " (to build without chat, leave the plugin out)",
            )
        )
    pages = plain.get("pages")
    for pattern in pages if isinstance(pages, Mapping) else ():
        problem = pattern_problem(pattern)
        if problem:
            problems.append(problem.under("pages"))
    unchecked = plain.get("unchecked")
    for key in unchecked if isinstance(unchecked, Mapping) else ():
        if key in keys_at("SiteOptions", ()):
            problems.append(
                Problem(("unchecked", key), f"is documented and checked; move it out: {key}: ...")
            )
    return problems
