"""Knows `identity`: a page whose chat waits until the site's own backend says who is reading."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from chaport_core.problem import Problem
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


def find_secret_in_path(identity: Identity) -> Iterator[Problem]:
    """A secret in the path's query, which any reader of a page could read."""
    path = identity if isinstance(identity, str) else identity.get("path")
    if any(find_secrets(dict(parse_qsl(urlsplit(str(path)).query)))):
        yield Problem(
            () if isinstance(identity, str) else ("path",),
            "has a query that looks like a secret, and a page is public; remove it: the cookies"
            " tell your backend who is reading",
            "secret",
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
