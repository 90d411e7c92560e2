"""Whether years, dates and weekdays agree, those of differing precision by the parts that both have."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from auditor.quantities.calendar import day_span, weekday_of, without_year, year_of
from auditor.quantities.judgement import CONFLICT, DIFFERENT, EQUAL, LOOSER, ROUNDED, WITHIN, Judgement
from auditor.quantities.model import Agreement, Kind, Quantity, Reading

CALENDAR = (Kind.YEAR, Kind.DATE, Kind.WEEKDAY)


def judge_dates(claim: Quantity, source: Quantity) -> Judgement:
    """Years, dates and weekdays; those of differing precision by the parts that both have."""
    kinds = {claim.kind, source.kind}
    if not kinds <= set(CALENDAR):
        other = source if claim.kind in CALENDAR else claim
        year = claim if other is source else source
        same = other.kind is Kind.COUNT and year.kind is Kind.YEAR and other.low == year.low == year.high
        return EQUAL if same else DIFFERENT
    if Kind.WEEKDAY in kinds and (len(kinds) > 1 or Kind.YEAR in kinds):
        return _weekday(claim, source)
    found = [_spans(claim, source, a, b) for a, b in product(claim.readings, source.readings)]
    return max(found, key=lambda j: (j.rank, j.agreement is Agreement.CONFLICT))


def _weekday(claim: Quantity, source: Quantity) -> Judgement:
    day, date = (claim, source) if claim.kind is Kind.WEEKDAY else (source, claim)
    if date.kind is Kind.YEAR or date.yearless or date.is_range:
        return DIFFERENT
    if not any(weekday_of(r.low) == day.low for r in date.readings):
        return CONFLICT
    return WITHIN if day is claim else LOOSER


def _spans(claim: Quantity, source: Quantity, a: Reading, b: Reading) -> Judgement:
    if claim.kind is not source.kind:
        if claim.yearless or source.yearless:
            return DIFFERENT
        if claim.kind is Kind.YEAR:
            b = Reading(Fraction(year_of(b.low)), Fraction(year_of(b.high)), Fraction(1))
            if b.low == b.high and not claim.is_range:
                return WITHIN if a.low == b.low else CONFLICT
        else:
            days = day_span(b.low, b.high)
            if days is None:
                return DIFFERENT
            b = Reading(Fraction(days[0]), Fraction(days[1]), Fraction(1))
    elif claim.yearless != source.yearless:
        moved = without_year(b.low, b.high) if claim.yearless else without_year(a.low, a.high)
        if moved is None:
            return DIFFERENT
        other = Reading(Fraction(moved[0]), Fraction(moved[1]), Fraction(1))
        found = _overlap(claim, source, a, other) if claim.yearless else _overlap(claim, source, other, b)
        return (
            WITHIN
            if found.agreement is Agreement.EQUAL and claim.yearless
            else (Judgement(Agreement.WITHIN, weak=True) if found.rank else found)
        )
    return _overlap(claim, source, a, b)


def _overlap(claim: Quantity, source: Quantity, a: Reading, b: Reading) -> Judgement:
    if (a.low, a.high) == (b.low, b.high):
        return EQUAL
    if claim.two_ends and source.two_ends:
        return CONFLICT
    if a.low <= b.low and b.high <= a.high:
        return WITHIN
    if b.low <= a.low and a.high <= b.high:
        return WITHIN if not claim.is_range and a.low in (b.low, b.high) else LOOSER
    overlapping = a.low <= b.high and b.low <= a.high
    if overlapping and (claim.approximate or source.approximate):
        return ROUNDED
    if (
        claim.approximate
        and not claim.is_range
        and claim.kind is source.kind is Kind.YEAR
        and not source.is_range
    ):
        return ROUNDED if abs(a.low - b.low) <= (5 if a.low % 10 == 0 else 1) else CONFLICT
    return CONFLICT
