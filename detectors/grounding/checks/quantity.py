"""Numbers, units and dates of a claim that a passage gives otherwise, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from auditor.detectors.grounding.checks.conflict import Conflict
from auditor.quantities import Agreement, Kind, Mismatch, check, match

_DATES: Final = frozenset({Kind.DATE, Kind.YEAR, Kind.TIME, Kind.WEEKDAY, Kind.DURATION})
_UNITS: Final = frozenset({"unit", "currency", "different-kind"})
_SAME: Final = frozenset({Agreement.EQUAL, Agreement.ROUNDED, Agreement.WITHIN})
_AGAINST: Final = 0.8


def quantity_conflicts(claim: str, passage: str) -> Iterator[Conflict]:
    """One conflict for each quantity of the claim that the passage does not bear out."""
    for mismatch in check(claim, passage):
        yield Conflict(
            _kind(mismatch),
            (mismatch.claim.start, mismatch.claim.end),
            (mismatch.source.start, mismatch.source.end) if mismatch.source else None,
            _message(mismatch),
            _AGAINST if mismatch.source else 0.0,
        )


@lru_cache(maxsize=16384)
def in_the_words_of(claim: str, passage: str) -> str:
    """The claim with its quantities written as the passage writes them, where they agree.

    A model compares digits, not values: ``1,500 metres`` and ``1.5 km`` look different to it.
    """
    made, last = [], 0
    for found in match(claim, passage):
        if found.source is None or found.agreement not in _SAME or found.claim.start < last:
            continue
        made += [claim[last : found.claim.start], found.source.text]
        last = found.claim.end
    return "".join((*made, claim[last:]))


def _kind(mismatch: Mismatch) -> str:
    if mismatch.kind in _UNITS:
        return "unit"
    return "date" if mismatch.claim.kind in _DATES else "number"


def _message(mismatch: Mismatch) -> str:
    if mismatch.source is None:
        return f"“{mismatch.claim.text}” is not in the passage"
    return f"“{mismatch.claim.text}” where the source has “{mismatch.source.text}”"
