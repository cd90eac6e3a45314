"""Holds what MkDocs makes of a page's first lines, and what only looks like front matter."""

from tests.far_end.addresses import APP_ID

CONFIGURATION = f"site_name: A site\ntheme: mkdocs\nplugins:\n  - chaport: {{appId: {APP_ID}}}\n"
RECORD = {"config": {"appId": APP_ID, "language": {"source": "html"}}, "v": "1"}


def has_chat(project, page):
    """Whether the page has chat, without any complaint."""
    project.write({"docs/index.md": page, "mkdocs.yml": CONFIGURATION})
    built = project.build()
    return (project.warnings(built), project.records()["index.html"]) == ([], RECORD)


def test_words_after_real_front_matter_or_a_blank_line_are_only_words(project):
    shown = "\n```yaml\n---\nchaport: false\n---\n```\n\nchaport: false\n"
    assert has_chat(project, f"---\ntitle: Real\n---\n{shown}")
    assert has_chat(project, f"# Title\n{shown}")


def test_a_page_that_begins_with_a_code_block_about_chat_has_chat(project):
    assert has_chat(project, "```yaml\nchaport: false\n```\n\nWords.\n")


def test_a_page_that_begins_with_words_about_chat_has_chat(project):
    assert has_chat(project, "# Chaport\nchaport: that is our chat.\n")
