"""Knows `identity`: a page whose chat waits until the site's own backend says who is reading."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from chaport_core.problem import Path, Problem, describe
from chaport_core.validation.secret_values import find_secrets

Identity = str | Mapping[str, Any]
"""The backend's path on the site's own origin, or a mapping of `path` and `csrf`."""


def identity_attributes(identity: Identity) -> str:
    """What the script of `identity` reads on its own tag, which it knows by its place in <head>."""
    said: Mapping[str, Any] = {"path": identity} if isinstance(identity, str) else identity
    csrf = said.get("csrf") or {}
    named = {
        "data-path": said["path"],
        "data-csrf-header": csrf.get("header"),
        "data-csrf-cookie": csrf.get("cookie"),
    }
    return "".join(
        f' {name}="{escape(value)}"' for name, value in named.items() if value is not None
    )


# What a browser sets itself, whatever a script says (Fetch Standard, "forbidden request-header"),
# and what a report says already.
_TAKEN_HEADERS = frozenset(
    [
        "accept-charset",
        "accept-encoding",
        "access-control-request-headers",
        "access-control-request-method",
        "access-control-request-private-network",
        "connection",
        "content-length",
        "content-type",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
    ]
)


def find_mistakes(identity: Identity) -> Iterator[Problem]:
    """What no form of a text tells: a secret in the path, a header that no script may send."""
    said: Mapping[str, Any] = {"path": identity} if isinstance(identity, str) else identity
    query = dict(parse_qsl(urlsplit(str(said.get("path"))).query))
    if any(find_secrets(query)):
        yield Problem(
            () if isinstance(identity, str) else ("path",),
            "has a query that looks like a secret, and a page is public; remove it: the cookies"
            " tell your backend who is reading",
            "secret",
        )
    csrf = said.get("csrf")
    header = csrf.get("header") if isinstance(csrf, Mapping) else None
    if isinstance(header, str) and (
        header.lower() in _TAKEN_HEADERS or header.lower().startswith(("sec-", "proxy-"))
    ):
        yield Problem(
            ("csrf", "header"),
            "expected a header that a script may send, such as X-CSRFToken,"
            f" found {describe(header)}, which is the browser's or the report's own",
        )


def hold_session(config: Mapping[str, Any]) -> dict[str, Any]:
    """A page's configuration, whose session the script of `identity` starts and nobody else."""
    held = {**config, "session": {**config.get("session", {}), "autoStart": False}}
    devices = config.get("devices", {})
    if devices.get("configs"):
        configs = {
            name: {**device, "session": {**device["session"], "autoStart": False}}
            if "session" in device
            else device
            for name, device in devices["configs"].items()
        }
        held["devices"] = {**devices, "configs": configs}
    return held


def find_early_starts(layer: object, path: Path = ()) -> Iterator[Problem]:
    """Where a layer asks for a session that starts by itself, as warnings."""
    if not isinstance(layer, Mapping):
        return
    session = layer.get("session")
    if isinstance(session, Mapping) and session.get("autoStart") is True:
        yield Problem(
            (*path, "session", "autoStart"),
            "has no effect because identity is set: the session starts when the backend has said"
            " who is reading; remove it",
            "warning",
        )
    devices = layer.get("devices")
    configs = devices.get("configs") if isinstance(devices, Mapping) else None
    inner: dict[Path, object] = {("pages",): layer.get("pages"), ("devices", "configs"): configs}
    for place, layers in inner.items():
        if isinstance(layers, Mapping):
            for name, one in layers.items():
                yield from find_early_starts(one, (*path, *place, name))
