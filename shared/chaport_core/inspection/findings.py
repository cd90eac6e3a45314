"""What an inspection can find: each kind with how bad it is, its title and the next step."""

from enum import Enum
from typing import Literal, NamedTuple

Level = Literal["error", "warning", "notice"]
"""error: broken for readers; warning: probably not meant; notice: good to know, and no failure."""


class Kind(Enum):
    """The kinds of finding in the order in which they are told, the worst first."""

    def __init__(self, key: str, level: Level, title: str, next_step: str) -> None:
        self.key = key
        """Its name in the formats that programs read: it stays what it is."""
        self.level = level
        self.title = title
        self.next_step = next_step

    SECRET = (
        "secret",
        "error",
        "Secrets in public pages",
        "Take it out of the site and change it in Chaport: whoever read the page may have it.",
    )
    UNREADABLE = (
        "unreadable",
        "error",
        "Files that could not be read",
        "Nothing is known of these; mend or remove them and check again.",
    )
    RECORD = (
        "invalid-record",
        "error",
        "Records that are invalid",
        "Correct the option in the site's configuration or the page's front matter and build"
        " again.",
    )
    NO_CHAT = (
        "chat-does-not-start",
        "error",
        "Records and loaders that do not find each other",
        "The build writes the record and, right behind it, the loader: find the plugin or theme"
        " that moves or drops one of them afterwards.",
    )
    MISSING_FILE = (
        "missing-file",
        "error",
        "Our files that are missing",
        "Build the site again into an empty folder, and publish all of it.",
    )
    UNRESOLVED_LINK = (
        "unresolved-link",
        "error",
        "Chat links left unresolved",
        "No browser knows chaport: addresses; only pages that the build renders have theirs made"
        ' links that work. Elsewhere write data-chaport="open" and an ordinary href.',
    )
    NO_CONTENT_SCRIPT = (
        "no-content-script",
        "error",
        "Chat links without the script that makes them work",
        "Build the page with this plugin, or set events: dom, which puts the script on every page.",
    )
    DOUBLE = (
        "double-install",
        "warning",
        "Chaport installed twice",
        "Keep one: remove the pasted code from the theme or page, or the plugin's second run.",
    )
    UNKNOWN_OPTION = (
        "unknown-option",
        "warning",
        "Options that this release does not know",
        "Correct the name. If it was passed on purpose by unchecked, it may be right: a record"
        " cannot tell, so look it up in Chaport's documentation or update chaport-ssg.",
    )
    VERSION = (
        "record-version",
        "warning",
        "Records of another format",
        "Build the site and check it with the same release of chaport-ssg.",
    )
    CONTRADICTION = (
        "contradiction",
        "warning",
        "Options that do not do what they seem to",
        "Keep one of the two.",
    )
    LANGUAGE = (
        "html-lang",
        "warning",
        "Pages whose <html lang> does not tell the chat's language",
        "Set the site's language in the theme, or choose the chat's: language: {use: en}.",
    )
    SELECTOR = (
        "selector-without-element",
        "warning",
        "Selectors without an element",
        "Chat opens in that element: put it on the page, or correct the selector.",
    )
    CALL = (
        "mistaken-call",
        "warning",
        "Chat links that call wrongly",
        "Correct the method or its arguments.",
    )
    NO_FALLBACK = (
        "no-fallback",
        "warning",
        "Chat links that lead nowhere without chat",
        "Give the link an href, which readers without chat follow.",
    )
    ENCODING = (
        "encoding",
        "warning",
        "Pages in a broken encoding",
        "Save the page as UTF-8; it was read as far as possible.",
    )
    BUTTON_FALLBACK = (
        "button-without-fallback",
        "notice",
        "Buttons that do nothing without chat",
        "Right with fallback: false; else set fallback, or data-chaport-fallback on the element.",
    )
    PASTED = (
        "pasted-snippet",
        "notice",
        "Pages with Chaport's own installation code alone",
        "The page's settings are the code's; remove the code to have this plugin's.",
    )
    PREVIEW = (
        "preview-widget",
        "notice",
        "Pages with the preview widget",
        "Readers would talk to nobody: before you publish, build without widget: preview.",
    )
    LOADER = (
        "altered-loader",
        "notice",
        "Loaders that are not as this release writes them",
        "A minifier has changed it, or another release has built the site. It may work, but the"
        " published hash does not admit it: chaport csp SITE_DIR prints the one that does.",
    )
    ALTERED_FILE = (
        "altered-file",
        "notice",
        "Our files that are not as they were written",
        "The hash in the name is not the content's: something changed the file after the build.",
    )
    ORPHAN = (
        "orphaned-file",
        "notice",
        "Our files that no page asks for",
        "Left by an earlier build; it can be removed.",
    )
    UNHEARD_ANSWER = (
        "unheard-answer",
        "notice",
        "Chat links whose answer nobody hears",
        "Call it in the site's own script.",
    )
    RELOAD = (
        "reload",
        "notice",
        "Pages that instant navigation has to reload",
        "Their settings are right all the same: the document is loaded once, and an open chat"
        " closes for it. To avoid it, give them the options that are usual here.",
    )


class Finding(NamedTuple):
    """One thing found in one place."""

    kind: Kind
    place: str
    """The path of a page, file or folder below the site's folder, '/'-separated."""
    message: str
    """A sentence without its first word in capitals; holds no secret."""


def is_failure(finding: Finding) -> bool:
    """Whether a finding makes a run of the check fail."""
    return finding.kind.level != "notice"
