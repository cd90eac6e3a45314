"""Knows that the loader merges a script's options over the record's as the core merges layers."""

import json
import subprocess
from pathlib import Path

import pytest

from chaport_core.page.scripts import loader_script

ROOT = Path(__file__).parents[2]
VECTORS = json.loads((ROOT / "tests" / "vectors" / "merge.json").read_text(encoding="utf-8"))
# The loader in a document that has a record and, where the vector has more layers, a script's
# configuration, laid upon the record one after the other.
RUN = """
const { runInNewContext } = require('vm');
const { loader, layers } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
let record = layers.shift() ?? {};
for (const layer of layers.length ? layers : [{}]) {
  const document = {
    querySelector: () => ({ content: JSON.stringify(record), dataset: {} }),
    addEventListener() {},
    readyState: 'loading',
  };
  const self = runInNewContext(
    `globalThis.self = globalThis; self.chaportConfig = ${JSON.stringify(layer)}; ${loader}; self`,
    { document, location: 'https://example.org/' },
  );
  record = JSON.parse(JSON.stringify(self.chaportConfig));
}
console.log(JSON.stringify(record));
"""


def has_null(value):
    if isinstance(value, dict):
        return any(item is None or has_null(item) for item in value.values())
    return False


# A record has no null left to take a key away, and a script deletes what it does not want.
WITHOUT_NULL = [vector for vector in VECTORS if not any(map(has_null, vector["layers"]))]


@pytest.mark.parametrize("vector", WITHOUT_NULL, ids=[one["why"] for one in WITHOUT_NULL])
def test_the_loader_merges_as_the_vectors_say(vector):
    given = json.dumps({"loader": loader_script(), "layers": vector["layers"]})
    done = subprocess.run(
        ["node", "-e", RUN], input=given, check=True, capture_output=True, encoding="utf-8"
    )
    assert json.loads(done.stdout) == vector["merged"]
