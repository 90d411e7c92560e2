"""All typed checks of one claim against one passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.detectors.grounding.checks.conflict import Conflict
from auditor.detectors.grounding.checks.direction import direction_conflicts
from auditor.detectors.grounding.checks.names import name_conflicts, role_conflicts
from auditor.detectors.grounding.checks.negation import (
    hedge_conflicts,
    negation_conflicts,
    quantifier_conflicts,
)
from auditor.detectors.grounding.checks.quantity import quantity_conflicts
from auditor.detectors.grounding.checks.words import Pairing, pair, words
from auditor.documents.sentences import sentences

_HALF = 0.4
"""Share of a claim's words from which another sentence than the nearest is looked at too."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim laid beside a passage.

    Attributes:
        coverage: Share of the claim's content words that the whole passage has, 0..1.
        nearest: The sentence of the passage that is nearest to the claim, as a span of the passage.
        shared: Share of the claim's content words that this sentence has.
        near: Share of the claim's content words that this sentence has, those in a conflict left out.
        conflicts: What differs.
    """

    coverage: float
    nearest: tuple[int, int]
    shared: float
    near: float
    conflicts: tuple[Conflict, ...]

    @property
    def against(self) -> float:
        """Strongest sign that the passage contradicts the claim, 0 where there is none."""
        return max((c.against for c in self.conflicts), default=0.0)

    @property
    def silent(self) -> tuple[Conflict, ...]:
        """What the claim says and the passage does not speak of."""
        return tuple(c for c in self.conflicts if c.source is None)


@lru_cache(maxsize=16384)
def compare(claim: str, passage: str) -> Comparison:
    """Runs every typed check.

    Args:
        claim: The claim as the verifier reads it.
        passage: One to a few sentences of a source.
    """
    spans = sentences(passage) or [(0, len(passage))]
    pairings = [pair(claim, passage[start:end]) for start, end in spans]
    best = max(range(len(spans)), key=lambda n: (pairings[n].coverage, -n))
    (start, end), pairing = spans[best], pairings[best]
    sentence = passage[start:end]
    found: list[Conflict] = []
    for check in (
        negation_conflicts,
        quantifier_conflicts,
        hedge_conflicts,
        direction_conflicts,
        role_conflicts,
    ):
        found += (_moved(conflict, start) for conflict in check(claim, sentence, pairing))
    for n, other in enumerate(pairings):  # the second half of a claim may stand in another sentence
        if n != best and other.coverage >= _HALF and not any(c.kind == "direction" for c in found):
            low, high = spans[n]
            found += (
                _moved(c, low)
                for c in direction_conflicts(claim, passage[low:high], other)
                if not _paired(pairing, c.claim)
            )
    found += name_conflicts(claim, passage, sentence, start, pairing)
    found += quantity_conflicts(claim, passage)
    return Comparison(
        _coverage(passage, pairing), (start, end), pairing.coverage, _near(pairing, found), tuple(found)
    )


def _paired(pairing: Pairing, place: tuple[int, int]) -> bool:
    """Whether the words in a span of the claim stand in the sentence."""
    return any(place[0] <= pairing.claim[i].start < place[1] for i, _ in pairing.pairs)


def _moved(conflict: Conflict, by: int) -> Conflict:
    if conflict.source is None:
        return conflict
    place = (conflict.source[0] + by, conflict.source[1] + by)
    return Conflict(conflict.kind, conflict.claim, place, conflict.message, conflict.against)


def _coverage(passage: str, pairing: Pairing) -> float:
    content = [word.stem for word in pairing.claim if word.content]
    there = {word.stem for word in words(passage)}
    return sum(stem in there for stem in content) / len(content) if content else 0.0


def _near(pairing: Pairing, conflicts: Sequence[Conflict]) -> float:
    """How far the sentence speaks of the same thing: what differs must not count against it."""
    paired = {i for i, _ in pairing.pairs}
    rest = [
        i
        for i, word in enumerate(pairing.claim)
        if word.content and not any(c.claim[0] <= word.start < c.claim[1] for c in conflicts)
    ]
    return sum(i in paired for i in rest) / len(rest) if rest else 0.0
