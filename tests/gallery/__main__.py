"""`python -m tests.gallery`: tries the themes of this environment, and writes the table anew."""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.gallery.documented import part_of, row_of, write
from tests.gallery.outcome import Outcome, try_theme
from tests.gallery.theme import Theme, installed_host, themes_of


def _try(theme: Theme) -> Outcome:
    with TemporaryDirectory() as folder:
        outcome = try_theme(theme, Path(folder))
    for complaint in outcome.complaints:
        print(f"{theme.name}: {complaint}", file=sys.stderr)
    return outcome


def _main() -> int:
    host = installed_host()
    if host is None:
        print("No host of the gallery is installed; run: nox -s gallery -- write", file=sys.stderr)
        return 2
    # Processes, not threads: click's runner takes the console for itself.
    with ProcessPoolExecutor(2) as pool:
        outcomes = list(pool.map(_try, themes_of(host)))
    write(host, part_of(host, map(row_of, outcomes)))
    return int(any(outcome.complaints for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(_main())
