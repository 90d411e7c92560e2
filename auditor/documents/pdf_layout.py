"""The lines of a PDF page with their places, cut at the gaps between columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage, PdfTextPage

_PIECE = re.compile(r"[^\s\ufffe]+|\r?\n|\r|\ufffe")
_LABEL = re.compile(
    r"[•‣◦▪■●○–—*·-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]|\[\d{1,3}\]|[A-Z]?\.?\d{1,2}(?:\.\d{1,2})*\.?"
)
_LONGEST_LABEL = 10
_ROW = 4.0  # points
_SURROGATE = re.compile("[\ud800-\udfff]")
HYPHEN = "\ufffe"
"""What pdfium gives for a hyphen at the end of a line that it joined to the next."""
# In multiples of the letters' height.
_WORD_GAP = 0.8
_COLUMN_GAP = 3.0
_ALIGNED_STARTS = 4
_NEAR = 4.0
_MOST_BESIDE = 12


@dataclass(slots=True)
class Line:
    """A run of words on one line of one column; coordinates are points from the page's top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    hyphen: bool = False  # ended by a hyphen that pdfium took away
    spaced: bool = False  # ended by a space that the file holds
    size: float = 0.0  # height of its letters
    glued: bool = False  # stands on the same line of the file as the one before, after a wide gap

    @property
    def width(self) -> float:
        """Width in points."""
        return self.right - self.left


class _Boxes:
    """Places of characters, in points from the top left corner of the page as it is shown."""

    def __init__(self, page: PdfPage, text_page: PdfTextPage) -> None:
        self._raw = text_page.raw
        self._rect = pdfium.FS_RECTF()
        self._rotation = page.get_rotation()
        # The size is that of the page as it is shown; boxes are those of the page before it is turned.
        width, height = page.get_size()
        self._width, self._height = (height, width) if self._rotation in (90, 270) else (width, height)

    def at(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of one character."""
        rect = self._rect
        pdfium.FPDFText_GetLooseCharBox(self._raw, index, rect)
        left, right, upper, lower = rect.left, rect.right, self._height - rect.top, self._height - rect.bottom
        if self._rotation == 90:
            return self._height - lower, left, self._height - upper, right
        if self._rotation == 180:
            return self._width - right, self._height - lower, self._width - left, self._height - upper
        if self._rotation == 270:
            return upper, self._width - right, lower, self._width - left
        return left, upper, right, lower


def read_lines(page: PdfPage, text_page: PdfTextPage) -> list[Line]:
    """The lines of a page in the order of the file, cut where the gap between columns runs through them."""
    count = text_page.count_chars()
    if count <= 0:
        return []
    text = _units(text_page.get_text_range())
    # Characters that stand for nothing are in the count but not in the text.
    direct = len(text) == count
    lines = list(_split(text, _Boxes(page, text_page), direct, text_page))
    columns = _Columns(lines)
    found: list[Line] = []
    for line in lines:
        if line.glued and found and not columns.part(found[-1], line):
            _join(found[-1], line)
        else:
            found.append(line)
    return _labelled(found)


def _labelled(lines: list[Line]) -> list[Line]:
    """Puts bullets and numbers, which stand apart and may come later in the file, before their text."""
    labels = [line for line in lines if len(line.text) <= _LONGEST_LABEL and _LABEL.fullmatch(line.text)]
    if not labels or len(labels) == len(lines):
        return lines
    rows: dict[int, list[Line]] = {}
    for line in lines:
        rows.setdefault(round(line.bottom / _ROW), []).append(line)
    gone: set[int] = set()
    for label in labels:
        row = round(label.bottom / _ROW)
        beside = [
            line
            for near in (row - 1, row, row + 1)
            for line in rows.get(near, ())[:_MOST_BESIDE]
            if id(line) not in gone and -1 < line.left - label.right < 4 * label.size
        ]
        if beside:
            line = min(beside, key=lambda line: line.left)
            line.text, line.left = f"{label.text} {line.text}", label.left
            gone.add(id(label))
    return [line for line in lines if id(line) not in gone]


def _units(text: str) -> str:
    """One character for each UTF-16 unit, as pdfium counts."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(map(chr, memoryview(data).cast("H")))


def _whole(text: str) -> str:
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Open:
    """A line that is being read."""

    def __init__(self, box: tuple[float, float, float, float], glued: bool) -> None:
        self.left, self.top, self.right, self.bottom = box
        self.glued = glued
        self._words: list[str] = []
        self._sizes: dict[float, int] = {}

    def add(self, word: str, first: tuple[float, ...], last: tuple[float, ...]) -> None:
        """Adds a word whose first and last letters have these boxes."""
        self.left, self.right = min(self.left, first[0]), max(self.right, last[2])
        self.top, self.bottom = min(self.top, first[1], last[1]), max(self.bottom, first[3], last[3])
        size = round(first[3] - first[1], 1)
        self._sizes[size] = self._sizes.get(size, 0) + len(word)
        self._words.append(word)

    def line(self, *, hyphen: bool = False, spaced: bool = False) -> Line:
        """The line, now that it has ended."""
        size = max(self._sizes, key=lambda size: self._sizes[size])
        text = _whole(" ".join(self._words))
        return Line(
            text, self.left, self.top, self.right, self.bottom, hyphen, spaced, max(size, 0.1), self.glued
        )


def _split(text: str, boxes: _Boxes, direct: bool, text_page: PdfTextPage) -> Iterator[Line]:
    """Lines, cut at every gap that may be one between columns."""
    line: _Open | None = None
    raw = text_page.raw
    for match in _PIECE.finditer(text):
        word, start, end = match[0], match.start(), match.end() - 1
        if word[0] in "\r\n\ufffe":
            if line is not None:
                yield line.line(hyphen=word == HYPHEN, spaced=text[start - 1] == " ")
            line = None
            continue
        if not direct:
            start = max(pdfium.FPDFText_GetCharIndexFromTextIndex(raw, start), 0)
            end = max(pdfium.FPDFText_GetCharIndexFromTextIndex(raw, end), 0)
        first, last = boxes.at(start), boxes.at(end)
        height = max(first[3] - first[1], 0.1)
        glued = False
        if line is not None:
            low = min(height, line.bottom - line.top)
            shared = min(first[3], line.bottom) - max(first[1], line.top)
            gap = first[0] - line.right
            if shared < 0.3 * low or gap < -height or gap > _WORD_GAP * height:
                glued = shared >= 0.5 * low and gap > 0
                yield line.line()
                line = None
        if line is None:
            line = _Open(first, glued)
        line.add(word, first, last)
    if line is not None:
        yield line.line()


class _Columns:
    """Tells gaps between columns from wide spaces in justified text."""

    def __init__(self, lines: list[Line]) -> None:
        self._starts = Counter(round(line.left / 3) for line in lines)
        self._rows: dict[int, list[Line]] = {}
        for line in lines:
            self._rows.setdefault(round(line.bottom / _ROW), []).append(line)

    def part(self, before: Line, line: Line) -> bool:
        """Whether the gap between two pieces of one line parts columns.

        It is wide, or several lines begin where it ends; and no text runs through it in the lines near by.
        """
        start = round(line.left / 3)
        aligned = sum(self._starts[near] for near in (start - 1, start, start + 1)) >= _ALIGNED_STARTS
        if not aligned and line.left - before.right <= _COLUMN_GAP * line.size:
            return False
        middle = (before.right + line.left) / 2
        row = round(line.bottom / _ROW)
        reach = round(_NEAR * line.size / _ROW)
        votes = sum(self._vote(near, middle) for near in range(row - reach, row + reach + 1) if near != row)
        return votes >= 0

    def _vote(self, row: int, middle: float) -> int:
        """-1 for a row of text that runs through ``middle``, 1 for one that has text on both sides of it."""
        left = right = False
        for line in self._rows.get(row, ())[:_MOST_BESIDE]:
            if line.left < middle < line.right:
                return -1
            left |= line.right <= middle
            right |= line.left >= middle
        return int(left and right)


def _join(line: Line, other: Line) -> None:
    line.text += f" {other.text}"
    line.right, line.hyphen, line.spaced = max(line.right, other.right), other.hyphen, other.spaced
    line.top, line.bottom = min(line.top, other.top), max(line.bottom, other.bottom)
