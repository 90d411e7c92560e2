"""What a loader makes and a detector reads: text that knows where each character came from."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from auditor.documents.locator import Locator, Marks, SourceMap, line_starts
from auditor.findings import Location

__all__ = ["Document", "Marks", "Role", "RoleSpan", "SourceMap"]

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
        metadata: ``title``, ``authors``, ``date``, ``doi`` … as far as the file says so: see ``documents.metadata``.
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
        metadata: Mapping[str, str] | None = None,
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
        self.metadata: Mapping[str, str] = metadata or {}
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
    def locator(self) -> Locator:
        """The way from offsets into the text to lines, pages and parts of the file."""
        lines = array("Q") if self.raw is None else line_starts(self.raw)
        return Locator(self.name, len(self.text), lines, self._source, self.pages, self.parts)

    def line(self, offset: int) -> int | None:
        """1-based line in the raw file on which ``text[offset]`` stands, None where the file is not text."""
        return None if self.raw is None else self.locator.line_column(offset)[0]

    def raw_line(self, number: int) -> str:
        """Line ``number`` (1-based) of the raw file without its end, empty where there is none."""
        lines = self.locator.lines
        if self.raw is None or not 1 <= number <= len(lines):
            return ""
        start = lines[number - 1]
        end = lines[number] if number < len(lines) else len(self.raw)
        return self.raw[start:end].rstrip("\r\n")

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` is written in the decoded file (not empty)."""
        return self._source.raw(start), self._source.raw(end - 1) + 1

    def location(self, start: int, end: int) -> Location:
        """Where ``text[start:end]`` stands in the file.

        Raises:
            ValueError: If the span is empty, reversed or outside the text.
        """
        return self.locator.location(start, end)
