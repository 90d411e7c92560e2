"""HTML and XHTML, with every character's place in the page's source."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from html.entities import html5

from auditor.documents.builder import DocumentBuilder
from auditor.documents.document import Document, Role
from auditor.documents.encoding import decode
from auditor.documents.flow import Element, Flow
from auditor.documents.interface import Limits, LoadOptions, Source
from auditor.documents.markup import Tag, Text, Tokenizer
from auditor.documents.metadata import html_head

_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "base", "blockquote", "body", "button", "caption", "center", "dd"),
        *("details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer"),
        *("form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html"),
        *("legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search"),
        *("section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead"),
        *("title", "tr", "ul", "xmp"),
    }
)
# Elements that must be closed by a tag of their own, so that nesting is real and not a forgotten </p>.
_NESTING = frozenset(
    {
        *("article", "aside", "blockquote", "caption", "center", "code", "details", "dialog", "div", "dl"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "kbd", "main", "menu", "nav", "ol", "pre", "q", "samp", "section", "summary", "table"),
        *("textarea", "title", "ul"),
    }
)
_ROLES = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "hgroup"), Role.HEADING),
    **dict.fromkeys(("blockquote", "q"), Role.QUOTATION),
    **dict.fromkeys(("pre", "code", "kbd", "samp"), Role.CODE),
    **dict.fromkeys(("figcaption", "caption"), Role.CAPTION),
    "table": Role.TABLE,
    "title": Role.METADATA,
}
_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_MARKED = re.compile(
    r"(?:doc-)?(?:bibliography|references?|reflist|ref-list|works-cited|citation-list)", re.I
)
_NOTED = re.compile(r"(?:doc-)?(?:footnotes?|endnotes?|rearnotes?)", re.I)
_ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]{0,31};?)")
_LONGEST_NUMBER = 12
_SHOWN = ("alt", "title", "placeholder", "aria-label", "summary")
_META = re.compile(r"(?:og:|twitter:|dc\.|dcterms\.)?(?:description|title|keywords|abstract|subject)", re.I)
_DECLARED = (
    re.compile(rb"<meta[^>]{1,300}?charset\s{0,20}=\s{0,20}[\"']?\s{0,20}([\w.:-]{2,40})", re.IGNORECASE),
    re.compile(rb"^\s{0,20}<\?xml[^>]{1,200}?encoding\s{0,20}=\s{0,20}[\"']([\w.:-]{2,40})"),
)
# What browsers read under these names (WHATWG Encoding Standard).
_MEANT = {
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601"), "cp949"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "x-sjis", "shift-jis"), "cp932"),
    "iso-8859-9": "cp1254",
}


class HtmlLoader:
    """Pages. Scripts, styles, templates and comments are no text; attributes that are shown are blocks.

    Quotation, code, tables, captions, headings, notes and reference lists are known by their elements, or by
    the class, id or role of a section.
    """

    name = "html"
    suffixes = (".html", ".htm", ".xhtml")

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one page.

        Raises:
            DocumentError: If it is binary, in no readable encoding, or nested deeper than
                ``limits.max_depth``.
        """
        page, encoding = decode(source, declared_encoding(source.data))
        builder = DocumentBuilder()
        write_page(page, builder, source, options.limits, xml=source.suffix == ".xhtml")
        return builder.build(source, self.name, raw=page, encoding=encoding, metadata=html_head(page))


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its first two kilobytes, as browsers understand the name."""
    for pattern in _DECLARED:
        if found := pattern.search(data[:2048]):
            name = found[1].decode("ascii", "replace").lower()
            return None if name.startswith("utf-16") else _MEANT.get(name, name)
    return None


def write_page(
    page: str,
    builder: DocumentBuilder,
    source: Source,
    limits: Limits,
    *,
    xml: bool = False,
    places: bool = True,
) -> None:
    """Writes a page's text, roles and places to ``builder``.

    Args:
        page: The markup.
        builder: Takes the text.
        source: Whose errors are raised.
        limits: ``max_depth`` bounds the nesting of elements that need an end tag.
        xml: Whether the page is XHTML.
        places: Whether the page is the raw file, so that offsets into it mean something.

    Raises:
        DocumentError: If it is nested too deeply.
    """
    _Page(page, builder, source, limits, places).run(Tokenizer(page, xml=xml), xml)


class _Page:
    def __init__(
        self, page: str, builder: DocumentBuilder, source: Source, limits: Limits, places: bool
    ) -> None:
        self._page = page
        self._flow = Flow(builder)
        self._source = source
        self._limits = limits
        self._places = places
        self._hidden = 0  # depth of <template>
        self._counts: Counter[str] = Counter()  # of open elements; headings of all levels are "h"

    def run(self, tokens: Tokenizer, xml: bool) -> None:
        for token in tokens:
            if isinstance(token, Text):
                if not self._hidden and token.inside in ("", "xmp"):
                    self._text(token)
            elif token.name == "template":
                self._hidden = max(self._hidden + (-1 if token.closing else not (xml and token.empty)), 0)
            elif self._hidden:
                continue
            elif token.closing:
                self._close(token)
            else:
                self._open(token)
                if xml and token.empty and token.name in _NESTING:
                    self._pop()
        self._flow.finish()

    def _text(self, token: Text) -> None:
        for data, raw, literal in self._pieces(token.start, token.end, token.literal):
            self._flow.text(data, raw, literal=literal)

    def _pieces(self, start: int, end: int, verbatim: bool = False) -> list[tuple[str, int | None, bool]]:
        """Text and decoded entities of ``page[start:end]``."""
        pieces: list[tuple[str, int | None, bool]] = []
        position = start
        if not verbatim and self._page.find("&", start, end) >= 0:
            for match in _ENTITY.finditer(self._page, start, end):
                decoded, length = _decoded(match[0])
                if not length:
                    continue
                if match.start() > position:
                    pieces.append((self._page[position : match.start()], self._place(position), True))
                pieces.append((decoded, self._place(match.start()), False))
                position = match.start() + length
        if end > position:
            pieces.append((self._page[position:end], self._place(position), True))
        return pieces

    def _place(self, offset: int) -> int | None:
        return offset if self._places else None

    def _open(self, tag: Tag) -> None:
        name, flow = tag.name, self._flow
        if tag.attributes:
            self._attributes(tag)
        if name in ("br", "wbr"):
            if name == "br":
                flow.newline(self._place(tag.start))
            return
        if name not in _NESTING:
            if name in _BLOCKS:
                flow.gap()
            return
        if len(flow.open) >= self._limits.max_depth:
            raise self._source.error(f"nests elements deeper than {self._limits.max_depth} levels")
        level = _LEVELS.get(name, 0)
        if level and flow.open and flow.open[-1].level:
            self._pop()  # a heading ends at the next one
        role = _ROLES.get(name)
        if name == "table":
            role = self._table_role(tag)
        elif role is None and tag.attributes:
            role = self._section_role(tag)
        flow.push(Element(name, role, name in _BLOCKS, name in ("pre", "textarea"), level))
        self._counts["h" if level else name] += 1

    def _pop(self) -> None:
        element = self._flow.pop()
        self._counts["h" if element.level else element.name] -= 1

    def _table_role(self, tag: Tag) -> Role | None:
        """None for a table that lays out the page: it says so, or holds other tables."""
        for element in self._flow.open:
            if element.name == "table":
                element.role = None
        return None if self._value(tag, "role") in ("presentation", "none") else Role.TABLE

    def _section_role(self, tag: Tag) -> Role | None:
        for key in ("class", "id", "role", "epub:type"):
            for word in self._value(tag, key).split():
                if _MARKED.fullmatch(word):
                    return Role.REFERENCES
                if _NOTED.fullmatch(word):
                    return Role.FOOTNOTE
        return None

    def _close(self, tag: Tag) -> None:
        flow, name = self._flow, tag.name
        if name in ("p", "br"):
            flow.gap()
            return
        kind = "h" if name in _LEVELS else name
        if self._counts[kind]:
            closed = False
            while not closed:
                closed = flow.open[-1].name == name or (kind == "h" and flow.open[-1].level > 0)
                self._pop()
        if name in _BLOCKS:
            flow.gap()

    def _value(self, tag: Tag, key: str) -> str:
        bounds = tag.attributes.get(key)
        return self._page[bounds[0] : min(bounds[1], bounds[0] + 1000)] if bounds else ""

    def _attributes(self, tag: Tag) -> None:
        """Queues the attributes that a reader is shown."""
        if tag.name == "meta":
            if _META.fullmatch(self._value(tag, "name") or self._value(tag, "property")):
                self._aside(tag, "content")
            return
        for key in _SHOWN:
            self._aside(tag, key)
        if tag.name == "input" and self._value(tag, "type").lower() in (
            "button",
            "submit",
            "reset",
            "text",
            "",
        ):
            self._aside(tag, "value")

    def _aside(self, tag: Tag, key: str) -> None:
        if bounds := tag.attributes.get(key):
            self._flow.aside(self._pieces(*bounds))


def _decoded(entity: str) -> tuple[str, int]:
    """What an entity stands for, and how much of it spells that: ``&ampx`` is ``&`` and ``x``."""
    if entity[1] == "#":
        # A number of thousands of digits would be refused by int(), or take its time.
        return ("\ufffd" if len(entity) > _LONGEST_NUMBER else unescape(entity)), len(entity)
    for end in range(len(entity), 2, -1):
        if (found := html5.get(entity[1:end])) is not None:
            return found, end
    return "", 0


LOADER = HtmlLoader()
