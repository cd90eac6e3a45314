"""Reads `chaport.yml`, which holds what the plugin's entry holds in `mkdocs.yml`."""

from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag


class SiteFileError(Exception):
    """A file that cannot be read, with what its author should do."""


class _Loader(yaml.SafeLoader):
    """YAML as MkDocs reads it: with `!ENV`."""


_Loader.add_constructor("!ENV", construct_env_tag)


def read_site_file(path: Path) -> Any:
    """What the file says, unchecked; raises `SiteFileError`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise SiteFileError(
            "is not there; write it with at least the line appId: ... (from Settings → Installation"
            " code in Chaport), or name another file with --config"
        ) from error
    except OSError as error:
        raise SiteFileError(f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SiteFileError("is not written in UTF-8; save it as UTF-8") from error
    try:
        return yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        raise SiteFileError(f"is not YAML: {error.problem}{place}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SiteFileError(f"is not YAML: {str(error).splitlines()[0]}") from error
