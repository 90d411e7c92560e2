"""Blocks: the paragraphs that phrases are looked for in, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_BLOCK = 8_000
"""Longer paragraphs are cut at white space into windows of this many characters."""
OVERLAP = 600

_BLANK = re.compile(r"\n[ \t\r]*+(?:(?:[#>*;%-]{1,3}|//+)[ \t\r]*+)?\n\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """``text[start:end]``, without the blank lines around it."""

    start: int
    end: int


def blocks(text: str) -> Iterator[Block]:
    """Paragraphs of a text in order; very long ones as overlapping windows.

    A line that holds nothing but a comment marker counts as blank.
    """
    position = 0
    for gap in _BLANK.finditer(text):
        yield from _windows(text, position, gap.start())
        position = gap.end()
    yield from _windows(text, position, len(text))


def _windows(text: str, start: int, end: int) -> Iterator[Block]:
    while end - start > MAX_BLOCK:
        cut = text.rfind(" ", start + MAX_BLOCK - OVERLAP, start + MAX_BLOCK)
        cut = cut if cut > 0 else start + MAX_BLOCK
        yield Block(start, cut)
        start = max(cut - OVERLAP, start + 1)
    if end > start:
        yield Block(start, end)
