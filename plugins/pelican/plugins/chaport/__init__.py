"""The Pelican plugin `chaport`: inert until the setting CHAPORT is there.

Pelican imports every installed namespace plugin in every run (4.12, plugins/_utils.py), so the core
and its dependencies are imported only when they are needed.
"""

from typing import Any

from pelican import signals  # type: ignore[attr-defined]


def register() -> None:
    """Pelican's entry point; an exception here would only be logged, so nothing happens yet."""
    signals.initialized.connect(_start)


def _start(pelican: Any) -> None:
    if pelican.settings.get("CHAPORT") is None:
        return
    from pelican.plugins.chaport.building import connect

    connect()
