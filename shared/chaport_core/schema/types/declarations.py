"""Generates `browser/chaport.d.ts`: types of options and parameters in a frame written by hand.

json-schema-to-typescript, from npm, translates `options.json`. The frame, `frame.d.ts`, has what
only a script can use of the API: what methods return, callbacks, the command queue, events.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import indent
from typing import Any

from chaport_core.schema.known import Schema, schema_text

HERE = Path(__file__).parent
TRANSLATOR = HERE.parents[3] / "build" / "npm" / "node_modules" / ".bin" / "json2ts"
FLAGS = ["--bannerComment", "", "--no-additionalProperties", "--no-unknownAny"]
FLAGS += ["--style.printWidth", "98"]
PLACE = "  // options.json\n"
"""The line of the frame that the translated types replace."""


def type_declarations() -> str:
    """The text of `chaport.d.ts`. Raises CalledProcessError if json2ts fails."""
    types = indent("\n".join(_translated(_schemas())), "  ")
    return (HERE / "frame.d.ts").read_text(encoding="utf-8").replace(PLACE, types)


def _translated(schemas: dict[str, Schema]) -> Iterator[str]:
    """Each schema as the declaration of a type with its name."""
    with TemporaryDirectory() as folder:
        for name, schema in schemas.items():
            (Path(folder) / f"{name}.json").write_text(json.dumps(schema), encoding="utf-8")
        subprocess.run([TRANSLATOR, "-i", folder, "-o", folder, *FLAGS], check=True)
        for name in schemas:
            text = (Path(folder) / f"{name}.d.ts").read_text(encoding="utf-8")
            yield text.replace("export ", "", 1)


def _schemas() -> dict[str, Schema]:
    """The vendor's part of `options.json`, by the names that it has in TypeScript."""
    definitions: dict[str, Schema] = json.loads(schema_text("options"))["definitions"]
    names = ["ChaportConfig", "Methods"]
    for name in names:
        inside = re.findall(r'"#/definitions/(\w+)"', json.dumps(definitions[name]))
        names += [one for one in dict.fromkeys(inside) if one not in names]
    schemas = {_name_of(name): _for_scripts(definitions[name]) for name in sorted(names)}
    schemas["Config"]["required"] = ["appId"]
    schemas["Arguments"] = _arguments(schemas.pop("Methods"), definitions)
    return schemas


def _arguments(methods: Schema, definitions: dict[str, Schema]) -> Schema:
    """The list of arguments that each method takes; their types are those of its parameters."""
    for method in methods["properties"].values():
        holder = method["tsType"]
        required = definitions[holder].get("required", ())
        arguments = [
            f"{name}{'' if name in required else '?'}: {holder}[{json.dumps(name)}]"
            for name in definitions[holder]["properties"]
        ]
        method["tsType"] = f"[{', '.join(arguments)}]"
    description = "The arguments of each method, but for callbacks."
    return {**methods, "description": description, "required": list(methods["properties"])}


def _for_scripts(node: Any) -> Any:
    """The schema without null, which only files need, and with names in place of references.

    json2ts makes a copy of what a reference stands for if there is a description beside it.
    """
    if isinstance(node, list):
        return [_for_scripts(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: _for_scripts(item) for key, item in node.items()}
    if "$ref" in node:
        node = {"tsType": _name_of(node.pop("$ref")), **node}
    if "anyOf" in node:
        branches = [branch for branch in node.pop("anyOf") if branch != {"type": "null"}]
        node = {**node, "anyOf": branches} if branches[1:] else {**branches[0], **node}
    return node


def _name_of(reference: str) -> str:
    # All are members of the namespace Chaport.
    return reference.rpartition("/")[2].removeprefix("Chaport")
