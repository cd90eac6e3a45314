"""Hands each page that Pelican renders to the core, and says what the core found."""

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from pelican import signals  # type: ignore[attr-defined]

from chaport_core.frontmatter import unread_keys
from chaport_core.loader import VENDOR_SCRIPT, preview_widget
from chaport_core.page import Chat, Page
from chaport_core.problem import Problem, listed
from chaport_core.settings import read_settings

logger = logging.getLogger(__name__)

_CHAT = "_chaport_chat"
_DONE = "_chaport_done"


class Chaport(Exception):
    """Mistakes that stop a run: Pelican shows the message and ends with exit code 1."""


def check_settings(settings: Mapping[str, Any]) -> Chat:
    """Chat as the setting CHAPORT wants it; raises `Chaport` with every mistake in it."""
    chaport_settings, problems = read_settings(settings["CHAPORT"])
    fatal = [problem for problem in problems if problem.severity in ("error", "secret")]
    if chaport_settings is None:
        raise _stop(f"the setting CHAPORT has mistakes:\n{listed(fatal)}")
    return Chat(chaport_settings)


def connect() -> None:
    """Listen to the signals of a run; connecting twice changes nothing."""
    signals.generator_init.connect(_hook_templates)
    signals.all_generators_finalized.connect(_stop_at_secrets)
    signals.content_written.connect(_complete_file)
    signals.finalized.connect(_write_preview_widget)


def _hook_templates(generator: Any) -> None:
    """Have the generator's templates hand over what they render.

    A generator's environment is fresh when this signal is sent: no template is loaded yet.
    """
    env = getattr(generator, "env", None)
    if env is None or generator.settings.get("CHAPORT") is None:
        return
    # One context serves all generators of a run (and a subsite of i18n_subsites has its own).
    if _CHAT not in generator.context:
        generator.context[_CHAT] = check_settings(generator.settings)
        _report("CHAPORT", read_settings(generator.settings["CHAPORT"])[1])
    template_class = env.template_class

    class ChatTemplate(template_class):  # type: ignore[misc, valid-type]
        def render(self, *args: Any, **kwargs: Any) -> str:
            text: str = super().render(*args, **kwargs)
            context = args[0] if args else kwargs
            return _add_chat(text, context) if _is_page(context) else text

    env.template_class = ChatTemplate


def _is_page(context: Any) -> bool:
    """Whether Pelican's writer renders a file that may be HTML (feeds have no `output_file`)."""
    if not isinstance(context, dict) or _CHAT not in context or "output_file" not in context:
        return False
    return PurePosixPath(context["output_file"]).suffix.lower() in ("", ".htm", ".html")


def _add_chat(html: str, context: dict[str, Any]) -> str:
    context[_DONE] = True
    chat: Chat = context[_CHAT]
    page = _page(context, chat)
    html, problems = chat.add_to(html, page)
    _report(page.source or page.output, problems)
    return html


def _page(context: dict[str, Any], chat: Chat) -> Page:
    content = context.get("article") or context.get("page")
    output = context["output_file"].replace("\\", "/")
    metadata = getattr(content, "metadata", {})
    return Page(
        output=output,
        source=getattr(content, "relative_source_path", None),
        metadata=metadata,
        language=getattr(content, "lang", None) or context.get("DEFAULT_LANG"),
        unread_keys=_unread_keys(content, metadata),
        widget_address=_widget_address(chat, output, context),
    )


def _unread_keys(content: Any, metadata: Mapping[str, Any]) -> tuple[str, ...]:
    """What of `chaport` Python-Markdown left in the text because a line before it is no key."""
    text = getattr(content, "_content", None) or ""
    if "chaport" not in text[:2000].lower():
        return ()
    with Path(content.source_path).open(encoding="utf-8-sig", errors="replace") as source:
        return tuple(unread_keys(source.read(4000), metadata))


def _widget_address(chat: Chat, output: str, context: dict[str, Any]) -> str:
    if not chat.settings.shows_preview(serving=False):
        return VENDOR_SCRIPT
    name = preview_widget()[0]
    if output == "404.html":
        # Served at any depth; SITEURL in a context may be relative, localsiteurl with it.
        root = urlsplit(context.get("SITEURL") or "").path.strip("./")
        return f"/{root}/{name}" if root else f"/{name}"
    return "../" * output.count("/") + name


def _stop_at_secrets(generators: Iterable[Any]) -> None:
    """Stop at secrets in metadata before any page is written."""
    contexts = {id(one.context): one.context for one in generators if hasattr(one, "context")}
    secrets = [
        f"{content.relative_source_path}: {problem}"
        for context in contexts.values()
        if _CHAT in context
        for content in context["generated_content"].values()
        if content is not None
        for problem in context[_CHAT].secrets_of(Page("", metadata=content.metadata))
    ]
    if secrets:
        raise _stop(f"secrets in the metadata of pages:\n{listed(secrets)}")


def _complete_file(path: str, context: dict[str, Any]) -> None:
    """Add chat to a file that another plugin's generator rendered with templates of its own."""
    if not _is_page(context) or _DONE in context:
        return
    file = Path(path)
    # Byte for byte: no newline is translated, and what is not UTF-8 comes back as it was.
    with file.open(encoding="utf-8", errors="surrogateescape", newline="") as source:
        text = source.read()
    html = _add_chat(text, context)
    if html != text:
        with file.open("w", encoding="utf-8", errors="surrogateescape", newline="") as target:
            target.write(html)


def _write_preview_widget(pelican: Any) -> None:
    if pelican.settings.get("CHAPORT") is None:
        return
    settings, _ = read_settings(pelican.settings["CHAPORT"])
    if settings is None or not settings.shows_preview(serving=False):
        return
    name, text = preview_widget()
    file = Path(pelican.output_path, name)
    # Autoreload watches for changes: an unchanged file is left alone.
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")


def _report(source: str, problems: Iterable[Problem]) -> None:
    for problem in problems:
        say = logger.info if problem.severity == "info" else logger.warning
        say("chaport: %s: %s", source, problem)


def _stop(message: str) -> Chaport:
    # Pelican 4.12 logs a traceback with every exception; a mistake in a setting needs none.
    logging.getLogger("pelican").addFilter(_without_traceback)
    return Chaport(message)


def _without_traceback(record: logging.LogRecord) -> bool:
    if record.exc_info and isinstance(record.exc_info[1], Chaport):
        record.exc_info = None
    return True
