"""Hands each page that Pelican renders to the core, and ends a run as the core asks for it."""

import logging
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pelican import signals  # type: ignore[attr-defined]
from pelican.log import console

from chaport_core import Build, BuildRefused, Page, Source, settings_or_refuse

# Keys in a run's context, which all generators share and every page's context is a copy of: with
# i18n_subsites each language has a run, and settings, of its own.
_RUN = "_chaport_run"
_DONE = "_chaport_done"


class Chaport(Exception):
    """Mistakes that stop a run: Pelican prints this name, the message, and ends with code 1."""


class _Log(logging.LoggerAdapter[logging.Logger]):
    def process(self, msg: Any, kwargs: MutableMapping[str, Any]) -> tuple[Any, Any]:
        """Name the plugin, which Pelican's console does not."""
        return f"chaport: {msg}", kwargs


log = _Log(logging.getLogger(__name__))


class Run(NamedTuple):
    """What a run's pages share."""

    build: Build
    settings: object
    """Pelican's own, kept for their identity."""

    def __reduce__(self) -> tuple[Any, ...]:
        # Pelican's content cache keeps each content with its context, which nothing of this is.
        return type(None), ()


# Runs that have not ended, by the identity of their settings: all that the signal of a run's end
# knows of it, and settings are copied for the runs of i18n_subsites, which begin inside another.
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


def _begin_run(context: dict[str, Any], settings: dict[str, Any]) -> None:
    with _refusals("the setting "):
        chaport_settings = settings_or_refuse(settings["CHAPORT"], "CHAPORT", log)
    explain = log.info if log.isEnabledFor(logging.INFO) else None
    output, site_url = Path(settings["OUTPUT_PATH"]), settings["SITEURL"]
    build = Build(chaport_settings, output, log, site_url=site_url, explain=explain)
    context[_RUN] = _begun[id(settings)] = Run(build, settings)


def _end_run(pelican: Any) -> None:
    """Say what was built, as Pelican itself does: whatever level it logs."""
    run = _begun.pop(id(pelican.settings), None)
    if run is not None:
        console.print(f"chaport: {run.build.summary()}")


def _is_page(context: Any) -> bool:
    """Whether Pelican's writer renders a file that may be HTML (feeds have no `output_file`)."""
    if not isinstance(context, dict) or _RUN not in context or "output_file" not in context:
        return False
    name: str = context["output_file"].replace("\\", "/").rpartition("/")[2].lower()
    return "." not in name or name.endswith((".html", ".htm"))


def _add_chat(html: str, context: dict[str, Any]) -> str:
    run: Run = context[_RUN]
    context[_DONE] = True
    content: Any = context.get("article") or context.get("page")
    output = context["output_file"].replace("\\", "/")
    page = Page(
        output=output,
        source=getattr(content, "relative_source_path", None),
        metadata=getattr(content, "metadata", {}),
        language=getattr(content, "lang", None) or context.get("DEFAULT_LANG"),
        body=getattr(content, "_content", None) or "",
        read_source=lambda: Path(content.source_path).read_text("utf-8-sig", "replace"),
        at_any_depth=output == "404.html",
    )
    with _refusals():
        return run.build.add_chat(html, page)


def _finish_reading(generators: Iterable[Any]) -> None:
    """Stop at secrets before any page is written."""
    # The generators share one context.
    contexts = [getattr(generator, "context", {}) for generator in generators]
    context = next((context for context in contexts if _RUN in context), None)
    if context is not None:
        contents = [c for c in context["generated_content"].values() if c is not None]
        sources = [Source(c.relative_source_path, c.metadata, _html_of(c)) for c in contents]
        with _refusals():
            context[_RUN].build.refuse_secrets(sources)


def _html_of(content: Any) -> str:
    """What a page's source became: its text, and what index pages and feeds show of it."""
    return f"{getattr(content, '_content', None)}{content.metadata.get('summary')}"


def _complete_file(path: str, context: dict[str, Any]) -> None:
    """Add chat to a file that another plugin's generator rendered with templates of its own."""
    if _DONE not in context and _is_page(context):
        # What is not UTF-8 comes back as it was.
        html = Path(path).read_bytes().decode(errors="surrogateescape")
        Path(path).write_bytes(_add_chat(html, context).encode(errors="surrogateescape"))


def _complete_feed(path: str, context: dict[str, Any], feed: Any) -> None:
    """Have the chat links in a feed replaced."""
    if _RUN in context:
        context[_RUN].build.complete_feed(Path(path), context.get("FEED_DOMAIN"))


@contextmanager
def _refusals(place: str = "") -> Iterator[None]:
    """End the run as Pelican ends one, with the problems alone."""
    try:
        yield
    except BuildRefused as refused:
        # Pelican 4.12 logs a traceback with every exception; a mistake in a setting needs none.
        logging.getLogger("pelican").addFilter(_without_traceback)
        raise Chaport(f"{place}{refused}") from refused


def _without_traceback(record: logging.LogRecord) -> bool:
    if record.exc_info and isinstance(record.exc_info[1], Chaport):
        record.exc_info = None
    return True
