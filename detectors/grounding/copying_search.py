"""Spans of a document that stand in a source too, with a share of changed words at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from auditor.detectors.grounding.spans import Ids, Tokens
from auditor.detectors.grounding.spans_index import SourceText

_SAME_AGAIN = 3
"""Equal tokens in a row that show where two texts go on together after a change."""
_LONGEST_CHANGE = 6
_STEP = 512


@dataclass(frozen=True, slots=True)
class Copy:
    """A copied span.

    Attributes:
        start: Offset of its first character in the document.
        end: One past its last.
        tokens: Its tokens.
        place: The source's tokens that it was taken from, start and end.
        changed: How many tokens were replaced, put in or left out.
        words: Number of its words, signs apart.
        syllables: Number of its signs.
        sources: Number of sources that have its longest unchanged part.
        score: Share of its tokens that are unchanged.
    """

    start: int
    end: int
    tokens: Tokens
    place: tuple[int, int]
    changed: int
    words: int
    syllables: int
    sources: int
    score: float


def share(of: Tokens, barred: Iterable[tuple[int, int]], min_words: int, min_syllables: int) -> float:
    """Length of a span as a share of the shortest that counts, without the tokens inside ``barred`` (offsets)."""
    open_ = np.ones(len(of), np.bool_)
    for start, end in barred:
        open_ &= (of.starts < start) | (of.starts >= end)
    signs = int(np.count_nonzero(of.signs & open_))
    return (int(np.count_nonzero(open_)) - signs) / min_words + signs / min_syllables


def copies(
    mine: Tokens,
    sources: SourceText,
    without: frozenset[int],
    min_words: int,
    min_syllables: int,
    max_changed: float,
) -> list[Copy]:
    """Copied spans in reading order; of several places that a span may be from the longest match is given."""
    places, found, _ = sources.seeds(mine, long=True)
    floor = reached = 0
    result: list[Copy] = []
    i = 0
    while i < len(places):
        at = int(places[i])
        j = i
        while j < len(places) and places[j] == at:
            j += 1
        if at >= reached:
            best: tuple[int, int, int, int, int] | None = None
            for place in found[i:j].tolist():
                source = sources.source(place)
                if source in without:
                    continue
                grown = _grown(
                    mine.ids, sources.tokens.ids, at, place, floor, sources.bounds(source), max_changed
                )
                if best is None or grown[1] - grown[0] - 3 * grown[4] > best[1] - best[0] - 3 * best[4]:
                    best = grown
            if best and share(mine.part(best[0], best[1]), (), min_words, min_syllables) >= 1:
                owners = {sources.source(p) for p in found[i:j].tolist()} - without
                result.append(_copy(mine, best, len(owners)))
                floor = reached = best[1]
            elif best:
                # Nothing long starts here; the same run of equal tokens need not be tried from each of its places.
                reached = max(reached, at + 1, best[1] - _longest(mine, best[1]))
        i = j
    return result


def _longest(mine: Tokens, end: int) -> int:
    """How many tokens before ``end`` may still begin another match."""
    return 12 if end and mine.signs[end - 1] else 6


def _copy(mine: Tokens, grown: tuple[int, int, int, int, int], owners: int) -> Copy:
    low, high, first, last, changed = grown
    part = mine.part(low, high)
    signs = int(np.count_nonzero(part.signs))
    return Copy(
        start=int(part.starts[0]),
        end=int(part.ends[-1]),
        tokens=part,
        place=(first, last),
        changed=changed,
        words=len(part) - signs,
        syllables=signs,
        sources=owners,
        score=1 - changed / len(part),
    )


def _grown(
    mine: Ids, theirs: Ids, at: int, place: int, floor: int, bounds: tuple[int, int], most: float
) -> tuple[int, int, int, int, int]:
    """A match made as long as the share of changes allows: start and end in both, and the changes."""
    ahead = _stretch(mine[at:], theirs[place : bounds[1]], most)
    back = _stretch(mine[floor:at][::-1], theirs[bounds[0] : place][::-1], most)
    return at - back[0], at + ahead[0], place - back[1], place + ahead[1], ahead[2] + back[2]


def _stretch(mine: Ids, theirs: Ids, most: float) -> tuple[int, int, int]:
    """How far two rows of tokens go on together: the length in each, and the changes in it."""
    i = j = changed = 0
    kept = (0, 0, 0)
    while i < len(mine) and j < len(theirs):
        run = _run(mine[i : i + _STEP], theirs[j : j + _STEP])
        i, j = i + run, j + run
        if run == _STEP:
            continue
        if run and changed <= most * i:
            kept = i, j, changed
        # A few changes at the start may be made up for by what follows.
        step = _next(mine[i : i + 12], theirs[j : j + 12]) if changed <= most * i + 4 else None
        if step is None:
            break
        i, j, changed = i + step[0], j + step[1], changed + max(step)
    return kept if kept[0] or not i or changed else (i, j, 0)


def _run(mine: Ids, theirs: Ids) -> int:
    size = min(len(mine), len(theirs))
    same = mine[:size] == theirs[:size]
    return size if same.all() else int(np.argmin(same))


def _next(mine: Ids, theirs: Ids) -> tuple[int, int] | None:
    """How many tokens to pass over in each until the texts agree again, the fewest; None where they do not."""
    for total in range(1, 2 * _LONGEST_CHANGE + 1):
        for a in range(max(0, total - _LONGEST_CHANGE), min(total, _LONGEST_CHANGE) + 1):
            b = total - a
            size = _SAME_AGAIN
            if (
                a + size <= len(mine)
                and b + size <= len(theirs)
                and bool((mine[a : a + size] == theirs[b : b + size]).all())
            ):
                return a, b
    return None
