"""Knows what TypeScript makes of our types: what it takes, what it refuses, and in which words.

One run of `tsc --strict` hears every case; each test looks at what it said of its own.
"""

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.browser.routed import NPM, ROOT, fetch_packages
from tests.docs.examples import examples

from chaport_core.page.calls import ANSWERING
from chaport_core.schema.known import options_of
from chaport_core.schema.types.declarations import type_declarations

HERE = Path(__file__).parent
TYPES = ROOT / "shared" / "chaport_core" / "browser" / "chaport.d.ts"
METHODS = list(options_of("Methods"))
# Documentation, section "Events".
EVENTS = [
    "ready",
    "chat.autoInvitation",
    "chat.botSent",
    "chat.onlineChange",
    "chat.started",
    "widget.stateChange",
]
FLAGS = [
    *("--strict", "--noEmit", "--allowJs", "--checkJs", "--pretty", "false"),
    *("--target", "ES2020", "--lib", "ES2020,DOM", "--types", ""),
]

# What the documentation's tables say and its examples do not show, and what is ours.
TAKEN = [
    "chaport.open();",
    "chaport.startSession({id: '1', token: 'x'}, () => {});",
    "chaport.startSession(undefined, function () {});",
    "chaport.q('startSession', [{id: '1', token: 'x'}, () => {}]);",
    "chaport.stopSession(true, () => {});",
    "chaport.q('stopSession', [true, () => {}]);",
    "chaport.q('updatePosition', [['left'], () => {}]);",
    "chaport.q('open', []);",
    "chaport.updatePosition(['left', 20]);",
    "const state: 'expanded' | 'collapsed' | 'unreadMessage' = chaport.getWidgetState();",
    "const same: boolean = chaport.compare(chaport.getParameterValue('utm_term'), '>=', 5);",
    "const active: {message: string, id?: string} = chaport.getActiveTrigger()!;",
    "chaport.on('widget.stateChange', state => state === 'expanded');",
    "chaport.q('on', ['widget.stateChange', state => state === 'expanded']);",
    "chaport.on('chat.started', ({visitorId}) => visitorId?.length);",
    "chaport.q('on', ['chat.started', data => data.visitorId?.length]);",
    "document.addEventListener('chaport:ready', event => event.detail.visitorId?.length);",
    "document.addEventListener('chaport:chat.started', event => event.detail.visitorId?.length);",
    "document.addEventListener('chaport:widget.stateChange', e => e.detail === 'collapsed');",
    "const config: Chaport.Config = {appId: 'x', triggers: {enabled: true}};",
    "window.chaportConfig = {session: {user: {id: '1', token: 'x'}}};",
    "window.chaportConfig = {visitor: {phone: '1', notes: 'x', custom: {a: [1], b: null}}};",
    "window.chaportConfig = {init: {eventTarget: document, event: 'DOMContentLoaded'}};",
    "window.chaportConfig = {assignments: {resolve: () => null}};",
    "window.chaportConfig = {assignments: {resolve: () => undefined}};",
    "window.chaportConfig = {devices: {configs: {ios: {devices: {exclude: ['mobile']}}}}};",
    "window.chaportConfig!.history = false;",
]

# A line of code each, and words of what tsc says of it.
REFUSED = {
    # Options
    "config = {launcer: {show: false}};": "Did you mean to write 'launcher'?",
    "config = {launcher: {shown: false}};": "'shown' does not exist in type 'Launcher'",
    "config = {launcher: false};": "'false' has no properties in common with type 'Launcher'",
    "config = {launcher: null};": "'null' is not assignable to type 'Launcher | undefined'",
    "config = {history: null};": "'null' is not assignable to type 'boolean | undefined'",
    "config = {history: 'no'};": "'string' is not assignable to type 'boolean | undefined'",
    "config = {appearance: {position: ['top']}};": "'\"top\"' is not assignable",
    "config = {appearance: {position: []}};": "Source has 0 element(s) but target requires 1",
    "config = {appearance: {position: ['left', '20']}};": "'string' is not assignable to type",
    "config = {appearance: {position: ['left', 1, 2, 3]}};": "not assignable to type 'undefined'",
    "config = {analytics: {google: {api: 'ga4'}}};": "'\"ga4\"' is not assignable to type",
    "config = {devices: {mobile: {}}};": "'mobile' does not exist in type 'Devices'",
    "config = {devices: {configs: {phone: {}}}};": "does not exist in type 'DeviceConfigs'",
    "config = {devices: {configs: {ios: {histori: true}}}};": "Did you mean to write 'history'?",
    "config = {devices: {exclude: ['phone']}};": "'\"phone\"' is not assignable to type 'Device'",
    "config = {language: {source: 'body'}};": "'\"body\"' is not assignable to type",
    "config = {openIn: {select: '#a'}};": "'select' does not exist in type 'OpenInElement'",
    "config = {triggers: true};": "'true' is not assignable to type 'false | Triggers",
    "config = {triggers: {enabled: 'a'}};": "'string' is not assignable to type",
    "config = {init: {eventTarget: 'window'}};": "not assignable to type 'EventTarget'",
    "config = {init: {maxDelay: '5s'}};": "'string' is not assignable to type 'number'",
    "config = {session: {user: {id: '1'}}};": "Property 'token' is missing",
    "config = {visitor: {mail: 'a@b.c'}};": "'mail' does not exist in type 'Visitor'",
    "config = {visitorIntegrityHash: 5};": "'number' is not assignable to type 'string'",
    "config = {enabled: false};": "'enabled' does not exist in type",
    "config = {assignments: {resolve: () => 5}};": "'number' is not assignable to type",
    "config = {assignments: {resolve: cp => cp.open()}};": "Property 'open' does not exist",
    "config = {assignments: {rules: [{a: ['url', '=', 'x']}]}};": "'\"url\"' is not assignable",
    "config = {assignments: {rules: [{a: ['country', '==', 'x']}]}};": "'\"==\"' is not assign",
    "config = {assignments: {rules: [{a: cp => 'team'}]}};": "'string' is not assignable to",
    "const all: Chaport.Config = {history: true};": "Property 'appId' is missing",
    # Methods, called
    "chaport.opn();": "Property 'opn' does not exist on type 'Widget'. Did you mean 'open'?",
    "chaport.open('now');": "Expected 0 arguments, but got 1",
    "chaport.openIn();": "Expected 1 arguments, but got 0",
    "chaport.openIn({id: 'a'});": "'id' does not exist in type 'OpenInElement'",
    "chaport.updatePosition('right');": "'string' is not assignable to parameter of type",
    "chaport.updatePosition(['bottom', 0, 0]);": "'\"bottom\"' is not assignable to type",
    "chaport.disableTriggers('a');": "'string' is not assignable to parameter of type",
    "chaport.newPageView({path: '/'});": "'path' does not exist in type 'PageView'",
    "chaport.getParameterValue('url');": "'\"url\"' is not assignable to parameter of type",
    "chaport.compare(1, 'like', 2);": "'\"like\"' is not assignable to parameter of type",
    "chaport.getTriggerById('a').message;": "Object is possibly 'undefined'",
    "chaport.getActiveTrigger()!.id.length;": "Object is possibly 'undefined'",
    "chaport.setActiveTrigger({id: 'a'});": "Property 'message' is missing",
    "chaport.isOnline((on: string) => {});": "'boolean' is not assignable to type 'string'",
    "chaport.getWidgetState() === 'open';": "appears to be unintentional",
    "chaport.setVisitorData({name: 5});": "'number' is not assignable to type 'string'",
    "chaport.startSession('token');": "not assignable to parameter of type 'VisitorCredentials'",
    # Methods, queued
    "chaport.q('opn');": "'\"opn\"' is not assignable to parameter of type 'keyof Queued'",
    "chaport.q('opn', [1]);": "'\"opn\"' is not assignable to parameter of type 'keyof Queued'",
    "chaport.q('openIn');": "Expected 2 arguments, but got 1",
    "chaport.q('openIn', '_blank');": "'string' is not assignable to parameter of type",
    "chaport.q('updatePosition', ['right', 0, 100]);": "'string' is not assignable to type",
    "chaport.q('updatePosition', [['top']]);": "'\"top\"' is not assignable to type",
    "chaport.q('disableTriggers', 'a');": "'string' is not assignable to parameter of type",
    "chaport.q('setVisitorData', {name: 'a'});": "does not exist in type '[data: Visitor",
    "chaport.q('setVisitorData', [{name: 'a'}, 5]);": "'number' is not assignable to type",
    "chaport.q('startSession', {id: '1'});": "'{ id: string; }' is not assignable to",
    "chaport.q('getTriggerById', ['a']).message;": "Object is possibly 'undefined'",
    # Events
    "chaport.on('redy', () => {});": "'\"redy\"' is not assignable to parameter of type",
    "chaport.on('ready');": "Expected 2 arguments, but got 1",
    "chaport.on('ready', data => data.visitor);": "Did you mean 'visitorId'?",
    "chaport.on('widget.stateChange', s => s === 'open');": "appears to be unintentional",
    "chaport.on('chat.botSent', bot => bot.id);": "'bot' is of type 'unknown'",
    "chaport.q('on', ['redy', () => {}]);": "Did you mean '\"ready\"'?",
    "chaport.q('on', ['ready', data => data.visitor]);": "Did you mean 'visitorId'?",
    "chaport.q('on', ['widget.stateChange', s => s === 'open']);": "to be unintentional",
}


def completeness() -> str:
    """Each method and event in both forms; and nothing else has a name there, or an answer."""
    lines = [
        *(f"const direct_{name}: Function = chaport.{name};" for name in METHODS),
        *(f"chaport.q('{name}', undefined as never);" for name in METHODS),
        *(f"chaport.on('{name}', () => {{}});" for name in EVENTS),
        *(f"chaport.q('on', ['{name}', () => {{}}]);" for name in EVENTS),
        *(f"document.addEventListener('chaport:{name}', e => e.detail);" for name in EVENTS),
    ]
    answering = "ReturnType<Chaport.Methods[Name]> extends void ? never : Name"
    lines.append(f"type Answering = {{ [Name in keyof Chaport.Methods]: {answering} }};")
    kinds = {
        "keyof Chaport.Methods": METHODS,
        "keyof Chaport.Queued": [*METHODS, "on"],
        "keyof Chaport.Events": EVENTS,
        # What chat links warn of.
        "Answering[keyof Answering]": sorted(ANSWERING),
    }
    for number, (kind, names) in enumerate(kinds.items()):
        fields = ", ".join(f"'{name}': 1" for name in names)
        lines.append(f"const all{number}: Record<{kind}, 1> = {{{fields}}};")
    return "\n".join(lines)


def documented_scripts() -> dict[str, str]:
    """The documentation's scripts that use the API: JavaScript, and scripts inside of HTML."""
    scripts = [one.text for one in examples(kind="js")]
    for one in examples(kind="html"):
        scripts += re.findall("<script>(.*?)</script>", one.text, re.S)
    ours = [script for script in scripts if "window.chaport" in script]
    return {f"documented-{number}.js": text for number, text in enumerate(ours)}


class Complaint(NamedTuple):
    file: str
    line: int
    words: str


@pytest.fixture(scope="module")
def complaints(tmp_path_factory):
    """All that one run of tsc says of the cases here, of the vendor's documentation and of ours."""
    fetch_packages()
    folder = tmp_path_factory.mktemp("types")
    shutil.copy(TYPES, folder)
    refused = [code.replace("config =", "window.chaportConfig =") for code in REFUSED]
    scripts = {
        "taken.ts": "\n".join(TAKEN),
        "refused.ts": "\n".join(refused),
        "complete.ts": completeness(),
        **documented_scripts(),
    }
    for name, text in scripts.items():
        (folder / name).write_text(text, encoding="utf-8")
    examples = [HERE / "vendor-examples.ts", HERE / "vendor-installation.js"]
    for example in examples:
        shutil.copy(example, folder)
    files = ["chaport.d.ts", *scripts, *(example.name for example in examples)]
    command = [NPM / ".bin" / "tsc", *FLAGS, *files]
    said = subprocess.run(command, cwd=folder, check=False, capture_output=True, encoding="utf-8")
    found = re.findall(r"^(\S+)\((\d+),\d+\): (.*(?:\n .*)*)", said.stdout, re.M)
    assert found, said
    return [Complaint(file, int(line), words) for file, line, words in found]


def about(complaints, *files):
    return [one for one in complaints if one.file in files]


def test_the_committed_types_are_fresh():
    fetch_packages()
    assert TYPES.read_text(encoding="utf-8") == type_declarations(), "run `make schemas`"


def test_the_types_themselves_are_right(complaints):
    assert about(complaints, "chaport.d.ts") == []


@pytest.mark.parametrize("name", ["vendor-examples.ts", "vendor-installation.js"])
def test_every_example_of_the_documentation_is_taken(name, complaints):
    assert about(complaints, name) == []


def test_the_examples_are_those_of_every_method_and_event():
    text = (HERE / "vendor-examples.ts").read_text(encoding="utf-8")
    called = {name for name in METHODS if f"window.chaport.{name}(" in text}
    queued = {name for name in METHODS if f"window.chaport.q('{name}'" in text}
    # Of that one the documentation says: avoid Command Queue here.
    assert (called, queued) == ({*METHODS}, {*METHODS} - {"getWidgetState"})
    for form in ("window.chaport.on('%s', ", "window.chaport.q('on', ['%s', "):
        assert [name for name in EVENTS if form % name not in text] == []


def test_what_else_is_documented_is_taken(complaints):
    assert about(complaints, "taken.ts") == []


def test_all_methods_and_events_are_there_in_both_forms(complaints):
    assert (len(METHODS), len(EVENTS)) == (21, 6)
    assert about(complaints, "complete.ts") == []


@pytest.mark.parametrize("code", REFUSED)
def test_a_mistake_is_refused(code, complaints):
    line = list(REFUSED).index(code) + 1
    said = [one.words for one in about(complaints, "refused.ts") if one.line == line]
    assert REFUSED[code] in "\n".join(said)


def test_the_documented_scripts_are_taken(complaints):
    assert any("/// <reference" in text for text in documented_scripts().values())
    assert about(complaints, *documented_scripts()) == []
