"""From offsets into a document's text to pages, lines and columns: without the file, once it is known."""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from auditor.findings import Location

_VERSION: Final = 1
_EMPTY: Final[array[int]] = array("Q")


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


def line_starts(raw: str) -> array[int]:
    """Offsets at which the lines of a text begin, whatever ends them."""
    starts = array("Q", [0])
    starts.extend(match.end() for match in re.finditer(r"\r\n?|\n", raw))
    return starts


@dataclass(frozen=True, slots=True)
class Locator:
    """Where each character of an extracted text stands in its file.

    Attributes:
        name: What the file is called.
        length: Length of the extracted text.
        lines: Offsets into the raw file at which its lines begin; empty where the file is not text.
        source: From offsets into the text to offsets into the raw file.
        pages: Page numbers (1-based) by offset.
        parts: Labels of independent parts by offset.
    """

    name: str
    length: int
    lines: array[int] = field(default_factory=lambda: array("Q"))
    source: SourceMap = field(default_factory=SourceMap)
    pages: Marks = field(default_factory=Marks)
    parts: Marks = field(default_factory=Marks)

    def line_column(self, offset: int) -> tuple[int, int]:
        """1-based line and column in the raw file, which must be text."""
        raw = self.source.raw(offset)
        line = bisect_right(self.lines, raw)
        return line, raw - self.lines[line - 1] + 1

    def location(self, start: int, end: int) -> Location:
        """Where ``text[start:end]`` stands in the file.

        Raises:
            ValueError: If the span is empty, reversed or outside the text.
        """
        if not 0 <= start < end <= self.length:
            raise ValueError(f"span {start}:{end} is not inside a text of {self.length} characters")
        line = column = end_line = end_column = None
        if self.lines:
            line, column = self.line_column(start)
            end_line, end_column = self.line_column(end - 1)
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

    def to_bytes(self) -> bytes:
        """The locator without its name, packed: a few bytes a line of the file."""
        import json
        import zlib

        numbers = (self.lines, self.source.text_starts, self.source.raw_starts)
        head = {
            "version": _VERSION,
            "length": self.length,
            "sizes": [len(part) for part in numbers],
            "steps": len(self.source.steps),
            "pages": [list(self.pages.starts), list(self.pages.labels)],
            "parts": [list(self.parts.starts), list(self.parts.labels)],
        }
        written = json.dumps(head, ensure_ascii=True, separators=(",", ":")).encode("ascii")
        body = b"".join(_little(_differences(part)) for part in numbers)
        return zlib.compress(written + b"\n" + body + bytes(self.source.steps), 6)

    @classmethod
    def from_bytes(cls, data: bytes, name: str) -> Locator:
        """Reads what ``to_bytes`` wrote.

        Raises:
            ValueError: If the bytes are not a locator of this version.
        """
        import json
        import zlib

        try:
            head, _, body = zlib.decompress(data).partition(b"\n")
            found = json.loads(head)
            if found["version"] != _VERSION:
                raise ValueError(f"is a locator of version {found['version']}")
            arrays, at = [], 0
            for size in found["sizes"]:
                arrays.append(_sums(body[at : at + 8 * size]))
                at += 8 * size
            lines, texts, raws = arrays
            steps = bytearray(body[at : at + found["steps"]])
            pages, parts = Marks(*found["pages"]), Marks(*found["parts"])
            return cls(name, found["length"], lines, SourceMap(texts, raws, steps), pages, parts)
        except (zlib.error, KeyError, TypeError, IndexError) as error:
            raise ValueError("is not a locator") from error


def _differences(numbers: array[int]) -> array[int]:
    """Each number less the one before: alike, so that they pack well. Raw places may also step back."""
    return (
        array("q", [b - a for a, b in zip((0, *numbers[:-1]), numbers, strict=True)]) if numbers else _EMPTY
    )


def _sums(packed: bytes) -> array[int]:
    from itertools import accumulate

    found = array("q")
    found.frombytes(packed)
    if sys.byteorder == "big":
        found.byteswap()
    return array("Q", accumulate(found))


def _little(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()
