"""Holds Material for MkDocs with the plugins that its users combine."""

import pytest
from tests.contract.written_site import read_scripts, without_chat
from tests.far_end.addresses import APP_ID
from tests.hosts.mkdocs.conftest import is_installed

from chaport_core.page.scripts import (
    content,
    deferred_script,
    head_scripts,
    identity,
    loader_script,
    preview_widget,
    print_link,
    print_style,
    runtime,
)

pytestmark = pytest.mark.skipif(
    not (is_installed("mkdocs-material") and is_installed("mkdocs-minify-plugin")),
    reason="needs Material for MkDocs and mkdocs-minify-plugin",
)
POST = """\
---
date: 2024-0{month}-01
categories: [{category}]
tags: [news]
{front_matter}
---
# {title}

Excerpt.

<!-- more -->

Rest.
"""
DOCS = {
    "docs/index.md": "---\ntags: [start]\n---\n# Home\n",
    "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "docs/open/page.md": "# Open\n",
    "docs/closed/.meta.yml": "chaport: {enabled: false, history: false}\n",
    "docs/closed/index.md": "# Closed\n",
    "docs/closed/quiet.md": "---\nchaport: {launcher: {show: false}}\n---\n# Still closed\n",
    "docs/closed/open.md": "---\nchaport: {enabled: true, openIn: _blank}\n---\n# Open again\n",
    "docs/blog/index.md": "# Blog\n",
    "docs/blog/posts/one.md": POST.format(
        month=1, category="Big News", title="One", front_matter="chaport: {openIn: _blank}"
    ),
    "docs/blog/posts/two.md": POST.format(
        month=2, category="Rest", title="Two", front_matter="chaport: false"
    ),
}
CONFIGURATION = """\
site_name: A site
site_url: https://example.org/
theme: {name: material, language: de, font: false}
plugins:
  - chaport_goes_here
  - meta
  - search
  - blog
  - tags
  # Not to be fetched in a test.
  - privacy: {assets_exclude: ["unpkg.com/*"]}
  - minify: {minify_html: true, htmlmin_opts: {remove_comments: true}}
"""
CHAT = f"""\
  - chaport:
      appId: {APP_ID}
      pages:
        "blog/**": {{launcher: {{show: false}}}}
        "blog/category/**": false
        "blog/index.md": {{triggers: false}}
"""
HTML = {"source": "html"}
BLOG = {"launcher": {"show": False}}
EXPECTED = {
    "index.html": {},
    "404.html": {},
    "tags/index.html": {},
    "open/page/index.html": {},
    "closed/index.html": None,
    "closed/quiet/index.html": None,
    "closed/open/index.html": {"history": False, "openIn": "_blank"},
    "blog/index.html": BLOG | {"triggers": False},
    "blog/2024/01/01/one/index.html": BLOG | {"openIn": "_blank"},
    "blog/2024/02/01/two/index.html": None,
    "blog/archive/2024/index.html": BLOG,
    "blog/category/big-news/index.html": None,
    "blog/category/rest/index.html": None,
}


def test_every_kind_of_page_has_its_chat_after_privacy_and_minify(project):
    project.write(DOCS | {"mkdocs.yml": CONFIGURATION.replace("  - chaport_goes_here\n", "")})
    assert project.build("--strict").code == 0
    untouched = project.files()
    project.write({"mkdocs.yml": CONFIGURATION.replace("  - chaport_goes_here\n", CHAT)})
    assert project.build("--strict").code == 0
    assert project.records() == {
        output: own
        if own is None
        else {"config": {"appId": APP_ID, "language": HTML, **own}, "v": "1", "lang": "de"}
        for output, own in EXPECTED.items()
    }
    assert read_scripts(project.folder / "out") == {(loader_script(),)}
    assert without_chat(project.files()) == untouched


def test_a_secret_in_a_post_or_in_meta_yml_stops_the_build_before_any_page_is_written(project):
    secret = "chaport: {visitor: {custom: {a: 1}, phone: '123'}}"
    project.write(
        DOCS
        | {
            "mkdocs.yml": CONFIGURATION.replace("  - chaport_goes_here\n", CHAT),
            "docs/closed/.meta.yml": "chaport: {session: {user: {id: a, token: b}}}\n",
            "docs/blog/posts/two.md": POST.format(
                month=2, category="Rest", title="Two", front_matter=secret
            ),
        }
    )
    built = project.build()
    named = [
        line.split(": ")[0].removeprefix("  - ")
        for line in built.console.splitlines()
        if line.startswith("  - ")
    ]
    assert sorted(named) == [
        "blog/posts/two.md",
        "closed/index.md",
        "closed/open.md",
        "closed/quiet.md",
    ]
    assert built.code == 1
    assert "Traceback" not in built.console
    assert project.records() == {}


def test_the_preview_widget_passes_privacy_and_minify_unchanged(project):
    name, text = preview_widget()
    plugins = f"  - chaport: {{appId: {APP_ID}, widget: preview}}\n"
    configuration = CONFIGURATION.replace("  - chaport_goes_here\n", plugins)
    project.write({"docs/index.md": "# Home\n", "docs/blog/index.md": "# Blog\n"})
    project.write({"docs/tags.md": DOCS["docs/tags.md"], "mkdocs.yml": configuration})
    assert project.build("--strict").code == 0
    files = project.files()
    shipped = {path: content for path, content in files.items() if "chaport" in path}
    assert shipped == {name: text.encode()}
    assert [path for path in files if "external" in path] == []


@pytest.mark.parametrize("consent", ["none", "manual"])
def test_our_scripts_pass_privacy_and_minify_unchanged(project, consent):
    more = f"events: dom\n      consent: {consent}\n      identity: /account/chat\n      pages:"
    configuration = CONFIGURATION.replace("  - chaport_goes_here\n", CHAT.replace("pages:", more))
    instant = configuration.replace("font: false", "font: false, features: [navigation.instant]")
    project.write(DOCS | {"mkdocs.yml": instant})
    assert project.build("--strict").code == 0
    files = project.files()
    shipped = {path: text for path, text in files.items() if "chaport" in path}
    ours = (runtime(), content(), print_style(), identity())
    assert shipped == {file.name: file.text.encode() for file in ours}
    assert [path for path in files if "external" in path] == []
    # Inline scripts byte for byte, files by their addresses; on pages that are off, too.
    for output in EXPECTED:
        page = files[output].decode()
        addresses = [f"{_root(output)}{file.name}" for file in ours]
        deferred = [f'<script defer src="{address}"></script>' for address in addresses[:2]]
        scripts = f"{head_scripts(consent)}{''.join(deferred)}"
        asking = deferred_script(addresses[3], ' data-path="/account/chat"')
        assert page.count(f"{scripts}{print_link(addresses[2])}{asking}</head>") == 1, output


def _root(output):
    return "/" if output == "404.html" else "../" * output.count("/")
