"""Knows mkdocs-static-i18n, which reads a language only after it has written the ones before it.

It runs the whole build again for each (1.3, plugin.py, on_post_build), so what must stop a build
before any page is written has to be looked for in the sources of all languages at once.
"""

from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils.meta import get_data

from chaport_core.page.chat import Chat, Page


def find_secrets_in_sources(chat: Chat, files: Files, config: MkDocsConfig) -> Iterator[str]:
    """The secrets in the sources of all languages, each with its file; none without that plugin."""
    if "i18n" not in config.plugins:
        return
    for file in files.documentation_pages():
        text, metadata = get_data(file.content_string)
        for problem in chat.secrets_of(Page(file.dest_uri, metadata=metadata), text):
            yield f"{file.src_uri}: {problem}"
