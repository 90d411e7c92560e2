"""Neighbouring numbers that are one quantity: ranges, ratios, margins, "5 feet 10 inches"."""

from __future__ import annotations

import re
from fractions import Fraction

from auditor.quantities.drafts import Draft
from auditor.quantities.model import Kind, Reading

_DASH = re.compile(r"\s?(?:[-–—~〜∼]|--)\s?")
_TO = re.compile(r"\s?,?\s(?:to|through|or)\s(?:about\s|around\s)?")
_AND = re.compile(r"\sand\s(?:about\s)?")
_KOREAN = re.compile(r"에서\s?|부터\s?")
_OF = re.compile(r"\s(?:of|out of|in|in every|of every)\s(?:the\s|all\s|a total of\s)?")
_AMONG = re.compile(r"(?:의)?\s?(?:중|가운데)(?:에서)?(?:의)?\s?(?:약\s?)?")
_PLUS_MINUS = re.compile(r"\s?(?:±|\+/-|\+-)\s?")
_NEXT = re.compile(r"\s?(?:and\s)?|-")
_NEXT_TIME = re.compile(r"(?:,?\s(?:and\s)?|\s?|-)")
_RANGING = re.compile(r"(?:rang\w+|var\w+|aged?|between|anywhere)\s[\w\s]{0,12}from\s$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:about\s|around\s|a\s|an\s|just\s|under\s|over\s)?[$€£₩]?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s(?:about\s|the\s|ages?\s(?:of\s)?)?$", re.IGNORECASE)


def joined(text: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts with neighbours joined; what one end of a range lacks it takes from the other."""
    found: list[Draft] = []
    for draft in drafts:
        if found and draft.start - found[-1].end <= 16 and draft.start >= found[-1].end:
            gap = text[found[-1].end : draft.start]
            if _join(text, found[-1], draft, gap):
                continue
        found.append(draft)
    return found


def _join(text: str, a: Draft, b: Draft, gap: str) -> bool:
    """Whether the second was taken into the first."""
    if _PLUS_MINUS.fullmatch(gap) and a.margin is None:
        return _margin(a, b)
    if (
        a.unit
        and b.unit
        and (_NEXT_TIME if a.kind is Kind.DURATION and text[a.end - 1].isascii() else _NEXT).fullmatch(gap)
    ):
        return _compound(a, b)
    if _is_ratio(a, b, gap):
        return _ratio(a, b, reverse=False)
    if (
        _AMONG.fullmatch(gap)
        and gap.strip()
        and a.whole
        and b.whole
        and 0 < b.value <= a.value
        and a.kind is b.kind is Kind.COUNT
    ):
        return _ratio(a, b, reverse=True)
    dash, word = _DASH.fullmatch(gap), _TO.fullmatch(gap)
    if dash or word or _KOREAN.fullmatch(gap):
        _inherit(a, b)
        before = text[max(0, a.start - 40) : a.start]
        if (
            word
            and "or" not in gap
            and _FROM.search(before)
            and not _RANGING.search(before)
            and a.kind not in (Kind.YEAR, Kind.DATE)
        ):
            return False
        if (
            not dash
            and not word
            and not re.match(r"[^.]{0,12}(?:까지|사이|범위)", text[b.end : b.end + 16])
            and a.kind is not Kind.YEAR
        ):
            return False
        return _range(a, b, score=dash is not None)
    if _AND.fullmatch(gap) and _BETWEEN.search(text[max(0, a.start - 24) : a.start]):
        _inherit(a, b)
        return _range(a, b, score=False)
    return False


def _is_ratio(a: Draft, b: Draft, gap: str) -> bool:
    if (
        a.kind is not Kind.COUNT
        or not (a.whole and b.whole)
        or (a.noun and gap.strip() not in ("of the", "/"))
    ):
        return False
    if b.kind is not Kind.COUNT or not 0 < a.value <= b.value:
        return False
    return (
        gap == "/"
        or gap == ":"
        or (_OF.fullmatch(gap) is not None and (not gap.startswith(" in ") or b.value <= 100000))
    )


def _ratio(a: Draft, b: Draft, *, reverse: bool) -> bool:
    above, below = (b, a) if reverse else (a, b)
    share = above.value / below.value
    a.kind, a.parts = Kind.RATIO, (above.value, below.value)
    a.readings = (Reading(share, share, Fraction(0)),)
    a.noun, a.end = b.noun or a.noun, b.end
    return True


def _margin(a: Draft, b: Draft) -> bool:
    _inherit(a, b)
    a.margin, a.end = b.value, b.end
    return True


def _compound(a: Draft, b: Draft) -> bool:
    if (
        a.unit is None
        or b.unit is None
        or a.unit.dimension != b.unit.dimension
        or not b.unit.factor < a.unit.factor
        or a.unit.offset
    ):
        return False
    part = b.unit.factor / a.unit.factor
    if not 0 <= b.value * part < 1 or not a.whole:
        return False
    value = a.value + b.value * part
    a.readings, a.end = (Reading(value, value, b.readings[0].step * part),), b.end
    return True


def _inherit(a: Draft, b: Draft) -> None:
    """Gives each end of a range what only the other prints: "10–15 %", "$10–15 million", 3~5만 명."""
    if (
        a.bare
        and a.kind is Kind.COUNT
        and b.scale > 1
        and a.scale == 1
        and abs(a.value) <= abs(b.value / b.scale)
    ):
        a.rescaled(Fraction(b.scale))
        a.scale = b.scale
    if b.style == "korean" and a.bare and a.style == "digits" and abs(a.value) < 1000 <= abs(b.value):
        for size in (10**12, 10**8, 10**4, 1000):
            if b.value >= size and a.value <= b.value / size:
                a.rescaled(Fraction(size))
                break
    if a.kind is Kind.MONEY and b.bare and b.kind is not Kind.MONEY:
        if b.scale > a.scale and abs(a.value) <= abs(b.value / b.scale):
            a.rescaled(Fraction(b.scale))
        b.kind, b.currency = Kind.MONEY, a.currency
    elif a.bare and a.kind is Kind.COUNT and b.kind in (Kind.PERCENT, Kind.POINTS):
        a.rescaled(
            Fraction(1, 10000)
            if b.kind is Kind.POINTS and b.readings[0].step < Fraction(1, 1000)
            else Fraction(1, 100)
        )
        a.kind = b.kind
    elif (
        a.bare
        and b.kind in (Kind.MEASURE, Kind.DURATION, Kind.MONEY, Kind.COUNT, Kind.MULTIPLE, Kind.ORDINAL)
        and b.style != "ordinal"
    ):
        if a.kind is Kind.YEAR and b.kind is not Kind.MEASURE:
            return
        a.kind, a.unit, a.currency, a.noun = b.kind, b.unit, b.currency, b.noun


def _range(a: Draft, b: Draft, *, score: bool) -> bool:
    """Joins two ends; a dash between a number and one no greater is a score: "won 3–1"."""
    if a.kind is not b.kind or a.currency != b.currency or a.yearless != b.yearless:
        return False
    same = (a.unit and b.unit) and a.unit.name == b.unit.name
    if a.unit is not b.unit and not same:
        return False
    low, high = a.readings[0], b.readings[0]
    if low.low > high.high or (low.low == high.low and score):
        if not score or a.kind is not Kind.COUNT or low.low > 200 or not (a.whole and b.whole):
            return False
        a.kind, a.parts, a.end = Kind.SCORE, (low.low, high.low), b.end
        a.readings, a.noun = (Reading(low.low, low.low, Fraction(1)),), ""
        return True
    a.readings = (Reading(low.low, high.high, max(low.step, high.step)),)
    a.two_ends = True
    a.end, a.noun = b.end, b.noun or a.noun
    a.approximate |= b.approximate
    return True
