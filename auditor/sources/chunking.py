"""Windows of one to four sentences: long enough to bear a claim out, short enough for one passage of a verifier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from auditor.documents.document import Document
from auditor.documents.sentences import sentences
from auditor.sources.interface import Window

CHUNKER: Final = "sentences-1"
"""Recorded in an index: to be raised whenever other windows come out."""

MAX_SENTENCES: Final = 4
TARGET: Final = 60.0
"""Words that a window may hold; about 80 word pieces of English."""
PAIR: Final = 90.0
"""Words that two sentences may hold together: a pronoun needs the sentence before it."""
LONGEST: Final = 120.0
"""Words of a sentence that is not cut."""

Span = tuple[int, int]


def windows(document: Document, source: str | None = None) -> list[Window]:
    """Cuts a document.

    Neighbouring windows share a sentence where both can hold it. None crosses the bounds of a part (a row, a
    cell, a chapter). Every character that is no white space is in a window.

    Args:
        document: The document.
        source: Id that the windows carry; the document's name by default.
    """
    name = document.name if source is None else source
    text = document.text
    return [
        Window(name, spans[0][0], spans[-1][1], text[spans[0][0] : spans[-1][1]], spans)
        for start, end in _parts(document)
        for spans in group(
            [piece for s, e in sentences(text, start, end) for piece in _cut(text, s, e)], text
        )
    ]


def _parts(document: Document) -> Iterator[Span]:
    length, position = len(document.text), 0
    while position < length:
        end = min(document.part_bounds(position)[1], length)
        yield position, end
        position = end


def group(spans: Sequence[Span], text: str) -> Iterator[tuple[Span, ...]]:
    """Joins neighbouring sentences to windows."""
    sizes = [cost(text[start:end]) for start, end in spans]
    first = 0
    while first < len(spans):
        last, total = first + 1, sizes[first]
        while last < len(spans) and last - first < MAX_SENTENCES:
            total += sizes[last]
            if total > (PAIR if last == first + 1 else TARGET):
                break
            last += 1
        yield tuple(spans[first:last])
        if last == len(spans):
            return
        # The last sentence is shared, unless it would stand alone in the next window as it does in this one.
        fits = last - first > 1 and sizes[last - 1] + sizes[last] <= PAIR
        first = last - 1 if fits else last


def cost(text: str) -> float:
    """Length of a text in words: as many as there are, or as its characters would make."""
    wide = 0 if text.isascii() else len(_wide().findall(text))
    if wide:
        return 0.6 * wide + (len(text) - wide) / 7
    return max(len(text.split()), len(text) / 7)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentence itself, or pieces of one that is too long, cut at clauses, else at spaces, else anywhere."""
    if cost(text[start:end]) <= LONGEST:
        yield start, end
        return
    begun, total = start, 0.0
    for match in _words().finditer(text, start, end):
        size = cost(match.group())
        if total and total + size > TARGET:
            yield _trimmed(text, begun, match.start())
            begun, total = match.start(), 0.0
        total += size
        if total >= TARGET / 2 and _clause_ends(match.group()):
            yield _trimmed(text, begun, match.end())
            begun, total = match.end(), 0.0
    if total:
        yield _trimmed(text, begun, end)


def _clause_ends(word: str) -> bool:
    return word.rstrip()[-1:] in ",;:)]}—–、，；："


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


@cache
def _wide() -> re.Pattern[str]:
    """Characters of scripts that say with one what takes several letters elsewhere."""
    return re.compile(
        "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
    )


@cache
def _words() -> re.Pattern[str]:
    """Words with the white space after them; at most 64 characters, where a script or a hash has no spaces."""
    return re.compile(r"\S{1,63}?(?:[、，；：](?=\S)|(?!\S)\s*)|\S{1,64}")
