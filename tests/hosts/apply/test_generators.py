"""Real builds of generators that have no plugin of ours, with the recipes of the documentation."""

import os
import shutil
from pathlib import Path

from tests.contract.written_site import read_files, read_records
from tests.docs.examples import the_example
from tests.far_end.addresses import APP_ID, HOSTED

ZENSICAL = Path(__file__).parents[3] / "sites" / "zensical"
HTML = {"language": {"source": "html"}}

SPHINX = {
    "conf.py": 'project = "A site"\nhtml_theme = "alabaster"\ntemplates_path = ["_templates"]\n',
    "_templates/layout.html": the_example(title="_templates/layout.html"),
    "index.rst": (
        'Home\n====\n\n.. meta::\n   :chaport\\:page: {"openIn": "_blank"}\n\n'
        "`Talk <chaport:open>`_\n\n.. toctree::\n\n   off\n   flat\n"
    ),
    "off.rst": ":chaport: false\n\nOff\n===\n\nNo chat.\n",
    "flat.rst": "Flat\n====\n\n.. meta::\n   :chaport_launcher: false\n\nWords.\n",
}


def records_of_pages(project):
    """The record of each page; generators write other files without a suffix, too."""
    records = read_records(project.site)
    return {name: record for name, record in records.items() if name.endswith(".html")}


def test_the_documented_template_is_the_demo_sites():
    template = (ZENSICAL / "overrides" / "main.html").read_text(encoding="utf-8")
    assert the_example(title="overrides/main.html") == template


def test_the_demo_site_of_zensical(project):
    shutil.copytree(ZENSICAL, project.folder, dirs_exist_ok=True)
    assert project.run("zensical", "build", "--clean").code == 0
    os.rename(project.folder / "site", project.site)  # noqa: PTH104
    built = project.apply("--strict", "--site-url", "https://example.org/zensical/")
    assert (built.code, built.console) == (0, "chat on 7 pages, off on 1\n")
    look = {"appearance": {"position": ["right", 20, 24]}}
    hidden = {"launcher": {"show": False}}
    everywhere = {"appId": APP_ID} | look | HTML
    configs = {
        name: record and record["config"] for name, record in records_of_pages(project).items()
    }
    assert configs == {
        "index.html": everywhere,
        "404.html": everywhere,
        "contact/index.html": everywhere,
        "pages/chat-links/index.html": everywhere,
        "pages/hidden/index.html": everywhere | hidden,
        "pages/in-the-page/index.html": everywhere | hidden | {"openIn": {"selector": "#chat"}},
        "pages/new-tab/index.html": everywhere | {"openIn": "_blank"},
        "pages/without-chat/index.html": None,
    }
    pages = {name: text for name, text in read_files(project.site).items() if "html" in name}
    # Its theme navigates instantly, so every page has the runtime.
    assert [name for name, text in pages.items() if b"chaport-runtime." not in text] == []
    assert b'src="/zensical/chaport-runtime.' in pages["404.html"]
    assert b'<a href="../../contact/" data-chaport="open">' in pages["pages/chat-links/index.html"]


def test_sphinx_with_rest_and_a_template(project):
    project.write(SPHINX)
    built = project.run("sphinx-build", "-W", "-q", "-b", "html", ".", "out")
    assert (built.code, built.console) == (0, "")
    assert project.apply("--strict").code == 0
    own = {
        "index.html": {"openIn": "_blank"},
        "flat.html": {"launcher": {"show": False}},
        "genindex.html": {},
        "search.html": {},
    }
    expected = {
        name: {"config": {"appId": APP_ID} | said | HTML, "v": "1"} for name, said in own.items()
    }
    assert records_of_pages(project) == expected | {"off.html": None}
    home = (project.site / "index.html").read_text(encoding="utf-8")
    assert f'<a class="reference external" href="{HOSTED}" data-chaport="open">Talk</a>' in home


def test_a_second_build_writes_only_what_changed_and_apply_goes_on_from_there(project):
    project.write(SPHINX)
    build = ("sphinx-build", "-W", "-q", "-b", "html", ".", "out")
    project.run(*build)
    project.apply()
    before = read_files(project.site)
    project.write({"flat.rst": SPHINX["flat.rst"].replace("false", "true")})
    project.run(*build)
    assert project.apply().code == 0
    records = read_records(project.site)
    assert records["flat.html"]["config"]["launcher"] == {"show": True}
    after = read_files(project.site)
    changed = {name for name in before if name.endswith(".html") and before[name] != after[name]}
    assert changed == {"flat.html"}
