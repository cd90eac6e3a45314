"""The files about options that editors read: schemas of YAML files, and types for scripts."""

from importlib.resources import files
from typing import Literal

_PLACES = {
    "mkdocs": "schema/mkdocs.json",
    "page": "schema/page.json",
    "types": "browser/chaport.d.ts",
}


def read_schema(name: Literal["mkdocs", "page", "types"]) -> bytes:
    """A file as it was published, in UTF-8.

    `mkdocs`: of a whole `mkdocs.yml`; `page`: of front matter and `.meta.yml` files; `types`: the
    same options, and methods, in TypeScript.
    """
    return files("chaport_core").joinpath(_PLACES[name]).read_bytes()
