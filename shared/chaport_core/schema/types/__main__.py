"""Writes what is generated from the option types to where the package keeps it: `make schemas`."""

import json
from importlib.resources import files
from pathlib import Path

from chaport_core.schema.types.declarations import type_declarations
from chaport_core.schema.types.generate import SCHEMAS


def write_all() -> None:
    """Write the schemas, and then the type declarations, which are made of `options.json`."""
    package = Path(str(files("chaport_core")))
    for name, generate in SCHEMAS.items():
        text = json.dumps(generate(), indent=1, ensure_ascii=False) + "\n"
        (package / "schema" / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
    declarations = package / "browser" / "chaport.d.ts"
    declarations.write_text(type_declarations(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_all()
