"""Sentences of a text with their offsets, by rules: English, Korean, other European languages, Chinese, Japanese."""

from __future__ import annotations

import re
from functools import cache

from auditor.documents import sentence_patterns as patterns
from auditor.documents.sentence_ends import Block, add

_ENDS = ("\n", "\r\n", "\r", "\x85")


@cache
def _underline() -> re.Pattern[str]:
    return re.compile("===|---")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text[start:end]``.

    Blank lines, headings, list items and table rows are boundaries; a line break inside a paragraph is none.
    Enumerators, citations and closing marks belong to their sentence, a quotation to the sentence that holds it.
    Time is linear in the length.

    Args:
        text: Any text.
        start: Where to begin.
        end: Where to stop, by default at the end.

    Returns:
        Pairs of start and end (exclusive), ordered and disjoint, without white space around them, that
        together cover every other character.
    """
    end = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    for low, high, plain in _blocks(text, start, end):
        if plain:
            add(found, text, low, high)
        else:
            Block(text, low, high).split(found)
    return found


def _blocks(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Paragraphs, headings, list items and table rows; True where there is nothing to split."""
    blocks: list[tuple[int, int, bool]] = []
    low = line = start
    kind = patterns.line_start().match(text, start, end)
    number = int(kind["number"]) if kind and kind["number"] else 0
    row = bool(kind and kind["hard"] == "|")
    for match in patterns.lines().finditer(text, start, end):
        place = match.end()
        hard = bool(kind and kind["hard"])
        kind = patterns.line_start().match(text, place, end)
        if (
            kind
            and _underline().match(kind["hard"] or "")
            and not hard
            and text[line : match.start()].strip()
        ):
            cut = False  # the line above is a heading, and this is its underline
        else:
            cut = hard or match.group() not in _ENDS or _begins(text, low, match.start(), kind, number)
        if cut:
            number = int(kind["number"]) if kind and kind["number"] else number
            blocks.append((low, place, row))
            low = place
            row = bool(kind and kind["hard"] == "|")
        line = place
    blocks.append((low, end, row))
    return blocks


def _begins(text: str, low: int, end: int, kind: re.Match[str] | None, number: int) -> bool:
    """Whether a block begins after the line that ends at ``end``.

    Args:
        text: The whole text.
        low: Start of the block so far.
        end: End of its last line.
        kind: What the next line begins with.
        number: The last number that a list item had.
    """
    if kind is None:
        line = patterns.korean_line().search(text, max(low, end - 12), end)
        return bool(line) and not patterns.korean_wrapped().match(text, end + 1)
    if kind["number"]:
        return int(kind["number"]) in (1, number + 1) or _ended(text, low, end)
    return not kind["weak"] or _ended(text, low, end)


def _ended(text: str, low: int, end: int) -> bool:
    before = text[max(low, end - 8) : end].rstrip()
    return not before or before[-1] in '.!?…:;。！？；：,)"”»'
