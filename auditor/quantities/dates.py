"""Dates, years, decades, centuries and weekdays in English and Korean text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from auditor.quantities.calendar import MONTHS, PARTS, SEASONS, days, years
from auditor.quantities.date_patterns import MONTH_HINT, NEEDS, date_patterns
from auditor.quantities.identifiers import erase
from auditor.quantities.model import Kind, Quantity, Reading
from auditor.quantities.number_words import ORDINALS, SMALL, TENS

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def dates(text: str) -> Iterator[Quantity]:
    """The dates, those of the more exact forms first; a caller overwrites each before it reads on."""
    has_month = MONTH_HINT.search(text) is not None
    digit = re.search(r"\d", text) is not None
    for name, pattern in date_patterns():
        if name in ("dm", "md", "mm", "my", "month") and not has_month:
            continue
        if name not in ("month", "weekday", "century", "mm") and not digit:
            continue
        needs = NEEDS.get(name)
        if needs and not any(n in text for n in needs.split()):
            continue
        found = [made for match in pattern.finditer(text) if (made := _quantity(name, match, text))]
        for made in found:
            text = erase(text, made.start, made.end)
        yield from found


def _quantity(name: str, match: re.Match[str], text: str) -> Quantity | None:
    part = (match.groupdict().get("part") or match.groupdict().get("partk") or "").lower()
    kind, readings, yearless = _HANDLERS[name](match, part)
    found = tuple(r for r in readings if r is not None)
    if not found:
        return None
    start, end = match.span()
    lead = match.groupdict().get("lead")
    if name == "month":
        if match["m"] in ("May", "March") and not lead:
            return None
        start = match.start("m")
    while end > start and text[end - 1] in " ,":
        end -= 1
    return Quantity(
        start,
        end,
        text[start:end],
        kind,
        found,
        approximate=bool(part),
        yearless=yearless,
        two_ends=_has_ends(name, match),
    )


def _has_ends(name: str, match: re.Match[str]) -> bool:
    groups = match.groupdict()
    return name == "years" or bool(groups.get("d2") or (groups.get("m2") and name == "mm"))


_Made = tuple[Kind, tuple[Reading | None, ...], bool]


def _year(printed: str | None) -> int | None:
    if not printed:
        return None
    digits = printed.lstrip("'’")
    value = int(digits)
    return value if len(digits) > 2 else value + (1900 if value >= 40 else 2000)


def _month(printed: str) -> int:
    return int(printed) if printed.isdigit() else MONTHS[printed[:3].lower()]


def _calendar_date(match: re.Match[str], part: str) -> _Made:
    groups = match.groupdict()
    year, month = _year(groups.get("y")), _month(match["m"])
    spans: dict[str, tuple[int, int]] = {
        "early": (1, 12),
        "초": (1, 12),
        "mid": (9, 22),
        "중순": (9, 22),
        "late": (18, 28),
        "말": (18, 28),
    }
    dates_: tuple[int, int] | None = spans.get(part)
    if groups.get("d"):
        first = int(groups["d"])
        dates_ = (first, int(groups.get("d2") or first))
    last = _month(groups["m2"]) if groups.get("m2") else month
    return Kind.DATE, (days(year, (month, last), dates_),), year is None


def _ambiguous(match: re.Match[str], part: str) -> _Made:
    a, b, year = int(match["a"]), int(match["b"]), _year(match["y"])
    first, second = days(year, (b, b), (a, a)), days(year, (a, a), (b, b))
    if match["sep"] == ".":
        return Kind.DATE, (first,), False
    return Kind.DATE, (first, second) if first != second else (first,), False


def _quarter(match: re.Match[str], part: str) -> _Made:
    found = {key: value for key, value in match.groupdict().items() if value}
    year = int(found.get("y") or found["y2"])
    half = found.get("h") or found.get("h2") or {"상": "1", "하": "2"}.get(found.get("hk", ""))
    quarter = found.get("q") or found.get("q2") or found.get("qk")
    if "qw" in found:
        number = str(
            {"last": 4 if found["size"] == "quarter" else 2}.get(found["qw"]) or ORDINALS[found["qw"]]
        )
        half, quarter = (number, None) if found["size"] == "half" else (None, number)
    size, count = (6, int(half)) if half else (3, int(quarter or 0))
    return Kind.DATE, (days(year, (size * (count - 1) + 1, size * count)),), False


def _season(match: re.Match[str], part: str) -> _Made:
    season = (match["season"] or match["season2"]).lower()
    return Kind.DATE, (days(int(match["y"] or match["y2"]), SEASONS[season]),), False


def _third(low: int, high: int, part: str) -> Reading:
    """The early, middle or late part of a span of years."""
    size = high - low
    cuts = {
        "early": (0, 4),
        "초": (0, 4),
        "초반": (0, 4),
        "mid": (3, 7),
        "중반": (3, 7),
        "late": (6, 10),
        "말": (6, 10),
        "후반": (5, 10),
    }
    first, last = cuts.get(part, (0, 10))
    return years(low + size * first // 10, low + size * last // 10)


def _century(match: re.Match[str], part: str) -> _Made:
    printed = (match["c"] or match["ck"]).lower()
    digits = re.match(r"\d+", printed)
    number = (
        int(digits.group()) if digits else sum({**ORDINALS, **SMALL, **TENS}[w] for w in printed.split("-"))
    )
    if match["bc"]:
        return Kind.YEAR, (years(-100 * number, -100 * number + 100),), False
    return Kind.YEAR, (_third(100 * number - 100, 100 * number, part),), False


def _decade(match: re.Match[str], part: str) -> _Made:
    start = int(match["y"]) if match["y"] else 1900 + int(match["short"])
    # "The 1900s" is a decade or the century.
    found = (_third(start, start + 9, part),)
    if start % 100:
        return Kind.YEAR, found, False
    return Kind.YEAR, (*found, _third(start, start + 99, part)), False


def _era(match: re.Match[str], part: str) -> _Made:
    before = match["bc"] or match["bck"]
    year = -int(before) if before else int(match["ad"] or match["ad2"])
    return Kind.YEAR, (years(year, year),), False


def _part_year(match: re.Match[str], part: str) -> _Made:
    if part.endswith(" of"):
        part = {"end of": "late"}.get(part, "early")
    year = _year(match["y"])
    if not part:
        return Kind.YEAR, (years(year or 0, year or 0),), False
    return Kind.DATE, (days(year, PARTS[part]),), False


def _years(match: re.Match[str], part: str) -> _Made:
    first, last = int(match["y"]), match["y2"]
    final = int(last) if len(last) == 4 else first - first % 100 + int(last)
    if not first < final <= first + 300 or (len(last) == 2 and final - first > 60):
        return Kind.YEAR, (None,), False
    return Kind.YEAR, (years(first, final),), False


def _weekday(match: re.Match[str], part: str) -> _Made:
    day = _WEEK.index(match["w"][:3].lower()) if match["w"] else "월화수목금토일".index(match["wk"])
    return Kind.WEEKDAY, (Reading(Fraction(day), Fraction(day), Fraction(0)),), False


_HANDLERS = {
    **dict.fromkeys(("ymd", "ym", "dm", "md", "mm", "my", "korean", "month"), _calendar_date),
    **dict.fromkeys(("year-korean", "part-year", "short"), _part_year),
    "amb": _ambiguous,
    "quarter": _quarter,
    "season": _season,
    "century": _century,
    "decade": _decade,
    "era": _era,
    "years": _years,
    "weekday": _weekday,
}
