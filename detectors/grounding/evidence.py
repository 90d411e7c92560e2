"""Which passages a claim is held against: the windows that retrieval gives, and the best two together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from auditor.detectors.grounding.checks.passage import Comparison
from auditor.detectors.grounding.checks.words import words
from auditor.findings import Evidence, Relation
from auditor.sources.interface import Hit, Index, Window

TOP: Final = 6
"""Windows that are read for each claim."""
SOUGHT: Final = 5 * TOP
"""Windows that the index is asked for."""
_ON_SUBJECT: Final = 0.45
"""Least cosine of a window of another source to be read together with the nearest."""
_SHARED: Final = 0.3
"""Least share of the claim's words in such a window, where there is no cosine."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What a verifier reads as premise: one window, or two for evidence in two places.

    Attributes:
        windows: The windows, in the order in which they are read.
        cosine: Best similarity of a window to the claim, or None where none was needed.
    """

    windows: tuple[Window, ...]
    cosine: float | None = None

    @property
    def text(self) -> str:
        """The windows' text, one after the other."""
        return " ".join(window.text for window in self.windows)

    def evidence(
        self, index: Index, relation: Relation, score: float, comparison: Comparison
    ) -> list[Evidence]:
        """Evidence for a report.

        Args:
            index: Where the windows come from.
            relation: What they say of the claim.
            score: How sure that is, 0..1.
            comparison: The claim beside this passage: where one sentence has as good as all that the window has of
                it, that sentence alone is quoted.
        """
        spans = [(window, window.start, window.end) for window in self.windows]
        if len(self.windows) == 1 and comparison.shared >= 0.9 * comparison.coverage:
            window = self.windows[0]
            low, high = comparison.nearest
            spans = [(window, window.start + low, window.start + high)]
        return [
            Evidence(
                source=window.source,
                location=index.location(window.source, start, end),
                quote=window.text[start - window.start : end - window.start],
                relation=relation,
                score=round(min(max(score, 0.0), 1.0), 4),
            )
            for window, start, end in spans
        ]


def passages(hits: Sequence[Hit], claim: str) -> list[Passage]:
    """The nearest windows of the hits, best first, and two of them as one passage at the end.

    The order goes by what window and claim have in common, not by the index's scores: these depend on what else it
    holds, and a source that has nothing to do with the claim must not change what is read.

    Args:
        hits: More than are read, in any order.
        claim: What the passages are held against.
    """
    asked = _stems(claim)
    hits = sorted(hits, key=lambda hit: -_nearness(hit, asked))
    singles = [Passage((hit.window,), hit.cosine) for hit in hits[:TOP]]
    joined = _joined(hits, asked)
    return singles + ([joined] if joined else [])


def _nearness(hit: Hit, asked: frozenset[str]) -> float:
    """Share of the claim's words in the window, and the cosine where there is one, which then counts more."""
    shared = len(asked & _stems(hit.window.text)) / max(len(asked), 1)
    return shared if hit.cosine is None else 0.4 * shared + 0.6 * hit.cosine


@lru_cache(maxsize=16384)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text) if word.content)


def _joined(hits: Sequence[Hit], asked: frozenset[str]) -> Passage | None:
    """The nearest window and the one that adds most of the claim's words to it, if any adds some."""
    if len(hits) < 2:
        return None
    first = hits[0].window
    missing = asked - _stems(first.text)
    best: tuple[float, Hit] | None = None
    for hit in hits[1:]:
        added = len(missing & _stems(hit.window.text))
        if added and _apart(first, hit.window) and _near_enough(hit, first, asked):
            value = added + (hit.cosine or 0.0)
            best = max(best or (0.0, hit), (value, hit), key=lambda pair: pair[0])
    if best is None:
        return None
    pair = sorted((first, best[1].window), key=lambda w: (w.source != first.source, w.start))
    cosines = [hit.cosine for hit in (hits[0], best[1]) if hit.cosine is not None]
    return Passage(tuple(pair), max(cosines, default=None))


def _apart(one: Window, other: Window) -> bool:
    return one.source != other.source or one.end <= other.start or other.end <= one.start


def _near_enough(hit: Hit, first: Window, asked: frozenset[str]) -> bool:
    """A window of another source goes with the first only where it clearly is on the claim's subject."""
    if hit.window.source == first.source:
        return True
    if hit.cosine is None:
        return len(asked & _stems(hit.window.text)) >= _SHARED * len(asked)
    return hit.cosine >= _ON_SUBJECT
