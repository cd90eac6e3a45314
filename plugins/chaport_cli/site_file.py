"""Reads `chaport.yml`, which holds what the plugin's entry holds in `mkdocs.yml`."""

from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag

from chaport_cli.site_dir import stop


class _Loader(yaml.SafeLoader):
    """YAML as MkDocs reads it: with `!ENV`; but a key that stands there twice is a mistake."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                if key.value in seen:
                    words = f"the key {key.value!r} is there twice"
                    raise yaml.MarkedYAMLError(problem=words, problem_mark=key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.add_constructor("!ENV", construct_env_tag)


def read_site_file(path: Path) -> Any:
    """What the file says, unchecked; stops the command where it cannot be read."""
    try:
        return yaml.load(path.read_bytes().decode("utf-8-sig"), _Loader)
    except FileNotFoundError:
        reason = (
            "is not there; write it with at least the line appId: ... (from Settings → Installation"
            " code in Chaport), or name another file with --config"
        )
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
    except UnicodeDecodeError:
        reason = "is not written in UTF-8; save it as UTF-8"
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        reason = f"is not YAML: {error.problem}{place}"
    except yaml.YAMLError as error:
        reason = f"is not YAML: {str(error).splitlines()[0]}"
    except RecursionError:
        reason = "is nested too deeply"
    except (ValueError, TypeError, AttributeError, LookupError):
        # What PyYAML 6 raises where a value is not of the kind that its tag names.
        reason = "is not YAML: a value does not fit its tag, or is no date"
    stop(f"error: {path} {reason}", 1)
