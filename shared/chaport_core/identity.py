"""Knows `identity`: a page whose chat waits until the site's own backend says who is reading."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from chaport_core.problem import Path, Problem

Identity = str | Mapping[str, Any]
"""The backend's path on the site's own origin, or a mapping of `path` and `csrf`."""


def identity_attributes(identity: Identity) -> str:
    """What the script of `identity` reads on its own tag: no script of a page can change it."""
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
