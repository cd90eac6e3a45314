"""Makes the TypeScript declarations of `window.chaport` and `window.chaportConfig`.

`python -m chaport_core.schema.declarations` writes them to `browser/chaport.d.ts`, from where
`python -m chaport_core.schema types` prints them. Options come from `options.py`, methods and
their parameters from `methods.py`; what only a script can use of the API is said here.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from chaport_core.schema.generate import Schema, options_schema
from chaport_core.schema.methods import Methods, Value
from chaport_core.schema.options import (
    AssignmentRule,
    ChaportConfig,
    Condition,
    Device,
    Matcher,
    ParameterKey,
    Position,
)
from chaport_core.schema.typescript import Translator, comment


class Script(NamedTuple):
    """What a method has for scripts alone, in TypeScript."""

    returns: str = "void"
    callback: str = ""
    """A last parameter: a function, which nothing but a script can hold."""
    queued: str = ""
    """What `q` takes for it, where that is not, or not only, a list of its arguments."""


# Where the vendor leaves open what something is, it is `unknown`.
SCRIPTS = {
    "compare": Script(returns="boolean"),
    "disableTriggers": Script(queued="string[]"),
    "enableTriggers": Script(queued="string[]"),
    # One that a script has made up has no ID.
    "getActiveTrigger": Script(returns="Trigger | null | undefined"),
    "getParameterValue": Script(returns="unknown"),
    "getTriggerById": Script(returns="Required<Trigger> | undefined"),
    "getWidgetState": Script(returns="WidgetState"),
    "isOnline": Script(callback="callback: (isOnline: boolean) => void"),
    "startSession": Script(
        callback="callback?: () => void",
        queued='VisitorCredentials | Parameters<Methods["startSession"]>',
    ),
    "stopSession": Script(callback="callback?: () => void"),
    "updatePosition": Script(callback="callback?: () => void"),
}

# Documentation, section "Events": what a listener is told, and when.
EVENTS = {
    "ready": ("VisitorDetails", "The methods are available and the session has started."),
    "chat.autoInvitation": ("unknown", "An auto-invitation is shown for the first time."),
    "chat.botSent": ("unknown", "A chatbot is shown for the first time."),
    "chat.onlineChange": ("unknown", "The operators' online/offline status changes."),
    "chat.started": ("VisitorDetails", "The visitor starts a chat."),
    "widget.stateChange": ("WidgetState", "The widget's visual state changes."),
}

# What has a name in Python and none in a schema; one may contain those before it.
NAMED: dict[str, Any] = {
    "Device": Device,
    "Position": Position,
    "ParameterKey": ParameterKey,
    "Matcher": Matcher,
    "Value": Value,
    "Condition": Condition,
    "AssignmentRule": AssignmentRule,
}

FRAME = """\
// Types of window.chaport and window.chaportConfig, as Chaport's JavaScript API documentation has
// them. Made of options.py and methods.py by `python -m chaport_core.schema.declarations`.

declare namespace Chaport {
%(named)s
  type WidgetState = "expanded" | "collapsed" | "unreadMessage";

  interface VisitorDetails {
    visitorId?: string;
  }

%(interfaces)s

  /** The Traditional API; available once `ready` has fired. */
  interface Methods {
%(methods)s
  }

  /** The Command Queue API: what `q` takes after a method's name. */
  interface Queued {
%(queued)s
    on: { [Name in keyof Events]: [event: Name, listener: Listener<Name>] }[keyof Events];
  }

  /** What listeners are told. */
  interface Events {
%(events)s
  }

  type Listener<Name extends keyof Events> = (detail: Events[Name]) => void;

  interface Widget extends Methods {
    /** Calls your function each time an event happens; available from the installation code on. */
    on<Name extends keyof Events>(event: Name, listener: Listener<Name>): void;
    /** Calls your function each time an event happens; available from the installation code on. */
    q<Name extends keyof Events>(method: "on", args: [event: Name, listener: Listener<Name>]): void;
    /** Calls a method, once `ready` has fired; what it returns is unreliable. */
    q<Name extends keyof Queued>(
      method: Name,
      ...args: [] extends Queued[Name] ? [args?: Queued[Name]] : [args: Queued[Name]]
    ): Name extends keyof Methods ? ReturnType<Methods[Name]> | undefined : void;
  }
}

interface Window {
  /** What your script says; where chaport-ssg adds chat, the page's own options come under it. */
  chaportConfig?: Partial<Chaport.Config>;
  chaport: Chaport.Widget;
  /** A made-up salt, on your own machine alone: the preview widget refuses what is forged. */
  chaportPreviewSalt?: string;
}

declare var chaport: Chaport.Widget;

// Chaport's events on document, where a site has the option `events: dom`.
interface DocumentEventMap {
%(dom_events)s
}
"""


def type_declarations() -> str:
    """The text of `chaport.d.ts`."""
    translator = Translator(NAMED)
    methods = options_schema(Methods)
    definitions = options_schema(ChaportConfig)["definitions"] | methods["definitions"]
    definitions["ChaportConfig"]["required"] = ["appId"]
    holders = {name: translator.type_of(schema) for name, schema in methods["properties"].items()}
    parameters = {
        name: _parameters(name, definitions[holder], translator) for name, holder in holders.items()
    }
    return FRAME % {
        "named": _lines(2, translator.names()),
        "interfaces": "\n\n".join(
            _lines(2, translator.interface(name, schema))
            for name, schema in sorted(definitions.items())
            if name not in holders.values()
        ),
        "methods": _lines(4, _methods(methods["properties"], parameters)),
        "queued": _lines(4, _queued(parameters)),
        "events": _lines(4, _events()),
        "dom_events": _lines(2, _dom_events()),
    }


def _parameters(method: str, holder: Schema, translator: Translator) -> str:
    required = holder.get("required", ())
    parameters = [
        translator.member(name, schema, required) for name, schema in holder["properties"].items()
    ]
    callback = SCRIPTS.get(method, Script()).callback
    return ", ".join([*parameters, callback] if callback else parameters)


def _methods(methods: dict[str, Schema], parameters: dict[str, str]) -> Iterator[str]:
    for name, schema in methods.items():
        yield comment(schema["description"])
        yield f"{name}({parameters[name]}): {SCRIPTS.get(name, Script()).returns};"


def _queued(parameters: dict[str, str]) -> Iterator[str]:
    for name, listed in parameters.items():
        yield f"{name}: {SCRIPTS.get(name, Script()).queued or f'[{listed}]'};"


def _events() -> Iterator[str]:
    for name, (told, sentence) in EVENTS.items():
        yield comment(sentence)
        yield f'"{name}": {told};'


def _dom_events() -> Iterator[str]:
    for name in EVENTS:
        yield f'"chaport:{name}": CustomEvent<Chaport.Events["{name}"]>;'


def _lines(indentation: int, lines: Iterable[str]) -> str:
    return "\n".join(" " * indentation + line for line in lines)


def write_type_declarations() -> None:
    """Write them to where the package keeps them."""
    kept = Path(__file__).parents[1] / "browser" / "chaport.d.ts"
    kept.write_text(type_declarations(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_type_declarations()
