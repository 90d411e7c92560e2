"""What the sources hold of a quotation: all of it, something close to it, pieces of it, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from auditor.detectors.grounding.quotation_splice import spliced
from auditor.detectors.grounding.quotation_wanted import Found, Outcome, Wanted
from auditor.detectors.grounding.quotation_wording import Difference, differences
from auditor.detectors.grounding.spans_align import Alignment, costs, traced
from auditor.detectors.grounding.spans_index import SourceText

PIECE = 500
"""A longer quotation is compared in pieces of so many tokens."""
_WINDOWS = 8
_CERTAIN = 7.0
"""Nats by which the words in common must outweigh the chance to meet them somewhere in the sources."""


def search(quotation: Wanted, sources: SourceText, without: frozenset[int] = frozenset()) -> Outcome:
    """Looks a quotation up.

    Args:
        quotation: What is looked for.
        sources: Where.
        without: Numbers of sources that do not count.
    """
    size = len(quotation.tokens)
    if not size or not len(sources.tokens):
        return Outcome(Found.ABSENT)
    if size > PIECE + PIECE // 2:
        return _together([search(piece, sources, without) for piece in _pieces(quotation)])
    best: tuple[float, Alignment, tuple[Difference, ...]] | None = None
    exact: list[tuple[int, int]] = []
    for low, high in _windows(quotation, sources, without):
        for laid in _laid(quotation, sources, low, high):
            changes = differences(quotation.text, quotation.tokens, quotation.wide, sources, laid)
            if not changes and not any(laid.start < b and a < laid.end for a, b in exact):
                exact.append((laid.start, laid.end))
            weight = sum(change.size for change in changes)
            if best is None or weight < best[0]:
                best = (weight, laid, changes)
    if exact:
        return Outcome(Found.VERBATIM, tuple(sorted(exact)), score=1.0)
    length = quotation.tokens.units(0, size)
    weight = best[0] if best else length
    if weight >= min(3.0, length / 4) and (joined := spliced(quotation, sources, without, weight)):
        return joined
    if best is None:
        return Outcome(Found.ABSENT)
    _, laid, changes = best
    score = max(0.0, 1 - weight / length)
    place = ((laid.start, laid.end),) if laid.end > laid.start and score >= 0.3 else ()
    if place and _close(quotation, sources, laid, weight, length):
        return Outcome(Found.ALTERED, place, changes, score)
    return Outcome(Found.ABSENT, place, changes, score)


def _close(quotation: Wanted, sources: SourceText, laid: Alignment, weight: float, length: float) -> bool:
    """Whether a passage is so close that chance does not explain it (compare Karlin and Altschul 1990)."""
    if weight > 0.4 * length:
        return False
    told = sources.rarity(quotation.tokens)
    same = np.ones(len(quotation.tokens), np.bool_)
    same[quotation.free] = False
    for hunk in laid.hunks:
        same[hunk.mine[0] : hunk.mine[1]] = False
    return float(told[same].sum()) - 1.5 * weight - float(np.log(len(sources.tokens))) >= _CERTAIN


def _windows(
    quotation: Wanted, sources: SourceText, without: frozenset[int], most: int = _WINDOWS
) -> list[tuple[int, int]]:
    """Stretches of the sources' tokens that have most in common with a quotation, best first."""
    places, found, told = sources.seeds(quotation.tokens)
    if not len(places):
        return []
    size = len(quotation.tokens)
    width = max(16, size)
    owner = np.searchsorted(np.array(sources.first), found, "right") - 1
    bins = owner * (len(sources.tokens) + 1) + (found - places + size) // width
    names, where = np.unique(bins, return_inverse=True)
    votes = np.bincount(where, told)
    slack = size // 2 + 8 + 8 * int(np.count_nonzero(quotation.free))
    if quotation.wide.any():
        slack += 4_000
    windows: list[tuple[int, int]] = []
    for best in np.argsort(-votes, kind="stable")[: most + len(without)]:
        source = int(names[best]) // (len(sources.tokens) + 1)
        if source in without:
            continue
        starts = (found - places)[where == best]
        low, high = sources.bounds(source)
        window = (max(low, int(starts.min()) - slack), min(high, int(starts.max()) + size + slack))
        if not any(a <= window[0] and window[1] <= b for a, b in windows):
            windows.append(window)
    return windows[:most]


def _laid(quotation: Wanted, sources: SourceText, low: int, high: int) -> Iterator[Alignment]:
    """The best ways to lay a quotation along a stretch of source: all that cost nothing, or the two cheapest."""
    source = sources.tokens.ids[low:high]
    table = costs(quotation.tokens.ids, quotation.free, source)
    last = table[-1]
    if int(last.min()) == 0:
        ends = np.flatnonzero(last == 0)[:20]
    else:
        # The last word replaced, or one more put in: both cost the same, and it is the sentence that tells.
        ends = np.flatnonzero(last == last.min())[[-1, 0]]
        if ends[0] == ends[1] + 1 and _STOP.search(_between(sources, low + int(ends[1]))):
            ends = ends[::-1]
    for end in dict.fromkeys(ends.tolist()):
        yield traced(table, quotation.tokens.ids, quotation.free, source, len(table) - 1, end, low)


_STOP = re.compile(r"[.!?。！？]\s|\n")


def _between(sources: SourceText, place: int) -> str:
    """The text between a token of the sources and the one before it."""
    text = sources.texts[sources.source(place)]
    return text[int(sources.tokens.ends[place - 1]) : int(sources.tokens.starts[place])] if place else ""


def _pieces(quotation: Wanted) -> Iterator[Wanted]:
    size = len(quotation.tokens)
    count = -(-size // PIECE)
    for i in range(count):
        yield quotation.part(i * size // count, (i + 1) * size // count)


def _together(pieces: list[Outcome]) -> Outcome:
    """One outcome for a quotation that was looked up in pieces."""
    score = sum(piece.score for piece in pieces) / len(pieces)
    places = tuple(place for piece in pieces for place in piece.places[:1])
    changes = tuple(change for piece in pieces for change in piece.differences)
    kinds = {piece.found for piece in pieces}
    if kinds == {Found.VERBATIM}:
        whole = [pieces[0].places]
        for piece in pieces[1:]:
            # Where it goes on: the pieces of one passage lie close to each other.
            whole.append(tuple(q for p in whole[-1] for q in piece.places if 0 <= q[0] - p[1] <= 100))
        if whole[-1]:
            return Outcome(Found.VERBATIM, ((places[0][0], whole[-1][0][1]),), score=1.0)
    if kinds <= {Found.VERBATIM, Found.SPLICED}:
        return Outcome(Found.SPLICED, places, score=score)
    if score >= 0.6:
        return Outcome(Found.ALTERED, places, changes, score)
    return Outcome(Found.ABSENT, places, changes, score)
