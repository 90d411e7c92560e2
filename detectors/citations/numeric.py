"""Citations by number: [3], [3, 5–7], (3) where the list is so numbered, and superscripts ³."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

_DASH = "[-–—‑]"
_MOST = 60
_SUPER: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻˒", "0123456789-,")


@dataclass(frozen=True, slots=True)
class Numbers:
    """One mark in the text that cites by number.

    Attributes:
        start: Offset of its first character.
        end: Offset one past its last.
        kind: ``[``, ``(`` or ``³``.
        numbers: What it cites, ranges written out.
        plain: Whether nothing about it suggests that it is something else (an interval, an index).
    """

    start: int
    end: int
    kind: str
    numbers: tuple[int, ...]
    plain: bool


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    number = rf"\d{{1,3}}(?:\s?{_DASH}\s?\d{{1,3}})?"
    several = rf"{number}(?:\s?[,;]\s?{number}){{0,30}}"
    where = r"(?:,?\s(?:pp?\.|chap\.|sec\.|§|Thm\.|Theorem|Section|Chapter)\s?[\d.–-]{1,12})?"
    return {
        "[": re.compile(rf"\\?\[({several}){where}\\?\](?![(:\w])"),
        "(": re.compile(rf"(?:(?<=[^\W\d_][ .,;])|(?<=[가-힣]))\(({several})\)(?=[\s.,;:)가-힣]|$)"),
        "³": re.compile(
            r"(?:(?<=[^\W\d_]{3})|(?<=[^\W\d_][.,;:!?”\"’)]))([⁰¹²³⁴-⁹]{1,3}(?:[,˒⁻–-][⁰¹²³⁴-⁹]{1,3}){0,12})(?![\w^])"
        ),
    }


# Before these a bracket holds an interval, a vector or an index.
_INTERVAL: Final = re.compile(
    r"(?:=|∈|≤|<|>|\bCI|\bIQR|range|interval|between|within|scale|vector|array|list|index|indices|values?|bounds?"
    r"|domain|over|window|shape|tuple|Eqs?\.?|Equations?|Fig(?:ure)?s?\.?|Tables?|Sections?|Steps?|식|그림|표|구간|범위)\s?\(?$",
    re.IGNORECASE,
)


_INDEXED: Final = re.compile(r"(?:^|\W)\w\s?$|[\])_\[]\s?$")
_PAIR: Final = re.compile(r"\b(?:in|to|on|from|of|into|onto)\s$")
_ROW: Final = re.compile(r"\],\s{0,20}$")
# An index in a program, or what it prints after the index of a line: x[3], df$n[2] <- 4, [6] 0.25, [1] TRUE
_CODE_BEFORE: Final = re.compile(r"(?:(?:^|[^\w’'])[A-Za-z_]|[$_.]\w{1,20}|\w\()$|(?:>>>|^>|\n>|<-)[^\n]*$")
_CODE_AFTER: Final = re.compile(r"\s{1,4}(?:[-+]?\d|\"|TRUE|FALSE|NULL|NA\b)|\s{0,2}(?:<-|[-+*/=]\s)")
# Right behind a Latin word a mark is one only where the sentence goes on or ends.
_GOES_ON: Final = re.compile(r"[.,;:!?]?(?:\s+[^\W\d_]{2}|\s*\Z)")


def numbers(text: str, kind: str, start: int = 0, end: int | None = None) -> Iterator[Numbers]:
    """Marks of one kind in ``text[start:end]``; [3]–[6] is one mark.

    Args:
        text: The text.
        kind: ``[``, ``(`` or ``³``.
        start: Where to begin.
        end: Where to stop.
    """
    last: Numbers | None = None
    for match in _forms()[kind].finditer(text, start, len(text) if end is None else end):
        found = _expanded(match[1].translate(_SUPER))
        if not found or not min(found):
            continue
        before = text[max(match.start() - 40, 0) : match.start()]
        if kind == "[" and (_CODE_BEFORE.search(before) or _CODE_AFTER.match(text, match.end())):
            continue
        plain = not _INTERVAL.search(before) and not _INDEXED.search(before)
        plain = plain and not (len(found) > 1 and _ROW.search(before))
        plain = plain and not (len(found) == 2 and _PAIR.search(before))
        if before[-1:].isascii() and before[-1:].isalnum():
            plain = plain and _GOES_ON.match(text, match.end()) is not None
        mark = Numbers(*match.span(), kind, found, plain)
        if last is not None and re.fullmatch(rf"\s?{_DASH}\s?", text[last.end : match.start()]):
            low, high = last.numbers[-1], found[0]
            between = tuple(range(low + 1, high)) if low < high < low + _MOST else ()
            mark = Numbers(last.start, match.end(), kind, (*last.numbers, *between, *found), last.plain)
        elif last is not None:
            yield last
        last = mark
    if last is not None:
        yield last


def _expanded(printed: str) -> tuple[int, ...]:
    found: list[int] = []
    for part in re.split(r"\s?[,;]\s?", printed):
        ends = [int(number) for number in re.split(rf"\s?{_DASH}\s?", part) if number]
        if len(ends) == 2 and ends[0] < ends[1] < ends[0] + _MOST:
            found.extend(range(ends[0], ends[1] + 1))
        else:
            found.extend(ends)
    return tuple(found)


def hinted(text: str, number: int) -> bool:
    """Whether a text may cite a number in a way that is not read as a mark: in brackets with words, "ref. 12"."""
    return (
        re.search(
            rf"[\[(（][^\[\]()（）]{{0,80}}(?<![\d.]){number}(?![\d]|\.\d)[^\[\]()（）]{{0,80}}[\])）]"
            rf"|\b(?:refs?\.?|references?|nos?\.|문헌)\s?(?:\d{{1,3}}\s?(?:[-–,;&]|and)\s?){{0,9}}{number}(?!\d)",
            text,
            re.IGNORECASE,
        )
        is not None
    )
