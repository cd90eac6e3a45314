"""Every method that the vendor documents for `window.chaport`: the single source of truth.

Names and meanings are the vendor's (JavaScript API documentation, section "Methods"). A method's
parameters are keys here, in their documented order; a callback has no place in a page's HTML.
"""

from typing import Annotated, NotRequired

from pydantic import with_config
from typing_extensions import TypedDict

from chaport_core.schema.types.forms import CLOSED, Keywords
from chaport_core.schema.types.options import (
    Assignments,
    Matcher,
    OpenInElement,
    ParameterKey,
    Position,
    Value,
    Visitor,
    VisitorCredentials,
)

# A script may find out only when it runs that there are some.
TriggerIds = Annotated[
    list[str], Keywords(minItems=1, holds="at least one trigger ID", tsType="string[]")
]


@with_config(CLOSED)
class NoParameters(TypedDict):
    """A method that takes nothing."""


@with_config(CLOSED)
class Comparison(TypedDict):
    """Parameters of `compare`."""

    parameterValue: Annotated[Value, Keywords(tsType="unknown")]
    """The value to compare."""
    matcher: Matcher
    """How to compare it."""
    matchValue: Value
    """What to compare it with."""


@with_config(CLOSED)
class SomeTriggers(TypedDict, total=False):
    """Parameters of `enableTriggers` and `disableTriggers`."""

    triggers: TriggerIds
    """IDs of triggers; all triggers without it."""


@with_config(CLOSED)
class ParameterOf(TypedDict):
    """Parameters of `getParameterValue`."""

    key: ParameterKey
    """Which parameter."""


@with_config(CLOSED)
class TriggerOf(TypedDict):
    """Parameters of `getTriggerById`."""

    id: str
    """The trigger's ID."""


@with_config(CLOSED)
class PageView(TypedDict, total=False):
    """A page view, as `newPageView` takes it."""

    url: str
    """The page's address; the current one without it."""
    title: str
    """The page's title; the document's without it."""


@with_config(CLOSED)
class PageViewOf(TypedDict, total=False):
    """Parameters of `newPageView`."""

    details: PageView
    """The page view."""


@with_config(CLOSED)
class Target(TypedDict):
    """Parameters of `openIn`."""

    target: Annotated[
        OpenInElement | str,
        Keywords(expected="text such as _blank, or a mapping {selector: '#element'}"),
    ]
    """A window or tab (_blank), or an element of the page ({selector})."""


@with_config(CLOSED)
class Trigger(TypedDict):
    """A trigger (auto-invitation or chatbot), as `setActiveTrigger` takes it."""

    message: str
    """What it says."""
    id: NotRequired[str]
    """Its ID, for one that exists."""


@with_config(CLOSED)
class ActiveTrigger(TypedDict):
    """Parameters of `setActiveTrigger`."""

    trigger: Trigger
    """The trigger to show."""


@with_config(CLOSED)
class Rules(TypedDict):
    """Parameters of `setAssignmentRules`."""

    assignments: Assignments
    """What the option assignments takes."""


@with_config(CLOSED)
class VisitorData(TypedDict):
    """Parameters of `setVisitorData`."""

    data: Visitor
    """What the option visitor takes."""
    hash: NotRequired[str]
    """The integrity hash; never in a static page."""


@with_config(CLOSED)
class Credentials(TypedDict, total=False):
    """Parameters of `startSession`."""

    visitorCredentials: VisitorCredentials
    """Visitor id and token; never in a static page."""


@with_config(CLOSED)
class Forgetting(TypedDict, total=False):
    """Parameters of `stopSession`."""

    clearCredentials: bool
    """true to forget the visitor on this device."""


@with_config(CLOSED)
class NewPosition(TypedDict):
    """Parameters of `updatePosition`."""

    position: Position
    """What the option appearance.position takes."""


@with_config(CLOSED)
class Methods(TypedDict, total=False):
    """Every method by its name, with its parameters."""

    close: NoParameters
    """Closes the chat widget."""
    compare: Comparison
    """Compares two values using a matcher."""
    disableTriggers: SomeTriggers
    """Disables all or specified triggers (auto-invitations and chatbots)."""
    enableTriggers: SomeTriggers
    """Enables all or specified triggers (auto-invitations and chatbots)."""
    getActiveTrigger: NoParameters
    """Returns a currently active trigger."""
    getParameterValue: ParameterOf
    """Returns a parameter value used by triggers and assignment rules."""
    getTriggerById: TriggerOf
    """Returns a trigger's id and message."""
    getWidgetState: NoParameters
    """Returns the current widget state."""
    hideLauncher: NoParameters
    """Hides the default launcher."""
    isOnline: NoParameters
    """Calls your callback with a boolean: is any operator online?"""
    newPageView: PageViewOf
    """Notifies the widget that the visitor navigated to a new page."""
    open: NoParameters
    """Expands the chat widget."""
    openIn: Target
    """Opens the chat in a specified window/tab or inside a specified page element."""
    showLauncher: NoParameters
    """Shows the default launcher."""
    setActiveTrigger: ActiveTrigger
    """Shows a predefined or custom auto-invitation/chatbot."""
    setAssignmentRules: Rules
    """Updates assignment rules after the page has loaded."""
    setVisitorData: VisitorData
    """Sends visitor data to the server."""
    startSession: Credentials
    """Starts a new chat session."""
    stopSession: Forgetting
    """Stops the current chat session."""
    toggle: NoParameters
    """Toggles the widget between opened and closed states."""
    updatePosition: NewPosition
    """Updates widget position dynamically."""
