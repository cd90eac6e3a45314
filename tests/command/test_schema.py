"""`chaport schema` and `chaport reference`: what is printed is what is published, byte for byte."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import chaport_core
from chaport_cli.main import main
from chaport_core.schema.reference import callable_methods, own_options, vendor_options

PACKAGE = Path(chaport_core.__file__).parent


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("mkdocs", "schema/mkdocs.json"),
        ("page", "schema/page.json"),
        ("types", "browser/chaport.d.ts"),
    ],
)
def test_a_schema_is_printed_as_it_was_committed(name: str, file: str) -> None:
    command = [sys.executable, "-m", "chaport_cli", "schema", name]
    # A terminal that knows no arrow, which a sentence has.
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    printed = subprocess.run(command, check=True, capture_output=True, env=environment).stdout
    assert printed == (PACKAGE / file).read_bytes()


def test_an_unknown_name_is_answered_with_the_names() -> None:
    done = CliRunner().invoke(main, ["schema", "hugo"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "'hugo' is not one of 'mkdocs', 'page', 'types'" in done.stderr


def test_the_reference_is_all_its_parts() -> None:
    done = CliRunner().invoke(main, ["reference"])
    assert done.exit_code == 0
    parts = [vendor_options(), own_options(), callable_methods()]
    assert done.stdout == "\n\n".join(parts) + "\n"
