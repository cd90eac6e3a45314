"""Holds chat beside other plugins and settings that change how Pelican renders and writes."""

import hashlib
from base64 import b64encode

from click.testing import CliRunner
from tests.contract.written_site import read_chats, read_scripts, without_chat
from tests.far_end.addresses import APP_ID
from tests.hosts.pelican.conftest import messages, record

from chaport_cli.main import main
from chaport_core.inspection.policy import VENDORS_SAY
from chaport_core.page.scripts import loader_hash, loader_script

PAGES = {
    "content/pages/a.md": "Title: A\n\nText.\n",
    "content/pages/off.md": "Title: Off\nchaport: false\n\nText.\n",
}
# A generator that renders by itself, and a writer that is not Pelican's.
FOREIGN_PLUGIN = """\
from jinja2 import Environment
from pelican import signals
from pelican.writers import Writer

HTML = "<!doctype html><html lang=en><head></head><body>{{ SITENAME }} \\u00e9</body></html>"


class OwnGenerator:
    def __init__(self, context, settings, path, theme, output_path, **kwargs):
        self.context = context

    def generate_context(self):
        pass

    def generate_output(self, writer):
        for name in ("own/page.html", "own/data.xml", "own/off.html"):
            writer.write_file(name, Environment().from_string(HTML), self.context)


class OwnWriter(Writer):
    def write_file(self, name, template, context, *args, **kwargs):
        super().write_file(name, template, {**context, "SITENAME": "Changed"}, *args, **kwargs)


def generators(pelican):
    return OwnGenerator


def writer(pelican):
    return OwnWriter


def register():
    signals.get_generators.connect(generators)
    signals.get_writer.connect(writer)
"""
CHAPORT = {"appId": APP_ID, "pages": {"own/off.html": False}}


def test_foreign_generators_and_writers_async_templates_and_warm_caches_change_nothing(project):
    project.write(PAGES | {"plugins/foreign.py": FOREIGN_PLUGIN, "templates_cache/.keep": ""})
    environment = (
        "from jinja2 import FileSystemBytecodeCache\n"
        "JINJA_ENVIRONMENT = {'trim_blocks': True, 'lstrip_blocks': True, 'extensions': [],\n"
        "    'enable_async': True,\n"
        "    'bytecode_cache': FileSystemBytecodeCache('templates_cache')}\n"
    )

    def files(**settings):
        plugins = ["chaport", "foreign"]
        project.settings(
            environment,
            **({"PLUGIN_PATHS": ["plugins"], "PLUGINS": plugins, "DIRECT_TEMPLATES": ["index"]}),
            **settings,
        )
        return project.build_quietly()

    cold, warm = files(CHAPORT=CHAPORT), files(CHAPORT=CHAPORT)
    assert cold == warm
    assert project.records() == {
        "index.html": record(),
        "pages/a.html": record(),
        "pages/off.html": None,
        "own/page.html": record(),
        "own/off.html": None,
    }
    assert read_scripts(project.folder / "out") == {(loader_script(),)}
    assert b"Changed" in warm["index.html"]
    assert without_chat(warm) == files()


def test_cached_content_keeps_no_settings(project):
    project.write(PAGES | {"content/pages/typo.md": "Title: Typo\nchaport_lancher: no\n\nText.\n"})
    warning = "chaport: pages/typo.md: chaport_lancher: is not one of the flat keys"
    cache = {
        "CACHE_CONTENT": True,
        "LOAD_CONTENT_CACHE": True,
        "CONTENT_CACHING_LAYER": "generator",
        "DIRECT_TEMPLATES": [],
    }

    def warnings(**options):
        project.settings(**cache, CHAPORT={"appId": APP_ID, **options})
        built = project.build()
        assert built.code == 0
        # Pelican 4.8 warns about a conflict of this cache with its own default.
        said = [message.text for message in messages(built) if "FUTURE" not in message.text]
        return [text.split(" (")[0] for text in said]

    assert warnings() == [warning]
    assert project.records()["pages/a.html"] == record()
    assert warnings(history=False) == [warning]
    assert project.records() == {
        "pages/a.html": record(history=False),
        "pages/off.html": None,
        "pages/typo.html": record(history=False),
    }


def policy(folder):
    """What `chaport csp` prints for a built site, and what it says beside."""
    done = CliRunner().invoke(main, ["csp", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout, done.stderr


def hash_of(script):
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{b64encode(digest).decode()}"


def test_pelican_minify_keeps_the_record_and_may_keep_the_loader(project):
    """It rewrites scripts unless told not to; `chaport csp` says so, and admits what is there."""
    project.write(PAGES)
    settings = {"PLUGINS": ["chaport", "minify"], "DIRECT_TEMPLATES": ["index"]}
    expected = {"index.html": record(), "pages/a.html": record(), "pages/off.html": None}
    project.settings(**settings, CHAPORT={"appId": APP_ID}, INLINE_JS_MIN=False)
    project.build_quietly()
    assert project.records() == expected
    assert read_scripts(project.folder / "out") == {(loader_script(),)}
    assert policy(project.folder / "out") == (
        f"script-src '{loader_hash()}' https://app.chaport.com\n",
        f"{VENDORS_SAY}\n",
    )
    project.settings(**settings, CHAPORT={"appId": APP_ID})
    project.build_quietly()
    assert project.records() == expected
    scripts = {chat.scripts for chat in read_chats(project.folder / "out").values() if chat.record}
    ((script,),) = scripts
    assert "https://app.chaport.com/javascripts/insert.js" in script
    assert script != loader_script()
    assert policy(project.folder / "out") == (
        f"script-src '{hash_of(script)}' https://app.chaport.com\n",
        "The loader is not as this release writes it, in index.html and pages/a.html. A minifier"
        " has changed it (pelican-minify leaves it as it is with INLINE_JS_MIN = False), or another"
        " release has built the site; the policy has the hash of what stands there, not the"
        f" published one.\n{VENDORS_SAY}\n",
    )


def test_pelican_minify_leaves_the_preview_and_the_consent_script_known(project):
    project.write(PAGES)
    settings = {"PLUGINS": ["chaport", "minify"], "DIRECT_TEMPLATES": ["index"]}
    project.settings(
        **settings, CHAPORT={"appId": APP_ID, "widget": "preview", "consent": "manual"}
    )
    project.build_quietly()
    scripts = {chat.scripts for chat in read_chats(project.folder / "out").values() if chat.record}
    hashes = sorted({f"'{hash_of(script)}'" for pair in scripts for script in pair})
    said, told = policy(project.folder / "out")
    assert said == f"script-src 'self' {' '.join(hashes)}\n"
    loader, *rest = told.splitlines()
    assert loader.startswith(
        "The loader is not as this release writes it, in index.html and pages/a.html. A minifier"
    )
    assert rest == [
        "The preview widget stands in place of the live one, in index.html and pages/a.html."
        " Readers need another policy: build the site with the live widget, and ask again."
    ]
