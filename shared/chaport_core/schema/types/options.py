"""Every option that the vendor documents for `window.chaportConfig`: the single source of truth.

Names and meanings are the vendor's (JavaScript API documentation, section "Configuration").
`options.json` is generated from these types, and everything else reads that file. Aliases are
those that scripts may use by name, as `Chaport.Position`.
"""

from typing import Annotated, Any, Literal

from pydantic import with_config
from typing_extensions import TypeAliasType, TypedDict

from chaport_core.schema.types.forms import CLOSED, Keywords, in_site_script, never_on_a_page

# Quotes around it are taken off: they are how an environment variable read with !ENV keeps YAML
# from making a number of an ID without letters (pyyaml-env-tag 1.1 leaves them in the value).
AppId = Annotated[
    str,
    Keywords(
        pattern='^("[0-9A-Fa-f]{24}"|[0-9A-Fa-f]{24})$',
        expected="24 hexadecimal digits (0-9, a-f)",
    ),
]
CountryCode = Annotated[
    str,
    Keywords(pattern="^[A-Z]{2}$", expected="a 2-letter ISO country code in capitals, such as US"),
]
LanguageCode = Annotated[
    str,
    Keywords(
        pattern="^[a-z]{2}$", expected="a 2-letter language code in small letters, such as en"
    ),
]
WindowColor = Annotated[
    str,
    Keywords(
        pattern="^(#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})|dark-gray|gray|blue-gray|red|pink|purple|blue"
        "|light-blue|teal|green|orange)$",
        expected="a hex color such as '#a077bc', or one of dark-gray, gray, blue-gray, red, pink,"
        " purple, blue, light-blue, teal, green, orange",
    ),
]
Milliseconds = Annotated[float, Keywords(minimum=0)]
# pydantic has no type for `[side]`, `[side, x]` or `[side, x, y]` as one array.
Position = TypeAliasType(
    "Position",
    Annotated[
        list[Any],
        Keywords(
            items=[
                {"type": "string", "enum": ["left", "right"]},
                {"type": "number"},
                {"type": "number"},
            ],
            minItems=1,
            maxItems=3,
            holds="left or right and at most two offsets, such as [right, 20, 40]",
            tsType='["left" | "right", number?, number?]',
        ),
    ],
)
Device = TypeAliasType("Device", Literal["desktop", "ios", "android", "mobile"])


@with_config(CLOSED)
class GoogleAnalytics(TypedDict, total=False):
    """Google Analytics integration configuration."""

    id: str
    """Google Tag Measurement ID to use when the default ID is not the one you want."""
    api: Literal["gtag", "gtm", "ga", "gaq"]
    """Integration type; if omitted, Chaport detects it in the order gtag, gtm, ga, gaq."""
    apiObject: Annotated[
        Any,
        in_site_script("analytics: {google: {api: 'gtm', apiObject: window.yourDataLayer}}", "any"),
    ]
    """GA API object under a non-default global name; belongs in the site's own script."""
    enabled: bool
    """Set to false to disable sending events to GA."""


@with_config(CLOSED)
class Analytics(TypedDict, total=False):
    """Where the widget reports its events."""

    google: GoogleAnalytics
    """Google Analytics integration configuration."""


@with_config(CLOSED)
class Appearance(TypedDict, total=False):
    """Overrides of the account's appearance settings."""

    windowColor: WindowColor
    """Hex color or one of the named colors, dark-gray to orange."""
    teamName: str
    """Team name in the widget header."""
    onlineWelcome: str
    """Welcome text shown when operators are online."""
    offlineWelcome: str
    """Welcome text shown when operators are offline."""
    position: Position
    """left or right, then X- and Y-offset from that corner (both optional)."""
    textStatuses: bool
    """Show message statuses (Unread, Read, Sending) as text (true) or icons (false)."""


ParameterKey = TypeAliasType(
    "ParameterKey",
    Literal[
        "page_url",
        "message_text",
        "country",
        "language",
        "referrer_url",
        "utm_source",
        "utm_medium",
        "utm_term",
        "utm_campaign",
        "utm_content",
    ],
)
Matcher = TypeAliasType(
    "Matcher",
    Literal["=", "!=", "contains", "!contains", "gt", ">", "lt", "<", "gte", ">=", "lte", "<="],
)
Value = TypeAliasType(
    "Value", Annotated[str | bool | float, Keywords(expected="text, a number, true or false")]
)
Condition = TypeAliasType(
    "Condition",
    Annotated[
        tuple[ParameterKey, Matcher, Value], Keywords(holds="[parameter key, matcher, value]")
    ],
)
# What the vendor hands to functions that assign: as documented, these two methods.
ASKED = 'Pick<Methods, "compare" | "getParameterValue">'
AssignmentRule = TypeAliasType(
    "AssignmentRule",
    Annotated[
        dict[
            str,
            Annotated[
                bool | Condition,
                Keywords(
                    expected="true, false or [parameter key, matcher, value]",
                    tsType=f"boolean | Condition | ((cp: {ASKED}) => boolean)",
                ),
            ],
        ],
        Keywords(minProperties=1, maxProperties=1, holds="one key (the ID of a team or operator)"),
    ],
)


@with_config(CLOSED)
class Assignments(TypedDict, total=False):
    """Overrides of the account's assignment rules."""

    resolve: Annotated[
        Any,
        in_site_script(
            "assignments: {resolve: function (cp) { return 'team-id' }}",
            f"(cp: {ASKED}) => string | string[] | null | undefined",
        ),
    ]
    """Your function that determines an assignee; belongs in the site's own script."""
    rules: list[AssignmentRule]
    """Assignment rules: each one key (team or operator ID) and true or [key, matcher, value]."""
    defaultRules: list[AssignmentRule]
    """Set to [] to disable the assignment rules configured in the Chaport app."""


@with_config(CLOSED)
class Countries(TypedDict, total=False):
    """Where, by IP address, the widget is shown."""

    exclude: list[CountryCode]
    """Countries where the widget should be hidden."""
    include: list[CountryCode]
    """Countries where the widget should be shown (ignored if exclude is set)."""


# All options again; appId, which the site's configuration must have, may be missing.
OnDevice = Annotated["ChaportConfig", Keywords(tsType="Partial<Config>")]


@with_config(CLOSED)
class DeviceConfigs(TypedDict, total=False):
    """Per-device overrides; each supports all options."""

    desktop: OnDevice
    """Options on desktop."""
    ios: OnDevice
    """Options on iOS."""
    android: OnDevice
    """Options on Android."""
    mobile: OnDevice
    """Options on both iOS and Android."""


@with_config(CLOSED)
class Devices(TypedDict, total=False):
    """On which devices, and with what differences, the widget is shown."""

    exclude: list[Device]
    """Devices where the widget should be hidden."""
    include: list[Device]
    """Devices where the widget should be shown (ignored if exclude is set)."""
    configs: DeviceConfigs
    """Per-device overrides: desktop, ios, android, mobile."""


@with_config(CLOSED)
class Init(TypedDict, total=False):
    """How and when the widget initializes."""

    event: str
    """Event name to wait for before initializing (default: load)."""
    eventTarget: Annotated[Any, in_site_script("init: {eventTarget: document}", "EventTarget")]
    """Emitter of the event (default: window); belongs in the site's own script."""
    maxDelay: Milliseconds
    """Maximum delay (ms) before forcing initialization (default: 5000)."""
    delayAfterEvent: Milliseconds
    """Additional delay (ms) after the event fires (default: 500)."""


@with_config(CLOSED)
class Language(TypedDict, total=False):
    """Where the widget takes its language from."""

    use: LanguageCode
    """2-letter language code; overrides source."""
    source: Literal["html", "header"]
    """html: the <html lang> attribute; header: the Accept-Language HTTP header."""


@with_config(CLOSED)
class Launcher(TypedDict, total=False):
    """The default launcher."""

    show: bool
    """Set to false to hide the default launcher."""


@with_config(CLOSED)
class OpenInElement(TypedDict):
    """An element of the page that the chat is rendered in."""

    selector: str
    """CSS selector of the element."""


@with_config(CLOSED)
class VisitorCredentials(TypedDict):
    """Whom the widget takes a visitor for."""

    id: str
    """The visitor's ID, from the event ready or chat.started."""
    token: str
    """What your server makes of that ID and your account's salt."""


@with_config(CLOSED)
class Session(TypedDict, total=False):
    """How visitor credentials are stored and used."""

    user: Annotated[VisitorCredentials, never_on_a_page("VisitorCredentials")]
    """Visitor credentials; never in a static page, whoever reads it would be that visitor."""
    autoStart: bool
    """Set to false to delay session start until you call startSession()."""
    persist: bool
    """Set to false to prevent storing credentials locally."""
    cookieDomain: str
    """Cookie domain for credentials (useful to track users across subdomains)."""


@with_config(CLOSED)
class Triggers(TypedDict, total=False):
    """Which triggers (auto-invitations and chatbots) may start."""

    enabled: Annotated[bool | list[str], Keywords(expected="true, false or a list of trigger IDs")]
    """false disables all; a list enables only these."""
    disabled: Annotated[bool | list[str], Keywords(expected="true, false or a list of trigger IDs")]
    """true disables all; a list disables only these."""


@with_config(CLOSED)
class Visitor(TypedDict, total=False):
    """Visitor data passed during initialization."""

    name: Annotated[str, never_on_a_page()]
    """Full name; never in a static page, it is the same for every reader."""
    email: Annotated[str, never_on_a_page()]
    """Email; never in a static page, it is the same for every reader."""
    phone: Annotated[str, never_on_a_page()]
    """Phone number; never in a static page, it is the same for every reader."""
    notes: Annotated[str, never_on_a_page()]
    """Notes on the visitor; never in a static page, it is the same for every reader."""
    custom: dict[str, Any]
    """Custom fields by their API keys without the prefix custom., such as the docs' version."""


@with_config(CLOSED)
class ChaportConfig(TypedDict, total=False):
    """Every option of `window.chaportConfig`."""

    appId: AppId
    """Your app's ID, from Settings → Installation code in Chaport."""
    analytics: Analytics
    """Which Google Analytics installation gets the widget's events."""
    appearance: Appearance
    """Overrides account-level appearance settings."""
    assignments: Assignments
    """Overrides account-level assignment rules."""
    closeButton: bool
    """Show the close button in the header (default: if the launcher is hidden, and on mobile)."""
    countries: Countries
    """Shows/hides the widget by country based on IP address."""
    devices: Devices
    """Applies device-specific configuration and can hide the widget on specific device types."""
    history: bool
    """Set to false to keep the browser's Back button from collapsing the widget on mobile."""
    init: Init
    """How and when the widget initializes."""
    language: Language
    """The widget's UI language (default on our sites: {source: html})."""
    launcher: Launcher
    """Controls the default launcher."""
    openIn: Annotated[
        OpenInElement | str,
        Keywords(expected="text such as _blank, or a mapping {selector: '#element'}"),
    ]
    """Where the chat opens: a window or tab (_blank), or inside a page element ({selector})."""
    operators: list[str]
    """Limits the operators shown initially: operator IDs or names, team IDs."""
    responsive: bool
    """Tells whether the site is responsive, instead of letting the widget detect it."""
    session: Session
    """How visitor credentials are stored and used."""
    triggers: Annotated[
        Triggers | Literal[False], Keywords(expected="false, or a mapping with enabled or disabled")
    ]
    """Disables triggers during initialization: false, or {enabled: ...} or {disabled: ...}."""
    visitor: Visitor
    """Visitor data; in a static page only custom fields."""
    visitorIntegrityHash: Annotated[str, never_on_a_page()]
    """Hash that verifies visitor data; never in a static page."""
