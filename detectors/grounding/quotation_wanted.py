"""A quotation as it is looked up in the sources, and what can come of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np

from auditor.detectors.grounding.quotation_wording import Difference
from auditor.detectors.grounding.spans import Flags, Tokens, tokens


class Found(StrEnum):
    """How much of a quotation the sources hold."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    SPLICED = "spliced"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the search for one quotation.

    Attributes:
        found: How much of it is there.
        places: Tokens of the sources (start, end): every place that has it word for word, the place it was altered
            from, the parts it was spliced from, or the nearest passage where nothing is close (may be empty).
        differences: What differs, for an altered one.
        score: Share of its words that are in the source in this order, 0..1.
    """

    found: Found
    places: tuple[tuple[int, int], ...] = ()
    differences: tuple[Difference, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quotation as it is looked up.

    Attributes:
        text: The text of the document.
        tokens: Its tokens; a placeholder stands for an ellipsis and for a bracketed insertion.
        free: Which tokens are placeholders, shape (n,).
        wide: Which of them are ellipses, shape (n,).
    """

    text: str
    tokens: Tokens
    free: Flags
    wide: Flags

    def part(self, start: int, end: int) -> Wanted:
        """Its tokens from ``start`` up to ``end``."""
        return Wanted(self.text, self.tokens.part(start, end), self.free[start:end], self.wide[start:end])


@cache
def _edited() -> re.Pattern[str]:
    dots = r"(?:…+|\.(?:\s?\.){2,3}|⋯+|중략|생략|전략|후략|omitted|snip)"
    return re.compile(
        rf"(?P<wide>[\[(（]\s*{dots}\s*[\])）]|…+|⋯+|\.(?:\s?\.){{2,3}})"
        r"|(?P<drop>\[\s*(?:sic|emphasis[^\]]{0,30}|원문 ?그대로|원문대로|강조[^\]]{0,12}"
        r"|\d{1,3}(?:[,–-]\s?\d{1,3})*)[.!]?\s*\]"
        r"|(?<=\n)[ \t]*>+)"
        r"|(?P<gap>(?<!\w)\[[^\[\]]{1,120}\](?!\w))"
    )


def wanted(text: str, start: int, end: int) -> Wanted:
    """The quotation ``text[start:end]`` without what an honest editor adds to it."""
    parts: list[Tokens] = []
    free: list[bool] = []
    wide: list[bool] = []
    position = start
    for match in [*_edited().finditer(text, start, end), None]:
        part = tokens(text, position, match.start() if match else end)
        parts.append(part)
        free += [False] * len(part)
        wide += [False] * len(part)
        if match:
            position = match.end()
            if match.lastgroup != "drop":
                opened, closed = (np.array([at], np.int32) for at in match.span())
                parts.append(Tokens(np.zeros(1, np.int64), opened, closed, np.zeros(1, np.bool_)))
                free.append(True)
                wide.append(match.lastgroup == "wide")
    joined = Tokens(
        np.concatenate([p.ids for p in parts]),
        np.concatenate([p.starts for p in parts]),
        np.concatenate([p.ends for p in parts]),
        np.concatenate([p.signs for p in parts]),
    )
    first, last = 0, len(joined)
    while first < last and free[first]:
        first += 1
    while last > first and free[last - 1]:
        last -= 1
    return Wanted(text, joined, np.array(free, np.bool_), np.array(wide, np.bool_)).part(first, last)
