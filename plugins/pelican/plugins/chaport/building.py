"""Hands each page that Pelican renders to the core, and says what the core found."""

import logging
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pelican import signals  # type: ignore[attr-defined]
from pelican.log import console

from chaport_core.page.chat import Chat, Page
from chaport_core.page.scripts import ShippedFile
from chaport_core.problem import is_fatal, listed, report
from chaport_core.settings.front_matter import unread_keys
from chaport_core.settings.site import read_settings

logger = logging.getLogger(__name__)

# Keys in a run's context, which all generators share and every page's context is a copy of: with
# i18n_subsites each language has a run, and settings, of its own.
_RUN = "_chaport_run"
_DONE = "_chaport_done"


class Chaport(Exception):
    """Mistakes that stop a run: Pelican prints this name, the message, and ends with code 1."""


class Run:
    """What a run's pages share: their chat, and the site's root as an address."""

    def __init__(self, chat: Chat, settings: Mapping[str, Any]) -> None:
        self.chat = chat
        self.settings = settings
        self.root = urlsplit(settings["SITEURL"]).path.rstrip("/") + "/"

    def __reduce__(self) -> tuple[Any, ...]:
        # Pelican's content cache keeps each content with its context, which nothing of ours is.
        return type(None), ()


# Runs that have not ended, by the identity of their settings: all that the signal of a run's end
# tells of it, and settings are copied for the runs of i18n_subsites, which begin inside another.
_begun: dict[int, Run] = {}


def connect() -> None:
    """Listen to the signals of a run; connecting twice changes nothing."""
    signals.generator_init.connect(_hook_templates)
    signals.all_generators_finalized.connect(_finish_reading)
    signals.content_written.connect(_complete_file)
    signals.feed_written.connect(_complete_feed)
    signals.finalized.connect(_end_run)


def _hook_templates(generator: Any) -> None:
    """Have a generator's templates hand over what they render.

    Its Jinja environment is fresh when this signal is sent: no template is loaded yet.
    """
    env = getattr(generator, "env", None)
    if env is None or generator.settings.get("CHAPORT") is None:
        return
    if _RUN not in generator.context:
        _begin_run(generator.context, generator.settings)
    template_class = env.template_class

    class ChatTemplate(template_class):  # type: ignore[misc, valid-type]
        def render(self, *args: Any, **kwargs: Any) -> str:
            text: str = super().render(*args, **kwargs)
            context = args[0] if args else kwargs
            return _add_chat(text, context) if _is_page(context) else text

    env.template_class = ChatTemplate


def _begin_run(context: dict[str, Any], settings: Mapping[str, Any]) -> None:
    chaport_settings, problems = read_settings(settings["CHAPORT"])
    if chaport_settings is None:
        found = listed(problem for problem in problems if is_fatal(problem))
        raise _stop(f"the setting CHAPORT has mistakes:\n{found}")
    report(problems, "chaport: CHAPORT", logger)
    output = Path(settings["OUTPUT_PATH"])

    def ship(file: ShippedFile) -> None:
        output.mkdir(parents=True, exist_ok=True)
        (output / file.name).write_text(file.text, encoding="utf-8", newline="")

    tell = _tell if logger.isEnabledFor(logging.INFO) else None
    context[_RUN] = _begun[id(settings)] = Run(Chat(chaport_settings, ship, tell=tell), settings)


def _tell(line: str) -> None:
    logger.info("chaport: %s", line)


def _end_run(pelican: Any) -> None:
    """Say what was built, as Pelican itself does: whatever level it logs."""
    run = _begun.pop(id(pelican.settings), None)
    if run is not None:
        console.print(f"chaport: {run.chat.summary()}")


def _is_page(context: Any) -> bool:
    """Whether Pelican's writer renders a file that may be HTML (feeds have no `output_file`)."""
    if not isinstance(context, dict) or _RUN not in context or "output_file" not in context:
        return False
    output: str = context["output_file"]
    if output.endswith(".html"):
        return True
    name = output.replace("\\", "/").rpartition("/")[2].lower()
    return "." not in name or name.endswith((".html", ".htm"))


def _add_chat(html: str, context: dict[str, Any]) -> str:
    context[_DONE] = True
    page = _page(context)
    html, problems = context[_RUN].chat.add_to(html, page)
    if not problems:
        return html
    name = page.source or page.output
    secrets = [problem for problem in problems if problem.severity == "secret"]
    if secrets:
        raise _stop(f"secrets in {name}:\n{listed(secrets)}")
    report(problems, f"chaport: {name}", logger)
    return html


def _page(context: dict[str, Any]) -> Page:
    content = context.get("article") or context.get("page")
    output = context["output_file"].replace("\\", "/")
    metadata = getattr(content, "metadata", {})
    return Page(
        output=output,
        source=getattr(content, "relative_source_path", None),
        metadata=metadata,
        language=getattr(content, "lang", None) or context.get("DEFAULT_LANG"),
        unread_keys=_unread_keys(content, metadata),
        root=context[_RUN].root if output == "404.html" else None,
    )


def _unread_keys(content: Any, metadata: Mapping[str, Any]) -> tuple[str, ...]:
    """What of `chaport` Python-Markdown left in the text because a line before it is no key."""
    text = getattr(content, "_content", None) or ""
    if "chaport" not in text[:2000].lower():
        return ()
    with Path(content.source_path).open(encoding="utf-8-sig", errors="replace") as source:
        return tuple(unread_keys(source.read(4000), metadata))


def _finish_reading(generators: Iterable[Any]) -> None:
    """Stop at secrets before any page is written."""
    for generator in generators:
        context = getattr(generator, "context", {})
        # The generators share one context: the first of them stands for all.
        if _RUN in context:
            _stop_at_secrets(context)
            return


def _stop_at_secrets(context: dict[str, Any]) -> None:
    secrets = [
        f"{content.relative_source_path}: {problem}"
        for content in context["generated_content"].values()
        if content is not None
        for problem in context[_RUN].chat.secrets_of(
            Page("", metadata=content.metadata), _html_of(content)
        )
    ]
    if secrets:
        raise _stop(f"secrets in pages:\n{listed(secrets)}")


def _html_of(content: Any) -> str:
    """What a page's source became: its text, and what index pages and feeds show of it."""
    return f"{getattr(content, '_content', None)}{content.metadata.get('summary')}"


def _complete_file(path: str, context: dict[str, Any]) -> None:
    """Add chat to a file that another plugin's generator rendered with templates of its own."""
    if _DONE not in context and _is_page(context):
        _rewrite(path, lambda html: _add_chat(html, context))


def _complete_feed(path: str, context: dict[str, Any], feed: Any) -> None:
    """Lead the chat links in a feed elsewhere."""
    if _RUN in context:
        # A fallback's path starts at the site's root, and neither has a slash at its end.
        site = context.get("FEED_DOMAIN") or context["SITEURL"]
        site = site and f"{site}/"
        _rewrite(path, lambda text: context[_RUN].chat.lead_feed_elsewhere(text, site))


def _rewrite(path: str, rewrite: Callable[[str], str]) -> None:
    # Byte for byte: no line break is translated, and what is not UTF-8 comes back as it was.
    with Path(path).open("r+", encoding="utf-8", errors="surrogateescape", newline="") as file:
        text = file.read()
        written = rewrite(text)
        if written != text:
            file.seek(0)
            file.write(written)
            file.truncate()


def _stop(message: str) -> Chaport:
    # Pelican 4.12 logs a traceback with every exception; a mistake in a setting needs none.
    logging.getLogger("pelican").addFilter(_without_traceback)
    return Chaport(message)


def _without_traceback(record: logging.LogRecord) -> bool:
    if record.exc_info and isinstance(record.exc_info[1], Chaport):
        record.exc_info = None
    return True
