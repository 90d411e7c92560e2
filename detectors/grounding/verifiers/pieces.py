"""What does not fit a model is read in pieces: how a text is cut, and which piece speaks for the whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from auditor.detectors.grounding.verifiers.interface import CONTRADICTED, SUPPORTED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EVEN = 0.5
"""From this probability on a piece is said to support or to contradict."""


def cut(text: str, tokens: Sequence[tuple[int, int]], room: int, overlap: int = 0) -> list[str]:
    """Cuts a text into pieces that leave nothing out.

    A piece ends at the end of a sentence where there is one in its last quarter, else between words, else
    where it is full.

    Args:
        text: The text.
        tokens: Start and end of each token in the text, in order.
        room: Tokens a piece holds at most.
        overlap: Tokens that a piece shares with the one before it, about.

    Returns:
        The pieces, in order; the text itself where it fits.

    Raises:
        ValueError: If ``room`` is less than 1.
    """
    if room < 1:
        raise ValueError("a piece needs room for one token")
    if len(tokens) <= room:
        return [text]
    starts = [start for start, _ in tokens] + [len(text)]
    starts[0] = 0
    pieces, first = [], 0
    while first + room < len(tokens):
        last = _end(text, starts, first + room, first + room - room // 4)
        pieces.append(text[starts[first] : starts[last]])
        # Forward to the beginning of a word, so that the overlap shrinks and never grows.
        begin = max(last - min(overlap, room // 2), first + 1)
        first = next((i for i in range(begin, last) if _between_words(text, starts[i])), last)
    return [*pieces, text[starts[first] :]]


def _end(text: str, starts: Sequence[int], last: int, least: int) -> int:
    word = 0
    for place in range(last, max(least, 1) - 1, -1):
        if _between_words(text, starts[place]):
            if _sentence_end().search(text, max(starts[place] - 4, 0), starts[place]):
                return place
            word = word or place
    return word or last


def _between_words(text: str, place: int) -> bool:
    return place == 0 or text[place - 1].isspace() or (place < len(text) and text[place].isspace())


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[.!?。！？…\n][\"'”’)\]]?\s?$")


def best(rows: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """The row that speaks for pieces of one premise.

    The piece that supports best, if one does; else the one that contradicts most, if one does; else the piece
    that comes nearest to support.

    Args:
        rows: Probabilities, shape (pieces, 3).

    Returns:
        One row, shape (3,).
    """
    supported, contradicted = rows[:, SUPPORTED], rows[:, CONTRADICTED]
    against = supported.max() < EVEN <= contradicted.max()
    row: NDArray[np.floating[Any]] = rows[int((contradicted if against else supported).argmax())]
    return row


def weakest(rows: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """The row that speaks for parts of one hypothesis, all of which must hold.

    Args:
        rows: Probabilities, shape (parts, 3).

    Returns:
        The row of the part that is contradicted most, if one is; else of the one least supported.
    """
    contradicted = rows[:, CONTRADICTED]
    place = contradicted.argmax() if contradicted.max() >= EVEN else rows[:, SUPPORTED].argmin()
    row: NDArray[np.floating[Any]] = rows[int(place)]
    return row
