"""Running heads, running feet and page numbers: what repeats at the edge of neighbouring pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from auditor.documents.builder import DocumentBuilder
from auditor.documents.pdf_layout import Line
from auditor.documents.pdf_lines import clean

WINDOW = 4
"""Pages before and after that are looked at: enough for heads that alternate, and a chapter's first page."""
_EDGE = 0.14
_ROWS = 3
_GAP = 0.8  # in multiples of the letters' height; lines of one paragraph stand closer
_NUMBER = re.compile(r"\d+|\b[ivxlc]{1,6}\b", re.IGNORECASE)
_BARE = re.compile(
    r"[\s\-–—|·.]*(?:page|p\.|seite|página|쪽|第)?\s*#\s*(?:(?:of|/|von|de|sur)\s*#)?\s*[쪽页頁]?[\s\-–—|·.]*"
)
_MOST_KEPT = 1_000


@dataclass
class PageLines:
    """The lines of one page, in the order of the file."""

    number: int
    height: float
    lines: list[Line] = field(default_factory=list)

    @cached_property
    def edges(self) -> dict[int, tuple[str, int]]:
        """Index of each line at the head or foot: its text without numbers, and its height on the page."""
        found: dict[int, tuple[str, int]] = {}
        for lines in (self._outermost(1), self._outermost(-1)):
            for index in lines:
                line = self.lines[index]
                text = " ".join(_NUMBER.sub("#", line.text.casefold()).split())
                found[index] = (text, round(line.top / 4))
        return found

    def _outermost(self, direction: int) -> list[int]:
        """Lines of up to three outermost rows within the edge that a gap parts from the rest of the page."""
        order = sorted(range(len(self.lines)), key=lambda i: direction * self.lines[i].top)
        found: list[int] = []
        apart = 0  # how many of ``found`` stand before the last gap
        rows = 0
        for index in order:
            line = self.lines[index]
            depth = line.bottom if direction == 1 else self.height - line.top
            if found:
                before = self.lines[found[-1]]
                gap = line.top - before.bottom if direction == 1 else before.top - line.bottom
                if gap > _GAP * line.size:
                    apart = len(found)
                rows += gap > -0.5 * line.size
            if depth > _EDGE * self.height or rows >= _ROWS:
                break
            found.append(index)
        else:
            return found
        return found[:apart]


class Furniture:
    """Takes running heads and feet out of pages and writes each once, after the body."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, int]] = {}

    def without(self, page: PageLines, near: Iterable[PageLines]) -> list[Line]:
        """The page's lines but those that its neighbours have at the same place, and its page number."""
        edges = page.edges
        if not edges:
            return page.lines
        others = {
            (text, place + shift)
            for other in near
            if other is not page and abs(other.number - page.number) <= WINDOW
            for text, place in other.edges.values()
            for shift in (-1, 0, 1)
        }
        dropped: set[int] = set()
        for index, key in edges.items():
            bare = _BARE.fullmatch(key[0]) is not None
            if not bare and key not in others:
                continue
            dropped.add(index)
            if not bare and len(self._found) < _MOST_KEPT:
                self._found.setdefault(key[0], (page.lines[index].text, page.number))
        return [line for index, line in enumerate(page.lines) if index not in dropped]

    def write(self, builder: DocumentBuilder) -> None:
        """Writes each head and foot once, with the page that had it first."""
        for text, number in self._found.values():
            builder.block()
            builder.part("running head")
            builder.page(number)
            builder.add(clean(text))
