"""Values that follow from a source without standing in it: sums, differences, changes in per cent, lists counted."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from itertools import combinations

from auditor.quantities.model import Kind, Quantity
from auditor.quantities.units import unit_named

MOST = 12
"""Quantities of a source that are combined at most, so that chance does not explain everything."""


@cache
def _words() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:total(?:s|led|ling)?|together|combined|altogether|overall|both|sum|difference|gap"
        r"|margin|lead|by|more|fewer|less|increas\w*|decreas\w*|ris\w{1,4}|rose|"
        r"fall\w*|fell|drop\w*|grew|grow\w*|declin\w*|reduc\w*|gain\w*|lost|loss|up|down|higher"
        r"|lower|longer|shorter|later|earlier|after|lasted|"
        r"doubl\w+|tripl\w+|times|twice|span\w*|over|for|average)\b|합계|총|모두|합쳐|차이|증가|감소|늘|줄|오르|오른"
        r"|내리|내린|높|낮|올랐|떨어|상승|하락|더|동안|배",
        re.IGNORECASE,
    )


def is_derived(claim: Quantity, claim_text: str, sources: list[Quantity], source_text: str) -> bool:
    """Whether simple arithmetic on the source gives the claim's value.

    Args:
        claim: The quantity of the claim.
        claim_text: The claim, searched for words of change or of sums around the quantity.
        sources: The quantities of the source.
        source_text: The source, whose lists are counted.
    """
    if claim.kind is Kind.RATIO and claim.parts and _parts_stand(claim, sources):
        return True
    if (
        claim.kind is Kind.COUNT
        and claim.low <= 12
        and claim.low == claim.high
        and int(claim.low) in list_lengths(source_text)
    ):
        return True
    near = claim_text[max(0, claim.start - 40) : claim.end + 40]
    worded = _words().search(near) is not None
    usable = sources[:MOST]
    if claim.kind in (Kind.PERCENT, Kind.RATIO, Kind.MULTIPLE) and _rates(claim, usable, worded=worded):
        return True
    return _sum_of_like(claim, usable) or (worded and _sums(claim, usable))


def _fits(claim: Quantity, value: Fraction) -> bool:
    reading = claim.readings[0]
    tolerance = max(reading.step / 2, abs(reading.low) / 20 if claim.approximate else Fraction(0))
    return abs(value - reading.low) <= tolerance


def _sum_of_like(claim: Quantity, sources: list[Quantity]) -> bool:
    """Whether two counts of the claim's own noun add up to it: "eight cameras" and "a further 10 cameras"."""
    like = [
        q.low for q in sources if claim.noun and q.noun == claim.noun and q.kind is claim.kind is Kind.COUNT
    ]
    return any(_fits(claim, a + b) for a, b in combinations(like, 2))


def _parts_stand(claim: Quantity, sources: list[Quantity]) -> bool:
    counts = {q.low for q in sources if q.kind is Kind.COUNT}
    return all(part in counts for part in claim.parts)


def _alike(a: Quantity, b: Quantity) -> bool:
    return (
        a.kind is b.kind
        and a.currency == b.currency
        and (a.unit.name if a.unit else "") == (b.unit.name if b.unit else "")
    )


def _rates(claim: Quantity, sources: list[Quantity], *, worded: bool) -> bool:
    for a, b in combinations(sources, 2):
        if (
            a.kind not in (Kind.COUNT, Kind.MONEY, Kind.MEASURE, Kind.DURATION, Kind.PERCENT)
            or not _alike(a, b)
            or not (a.low > 0 and b.low > 0)
        ):
            continue
        low, high = sorted((a.low, b.low))
        if (
            a.kind is Kind.COUNT
            and low != high
            and claim.kind is not Kind.MULTIPLE
            and (low >= 5 or worded)
            and _fits(claim, low / high)
        ):
            return True
        if not worded:
            continue
        if claim.kind is Kind.MULTIPLE:
            if _fits(claim, high / low):
                return True
        elif any(_fits(claim, abs(b.low - a.low) / start) for start in (a.low, b.low)):
            return True
    return False


def _sums(claim: Quantity, sources: list[Quantity]) -> bool:
    like = [q for q in sources if _addable(claim, q)]
    for a, b in combinations(like, 2):
        if _alike(a, b) and (_fits(claim, a.low + b.low) or _fits(claim, abs(a.low - b.low))):
            return True
    if 2 < len(like) <= 6 and _fits(claim, sum((q.low for q in like), Fraction(0))):
        return True
    return claim.kind is Kind.DURATION and _between_years(claim, sources)


def _addable(claim: Quantity, source: Quantity) -> bool:
    if claim.kind is Kind.POINTS:
        return source.kind is Kind.PERCENT
    bare = not claim.noun and source.kind is not Kind.YEAR and claim.kind is Kind.COUNT
    return _alike(claim, source) or (bare and source.kind is Kind.COUNT)


def _between_years(claim: Quantity, sources: list[Quantity]) -> bool:
    if claim.unit is None or (claim.unit.name != "year" and claim.unit.factor < unit_named("year").factor):
        return False
    years: list[Fraction] = []
    for q in sources:
        if q.kind is Kind.YEAR:
            years += [q.low] if q.low == q.high else [q.low, q.high]
    size = claim.unit.factor / unit_named("year").factor
    return any(
        abs(abs(a - b) - claim.low * size) <= (1 if claim.approximate else 0)
        for a, b in combinations(years[:MOST], 2)
    )


@cache
def _list() -> re.Pattern[str]:
    item = r"[\w'’.-]{1,30}(?:\s[\w'’.-]{1,30}){0,4}"
    return re.compile(
        rf"{item}(?:,\s{item}){{1,11}},?\s(?:and|or|및)\s[\w'’]"
        rf"|[가-힣]{{1,12}}(?:,\s?[가-힣]{{1,12}}){{1,11}}|[가-힣]{{1,12}}(?:[와과]\s[가-힣]{{1,12}}){{1,3}}"
        rf"|[A-Z]\w{{0,30}}(?:\s[A-Z]\w{{0,30}}){{0,3}}\sand\s[A-Z]"
    )


def list_lengths(text: str) -> set[int]:
    """Numbers of items in the lists of a text: "Seoul, Busan and Daegu" has three."""
    lengths: set[int] = set()
    for match in _list().finditer(text[:4000]):
        printed = match.group()
        commas = printed.count(",") - bool(re.search(r",\s(?:and|or)\s", printed))
        if re.search(r"\s(?:and|or|및)\s", printed):
            lengths.add(commas + 2)
        elif "," in printed:
            lengths.add(commas + 1)
        else:
            lengths.add(len(re.findall(r"[와과]\s", printed)) + 1)
    return lengths
