"""Our own options, beside the vendor's: what the plugins read and no widget ever sees."""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import with_config
from typing_extensions import TypedDict

from chaport_core.schema.types.forms import CLOSED, Keywords
from chaport_core.schema.types.options import ChaportConfig


@with_config(CLOSED)
class PageOptions(ChaportConfig, total=False):
    """What a row or a page's front matter may say: every option of the vendor, and `enabled`."""

    enabled: bool
    """Whether the page carries chat at all; false loads nothing."""


OnOrOptions = Annotated[
    # The mapping leads: of two branches that do not fit, editors explain the first.
    PageOptions | bool,
    Keywords(expected="true, false or a mapping of options"),
]


# A path without a scheme, or one of the schemes that a link in a page may have: no javascript:.
Address = Annotated[
    str,
    Keywords(
        pattern=r"^((https?:\/\/|mailto:|tel:|[\/?#])[^\s\u0000-\u001f]*|[^\s\u0000-\u001f:\/?#]+([\/?#][^\s\u0000-\u001f]*)?)$",
        expected="an address such as https://example.com/help, mailto:help@example.com,"
        " tel:+15550100 or contact/",
    ),
]


# In ASCII, so that a page that declares another encoding than it is written in changes nothing.
SitePath = Annotated[
    str,
    Keywords(
        pattern=r"^\/[!\"$-.0-\[\]-~][!\"$-\[\]-~]*$",
        expected="a path on this site that begins with one slash, such as /account/chat (no other"
        " host, no #, no spaces, no letters beyond ASCII)",
    ),
]


@with_config(CLOSED)
class Csrf(TypedDict):
    """How the backend knows that a report comes from a page of this site."""

    header: Annotated[
        str,
        Keywords(
            pattern="^[A-Za-z][A-Za-z0-9-]*$", expected="a header's name, such as X-CSRFToken"
        ),
    ]
    """The header that every report carries."""
    cookie: NotRequired[
        Annotated[
            str,
            Keywords(
                pattern=r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
                expected="a cookie's name, such as csrftoken",
            ),
        ]
    ]
    """The cookie whose value the header has; without it the value is 1."""


@with_config(CLOSED)
class IdentityOptions(TypedDict):
    """Where the site's own backend says who is reading."""

    path: SitePath
    """The backend's path on the site's own origin."""
    csrf: NotRequired[Csrf]
    """How the backend knows that a report comes from a page of this site."""


@with_config(CLOSED)
class SiteOptions(PageOptions, total=False):
    """What a site's configuration may say."""

    pages: dict[str, OnOrOptions]
    """Section defaults: gitignore patterns on source or output path; later rows win."""
    widget: Literal["auto", "live", "preview"]
    """preview: a local stand-in that talks to nobody; auto: preview while serving, else live."""
    navigation: Literal["auto", "always", "never"]
    """Does the theme swap pages without loading documents; auto: Material's navigation.instant."""
    consent: Literal["none", "material", "manual", "click"]
    """What the loader waits for before anything is requested from the vendor."""
    fallback: Annotated[Address | Literal[False], Keywords(expected="an address, or false")]
    """Where a chat link leads when chat cannot open; default: the hosted chat page of the appId."""
    events: Literal["none", "dom"]
    """dom: the vendor's events are also DOM events (chaport:chat.started, ...) on every page."""
    identity: Annotated[
        IdentityOptions | SitePath,
        Keywords(expected="a path such as /account/chat, or a mapping {path: ...}"),
    ]
    """Where your own backend says who is reading: a path on the same origin."""
    unchecked: dict[str, Any]
    """Options newer than this release, passed on as they are."""
