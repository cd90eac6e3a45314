"""One page of a built site: what it carries of Chaport, and what is wrong on it alone."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from chaport_core.inspection.findings import Finding, Kind
from chaport_core.inspection.page_links import Element, check_link
from chaport_core.inspection.page_record import Record, read_record
from chaport_core.inspection.shipped_files import Reference, reference_to, references_in_script
from chaport_core.page.calls import read_attributes
from chaport_core.page.containers import missing_containers, selector_of, selectors_of
from chaport_core.page.head import runs_vendor_script
from chaport_core.page.language import is_well_formed
from chaport_core.page.scripts import PREVIEW_MARK, is_as_written, is_loader
from chaport_core.problem import describe

State = Literal["chat", "off", "pasted", "without", "unread"]
"""With our record; ours without one; the vendor's own code alone; nothing; nobody knows."""


class PageReport(NamedTuple):
    """What a page carries."""

    path: str
    """Below the site's folder, '/'-separated."""
    state: State
    lang: str | None = None
    """Its `<html lang>`."""
    record: Record | None = None
    references: tuple[Reference, ...] = ()
    """Our files that it asks for."""
    findings: tuple[Finding, ...] = ()

    def asks_for(self, name: str) -> bool:
        """Whether it asks for one of our files: `chaport-runtime`, `chaport-content`."""
        return any(one.name.startswith(f"{name}.") for one in self.references)


class _Parts(NamedTuple):
    """What of a parsed page is about Chaport, in the page's order."""

    nodes: list[LexborNode]
    """Records and scripts."""
    records: list[LexborNode]
    loaders: list[LexborNode]
    pasted: list[LexborNode]
    elements: list[Element]
    """Chat links."""


def inspect_page(text: str, path: str) -> PageReport:
    """Read a page as a browser with scripts does: nothing in a template or noscript is there."""
    tree = LexborHTMLParser(text, scripting=True)
    parts = _parts_of(tree)
    root = tree.css_first("html")
    lang = root.attributes.get("lang") if root else None
    record, found = None, list[Finding]()
    if parts.records:
        record, found = read_record(parts.records[0].attributes, path)
    report = PageReport(path, _state_of(parts), lang, record, _references(tree, parts, path))
    found += [
        *_installation_findings(parts, report),
        *_script_findings(parts, path),
        *_language_findings(report),
        *_link_findings(parts, report),
        *_selector_findings(tree, parts, report),
    ]
    # The same mistake twice on a page is told once.
    return report._replace(findings=tuple(dict.fromkeys(found)))


def _parts_of(tree: LexborHTMLParser) -> _Parts:
    nodes = tree.css("meta[name=chaport], script")
    scripts = [node for node in nodes if node.tag == "script"]
    loaders = [node for node in scripts if "src" not in node.attributes and is_loader(_text(node))]
    pasted = [
        node
        for node in scripts
        if node not in loaders and runs_vendor_script(_filled(node.attributes), _text(node))
    ]
    found = tree.css('[data-chaport], a[href*="haport:" i], area[href*="haport:" i], svg a')
    elements = [Element(node.tag or "", node.attributes) for node in found]
    ours = [one for one in elements if "data-chaport" in one.attributes or one.address]
    return _Parts(nodes, [node for node in nodes if node.tag == "meta"], loaders, pasted, ours)


def _text(node: LexborNode) -> str:
    return node.text() or ""


def _filled(attributes: Mapping[str, str | None]) -> dict[str, str]:
    """Attributes with empty text where the parser has None: `<script async>`."""
    return {name: value or "" for name, value in attributes.items()}


def _state_of(parts: _Parts) -> State:
    if parts.records:
        return "chat"
    if parts.loaders:
        # The next page may want chat: where pages are swapped the scripts stand without a record.
        return "off"
    return "pasted" if parts.pasted else "without"


def _references(tree: LexborHTMLParser, parts: _Parts, path: str) -> tuple[Reference, ...]:
    base = tree.css_first("base[href]")
    base_address = (base.attributes.get("href") if base else None) or ""
    addresses = [
        node.attributes.get("src") or node.attributes.get("href") or ""
        for node in tree.css('script[src*="chaport-"], link[href*="chaport-"]')
    ]
    for loader in parts.loaders:
        addresses += references_in_script(_text(loader))
    found = (reference_to(address, base_address, path) for address in addresses)
    return tuple(dict.fromkeys(filter(None, found)))


def _installation_findings(parts: _Parts, page: PageReport) -> Iterator[Finding]:
    """Whether record, loader and runtime are there, once, and in their order."""
    records, loaders, has_runtime = parts.records, parts.loaders, page.asks_for("chaport-runtime")
    told = None
    if records and not loaders:
        told = "the record stands here without the loader, so chat never starts"
    elif records and parts.nodes.index(records[0]) > parts.nodes.index(loaders[0]):
        told = "the record stands behind the loader, which finds none"
    elif loaders and not records and not has_runtime:
        told = "the loader stands here without a record, so chat never starts"
    elif has_runtime and not loaders:
        told = "the runtime stands here without the loader"
    if told:
        yield Finding(Kind.NO_CHAT, page.path, told)
    for nodes, name in ((records, "records"), (loaders, "loaders")):
        if len(nodes) > 1:
            told = f"{len(nodes)} {name} stand here, and the first counts"
            yield Finding(Kind.DOUBLE, page.path, told)
    if parts.pasted and (records or loaders):
        told = "Chaport's own installation code runs beside ours"
        yield Finding(Kind.DOUBLE, page.path, told)
    elif parts.pasted:
        told = "the page runs Chaport's own installation code"
        yield Finding(Kind.PASTED, page.path, told)


_SECRET_IN_SCRIPT = re.compile(
    # A name is looked for from its first letter alone: from each it would take a long word minutes.
    r"""(visitorIntegrityHash|token|(?<!\w)\w*(?:salt|secret))["']?\s*[:=]\s*"""
    r"""["'][A-Za-z0-9]{32,}["']""",
    re.I,
)


def _script_findings(parts: _Parts, path: str) -> Iterator[Finding]:
    """What is to be said of the text of our scripts and of others that speak of Chaport."""
    for loader in parts.loaders:
        if PREVIEW_MARK in _text(loader):
            told = "the preview widget stands in place of the live one"
            yield Finding(Kind.PREVIEW, path, told)
        if not is_as_written(_text(loader)):
            yield Finding(Kind.LOADER, path, "the loader is not as this release writes it")
    for node in parts.nodes:
        text = _text(node) if node.tag == "script" and node not in parts.loaders else ""
        if "chaport" in text.lower():
            for name in dict.fromkeys(_SECRET_IN_SCRIPT.findall(text)):
                told = f"an inline script gives {name} a value that looks like a secret"
                yield Finding(Kind.SECRET, path, told)


def _language_findings(page: PageReport) -> Iterator[Finding]:
    config = page.record.config if page.record else None
    language = config.get("language") if isinstance(config, dict) else None
    if not isinstance(language, dict) or language.get("source") != "html" or language.get("use"):
        return
    if not page.lang:
        yield Finding(Kind.LANGUAGE, page.path, "<html> has no lang, which language.source names")
    elif not is_well_formed(page.lang):
        shown = describe(page.lang).removeprefix("the text ")
        yield Finding(Kind.LANGUAGE, page.path, f"<html lang> is {shown}, which is no language tag")


def _link_findings(parts: _Parts, page: PageReport) -> Iterator[Finding]:
    has_chat = page.state in ("chat", "pasted")
    for element in parts.elements:
        yield from check_link(element, page.path, has_chat=has_chat)
    calls = [one for one in parts.elements if "data-chaport" in one.attributes]
    if calls and has_chat and not page.asks_for("chaport-content"):
        told = "has chat links, but not the script chaport-content that follows them"
        yield Finding(Kind.NO_CONTENT_SCRIPT, page.path, told)


def _selector_findings(
    tree: LexborHTMLParser, parts: _Parts, page: PageReport
) -> Iterator[Finding]:
    selectors = list(_opened_in(parts))
    if page.record and page.record.is_valid:
        selectors += selectors_of(page.record.config)
    for problem in missing_containers(tree, selectors):
        yield Finding(Kind.SELECTOR, page.path, problem.message)


def _opened_in(parts: _Parts) -> Iterator[str]:
    """The selectors that the page's chat links name."""
    for element in parts.elements:
        method, arguments = map(element.attributes.get, ("data-chaport", "data-chaport-args"))
        call = read_attributes(method, arguments)[0] if method == "openIn" else None
        selector: Any = selector_of(call.arguments[0]) if call and call.arguments else None
        if isinstance(selector, str):
            yield selector
