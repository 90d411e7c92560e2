"""A claim beside the passage it was compared with: which words differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

_PIECE = re.compile(r"\s+|\d+(?:[.,]\d+)*%?|[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]|_")

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it differs."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Two texts, each in pieces that are the same or differ.

    Attributes:
        claim: The claim.
        passage: The passage; of a long one, the part that is nearest to the claim.
    """

    claim: Marked
    passage: Marked


@lru_cache(maxsize=512)
def beside(claim: str, passage: str) -> Beside:
    """Lays a claim beside a passage.

    Words of the claim that the passage lacks are marked, and words of the passage that stand in their place. What the
    passage says besides is not marked: it need not be in the claim.
    """
    left, right = _PIECE.findall(claim), _PIECE.findall(passage)
    ours, theirs = [_folded(p) for p in left], [_folded(p) for p in right]
    there = set(theirs)
    marked_left = [bool(fold) and fold not in there for fold in ours]
    marked_right = [False] * len(right)
    words_left = [n for n, fold in enumerate(ours) if fold]
    words_right = [n for n, fold in enumerate(theirs) if fold]
    matcher = SequenceMatcher(
        None, [ours[n] for n in words_left], [theirs[n] for n in words_right], autojunk=False
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "replace" or d - c > 2 * (b - a) + 2:
            continue
        if not any(marked_left[words_left[n]] for n in range(a, b)):
            continue
        here = set(ours)
        for n in range(c, d):
            marked_right[words_right[n]] = theirs[words_right[n]] not in here
    return Beside(_joined(left, marked_left), _joined(right, marked_right))


def _folded(piece: str) -> str:
    return piece.casefold() if piece[:1].isalnum() else ""


def _joined(pieces: Sequence[str], marks: Sequence[bool]) -> Marked:
    made: list[tuple[str, bool]] = []
    for n, (piece, mark) in enumerate(zip(pieces, marks, strict=True)):
        # Space between two marked words is marked with them.
        mark = mark or (piece.isspace() and 0 < n < len(marks) - 1 and marks[n - 1] and marks[n + 1])
        if made and made[-1][1] == mark:
            made[-1] = (made[-1][0] + piece, mark)
        else:
            made.append((piece, mark))
    return tuple(made)
