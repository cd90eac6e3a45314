"""The `chaport` command as `python -m chaport_core.cli`."""

from chaport_core.cli import main

main(prog_name="chaport")
