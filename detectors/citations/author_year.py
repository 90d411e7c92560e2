"""Citations by author and year: "(Kim, 2021; Park et al., 2020a)", "Kim and Lee (2021)", "김철수 외(2021)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from auditor.detectors.citations.listing import YEAR


@dataclass(frozen=True, slots=True)
class Named:
    """A work cited by author and year.

    Attributes:
        start: Offset of the first character: of the names, or of the opening bracket.
        end: Offset one past the last.
        names: Surnames as printed; empty for an organisation.
        year: With its letter, if any.
        group: Words that may be the name of an organisation.
        more: Whether "et al." or the like follows the names.
        narrative: Whether the names stand outside the brackets.
        whole: Whether the brackets hold nothing but citations.
    """

    start: int
    end: int
    names: tuple[str, ...]
    year: str
    group: str
    more: bool
    narrative: bool
    whole: bool


_YEARS = rf"{YEAR}[a-z]?(?:/\d{{4}})?(?:\s?[,;&·]\s?(?:{YEAR}[a-z]?|[a-h](?![a-z]))){{0,6}}"
UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĽŁŃŇŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽА-ЯЁ"
_PARTICLE = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|[Dd]en|[Dd]el|[Dd]ella|[Dd]i|[Dd]a|[Dd]os|[Ll]a|[Ll]e|al|el|bin|ter|ten|zu)"
    r"[ -]){0,3}"
)
_NAME = rf"(?:{_PARTICLE}[{UPPER}][^\W\d_]*(?:['’.‐-][^\W\d_]+){{0,3}}|[가-힣]{{2,10}})"
_JOIN = r"(?:,? ?& ?|,? (?:and|und|y|e) |,? et (?!al)|, ?| ?[·∙・] ?|[와과] ?| 및 )"
_OTHERS = r",? and (?:colleagues|others|co-?workers)| u\. ?a\.| y cols\."
_MORE = rf"(?:,? et\.? al\.?,?|{_OTHERS}| ?[외등](?: ?\d{{1,2}}[인명])?)"
_WORD = r"[\w&'’-]*(?:\.\w+)*"
_ORGANISATION = (
    rf"[{UPPER}]{_WORD}(?: (?:of|for|and|the|on|in|de|des|du|der|für|und|&|[{UPPER}]{_WORD})){{1,10}}"
    r"(?: \[[A-Z]{2,12}\])?"
)


_LOCATOR = (
    r"(?:pp?\.?|pages?|ch(?:ap)?s?\.?|[Cc]hapters?|[Ss]ecs?\.|[Ss]ections?|[Ff]igs?\.|[Ff]igures?|[Tt]ables?|Eqs?\."
    r"|[Tt]heorem|S\.|쪽)"
)


@cache
def _segment() -> re.Pattern[str]:
    """Names and years within brackets."""
    return re.compile(
        rf"(?:(?P<names>{_NAME}(?:{_JOIN}{_NAME}){{0,7}})(?P<more>{_MORE})?|(?P<group>{_ORGANISATION}))"
        rf",? ?\(?(?P<years>{_YEARS})\)?(?![\d-])"
        rf"(?:(?:[,:]? ?{_LOCATOR} ?[\dA-Z.–-]{{1,12}}|[,:] ?[\d–-]{{1,9}}(?!\d))쪽?){{0,3}}"
    )


@cache
def _before() -> re.Pattern[str]:
    """Names right before a bracket with years."""
    return re.compile(
        rf"(?<![\w'’.-])(?P<names>{_NAME}(?:{_JOIN}{_NAME}){{0,7}})(?P<more>{_MORE})?(?:['’]s?)?\s?$"
    )


@cache
def _organisation_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_ORGANISATION}\s?$")


@cache
def _brackets() -> re.Pattern[str]:
    inner = r"(?:[^()\[\]（）\n]|\n(?!\s*\n)|\[[A-Z]{2,12}\])"
    return re.compile(
        rf"[(（]({inner}{{0,400}}?{YEAR}[a-z]?(?!\d){inner}{{0,300}})[)）]"
        rf"|\[({inner}{{2,300}}?,? ?{YEAR}[a-z]?)\](?!\()"
    )


# Words before the first name in brackets, save those that stand before a place: "(held in Lisbon, 2008)".
_LEADING: Final = (
    r"(?:(?!(?:in|at|near|since|until|on|of|im|am|seit)\b)(?:[a-z][a-z.]{0,14}|See|For|As|Cf\.|참조|예|예컨대)[.,:]{0,2}\s?)"
    r"{0,6}?"
)
# Words that begin a sentence and are parted from a name by a comma: "However, Kim (2020)".
_STARTER: Final = re.compile(
    r"(?:However|Moreover|Furthermore|Similarly|Recently|Later|Also|Thus|Although|Additionally|Conversely|Notably"
    r"|Finally|First|Second|Third|Indeed|Instead|Nevertheless|Likewise|Subsequently|Earlier|Here|Therefore|Hence|Then"
    r"|Specifically|Meanwhile|Yet|So),\s"
)
_ONLY_YEARS = re.compile(rf"\s*(?P<years>{_YEARS})(?:\s?[,:]\s?(?:pp?\.?|S\.)?\s?[\d–-]{{1,12}}쪽?)?\s*")
_SECOND_HAND = re.compile(r"\b(?:as cited in|cited in|quoted in|zit\. n(?:ach)?\.?|재인용)", re.IGNORECASE)


def named(text: str, start: int = 0, end: int | None = None) -> Iterator[Named]:
    """Citations of ``text[start:end]``, one for each work, in order."""
    for match in _brackets().finditer(text, start, len(text) if end is None else end):
        group = 1 if match[1] is not None else 2
        inside, at = match[group], match.start(group)
        if only := _ONLY_YEARS.fullmatch(inside):
            yield from _narrative(text, match.start(), match.end(), only["years"])
        elif not _SECOND_HAND.search(inside):
            yield from _bracketed(inside, at, match.start(), match.end())


def _narrative(text: str, opened: int, closed: int, years: str) -> Iterator[Named]:
    low = max(opened - 160, text.rfind("\n\n", 0, opened) + 1, 0)
    window = re.sub(r"\s", " ", text[low:opened])
    match = _before().search(window)
    if not match:
        return
    start = match.start("names")
    while lead := _STARTER.match(window, start):
        start = lead.end()
    before = _organisation_before().search(window)
    group = before.group().strip() if before else ""
    who = _names(window[start : match.end("names")])
    if set(re.findall(rf"[{UPPER}][\w'’-]*", group)) <= set(re.findall(r"[\w'’-]+", " ".join(who))):
        group = ""  # the names alone
    for year in _years(years):
        yield Named(low + start, closed, who, year, group, bool(match["more"]), True, True)


def _bracketed(inside: str, at: int, opened: int, closed: int) -> Iterator[Named]:
    last: tuple[tuple[str, ...], str, bool] = ((), "", False)
    segments = list(re.finditer(r"[^;]+", inside))
    flat = [re.sub(r"\s", " ", segment.group()) for segment in segments]
    citation = re.compile(rf"\s*{_LEADING}(?:{_segment().pattern}|(?:{_YEARS}))\s*")
    whole = all(citation.fullmatch(printed) for printed in flat)
    for segment, printed in zip(segments, flat, strict=True):
        if (only := _ONLY_YEARS.fullmatch(printed)) and any(last):
            for year in _years(only["years"]):
                yield Named(opened, closed, last[0], year, *last[1:], False, whole)
            continue
        for found in _segment().finditer(printed):
            last = (_names(found["names"] or ""), found["group"] or "", bool(found["more"]))
            start = at + segment.start() + found.start()
            for year in _years(found["years"]):
                yield Named(start, start + len(found.group()), last[0], year, *last[1:], False, whole)


def _names(printed: str) -> tuple[str, ...]:
    names = (re.sub(r"['’]s?$", "", name.strip()) for name in re.split(_JOIN, printed) if name)
    return tuple(name for name in names if name)


def _years(printed: str) -> list[str]:
    """Years of a run; "2020a, b" is two."""
    found: list[str] = []
    for part in re.split(r"\s?[,;&·]\s?", printed):
        year = part.partition("/")[0]
        found.append(f"{found[-1][:4]}{year}" if len(year) == 1 and found else year)
    return found
