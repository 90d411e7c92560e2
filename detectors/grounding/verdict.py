"""From what a verifier and the typed checks say of each passage to one verdict on the claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from auditor.detectors.grounding.checks.conflict import Conflict
from auditor.detectors.grounding.checks.passage import Comparison
from auditor.detectors.grounding.evidence import Passage
from auditor.findings import Verdict

SUPPORTED_FROM: Final = 0.5
"""Probability of support from which a claim counts as supported."""
CONTRADICTED_FROM: Final = 0.5
ON_TOPIC: Final = 0.34
"""Least share of a claim's content words that a passage must have to contradict it."""
_SILENT: Final = 0.45
# What is left of a verifier's support where the passage lacks a number or a name of the claim.
_ELSEWHERE: Final = 0.7
# Where the source has the names in other places: it may speak of them here without saying so.


@dataclass(frozen=True, slots=True)
class Reading:
    """What one passage says of a claim.

    Attributes:
        passage: The passage.
        supported: The verifier's probability that it supports the claim.
        contradicted: That it contradicts it.
        comparison: The typed checks.
    """

    passage: Passage
    supported: float
    contradicted: float
    comparison: Comparison

    @property
    def support(self) -> float:
        """Probability of support once the typed checks have had their say."""
        left = self.supported * (1.0 - self.comparison.against)
        silent = self.comparison.silent
        if not silent:
            return left
        return left * (_ELSEWHERE if all(conflict.elsewhere for conflict in silent) else _SILENT)

    @property
    def against(self) -> float:
        """Probability of contradiction once the typed checks have had their say; 0 off the topic.

        Two sources read together contradict nothing that neither contradicts alone.
        """
        if len({window.source for window in self.passage.windows}) > 1:
            return 0.0
        if max(self.comparison.coverage, self.comparison.near) < ON_TOPIC:
            return 0.0
        typed = self.comparison.against if self.comparison.near >= ON_TOPIC else 0.0
        return 1.0 - (1.0 - self.contradicted) * (1.0 - typed)


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict on one claim.

    Attributes:
        verdict: Supported, contradicted or unsupported.
        probability: That the sources support the claim.
        readings: The passages that decided, the most telling first; where none tells anything, the nearest.
        conflicts: The typed differences in the passage that decided; empty for a supported claim.
    """

    verdict: Verdict
    probability: float
    readings: tuple[Reading, ...]
    conflicts: tuple[Conflict, ...] = ()


def rule(readings: Sequence[Reading]) -> Ruling:
    """Any supporting passage is enough; contradicted needs one on the topic, and none that supports.

    Args:
        readings: One for each passage, in the order of retrieval; not empty.
    """
    best = _simplest(readings, lambda reading: reading.support, SUPPORTED_FROM)
    if best.support >= SUPPORTED_FROM:
        return Ruling(Verdict.SUPPORTED, max(r.support for r in readings), (best,))
    worst = _simplest(readings, lambda reading: reading.against, CONTRADICTED_FROM)
    if worst.against >= CONTRADICTED_FROM:
        hard = tuple(c for c in worst.comparison.conflicts if c.contradicts)
        return Ruling(Verdict.CONTRADICTED, min(best.support, 1.0 - worst.against), (worst,), hard)
    nearest = max(readings, key=lambda r: (r.support, r.comparison.coverage))
    missing = set(nearest.comparison.silent)
    for reading in readings:  # what any passage has is not missing from the sources
        missing &= set(reading.comparison.silent)
    return Ruling(Verdict.UNSUPPORTED, best.support, (nearest,), tuple(missing))


def _simplest(readings: Sequence[Reading], score: Callable[[Reading], float], enough: float) -> Reading:
    """The best reading; one window goes before two where it is enough."""
    single = [r for r in readings if len(r.passage.windows) == 1 and score(r) >= enough]
    return max(single or readings, key=score)
