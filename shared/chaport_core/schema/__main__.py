"""Prints the schemas: `python -m chaport_core.schema mkdocs|page|types`."""

import sys
from importlib.resources import files

_PRINTED = {
    "mkdocs": "schema/mkdocs.json",
    "page": "schema/page.json",
    "types": "browser/chaport.d.ts",
}


def _print_file(arguments: list[str]) -> None:
    if len(arguments) != 1 or arguments[0] not in _PRINTED:
        sys.exit(f"usage: python -m chaport_core.schema {'|'.join(_PRINTED)}")
    # As it is: the terminal's own encoding may lack a character.
    sys.stdout.buffer.write(files("chaport_core").joinpath(_PRINTED[arguments[0]]).read_bytes())


if __name__ == "__main__":
    _print_file(sys.argv[1:])
