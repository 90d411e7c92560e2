"""What a loader makes and a detector reads: text that knows where each character came from."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from auditor.findings import Location

T = TypeVar("T")


class Role(StrEnum):
    """What part of a document a span is. Text without a role is body."""

    BODY = "body"
    HEADING = "heading"
    QUOTATION = "quotation"
    CODE = "code"
    REFERENCES = "references"
    CAPTION = "caption"
    TABLE = "table"
    FOOTNOTE = "footnote"
    COMMENT = "comment"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """``document.text[start:end]`` plays ``role``. Spans of different roles may nest."""

    start: int
    end: int
    role: Role


@dataclass(slots=True)
class SourceMap:
    """From offsets into the text to places in the raw file.

    Piece ``i`` begins at ``text_starts[i]`` in the text and ``raw_starts[i]`` in the raw file; inside it both
    advance together, unless ``steps[i]`` is 0 (text that the raw file spells otherwise, such as an entity or a
    JSON escape), where the raw place stays put. An empty map is the identity.
    """

    text_starts: array[int] = field(default_factory=lambda: array("Q"))
    raw_starts: array[int] = field(default_factory=lambda: array("Q"))
    steps: bytearray = field(default_factory=bytearray)

    def add(self, text_start: int, raw_start: int, step: int = 1) -> None:
        """Begins a piece. ``text_start`` must not be smaller than that of the piece before."""
        if self.text_starts and step == self.steps[-1] == 1:
            grown = text_start - self.text_starts[-1]
            if raw_start - self.raw_starts[-1] == grown:
                return
        self.text_starts.append(text_start)
        self.raw_starts.append(raw_start)
        self.steps.append(step)

    def raw(self, offset: int) -> int:
        """The offset into the raw text at which ``text[offset]`` is written."""
        if not self.text_starts:
            return offset
        i = max(bisect_right(self.text_starts, offset) - 1, 0)
        return self.raw_starts[i] + (max(offset - self.text_starts[i], 0) if self.steps[i] else 0)


@dataclass(frozen=True, slots=True)
class Marks:
    """Labels that hold from an offset up to the next mark: pages, or parts such as notebook cells."""

    starts: Sequence[int] = ()
    labels: Sequence[Any] = ()

    def at(self, offset: int) -> Any | None:
        """The label in force at ``offset``, None before the first mark."""
        i = bisect_right(self.starts, offset) - 1
        return self.labels[i] if i >= 0 else None

    def bounds(self, offset: int, length: int) -> tuple[int, int]:
        """Start and end of the stretch that holds ``offset`` in a text of ``length`` characters."""
        i = bisect_right(self.starts, offset)
        start = self.starts[i - 1] if i else 0
        return start, (self.starts[i] if i < len(self.starts) else length)


class Document:
    """Text extracted from a file, with the way back to the file.

    Attributes:
        name: Path as the user gave it, or ``<stdin>``.
        text: The extracted text. Blocks (paragraphs, headings, cells) are parted by a blank line where the loader
            knows them.
        format: Name of the loader: ``text``, ``markdown``, ``html``, ``pdf`` …
        sha256: Of the raw bytes, hexadecimal.
        raw: The decoded file where it is text (the very same object as ``text`` where nothing was taken away).
        pages: Page numbers (1-based) by offset.
        parts: Labels of independent parts by offset (a row, a notebook cell, a chapter).
        encoding: Name of the encoding, for text files.
        problems: What could not be read although the rest was, one line each: ``row 7: not JSON (column 12)``.
    """

    def __init__(
        self,
        name: str,
        text: str,
        *,
        format: str = "text",
        sha256: str = "",
        raw: str | None = None,
        source: SourceMap | None = None,
        roles: Iterable[RoleSpan] | Callable[[str], Iterable[RoleSpan]] = (),
        pages: Marks | None = None,
        parts: Marks | None = None,
        encoding: str | None = None,
        encoded: bytes | None = None,
        problems: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.text = text
        self.format = format
        self.sha256 = sha256
        self.raw = raw
        self.pages = pages or Marks()
        self.parts = parts or Marks()
        self.encoding = encoding
        self.problems = problems
        self._source = source or SourceMap()
        self._roles = roles
        self._encoded = encoded
        self._memo: dict[object, Any] = {}

    def __repr__(self) -> str:
        return f"Document({self.name!r}, format={self.format!r}, {len(self.text)} characters)"

    @cached_property
    def utf8(self) -> bytes:
        """The text as UTF-8 (lone surrogates replaced by '?', one byte each)."""
        if self._encoded is not None:
            return self._encoded
        return self.text.encode("utf-8", "replace")

    @cached_property
    def roles(self) -> tuple[RoleSpan, ...]:
        """All spans with a role, by start. Found on first use: most documents need no structure at all."""
        found = self._roles(self.text) if callable(self._roles) else self._roles
        return tuple(sorted(found, key=lambda span: (span.start, -span.end)))

    @cached_property
    def _by_role(self) -> dict[Role, tuple[list[int], list[int]]]:
        table: dict[Role, tuple[list[int], list[int]]] = {}
        for span in self.roles:
            starts, ends = table.setdefault(span.role, ([], []))
            if ends and span.start <= ends[-1]:
                ends[-1] = max(ends[-1], span.end)
            else:
                starts.append(span.start)
                ends.append(span.end)
        return table

    def role_bounds(self, role: Role, offset: int) -> tuple[int, int] | None:
        """The span of ``role`` that holds ``offset``, or None."""
        starts, ends = self._by_role.get(role, ([], []))
        i = bisect_right(starts, offset) - 1
        return (starts[i], ends[i]) if i >= 0 and offset < ends[i] else None

    def has_role(self, role: Role, offset: int) -> bool:
        """Whether ``text[offset]`` plays ``role``."""
        return self.role_bounds(role, offset) is not None

    def roles_at(self, offset: int) -> frozenset[Role]:
        """Every role that ``text[offset]`` plays; body when there is none."""
        found = frozenset(role for role in self._by_role if self.has_role(role, offset))
        return found or frozenset({Role.BODY})

    def part_bounds(self, offset: int) -> tuple[int, int]:
        """Start and end of the independent part (row, cell, chapter; else the whole text) that holds ``offset``."""
        return self.parts.bounds(offset, len(self.text))

    def memo(self, key: object, make: Callable[[], T]) -> T:
        """A value that belongs to this document, made once: rules share one scan of the text."""
        if key not in self._memo:
            self._memo[key] = make()
        value: T = self._memo[key]
        return value

    @cached_property
    def _line_starts(self) -> array[int]:
        starts = array("Q", [0])
        starts.extend(match.end() for match in re.finditer(r"\r\n?|\n", self.raw or ""))
        return starts

    def _line_column(self, offset: int) -> tuple[int, int]:
        raw = self._source.raw(offset)
        line = bisect_right(self._line_starts, raw)
        return line, raw - self._line_starts[line - 1] + 1

    def line(self, offset: int) -> int | None:
        """1-based line in the raw file on which ``text[offset]`` stands, None where the file is not text."""
        return None if self.raw is None else self._line_column(offset)[0]

    def raw_line(self, number: int) -> str:
        """Line ``number`` (1-based) of the raw file without its end, empty where there is none."""
        if self.raw is None or not 1 <= number <= len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.raw)
        return self.raw[start:end].rstrip("\r\n")

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` is written in the decoded file (not empty)."""
        return self._source.raw(start), self._source.raw(end - 1) + 1

    def location(self, start: int, end: int) -> Location:
        """Where ``text[start:end]`` stands in the file.

        Raises:
            ValueError: If the span is empty, reversed or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}:{end} is not inside a text of {len(self.text)} characters")
        line = column = end_line = end_column = None
        if self.raw is not None:
            line, column = self._line_column(start)
            end_line, end_column = self._line_column(end - 1)
            end_column += 1
        return Location(
            path=self.name,
            start=start,
            end=end,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            page=self.pages.at(start),
            part=self.parts.at(start),
        )
