"""The vectors for backends in any language: fresh from real PHP, and what our own signing makes."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from chaport_core.integrity import encode_as_php, sign_visitor, visitor_token

DOCS = Path(__file__).parents[2] / "sites" / "docs"
TEXT = (DOCS / "docs" / "how-to" / "signing-vectors.json").read_text(encoding="utf-8")
VECTORS = json.loads(TEXT)


@pytest.mark.skipif(not shutil.which("php"), reason="PHP is not installed (php-cli)")
def test_they_are_what_php_prints() -> None:
    done = subprocess.run(
        ["php", DOCS / "signing-vectors.php"], check=True, capture_output=True, encoding="utf-8"
    )
    assert done.stdout == TEXT


def test_python_signs_as_they_do() -> None:
    salt = VECTORS["salt"]
    assert len(VECTORS["tokens"]) == 3
    for one in VECTORS["tokens"]:
        assert visitor_token(one["id"], salt) == one["token"]
    assert len(VECTORS["hashes"]) == 9
    for one in VECTORS["hashes"]:
        assert encode_as_php(one["visitor"]) == one["json"]
        assert sign_visitor(one["visitor"], salt) == one["visitorIntegrityHash"]
