"""Child processes: what they cost, in an environment where all modules are compiled once."""

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sample import ROOT

Command = Sequence[str]

# As pip leaves an installation: compiled. Apart, so that no build's environment is changed.
_COMPILED = {"PYTHONPYCACHEPREFIX": str(ROOT / "build" / "bench-compiled"), "PYTHONHASHSEED": "0"}


class Cpu(NamedTuple):
    """Seconds of CPU that a process took."""

    user: float
    system: float

    @property
    def total(self) -> float:
        """User and system."""
        return self.user + self.system


def compile_modules(command: Command) -> None:
    """Run a command once, so that the modules that it imports are compiled for later runs."""
    environment = _environment()
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    cpu_of(command, environment)


def cpu_of(command: Command, environment: Mapping[str, str] | None = None) -> Cpu:
    """The CPU time of a finished command, as the operating system accounts for it.

    Raises RuntimeError with the command's last line when it fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder, "said")
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        into = [(os.POSIX_SPAWN_OPEN, fd, str(said), flags, 0o600) for fd in (1, 2)]
        pid = os.posix_spawn(command[0], command, environment or _environment(), file_actions=into)
        _, status, usage = os.wait4(pid, 0)
        _stop_at(status, command, said.read_text(encoding="utf-8", errors="replace"))
    return Cpu(usage.ru_utime, usage.ru_stime)


def printed_number(command: Command) -> float:
    """The number that a command prints in the end.

    Raises RuntimeError with the command's last line when it fails.
    """
    done = subprocess.run(command, env=_environment(), capture_output=True, encoding="utf-8")
    _stop_at(done.returncode, command, done.stderr)
    return float(done.stdout.split()[-1])


def _stop_at(status: int, command: Command, said: str) -> None:
    if status:
        last = said.strip().rpartition("\n")[2]
        raise RuntimeError(f"{last} ({' '.join(command)})")


def _environment() -> dict[str, str]:
    """For measured runs: nothing is compiled or written in them, and hashes are the same."""
    return {**os.environ, **_COMPILED, "PYTHONDONTWRITEBYTECODE": "1"}
