"""A quotation laid along a source with the fewest changes, and what then differs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.detectors.grounding.spans import Flags, Ids


@dataclass(frozen=True, slots=True)
class Hunk:
    """Tokens ``mine`` of the quotation stand where tokens ``theirs`` stand in the source; either may be empty."""

    mine: tuple[int, int]
    theirs: tuple[int, int]
    free: bool = False
    """Whether an ellipsis or a bracket in the quotation stands there."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A quotation's place in a stretch of source.

    Attributes:
        cost: Number of tokens put in, left out or replaced.
        start: First token of the source that takes part.
        end: One past the last.
        hunks: What differs, in order.
    """

    cost: int
    start: int
    end: int
    hunks: tuple[Hunk, ...]


def costs(quotation: Ids, free: Flags, source: Ids) -> NDArray[np.int32]:
    """Fewest changes that make each beginning of the quotation a stretch of the source (Sellers 1980).

    Args:
        quotation: Token ids, shape (m,).
        free: Tokens that stand for anything of any length, or nothing, shape (m,).
        source: Token ids, shape (n,).

    Returns:
        Shape (m + 1, n + 1): at (i, j) the cost of the first i tokens, ending with the source's token j - 1.
    """
    m, n = len(quotation), len(source)
    table = np.zeros((m + 1, n + 1), np.int32)
    steps = np.arange(n + 1, dtype=np.int32)
    for i in range(1, m + 1):
        above, row = table[i - 1], table[i]
        if free[i - 1]:
            np.minimum.accumulate(above, out=row)
            continue
        np.add(above, 1, out=row)
        np.minimum(row[1:], above[:-1] + (source != quotation[i - 1]), out=row[1:])
        row -= steps
        np.minimum.accumulate(row, out=row)
        row += steps
    return table


def traced(
    table: NDArray[np.int32], quotation: Ids, free: Flags, source: Ids, rows: int, column: int, shift: int = 0
) -> Alignment:
    """The changes behind a cell of ``costs``.

    Args:
        table: What ``costs`` returned.
        quotation: As given to it.
        free: As given to it.
        source: As given to it.
        rows: How many tokens of the quotation take part.
        column: Where in the source they end.
        shift: Added to all places in the source.
    """
    i, j = rows, column
    steps: list[tuple[int, int, int, int, bool]] = []
    while i > 0:
        here = int(table[i, j])
        if free[i - 1]:
            low = j
            while low > 0 and int(table[i - 1, low]) != here:
                low -= 1
            steps.append((i - 1, i, low, j, True))
            i, j = i - 1, low
        elif j > 0 and source[j - 1] == quotation[i - 1] and int(table[i - 1, j - 1]) == here:
            i, j = i - 1, j - 1
        elif j > 0 and int(table[i - 1, j - 1]) + 1 == here:
            steps.append((i - 1, i, j - 1, j, False))
            i, j = i - 1, j - 1
        elif int(table[i - 1, j]) + 1 == here:
            steps.append((i - 1, i, j, j, False))
            i -= 1
        else:
            steps.append((i, i, j - 1, j, False))
            j -= 1
    return Alignment(int(table[rows, column]), j + shift, column + shift, _joined(steps[::-1], shift))


def _joined(steps: list[tuple[int, int, int, int, bool]], shift: int) -> tuple[Hunk, ...]:
    """Changes that touch become one, so that a replaced phrase is shown as a whole."""
    hunks: list[Hunk] = []
    for low, high, first, last, free in steps:
        first, last = first + shift, last + shift
        before = hunks[-1] if hunks else None
        if before and not free and not before.free and before.mine[1] == low and before.theirs[1] == first:
            hunks[-1] = Hunk((before.mine[0], high), (before.theirs[0], last))
        else:
            hunks.append(Hunk((low, high), (first, last), free))
    return tuple(hunks)
