"""Which passages a claim is held against: the windows that retrieval gives, and the best two together."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.detectors.grounding.checks.passage import Comparison
from auditor.findings import Evidence, Relation
from auditor.sources.interface import Hit, Index, Window

TOP = 6
"""Windows that are retrieved for each claim."""


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


def passages(hits: list[Hit]) -> list[Passage]:
    """The windows of the hits, best first, and the best two that do not overlap as one passage at the end."""
    singles = [Passage((hit.window,), hit.cosine) for hit in hits]
    joined = _joined(hits)
    return singles + ([joined] if joined else [])


def _joined(hits: list[Hit]) -> Passage | None:
    if len(hits) < 2:
        return None
    first = hits[0].window
    for hit in hits[1:]:
        second = hit.window
        apart = first.source != second.source or first.end <= second.start or second.end <= first.start
        if apart:
            pair = sorted((first, second), key=lambda w: (w.source != first.source, w.start))
            cosines = [h.cosine for h in (hits[0], hit) if h.cosine is not None]
            return Passage(tuple(pair), max(cosines, default=None))
    return None
