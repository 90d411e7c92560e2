"""Sentences of a block, with their offsets: enough to see where a leak starts and stops."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLOSERS = "\"'”’»›」』】)\\]}*_"
_END = re.compile(
    rf"[.!?…]+[{_CLOSERS}]*(?=\s)|[。！？]+[{_CLOSERS}]*"
    rf"|(?<=[다요죠까])[.!?]+[{_CLOSERS}]*|(?:\r?\n)[ \t]*(?=(?:[-*+•]|\d{{1,2}}[.)]|#{{1,6}})[ \t])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|al|vs|cf|fig|figs|eq|eqs|no|nos|dr|mr|mrs|ms|prof|st|approx|vol|pp|p|ca|bzw|z\.b|d\.h|u\.a|usw)"
    r"|\b[A-ZÀ-Þ])\.$",
    re.IGNORECASE,
)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of ``text[start:end]``, without the white space around them."""
    position = start
    for match in _END.finditer(text, start, end):
        if match.group()[:1] == "." and _is_abbreviation(
            text, max(position, match.start() - 8), match.start() + 1
        ):
            continue
        if match.group()[-1] in "\"'”’»" and text[match.end() + 1 : match.end() + 2].islower():
            continue  # “Stop!” he said.
        yield from _trimmed(text, position, match.end())
        position = match.end()
    yield from _trimmed(text, position, end)


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    found = _ABBREVIATION.search(text[start:end])
    # A single capital ends a sentence only if it is not an initial: "Plan B." is rare, "J. Smith" is common.
    return found is not None


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end
