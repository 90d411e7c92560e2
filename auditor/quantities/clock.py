"""Clock times: 14:30, 2:30 pm, 2 p.m., noon, 오후 2시 30분."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from auditor.quantities.model import Kind, Quantity, Reading
from auditor.quantities.wordlist import words

_HALF = r"(?P<half>[ap]\.?\s?m\b\.?|[AP]\.?M\b\.?)"
_HOURS = "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두"
_NATIVE = {name: hour for hour, name in enumerate(words(_HOURS), 1)}


@cache
def _pattern() -> re.Pattern[str]:
    native = "|".join(sorted(_NATIVE, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,:/-])(?P<h>[01]?\d|2[0-4])(?::(?P<m>[0-5]\d)(?::[0-5]\d)?(?!\d"
        rf"|:\d)(?:\s?{_HALF})?|\.(?P<m2>[0-5]\d)\s?{_HALF.replace('half', 'half2')}"
        rf"|\s?{_HALF.replace('half', 'half3')})"
        rf"|\b(?P<word>noon|midnight)\b|(?<![가-힣])(?P<wordk>정오|자정)"
        rf"|(?:(?P<part>오전|오후|새벽|아침|저녁|밤|낮)\s?)?(?<![\d.,가-힣])(?:(?P<hk>[01]?\d|2[0-4])"
        rf"|(?P<hn>{native}))\s?시(?!간|[가-힣]*(?:민|장|도|스|즌|리즈))(?:\s?(?P<mk>[0-5]?\d)분"
        rf"|\s?(?P<halfk>반)(?![가-힣]{{2}}))?"
    )


def times(text: str) -> Iterator[Quantity]:
    """The clock times; without am or pm an hour up to twelve may be either."""
    if ":" not in text and not re.search(r"\d\s?[aApP]\.?\s?[mM]|noon|midnight|시|정오|자정", text):
        return
    for match in _pattern().finditer(text):
        readings = tuple(Reading(Fraction(m), Fraction(m), Fraction(1)) for m in _minutes(match))
        yield Quantity(*match.span(), match.group(), Kind.TIME, readings)


def _minutes(match: re.Match[str]) -> tuple[int, ...]:
    word = match["word"] or match["wordk"]
    if word:
        return (720,) if word in ("noon", "정오") else (0, 1440)
    hour = _NATIVE[match["hn"]] if match["hn"] else int(match["hk"] or match["h"])
    minute = 30 if match["halfk"] else int(match["m"] or match["m2"] or match["mk"] or 0)
    half = (match["half"] or match["half2"] or match["half3"] or "").lower()[:1]
    part = match["part"]
    if half == "a" or part in ("오전", "새벽", "아침"):
        return (hour % 12 * 60 + minute,)
    if half == "p" or part in ("오후", "저녁", "낮"):
        return ((hour if part == "낮" and hour >= 11 else hour % 12 + 12) * 60 + minute,)
    if part == "밤":
        return ((hour % 12 + (12 if 6 <= hour < 12 else 0)) * 60 + minute,)
    first = hour * 60 + minute
    return (first, (first + 720) % 1440) if 1 <= hour <= 12 else (first,)
