"""The MkDocs and ProperDocs plugin `chaport`."""

from mkdocs_chaport.plugin import ChaportPlugin as ChaportPlugin
