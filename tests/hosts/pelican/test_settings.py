"""Holds the setting CHAPORT: inert without it, and what mistakes in it say."""

import json
import subprocess
import sys

import pytest
from tests.contract.hosts import quiet_environment
from tests.far_end.addresses import APP_ID
from tests.hosts.pelican.conftest import messages, record

PAGE = {"content/pages/a.md": "Title: A\nchaport: false\n\nText.\n"}
RUN_AND_TELL = """\
import json, sys
from pelican import main
main(["content", "-s", "pelicanconf.py", "-o", "out", "-q"])
print(json.dumps(sorted(sys.modules)))
"""


def modules_of_a_run(project):
    """The names of all modules that a run has imported in the end."""
    done = subprocess.run(
        [sys.executable, "-c", RUN_AND_TELL],
        cwd=project.folder,
        env=quiet_environment(),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


OURS = {"pelican.plugins.chaport"}


def ours_or_heavy(modules):
    heads = ("chaport_core", "pydantic", "pydantic_core", "pathspec", "mkdocs", "mkdocs_chaport")
    return {
        name
        for name in modules
        if name.split(".")[0] in heads or name.startswith("pelican.plugins.chaport")
    }


@pytest.mark.parametrize("plugins", [None, ["chaport"]])
def test_without_the_setting_the_plugin_is_inert_and_light(project, plugins):
    project.write(PAGE)
    project.settings(PLUGINS=plugins)
    assert ours_or_heavy(modules_of_a_run(project)) == OURS
    assert not [name for name, content in project.files().items() if b"chaport" in content]


def test_a_plugin_left_out_of_plugins_does_nothing(project):
    project.write(PAGE)
    project.settings(PLUGINS=[], CHAPORT={"lancher": 1})
    assert ours_or_heavy(modules_of_a_run(project)) == OURS
    assert project.records() == dict.fromkeys(project.records(), None)


def test_an_installed_plugin_needs_no_entry_in_plugins(project):
    project.write(PAGE)
    project.settings(PLUGINS=None, DIRECT_TEMPLATES=["index"], CHAPORT={"appId": APP_ID})
    assert project.build().code == 0
    assert project.records() == {"index.html": record(), "pages/a.html": None}


MISTAKES = {
    "no appId": (
        {},
        [
            "appId: is missing; copy it from Settings → Installation code in Chaport"
            " (to build without chat, leave the plugin out)"
        ],
    ),
    "several": (
        # With the function of FUNCTION beside these.
        {
            "appId": APP_ID,
            "appearance": {"position": ("top",)},
            "launcher": True,
            "pages": {"a/**": {"triggers": "none"}},
            "widget": "previw",
        },
        [
            "assignments.resolve: found a Python function; functions belong in the site's own"
            " script, which may put them into window.chaportConfig",
            "appearance.position[0]: expected one of left, right, found the text 'top'",
            "launcher: expected a mapping, found true; did you mean launcher: {show: true}?",
            'pages."a/**".triggers: expected false, or a mapping with enabled or disabled,'
            " found the text 'none'",
            "widget: expected one of auto, live, preview, found the text 'previw'; did you mean"
            " preview?",
        ],
    ),
}


FUNCTION = "if CHAPORT: CHAPORT['assignments'] = {'resolve': lambda cp: 'team'}\n"


@pytest.mark.parametrize("kind", MISTAKES)
def test_mistakes_are_all_that_the_console_says(project, kind):
    value, problems = MISTAKES[kind]
    project.write(PAGE)
    project.settings(FUNCTION, CHAPORT=value)
    built = project.build()
    listed = "\n".join(f"  - {problem}" for problem in problems)
    assert [(message.level, message.text) for message in messages(built)] == [
        ("CRITICAL", f"Chaport: the setting CHAPORT has mistakes:\n{listed}")
    ]
    assert "Traceback" not in built.console
    assert built.code == 1
    assert not built.folder.exists()


def test_what_the_widget_would_ignore_is_one_warning(project):
    project.write(PAGE)
    project.settings(
        CHAPORT={"appId": APP_ID, "devices": {"include": ["ios"], "exclude": ["desktop"]}}
    )
    built = project.build("--fatal=errors")
    assert [(message.level, message.text) for message in messages(built)] == [
        (
            "WARNING",
            "chaport: CHAPORT: devices.include: is ignored by the widget because exclude is set"
            " beside it; keep one of the two",
        )
    ]
    assert built.code == 0


SALT = "0123456789abcdef0123456789abcdef01234567"
WAYS_IN = {
    "a setting": {"CHAPORT": {"appId": APP_ID, "visitor": {"email": "a@b.c"}}},
    "a row": {"CHAPORT": {"appId": APP_ID, "pages": {"a/**": {"visitor": {"phone": "a@b.c"}}}}},
    "unchecked": {"CHAPORT": {"appId": APP_ID, "unchecked": {"newOption": {"key": SALT}}}},
    "DEFAULT_METADATA": {"DEFAULT_METADATA": {"chaport": {"visitor": {"notes": "a@b.c"}}}},
    "EXTRA_PATH_METADATA": {
        "EXTRA_PATH_METADATA": {"pages": {"Chaport_Session_User": "a@b.c"}},
    },
}


@pytest.mark.parametrize("way", WAYS_IN)
def test_a_secret_stops_the_run_by_whatever_way_it_comes(project, way):
    project.write({"content/pages/a.md": "Title: A\n\nText.\n"})
    project.settings(**({"CHAPORT": {"appId": APP_ID}} | WAYS_IN[way]))
    built = project.build()
    assert built.code == 1
    assert "remove it" in " ".join(built.console.split())
    assert not any(secret in built.console for secret in ("a@b.c", SALT))
    assert not built.folder.exists()
