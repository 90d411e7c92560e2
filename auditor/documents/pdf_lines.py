"""Joins the lines of a PDF page to paragraphs: hyphens mended, spaces where the script wants them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from auditor.documents.pdf_layout import Line
from auditor.documents.pdf_order import Block

_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    0xFFFE: "-",
    **dict.fromkeys((*range(9), *range(0x0B, 0x20), 0x7F, 0xFFFF)),
}
_LINE_HYPHENS = ("-", "\u2010", "\u00ad")
_IDEOGRAPH = re.compile(
    "[\u2e80-\u2fdf\u3000-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]"
)
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_FINAL = re.compile(r"[.!?:;…。！？；：]['\"’”»›)\]】」』\u200b]*(?:\[?[\d,– -]{1,12}\]?)?$")
_BULLET = re.compile(r"(?:[•‣◦▪■●○–—*·]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\[\d{1,3}\])(?:\s|$)")
_FIRST_WORD = re.compile(r"[a-z]{1,12}")
_COMPOUND_ENDS = frozenset(
    {"based", "driven", "related", "specific", "oriented", "known", "reviewed", "dimensional"}
)
_COMPOUNDS = frozenset(
    {("real", "time"), ("real", "world"), ("real", "life"), ("long", "term"), ("short", "term")}
)
_SYMBOLS = "•‣◦▪■●○"
CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|scheme|box|plate|algorithm|listing|그림|표|图|圖|図|表|abb(?:ildung|\.)|tab(?:elle|\.)"
    r"|figura|tabla|tableau|рис(?:унок|\.)|таблица)\s{0,2}(?:[a-z]\.?)?\d{1,3}[a-z]?\s*(?:[.:|)—–-]|\s|$)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Paragraph:
    """Text of some lines of one column of one page."""

    text: str
    page: int
    size: float
    lines: int
    first: Line
    last: Line
    left: float
    right: float
    bullet: bool = False
    caption: bool = False

    @property
    def full(self) -> bool:
        """Whether its last line goes (nearly) to the end of the column, as the last line seldom does."""
        return self.last.hyphen or self.last.right >= self.right - 0.2 * (self.right - self.left)

    @property
    def finished(self) -> bool:
        """Whether it ends as a sentence does."""
        return not self.last.hyphen and _FINAL.search(self.text[-40:]) is not None

    @property
    def indented(self) -> bool:
        """Whether its first line is indented."""
        return self.first.left > self.left + 0.8 * self.size


def paragraphs(block: Block, page: int, *, keeps_spaces: bool) -> Iterator[Paragraph]:
    """Cuts a block into paragraphs by indents, gaps, sizes and short lines.

    Args:
        block: Lines of one column.
        page: Its page number.
        keeps_spaces: Whether the file writes the space at the end of a line, so that a line without one ends
            in the middle of a word (Korean breaks words anywhere).
    """
    pitches = [b.bottom - a.bottom for a, b in pairwise(block.lines)]
    pitch = median_low(pitches) if len(pitches) > 1 else 1.45 * block.lines[0].size
    group: list[Line] = []
    for line in block.lines:
        if group and _begins(line, group, block, max(pitch, 0.8 * line.size)):
            yield _paragraph(group, block, page, keeps_spaces)
            group = []
        group.append(line)
    yield _paragraph(group, block, page, keeps_spaces)


def _begins(line: Line, group: list[Line], block: Block, pitch: float) -> bool:
    """Whether ``line`` begins a paragraph and does not go on with that of ``group``."""
    before = group[-1]
    if before.hyphen:
        return False
    step = line.bottom - before.bottom
    ratio = line.size / before.size
    # Letters of another font in the same line of prose look smaller; its lines keep their distance.
    same = 0.88 < ratio < 1.14 or (0.75 < ratio < 1.34 and abs(step - pitch) < 0.08 * pitch)
    if step > 1.3 * pitch or not same or line.text[0] in _SYMBOLS:
        return True
    final = _FINAL.search(before.text) is not None
    width = block.right - block.left
    if final and group[0].text[0] in _SYMBOLS and line.left < group[0].left + 1:
        return True  # goes on under the bullet and not under its text
    if _BULLET.match(line.text) or CAPTION.match(line.text):
        return final or before.right < block.right - 0.1 * width
    opens = not line.text[:1].islower()
    if line.left > block.left + 0.8 * line.size and before.left < line.left - 0.5 * line.size:
        return final or before.right < block.right - 0.1 * width
    if before.right < block.right - 0.5 * width and opens:
        return True
    return final and opens and before.right < block.right - 0.2 * width


def _paragraph(lines: list[Line], block: Block, page: int, keeps_spaces: bool) -> Paragraph:
    pieces = [clean(lines[0].text)]
    for before, line in pairwise(lines):
        more = clean(line.text)
        pieces[-1], glue = seam(pieces[-1], before, more, keeps_spaces=keeps_spaces)
        pieces += [glue, more] if glue else [more]
    text = "".join(pieces)
    bullet = _BULLET.match(text) is not None
    caption = CAPTION.match(text) is not None
    size = median_low(line.size for line in lines)
    first, last, left, right = lines[0], lines[-1], block.left, block.right
    return Paragraph(text, page, size, len(lines), first, last, left, right, bullet, caption)


def clean(text: str) -> str:
    """Text without ligatures and control characters."""
    return text if text.isascii() and text.isprintable() else text.translate(_LIGATURES)


def seam(text: str, line: Line, more: str, *, keeps_spaces: bool) -> tuple[str, str]:
    """How a line goes on in the next: what stays of ``text``, and what comes between it and ``more``.

    A hyphen between two lower-case letters is taken for one that the line's end made, but for compounds that
    are never written as one word; any other stays.
    """
    first = more[:1]
    if line.hyphen or text.endswith(_LINE_HYPHENS):
        stem = text[:-1] if text.endswith(_LINE_HYPHENS) else text
        if stem[-1:].islower() and first.islower() and not _compound(stem, more):
            return stem, ""
        if text.endswith("\u00ad"):
            return stem, ""
        if stem[-1:].isalnum() and first.isalnum():
            return f"{stem}-" if line.hyphen else text, ""
        text = f"{stem}-" if line.hyphen else text
    if text.endswith(("—", "/")) and text[-2:-1] != " " and not line.spaced:
        return text, ""
    if _IDEOGRAPH.match(text[-1:]) and _IDEOGRAPH.match(first):
        return text, ""
    if keeps_spaces and not line.spaced and _HANGUL.match(text[-1:]) and _HANGUL.match(first):
        return text, ""
    return text, " "


def _compound(stem: str, more: str) -> bool:
    """Whether a line-end hyphen belongs to the word: ``real-time``, ``code-of-conduct``, an address."""
    word = stem[-40:].rpartition(" ")[2]
    if "-" in word or "/" in word:
        return True
    following = _FIRST_WORD.match(more)
    return following is not None and (
        following[0] in _COMPOUND_ENDS or (word.casefold(), following[0]) in _COMPOUNDS
    )


def writes_spaces(lines: list[Line]) -> bool:
    """Whether Korean lines of a page end in written spaces, at least some of them."""
    return any(line.spaced and _HANGUL.search(line.text[-1:]) for line in lines)
