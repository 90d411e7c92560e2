"""Lays out the text of marked-up formats: white space, block boundaries and the roles of open elements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from auditor.documents.builder import DocumentBuilder
from auditor.documents.document import Role
from auditor.documents.plain_structure import REFERENCES

_SPACES = re.compile(r"[ \t\n\r\f]{2,}")
_BLANK = " \t\n\r\f"
_TO_SPACE = {ord(c): " " for c in "\t\n\r\f"}
_LONGEST_HEADING = 200


@dataclass(slots=True)
class Element:
    """An open element."""

    name: str
    role: Role | None = None
    block: bool = False
    preserve: bool = False
    level: int = 0
    """1 to 6 for a heading, else 0."""
    start: int | None = None
    """Where its text begins, None as long as it has none."""
    words: list[str] = field(default_factory=list)
    """A heading's text so far."""


class Flow:
    """Writes text to a builder the way a browser shows it.

    White space collapses (unless preserved), blocks are parted by a blank line, and every element with a role
    marks the text between its first and its last character.
    """

    def __init__(self, builder: DocumentBuilder) -> None:
        self.builder = builder
        self.open: list[Element] = []
        self._started = 0
        self._preserved = 0
        self._space: int | None = None  # raw place of white space not yet written
        self._spaced = False
        self._broken = False
        self._fresh = True  # nothing written since the last block boundary
        self._titled: Element | None = None  # the heading whose text is being read
        self._asides: list[list[tuple[str, int | None, bool]]] = []
        self._references: tuple[int, int] | None = None  # start and heading level

    def text(self, data: str, raw: int | None, *, literal: bool = True) -> None:
        """Adds text whose first character stands at ``raw`` of the raw file."""
        if self._preserved:
            self._write(data, raw, literal)
            return
        if not literal or raw is None:
            self._collapsed(_SPACES.sub(" ", data), raw, literal)
            return
        position = 0
        for match in _SPACES.finditer(data):
            self._collapsed(data[position : match.start() + 1], raw + position, True)
            position = match.end()
        self._collapsed(data[position:], raw + position, True)

    def _collapsed(self, data: str, raw: int | None, literal: bool) -> None:
        """Adds text without runs of white space."""
        if not data:
            return
        start = 1 if data[0] in _BLANK else 0
        if start:
            self._pend(raw)
        end = len(data) - 1 if len(data) > start and data[-1] in _BLANK else len(data)
        if end > start:
            at = raw + start if raw is not None and literal else raw
            self._write(data[start:end].translate(_TO_SPACE), at, literal)
        if end < len(data):
            self._pend(raw + end if raw is not None and literal else raw)

    def _pend(self, raw: int | None) -> None:
        if not self._fresh and not self._broken and not self._spaced:
            self._space, self._spaced = raw, True

    def _write(self, data: str, raw: int | None, literal: bool) -> None:
        if self._broken:
            self._boundary()
        elif self._spaced:
            self.builder.add(" ", raw=self._space)
        self._spaced = False
        while self._started < len(self.open):
            self.open[self._started].start = len(self.builder)
            self._started += 1
        self.builder.add(data, raw=raw, literal=literal)
        self._fresh = False
        if self._titled is not None and len(self._titled.words) < _LONGEST_HEADING:
            self._titled.words.append(data)

    def newline(self, raw: int | None) -> None:
        """A line break inside a block."""
        if self._fresh:  # a second one in a row makes a blank line
            self.gap()
        elif not self._broken:
            self._spaced = False
            self.builder.add("\n", raw=raw, literal=False)
            self._fresh = not self._preserved

    def gap(self) -> None:
        """A block boundary: the next text starts after a blank line."""
        self._broken = True
        self._spaced = False

    def _boundary(self) -> None:
        self._broken = False
        self._fresh = True
        self._flush_asides()
        self.builder.block()

    def _flush_asides(self) -> None:
        asides, self._asides = self._asides, []
        for pieces in asides:
            self._aside(pieces)

    def _aside(self, pieces: list[tuple[str, int | None, bool]]) -> None:
        self.builder.block()
        with self.builder.role(Role.METADATA):
            for data, raw, literal in pieces:
                self.builder.add(data.translate(_TO_SPACE), raw=raw, literal=literal)

    def aside(self, pieces: list[tuple[str, int | None, bool]]) -> None:
        """Text that is not in the run of the prose (an attribute): a block of its own after this one."""
        if any(data.strip() for data, _, _ in pieces) and pieces not in self._asides[-1:]:
            self._asides.append(pieces)

    def push(self, element: Element) -> None:
        """Opens an element."""
        if element.block:
            self.gap()
        if element.level:
            self._titled = element
        self._preserved += element.preserve
        self.open.append(element)

    def pop(self) -> Element:
        """Closes the innermost element and marks its role."""
        element = self.open.pop()
        self._preserved -= element.preserve
        if element is self._titled:
            self._titled = None
        self._started = min(self._started, len(self.open))
        end = len(self.builder)
        if element.start is not None:
            if element.role is not None:
                self.builder.mark(element.start, end, element.role)
            if element.level:
                self._heading(element)
        if element.block:
            self.gap()
        return element

    def _heading(self, element: Element) -> None:
        """A heading 'References' gives everything up to the next heading of its level the role."""
        assert element.start is not None
        if self._references is not None and element.level <= self._references[1]:
            self.builder.mark(self._references[0], element.start, Role.REFERENCES)
            self._references = None
        if self._references is None and REFERENCES.fullmatch(_title(element)):
            self._references = (element.start, element.level)

    def finish(self) -> None:
        """Closes whatever is open and writes what waits; the flow can go on with the next part."""
        while self.open:
            self.pop()
        if self._references is not None:
            self.builder.mark(self._references[0], len(self.builder), Role.REFERENCES)
            self._references = None
        self._flush_asides()
        self.gap()


def _title(element: Element) -> str:
    return " ".join("".join(element.words)[:_LONGEST_HEADING].split()) or "-"
