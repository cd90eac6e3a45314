"""The widget's language: when a page's `<html lang>` can be trusted, and what to say instead."""

import re

from chaport_core.problem import Problem

_WELL_FORMED = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def is_well_formed(language: str) -> bool:
    """Whether a value of `lang` has the form of a language tag: `en`, `pt-BR`."""
    return _WELL_FORMED.fullmatch(language) is not None


def agrees(known: str, rendered: str | None) -> bool:
    """Whether the rendered `<html lang>` is a well-formed tag of the page's known language.

    `known` may be written as hosts write locales (`pt_BR`, `zh_Hans_CN`); `rendered` is None where
    the theme writes no `lang`.
    """
    said = rendered or ""
    return is_well_formed(said) and primary_subtag(said) == primary_subtag(known)


def primary_subtag(language: str) -> str:
    """`pt` of `pt_BR` and `pt-BR`, in small letters."""
    return re.split(r"[-_.@]", language.strip(), maxsplit=1)[0].lower()


def two_letter_code(language: str) -> str | None:
    """What `language.use` may hold for a language; None for subtags such as `fil`."""
    subtag = primary_subtag(language)
    return subtag if re.fullmatch("[a-z]{2}", subtag) else None


def code_beside(rendered: str | None, known: str) -> tuple[str | None, tuple[Problem, ...]]:
    """What `language.use` shall say because the rendered `<html lang>` is not the known language.

    None where it is, and where there is no such code, with a hint.
    """
    if agrees(known, rendered):
        return None, ()
    code = two_letter_code(known)
    return code, () if code else (_no_code(known),)


def _no_code(language: str) -> Problem:
    return Problem(
        (),
        f"is in {language!r}, which <html lang> does not say, and the widget takes 2-letter codes"
        " only; to choose its language set language: {use: ...}",
        "info",
    )
