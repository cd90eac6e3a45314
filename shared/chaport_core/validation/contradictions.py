"""Options that are valid and have no effect, or another than their author seems to expect."""

from collections.abc import Iterator, Mapping

from chaport_core.problem import Path, Problem, describe


def find_contradictions(config: object, path: Path = ()) -> Iterator[Problem]:
    """Where options of one layer contradict each other, as warnings."""
    if not isinstance(config, Mapping):
        return
    for name in ("countries", "devices"):
        group = config.get(name)
        if isinstance(group, Mapping) and group.get("include") and group.get("exclude"):
            yield Problem(
                (*path, name, "include"),
                "is ignored by the widget because exclude is set beside it; keep one of the two",
                "warning",
            )
    language = config.get("language")
    if isinstance(language, Mapping) and language.get("use") and language.get("source"):
        yield Problem(
            (*path, "language", "source"),
            "has no effect because language.use overrides it; keep one of the two",
            "warning",
        )
    open_in = config.get("openIn")
    if isinstance(open_in, str) and open_in.startswith(("#", ".")):
        yield Problem(
            (*path, "openIn"),
            f"{describe(open_in)} names a window; to open the chat in an element of the page write"
            f" openIn: {{selector: '{open_in}'}}",
            "warning",
        )
    devices = config.get("devices")
    if isinstance(devices, Mapping) and isinstance(devices.get("configs"), Mapping):
        for device, options in devices["configs"].items():
            yield from find_contradictions(options, (*path, "devices", "configs", device))
    if isinstance(config.get("pages"), Mapping):
        for pattern, options in config["pages"].items():
            yield from find_contradictions(options, (*path, "pages", pattern))


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
