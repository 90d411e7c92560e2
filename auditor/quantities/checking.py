"""Which quantities of a claim a source bears out, and which it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from auditor.quantities.comparing import judge
from auditor.quantities.context import Context, contexts
from auditor.quantities.derived import is_derived
from auditor.quantities.judgement import Judgement
from auditor.quantities.model import Agreement, Kind, Quantity
from auditor.quantities.reading import read

VERBATIM = 0.6
"""Nearness from which two places are taken for the same sentence."""
SAME = 0.8
"""Nearness from which little else in the source counts."""
LOOSE = 0.35
"""Nearness below which two places have little to do with each other."""
_CALENDAR = (Kind.DATE, Kind.YEAR, Kind.WEEKDAY, Kind.TIME)


class Fault(StrEnum):
    """In what a quantity differs from the source's."""

    VALUE = "value"
    UNIT = "unit"
    CURRENCY = "currency"
    DATE = "date"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Match:
    """A quantity of a claim with its best partner in the source.

    Attributes:
        claim: The quantity of the claim.
        source: Its partner; None where there is none, or where the value follows from several.
        agreement: How they stand to each other; ``DIFFERENT`` where nothing of the kind stands in the source.
        nearness: Share of the words around it that also stand around its partner, 0 to 1.
    """

    claim: Quantity
    source: Quantity | None
    agreement: Agreement
    nearness: float


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A quantity of a claim that the source does not bear out; ``source`` is what it has instead."""

    claim: Quantity
    source: Quantity | None
    kind: Fault
    nearness: float = 0.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    source: Quantity
    judgement: Judgement
    noun: bool | None
    nearness: float
    shared: int


def match(claim: str, window: str) -> list[Match]:
    """Pairs every quantity of a claim with its best partner in a passage of a source.

    A partner that agrees is preferred, unless it counts something else or stands elsewhere while another number
    stands in the claim's very words. Sums, differences, shares, changes in per cent and counted lists that
    follow from the passage are ``DERIVED``.

    Args:
        claim: A sentence or clause.
        window: The passage, some sentences long.
    """
    wanted = read(claim)
    if not wanted:
        return []
    sources = read(window)
    around, there = contexts(claim, wanted), contexts(window, sources)
    pairs = list(zip(sources, there, strict=True))
    found = [_best(q, c, claim, pairs, window) for q, c in zip(wanted, around, strict=True)]
    return [_shared(m, found, c, pairs) for m, c in zip(found, around, strict=True)]


def check(claim: str, window: str) -> list[Mismatch]:
    """The quantities of a claim that a passage contradicts or lacks, in the order of the claim.

    Args:
        claim: A sentence or clause.
        window: The passage of the source, some sentences long.
    """
    return [_mismatch(m) for m in match(claim, window) if not m.agreement.agrees]


def _best(
    claim: Quantity, context: Context, text: str, sources: list[tuple[Quantity, Context]], window: str
) -> Match:
    candidates = [_candidate(claim, context, source, other) for source, other in sources]
    dated = sum(s.kind in _CALENDAR for s, _ in sources)
    agreeing = max(
        (c for c in candidates if c.judgement.rank),
        key=lambda c: (
            c.noun is not False,
            c.judgement.rank > 1,
            c.noun is True,
            c.nearness,
            c.judgement.rank,
        ),
        default=None,
    )
    conflicting = max(
        (
            c
            for c in candidates
            if c.judgement.agreement is Agreement.CONFLICT and _related(c, only=dated == 1)
        ),
        key=lambda c: (c.noun is True, c.nearness, c.shared),
        default=None,
    )
    if agreeing and not (conflicting and _outweighs(conflicting, agreeing)):
        return Match(claim, agreeing.source, agreeing.judgement.agreement, agreeing.nearness)
    alike = max(
        (c for c in candidates if _printed_alike(claim, c.source) and not c.judgement.rank),
        key=lambda c: c.nearness,
        default=None,
    )
    verbatim = any(c is not None and c.nearness >= VERBATIM for c in (conflicting, alike))
    if not verbatim and is_derived(claim, text, [s for s, _ in sources], window):
        return Match(claim, None, Agreement.DERIVED, 0.0)
    if claim.text.lower() == "one" and not verbatim:
        # Little more than an article: whatever is told of in the singular bears it out.
        return Match(claim, None, Agreement.DERIVED, 0.0)
    if conflicting:
        return Match(claim, conflicting.source, Agreement.CONFLICT, conflicting.nearness)
    if alike:
        return Match(claim, alike.source, Agreement.DIFFERENT, alike.nearness)
    return Match(claim, None, Agreement.DIFFERENT, 0.0)


def _shared(
    mine: Match, found: list[Match], context: Context, sources: list[tuple[Quantity, Context]]
) -> Match:
    """Undoes a pairing with a source quantity that fits another of the claim better.

    "£30,000 and £30,000" for "£20,000 and £30,000" has one of them wrong.
    """
    if mine.source is None or not mine.agreement.agrees:
        return mine
    if not any(
        m is not mine and m.source is mine.source and m.agreement.agrees and m.nearness > mine.nearness
        for m in found
    ):
        return mine
    used = {id(m.source) for m in found}
    free = [
        _candidate(mine.claim, context, s, c)
        for s, c in sources
        if id(s) not in used and s.kind is mine.claim.kind
    ]
    best = max(
        (c for c in free if c.judgement.agreement is Agreement.CONFLICT),
        key=lambda c: c.nearness,
        default=None,
    )
    if best and best.nearness >= VERBATIM and best.nearness > mine.nearness:
        return Match(mine.claim, best.source, Agreement.CONFLICT, best.nearness)
    return mine


def _candidate(claim: Quantity, context: Context, source: Quantity, other: Context) -> _Candidate:
    noun = None if not claim.noun or not source.noun else _same_noun(claim.noun, source.noun)
    return _Candidate(source, judge(claim, source), noun, context.nearness(other), context.shared(other))


def _same_noun(a: str, b: str) -> bool:
    return a == b or a.split("-")[-1] == b.split("-")[-1]


def _related(candidate: _Candidate, *, only: bool) -> bool:
    """Whether a differing number is about the same thing, so that it contradicts.

    ``only`` says that the source has one date or year in all.
    """
    if candidate.source.noun.startswith("№"):
        return False
    if candidate.source.kind in _CALENDAR:
        return candidate.nearness >= 0.5 or (only and candidate.shared >= 3)
    if candidate.noun is False:
        return candidate.nearness >= VERBATIM
    return candidate.noun is True or candidate.nearness >= LOOSE or candidate.shared >= 3


def _outweighs(conflicting: _Candidate, agreeing: _Candidate) -> bool:
    """Whether a differing number in the claim's own words counts for more than an equal one elsewhere."""
    lead = conflicting.nearness - agreeing.nearness
    telling = _telling(agreeing.source)
    if agreeing.noun is False and conflicting.noun is True and agreeing.nearness < VERBATIM:
        return lead > 0 and (not telling or conflicting.nearness >= VERBATIM)
    if (
        agreeing.judgement.rank == 2
        and conflicting.source.bound
        and conflicting.nearness >= SAME
        and lead >= 0
    ):
        return True
    if agreeing.source.two_ends and agreeing.judgement.rank == 4:
        return False
    if conflicting.nearness >= SAME and lead >= 0.4 and conflicting.noun is not False and not telling:
        return True
    if conflicting.nearness >= VERBATIM and agreeing.judgement.rank == 1 and lead > 0:
        return True
    return (
        conflicting.nearness >= SAME
        and agreeing.nearness < LOOSE
        and conflicting.noun is not False
        and not (agreeing.noun is True and conflicting.noun is None)
    )


def _telling(quantity: Quantity) -> bool:
    """Whether a number is too long to stand in two places by chance; years are not."""
    digits = re.sub(r"\D", "", quantity.text).rstrip("0")
    return quantity.kind not in _CALENDAR and len(digits) >= 3


def _printed_alike(a: Quantity, b: Quantity) -> bool:
    """Whether the same digits are printed: "35%" and "$35M"."""
    digits = re.findall(r"\d+", a.text)
    return bool(digits) and digits == re.findall(r"\d+", b.text)


def _mismatch(found: Match) -> Mismatch:
    source = found.source
    if source is None:
        return Mismatch(found.claim, None, Fault.ABSENT)
    kind = Fault.VALUE
    if (
        found.claim.kind is Kind.MONEY
        and source.kind is Kind.MONEY
        and found.claim.currency != source.currency
    ):
        kind = Fault.CURRENCY
    elif found.agreement is Agreement.DIFFERENT or (
        _printed_alike(found.claim, source) and found.claim.unit != source.unit
    ):
        kind = Fault.UNIT
    elif found.claim.kind in _CALENDAR:
        kind = Fault.DATE
    return Mismatch(found.claim, source, kind, found.nearness)
