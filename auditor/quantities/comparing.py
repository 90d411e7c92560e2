"""Whether a quantity of a claim agrees with one of a source, rounding and units allowed for."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from auditor.quantities.comparing_dates import CALENDAR, judge_dates
from auditor.quantities.judgement import CONFLICT, DIFFERENT, EQUAL, LOOSER, ROUNDED, WITHIN, Judgement
from auditor.quantities.model import Agreement, Bound, Kind, Quantity, Reading

_SHARES = (Kind.PERCENT, Kind.RATIO)
_UPWARDS = (Bound.AT_LEAST, Bound.MORE_THAN)
LOOSE = Fraction(1, 10)
"""How far "about" may be from the value at most."""
ROUND = Fraction(1, 40)
"""How far a round number such as 12,000 may be from the value without "about"."""
COARSE = Fraction(1, 5)
"""How far "3 million" may be from the value at most."""


def compare(claim: Quantity, source: Quantity) -> Agreement:
    """How a quantity of a claim stands to one of a source.

    A claim may round: it agrees when the source's value rounds to the printed one ("3.2 million" for 3,214,567),
    and "about" allows up to a tenth more. It may be wider (``WITHIN``: "over 3 million", "March 2021",
    "10 to 15"). Numbers that print alike but count different things ("35%", "$35M") are of different kinds.

    Args:
        claim: What is said.
        source: What the source says.

    Returns:
        The best agreement over all readings of both.
    """
    return judge(claim, source).agreement


def judge(claim: Quantity, source: Quantity) -> Judgement:
    """Like :func:`compare`, and whether the claim says more than the source."""
    if claim.kind in CALENDAR or source.kind in CALENDAR:
        return judge_dates(claim, source)
    if claim.kind is Kind.SCORE or source.kind is Kind.SCORE:
        return _score(claim, source)
    factors = _common(claim, source)
    if factors is None:
        return _in_parts(claim, source)
    best = CONFLICT
    for a, b in product(claim.readings, source.readings):
        found = _numbers(claim, source, _moved(a, *factors[0]), _moved(b, *factors[1]))
        if found.rank > best.rank:
            best = found
    if not best.agreement.agrees and _unlike(claim, source):
        return _in_parts(claim, source)
    return best


_Scale = tuple[Fraction, Fraction]
_ONE: _Scale = (Fraction(1), Fraction(0))


def _common(claim: Quantity, source: Quantity) -> tuple[_Scale, _Scale] | None:
    """Factor and offset to common units for both; None if they are not of one kind."""
    kinds = {claim.kind, source.kind}
    if claim.unit and source.unit:
        a, b = claim.unit, source.unit
        if a.name == b.name or {a.dimension, b.dimension} == {"angle", "temperature"}:
            return _ONE, _ONE
        return ((a.factor, a.offset), (b.factor, b.offset)) if a.dimension == b.dimension else None
    if kinds == {Kind.MONEY}:
        return (_ONE, _ONE) if claim.currency == source.currency else None
    if len(kinds) == 1 or kinds == set(_SHARES):
        return _ONE, _ONE
    if kinds == {Kind.MULTIPLE, Kind.COUNT} and "time" in (claim.noun, source.noun):
        return _ONE, _ONE
    if Kind.COUNT in kinds and kinds & set(_SHARES):
        count = claim if claim.kind is Kind.COUNT else source
        return (_ONE, _ONE) if 0 < count.low < 1 and not count.noun else None
    if kinds == {Kind.MONEY, Kind.MEASURE}:
        measure, money = (claim, source) if claim.unit else (source, claim)
        return (
            (_ONE, _ONE) if measure.unit and measure.unit.name == "lb" and money.currency == "GBP" else None
        )
    bare = any(q.kind is Kind.COUNT and not q.noun for q in (claim, source))
    return (
        (_ONE, _ONE)
        if bare and Kind.COUNT in kinds and not kinds & {Kind.PERCENT, Kind.POINTS, Kind.RATIO, Kind.TIME}
        else None
    )


def _unlike(claim: Quantity, source: Quantity) -> bool:
    """Whether only a bare number makes the two comparable, so that a difference says nothing."""
    return claim.kind is not source.kind and {claim.kind, source.kind} != set(_SHARES)


def _in_parts(claim: Quantity, source: Quantity) -> Judgement:
    """Counts that a ratio of the source mentions: "12 died" beside "12 of 48"."""
    if source.parts and claim.kind is Kind.COUNT and claim.low == claim.high and claim.low in source.parts:
        return EQUAL
    return DIFFERENT


def _moved(reading: Reading, factor: Fraction, offset: Fraction) -> Reading:
    if factor == 1 and not offset:
        return reading
    return Reading(reading.low * factor + offset, reading.high * factor + offset, reading.step * factor)


def _numbers(claim: Quantity, source: Quantity, a: Reading, b: Reading) -> Judgement:
    if (
        claim.margin is not None
        and source.margin is not None
        and claim.margin != source.margin
        and claim.unit == source.unit
    ):
        return CONFLICT
    if (claim.two_ends and source.two_ends) or (claim.is_range and source.is_range):
        ends = [
            _single(claim, source, _end(x, a.step), _end(y, b.step))
            for x, y in ((a.low, b.low), (a.high, b.high))
        ]
        return min(ends, key=lambda j: j.rank)
    if claim.is_range:
        return WITHIN if a.low - a.step / 2 <= b.low <= a.high + a.step / 2 else CONFLICT
    if source.is_range:
        ends = [_single(claim, source, a, _end(y, b.step)) for y in (b.low, b.high)]
        if any(j.rank >= 3 for j in ends):
            return WITHIN
        return LOOSER if b.low <= a.low <= b.high else CONFLICT
    return _single(claim, source, a, b)


def _end(value: Fraction, step: Fraction) -> Reading:
    return Reading(value, value, step)


def _single(claim: Quantity, source: Quantity, a: Reading, b: Reading) -> Judgement:
    """Two single values in the same unit."""
    if claim.bound and source.bound and (claim.bound in _UPWARDS) is not (source.bound in _UPWARDS):
        return CONFLICT
    value, true = a.low, b.low
    if value == true:
        return EQUAL
    if claim.bound and not source.bound and not claim.is_range:
        return _bounded(claim, value, true)
    tolerance = max(
        a.step / 2,
        _slack(a, loosely=_loosely(claim) and not source.approximate, converted=claim.unit != source.unit),
    )
    if abs(value) >= 1000:
        tolerance = min(tolerance, abs(value) * COARSE)
    if abs(value - true) <= tolerance:
        return ROUNDED
    loose = _slack(b, loosely=True, converted=False) if _loosely(source) and not claim.approximate else 0
    return LOOSER if abs(value - true) <= max(b.step / 2, loose) else CONFLICT


def _loosely(quantity: Quantity) -> bool:
    """Whether it is said to be about so much, above or below."""
    return quantity.approximate and not quantity.bound


def _slack(reading: Reading, *, loosely: bool, converted: bool) -> Fraction:
    """How far the true value may be from a round number."""
    value = abs(reading.low)
    place = _last_place(value, reading.step)
    if loosely:
        return min(max(place / 2, value / (40 if reading.step else 20)), value * LOOSE)
    if converted or (value >= 1000 and place >= 100 * reading.step and reading.step):
        return min(place / 2, value * ROUND)
    return Fraction(0)


def _last_place(value: Fraction, step: Fraction) -> Fraction:
    """Size of the last digit that is not 0, or of a half of it where that is a 5: 1000 for 12,000, 5 for 45."""
    if not step or not value:
        return Fraction(0)
    units = value / step
    if units.denominator != 1:
        return step
    number, place = units.numerator, step
    while number % 10 == 0:
        number //= 10
        place *= 10
    return place * 5 if number % 5 == 0 else place


def _bounded(claim: Quantity, value: Fraction, true: Fraction) -> Judgement:
    """A claim such as "over 3 million" for 3,214,567; "nearly half" stays near."""
    above = claim.bound in _UPWARDS
    if (true > value) is not above:
        return CONFLICT
    if claim.approximate and abs(true - value) > abs(value) * LOOSE:
        return CONFLICT
    return WITHIN


def _score(claim: Quantity, source: Quantity) -> Judgement:
    if claim.kind is not source.kind:
        if source.kind is Kind.SCORE:
            return EQUAL if claim.kind is Kind.COUNT and claim.low in source.parts else DIFFERENT
        # "2–3" may be a range or a score that was lost.
        if not (source.two_ends and source.kind is Kind.COUNT and not source.noun):
            return DIFFERENT
        return EQUAL if (source.low, source.high) == claim.parts[::-1] else CONFLICT
    return EQUAL if claim.parts in (source.parts, source.parts[::-1]) else CONFLICT
