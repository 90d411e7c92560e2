"""Quotations that are joined from parts which stand word for word in different places."""

from __future__ import annotations

import numpy as np

from auditor.detectors.grounding.quotation_wanted import Found, Outcome, Wanted
from auditor.detectors.grounding.quotation_wording import is_tag
from auditor.detectors.grounding.spans_index import SourceText

_SHORTEST_PART = 3.5
"""A part of a spliced quotation, in words; a sign counts as half of one."""
_FAR = 4
"""Words left out without ellipsis: up to here words are missing, beyond it two places are joined."""


def spliced(quotation: Wanted, sources: SourceText, without: frozenset[int], weight: float) -> Outcome | None:
    """The quotation as parts that stand word for word in different places; None where it is not made of such."""
    size = len(quotation.tokens)
    parts: list[tuple[int, int, int, int]] = []
    left = 0.0
    i = 0
    length = quotation.tokens.units(0, size)
    while i < size:
        rest = quotation.part(i, size)
        longest = _beginning(rest, sources, without, parts[-1][3] if parts else -1)
        if longest and longest[0] and _is_part(quotation.part(i, i + longest[0])):
            parts.append((i, i + longest[0], longest[1], longest[2]))
            i += longest[0]
        else:
            left += 0 if quotation.free[i] else quotation.tokens.units(i, i + 1)
            i += 1
            if left > max(1.0, 0.1 * length):
                return None
    joined, whole = _rejoined(parts, sources, quotation)
    places = tuple((low, high) for _, _, low, high in joined)
    if len(joined) == 1 and whole and not left:
        return Outcome(Found.VERBATIM, places, score=1.0)
    # Every further part must explain more than the changes that it stands for.
    if len(joined) < 2 or 1.4 * (len(joined) - 1) + left >= weight:
        return None
    told = sources.rarity(quotation.tokens)
    enough = float(np.log(len(sources.tokens)))
    if any(float(told[a:b].sum()) < enough for a, b, _, _ in joined):
        return None
    return Outcome(Found.SPLICED, places, score=1 - left / length)


def _is_part(piece: Wanted) -> bool:
    """Whether a piece is long enough to have been taken from somewhere: one long Korean word is not."""
    size = piece.tokens.units(0, len(piece.tokens))
    text = piece.text[int(piece.tokens.starts[0]) : int(piece.tokens.ends[-1])]
    return size >= _SHORTEST_PART and (size >= 2 * _SHORTEST_PART or len(text.split()) > 2)


def _beginning(
    rest: Wanted, sources: SourceText, without: frozenset[int], after: int
) -> tuple[int, int, int] | None:
    """The longest beginning that stands word for word somewhere: its length, and where; near ``after`` if it can."""
    best: tuple[int, int, int] | None = None
    head = rest.part(0, min(len(rest.tokens), 60))
    places, found, _ = sources.seeds(head.tokens)
    early = places < 8  # a frequent pair of words at the very beginning is not looked up
    for place in np.unique(found[early] - places[early]).tolist():
        if place < 0:
            continue
        source = sources.source(place)
        if source in without:
            continue
        limit = min(len(rest.tokens), sources.bounds(source)[1] - place)
        same = rest.tokens.ids[:limit] == sources.tokens.ids[place : place + limit]
        length = limit if same.all() else int(np.argmin(same))
        near = best is not None and length == best[0] and 0 <= place - after < abs(best[1] - after)
        if best is None or length > best[0] or near:
            best = (length, place, place + length)
    return best


def _rejoined(
    parts: list[tuple[int, int, int, int]], sources: SourceText, quotation: Wanted
) -> tuple[list[tuple[int, int, int, int]], bool]:
    """Parts that follow each other in the source, but for a few words or a "said Kim" between them, are one.

    Returns:
        The parts, and whether none of those joined lacks words without an ellipsis.
    """
    joined: list[tuple[int, int, int, int]] = []
    whole = True
    for part in parts:
        if joined:
            first, last, low, high = joined[-1]
            same = sources.source(low) == sources.source(part[2])
            gap = part[2] - high
            marked = bool(quotation.wide[last : part[0]].any())
            honest = gap == 0 or marked or (gap > 0 and is_tag(sources, high, part[2]))
            if same and gap >= 0 and (honest or sources.tokens.units(high, part[2]) <= _FAR):
                whole = whole and honest
                joined[-1] = (first, part[1], low, part[3])
                continue
        joined.append(part)
    return joined, whole
