"""The `chaport` command as `python -m chaport_cli`."""

from chaport_cli.main import main

main(prog_name="chaport")
