"""The text of one part of a Word document: paragraphs in document order, with roles and pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.documents.builder import DocumentBuilder
from auditor.documents.document import Role
from auditor.documents.docx_parts import Styles, attribute, outline_level
from auditor.documents.plain_structure import REFERENCES

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
}
_PARAGRAPHS = frozenset({"w:p", "a:p"})
_TEXT = frozenset({"w:t", "m:t", "a:t"})
# Deleted and moved-away text, pronunciation guides.
_SKIPPED = frozenset({"w:del", "w:moveFrom", "w:rt"})
_CHARACTERS = {
    **dict.fromkeys(("w:tab", "w:ptab"), "\t"),
    **dict.fromkeys(("w:cr", "w:br", "a:br"), "\n"),
    "w:noBreakHyphen": "-",
}
_OFF = ("0", "false", "off")
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_LONGEST_HEADING = 200


@dataclass(slots=True)
class _Paragraph:
    page: int
    role: Role | None = None
    level: int = 0
    table: bool = False
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[tuple[int, int]] = field(default_factory=list)  # offset in the paragraph, page from there on
    spans: list[tuple[int, int, Role]] = field(default_factory=list)
    after: list[_Paragraph] = field(default_factory=list)  # text boxes and alternative texts
    ends_section: bool = False  # and with it the page
    joined: bool = False  # its end is deleted by a tracked change: the next paragraph goes on here

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


class PartWriter:
    """Takes the parser's events of one part and writes its paragraphs.

    Args:
        builder: Takes the text.
        styles: The document's styles.
        role: Role of all text, if any.
        rendered: Whether pages are told by the marks that Word left when it last laid the document out; else
            by the author's own page breaks, which Word repeats with such a mark.
        paged: Whether pages are counted at all.
    """

    def __init__(
        self,
        builder: DocumentBuilder,
        styles: Styles,
        role: Role | None = None,
        *,
        rendered: bool = False,
        paged: bool = False,
    ) -> None:
        self._builder = builder
        self._styles = styles
        self._role = role
        self._rendered = rendered
        self._paged = paged
        self._page = 1
        self._marked: int | None = None
        self._names: dict[str, str] = {}
        self._open: list[_Paragraph] = []
        self._carried: _Paragraph | None = None
        self._skipped = 0
        self._tables = 0
        self._in_properties = 0
        self._choices: list[bool] = []  # per open AlternateContent: whether a choice was read
        self._run: tuple[int, Role] | None = None
        self._words: list[str] | None = None
        self._kept_spaces = False
        self._references: tuple[int, int] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        short = self._short(name)
        if self._skipped:
            self._skipped += 1
        elif short in _PARAGRAPHS:
            self._begin()
        elif short in _TEXT:
            self._words = []
            self._kept_spaces = short != "w:t" or attribute(attributes, "space") == "preserve"
        elif self._in_properties:
            self._property(short, attributes)
        elif short in _SKIPPED or (short == "mc:Fallback" and self._choices and self._choices[-1]):
            self._skipped = 1
        elif short in ("w:footnote", "w:endnote"):
            self._skipped = attribute(attributes, "type") in _SEPARATORS
        elif short == "w:pPr":
            self._in_properties = 1
        elif short == "mc:AlternateContent":
            self._choices.append(False)
        elif short == "mc:Choice" and self._choices:
            self._choices[-1] = True
        elif self._open:
            self._inside(short, attributes)
        if short == "w:tbl" and not self._skipped:
            self._tables += 1

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
            return
        short = self._short(name)
        if short in _TEXT and self._words is not None:
            text = "".join(self._words).replace("\u00ad", "")
            self._words = None
            if self._open:
                self._open[-1].add(text if self._kept_spaces else text.strip(" \t\r\n"))
        elif short in _PARAGRAPHS and self._open:
            self._finish(self._open.pop())
        elif short == "w:r" and self._run and self._open:
            start, role = self._run
            self._open[-1].spans.append((start, self._open[-1].length, role))
            self._run = None
        elif short == "w:pPr":
            self._in_properties = 0
        elif short == "w:tbl":
            self._tables -= 1
        elif short == "mc:AlternateContent" and self._choices:
            self._choices.pop()

    def text(self, data: str, offset: int) -> None:
        """Character data; only that of text elements is text."""
        if self._words is not None and not self._skipped:
            self._words.append(data)

    def finish(self) -> None:
        """Ends the part."""
        if self._carried is not None:
            self._write(self._carried)
        if self._references is not None:
            self._builder.mark(self._references[0], len(self._builder), Role.REFERENCES)

    def _short(self, name: str) -> str:
        short = self._names.get(name)
        if short is None:
            uri, _, local = name.rpartition(" ")
            short = f"{_PREFIXES.get(uri, '')}:{local}"
            if len(self._names) < 10_000:  # a hostile file may invent names without end
                self._names[name] = short
        return short

    def _begin(self) -> None:
        if self._carried is not None and not self._open:
            self._open.append(self._carried)
            self._carried.joined = False
            self._carried = None
        else:
            self._open.append(_Paragraph(self._page, table=self._tables > 0))

    def _property(self, short: str, attributes: dict[str, str]) -> None:
        """Something inside a paragraph's properties."""
        if not self._open:
            return
        paragraph, value = self._open[-1], attribute(attributes, "val")
        if short == "w:pStyle":
            paragraph.role, paragraph.level = self._styles.role(value)
        elif short == "w:outlineLvl" and (level := outline_level(value)):
            paragraph.role, paragraph.level = Role.HEADING, level
        elif short == "w:del":
            paragraph.joined = True
        elif short == "w:pageBreakBefore" and value not in _OFF and not self._rendered and len(self._builder):
            self._turn()
        elif short == "w:sectPr" and not self._rendered:
            paragraph.ends_section = True
        elif short == "w:type" and value in ("continuous", "nextColumn"):
            paragraph.ends_section = False

    def _inside(self, short: str, attributes: dict[str, str]) -> None:
        """Something inside a paragraph's content."""
        paragraph = self._open[-1]
        if short in _CHARACTERS:
            paragraph.add(_CHARACTERS[short])
            if short == "w:br" and attribute(attributes, "type") == "page" and not self._rendered:
                self._turn()
        elif short == "w:lastRenderedPageBreak":
            self._turn()
        elif short == "w:rStyle":
            role, _ = self._styles.role(attribute(attributes, "val"))
            if role in (Role.CODE, Role.QUOTATION):
                self._run = (paragraph.length, role)
        elif short == "w:sym":
            paragraph.add(_symbol(attribute(attributes, "char")))
        elif short == "wp:docPr" and (text := attribute(attributes, "descr").strip()):
            paragraph.after.append(_Paragraph(self._page, Role.METADATA, pieces=[text], length=len(text)))

    def _turn(self) -> None:
        """A page ends here."""
        self._page += 1
        for paragraph in self._open[:1]:
            if any(piece.strip() for piece in paragraph.pieces):
                paragraph.pages.append((paragraph.length, self._page))
            else:
                paragraph.page = self._page

    def _finish(self, paragraph: _Paragraph) -> None:
        if self._open:
            self._open[-1].after += [paragraph, *paragraph.after]
            paragraph.after = []
        elif paragraph.joined:
            self._carried = paragraph
        else:
            self._write(paragraph)
        if paragraph.ends_section:
            self._page += 1

    def _write(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.pieces)
        if text.strip():
            self._builder.block()
            start = len(self._builder)
            self._heading(paragraph, text, start)
            self._mark_page(paragraph.page)
            position = 0
            for offset, page in paragraph.pages:
                self._builder.add(text[position:offset])
                self._mark_page(page)
                position = offset
            self._builder.add(text[position:])
            end = len(self._builder)
            for role in (self._role, paragraph.role, Role.TABLE if paragraph.table else None):
                if role is not None:
                    self._builder.mark(start, end, role)
            for first, last, role in paragraph.spans:
                self._builder.mark(start + first, start + last, role)
        for other in paragraph.after:
            self._write(other)

    def _mark_page(self, page: int) -> None:
        if self._paged and page != self._marked:
            self._builder.page(page)
            self._marked = page

    def _heading(self, paragraph: _Paragraph, text: str, start: int) -> None:
        """A paragraph 'References' gives what follows its role, up to the next heading of the same level."""
        if self._references is not None and paragraph.level and paragraph.level <= self._references[1]:
            self._builder.mark(self._references[0], start, Role.REFERENCES)
            self._references = None
        if self._references is None and len(text) < _LONGEST_HEADING and REFERENCES.fullmatch(text.strip()):
            self._references = (start, paragraph.level or 9)


def _symbol(code: str) -> str:
    """The character of a symbol; those of symbol fonts (private use) mean nothing without the font."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return chr(value) if 0x20 <= value < 0xD800 else ""
