"""XML documents: JATS articles, and the text of any other vocabulary."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.documents.builder import DocumentBuilder
from auditor.documents.document import Document, Role
from auditor.documents.encoding import decode
from auditor.documents.flow import Element, Flow
from auditor.documents.interface import LoadOptions, Source
from auditor.documents.jats_elements import (
    ASIDE,
    BLOCKS,
    BREAKS,
    HEADED,
    HIDDEN,
    INLINE,
    PRESERVED,
    PROSE,
    ROLES,
    SPACED,
)
from auditor.documents.metadata import jats_front
from auditor.documents.xml_safe import parse

_DECLARED = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s{0,20}<\?xml[^>]{1,200}?encoding\s{0,20}=\s{0,20}[\"']([\w.:-]{2,40})"
)
_DECLARATION_START = "<?xml"


class JatsLoader:
    """JATS (journal articles) with its parts known; other XML as the text of its elements.

    Footnotes, figures and boxes that stand inside a paragraph are read after it, so that no sentence is cut.
    """

    name = "jats"
    suffixes = (".xml", ".nxml", ".jats")

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one XML document.

        Raises:
            DocumentError: If it is not well-formed, is cut off, nests deeper than ``limits.max_depth``, or
                uses entities that are external or unfold without bound.
        """
        declared = _DECLARED.search(source.data[:512])
        text, encoding = decode(source, declared[1].decode("ascii", "replace") if declared else None)
        raw, start = text, 0
        if not text.startswith(_DECLARATION_START) and text.lstrip().startswith(_DECLARATION_START):
            start = len(text) - len(text.lstrip())  # blank lines before the declaration: common and harmless
        data = text[start:].encode("utf-8", "replace")
        builder = DocumentBuilder()
        handler = _Article(builder, _Places(raw, data, start))
        parse(source, (data,), handler, options.limits, encoding="utf-8")
        handler.finish()
        return builder.build(source, self.name, raw=raw, encoding=encoding, metadata=jats_front(raw))


class _Places:
    """From the parser's byte offsets to offsets into the decoded file. Offsets must not go backwards far."""

    def __init__(self, raw: str, data: bytes, start: int) -> None:
        self.raw = raw
        self._data = data
        self._start = start
        self._plain = data.isascii()
        self._byte = 0
        self._character = 0

    def at(self, byte: int) -> int:
        """The character that starts at ``byte`` of the UTF-8 text."""
        if self._plain:
            return byte + self._start
        if byte > self._byte:
            self._character += len(self._data[self._byte : byte].decode("utf-8", "replace"))
            self._byte = byte
        return self._character + self._start


@dataclass(slots=True)
class _Open:
    name: str
    inline: bool
    spoken: bool = False  # whether it has text of its own, or in an inline element


class _Article:
    """Takes the parser's events; those of what stands aside are kept and played back after its paragraph."""

    def __init__(self, builder: DocumentBuilder, places: _Places) -> None:
        self._flow = Flow(builder)
        self._places = places
        self._open: list[_Open] = []
        self._hidden = 0
        self._kept: list[tuple[str, str, int, bool]] = []  # event, name or text, place, literal
        self._keeping = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = name.rpartition(":")[2]
        if self._hidden or name in HIDDEN:
            self._hidden += 1
        elif self._keeping:
            self._keeping += 1
            self._kept.append(("start", name, 0, False))
        elif name in ASIDE and self._in_prose():
            self._keeping = 1
            self._kept.append(("start", name, 0, False))
        else:
            self._begin(name)

    def end(self, name: str) -> None:
        """An element ends."""
        name = name.rpartition(":")[2]
        if self._hidden:
            self._hidden -= 1
        elif self._keeping:
            self._keeping -= 1
            self._kept.append(("end", name, 0, False))
        else:
            self._finish(name)

    def text(self, data: str, offset: int) -> None:
        """Text, in pieces."""
        if self._hidden:
            return
        place = self._places.at(offset)
        literal = self._places.raw.startswith(data, place)
        if self._keeping:
            self._kept.append(("text", data, place, literal))
        else:
            self._write(data, place, literal)

    def finish(self) -> None:
        """Ends the document."""
        self._flow.finish()

    def _in_prose(self) -> bool:
        """Whether the innermost block has text already."""
        for element in reversed(self._open):
            if element.spoken:
                return True
            if not element.inline:
                return False
        return False

    def _begin(self, name: str) -> None:
        parent = self._open[-1] if self._open else None
        inline = name not in BLOCKS and (name in INLINE or (parent is not None and parent.spoken))
        if (
            name in ("code", "quote")
            and parent is not None
            and not parent.spoken
            and parent.name not in PROSE
        ):
            inline = False  # a listing, not a word of one
        role = ROLES.get(name)
        if name == "article-title" and parent is not None and parent.name in HEADED:
            inline, role = False, Role.HEADING
        elif role is Role.HEADING and (inline or self._captioned()):
            role = None
        if name in BREAKS:
            self._flow.newline(None)
            inline = True
        elif inline and name in SPACED:
            self._flow.text(" ", None)
        level = 0
        if role is Role.HEADING:
            level = min(1 + sum(1 for element in self._open if element.name in ("sec", "section", "div")), 6)
        preserve = name in PRESERVED and not inline
        self._flow.push(Element(name, role, not inline, preserve, level))
        self._open.append(_Open(name, inline))

    def _captioned(self) -> bool:
        return any(element.name == "caption" for element in self._open[-3:])

    def _finish(self, name: str) -> None:
        element = self._open.pop()
        self._flow.pop()
        if element.inline:
            if self._open and element.spoken:
                self._open[-1].spoken = True
            if name in SPACED:
                self._flow.text(" ", None)
        elif self._kept and not self._in_prose():
            self._replay()

    def _replay(self) -> None:
        kept, self._kept = self._kept, []
        for kind, data, place, literal in kept:
            if kind == "text":
                self._write(data, place, literal)
            elif kind == "start":
                self._begin(data)
            else:
                self._finish(data)

    def _write(self, data: str, place: int, literal: bool) -> None:
        if not data.isspace() and self._open:
            self._open[-1].spoken = True
        self._flow.text(data, place, literal=literal)


LOADER = JatsLoader()
