"""Knows how long a command may compute."""

from tests.core.conftest import at_most

__all__ = ["at_most"]
