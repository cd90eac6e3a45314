"""Our own options, beside the vendor's: what the plugins read and no widget ever sees."""

from typing import Annotated, Any, Literal

from pydantic import Tag, with_config

from chaport_core.constraints import BOOLEAN, FALSE, MAPPING, STRICT, TEXT, Matching, one_of
from chaport_core.options import ChaportConfig


@with_config(STRICT)
class PageOptions(ChaportConfig, total=False):
    """What a row or a page's front matter may say: every option of the vendor, and `enabled`."""

    enabled: bool
    """Whether the page carries chat at all; false loads nothing."""


OnOrOptions = Annotated[
    # The mapping leads: of two branches that do not fit, editors explain the first.
    Annotated[PageOptions, Tag(MAPPING)] | Annotated[bool, Tag(BOOLEAN)],
    one_of("true, false or a mapping of options", BOOLEAN, MAPPING),
]


# A path without a scheme, or one of the schemes that a link in a page may have: no javascript:.
Address = Annotated[
    str,
    Matching(
        r"^((https?:\/\/|mailto:|tel:|[\/?#])[^\s\u0000-\u001f]*|[^\s\u0000-\u001f:\/?#]+([\/?#][^\s\u0000-\u001f]*)?)$",
        "an address such as https://example.com/help, mailto:help@example.com, tel:+15550100 or"
        " contact/",
    ),
]


@with_config(STRICT)
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
    fallback: Annotated[
        Annotated[Address, Tag(TEXT)] | Annotated[Literal[False], Tag(FALSE)],
        one_of("an address, or false", TEXT, FALSE),
    ]
    """Where a chat link leads when chat cannot open; default: the hosted chat page of the appId."""
    events: Literal["none", "dom"]
    """dom: the vendor's events are also DOM events (chaport:chat.started, ...) on every page."""
    unchecked: dict[str, Any]
    """Options newer than this release, passed on as they are."""
