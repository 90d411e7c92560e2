"""Means that whole numbers cannot have: "M = 3.48, n = 20"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from auditor.detector import detector
from auditor.detectors.consistency.figures import Figure, figure, shown
from auditor.documents import Document, Role
from auditor.findings import Finding, Rule, Severity

MEAN = Rule(
    "consistency/mean",
    "Mean that whole numbers cannot have",
    Severity.NOTE,
    help="If the data are whole numbers (counts, single ratings), check the mean and the number of cases; "
    "if they are averages of several items or measured on a finer scale, the mean may be right.",
)

_MEAN = (
    r"\b(?:M|mean(?: score| rating| age| value)?|x̄|평균(?:은|이|값)?)\s?(?:=|of|was|:)?\s?"
    r"(?P<mean>\d{1,3}\.\d{1,3})(?!\d|\s?%)"
)
_SIZE = r"\b[nN]\s?=\s?(?P<size>\d{1,4})(?![\d,.]*\d)"
_BETWEEN = r"(?:[^.;\n]|\.(?=\d)){0,40}?"
_INSIDE = r"(?:[^.;()\n]|\.(?=\d)){0,40}?"
_FORMS = (_MEAN + _BETWEEN + _SIZE, _SIZE + _INSIDE + _MEAN)
_WHOLE = (
    r"\b(?:likert|ratings?|rated|scale|points?|scores?|scored|items?|counts?|number of|children|errors?|age[ds]?"
    r"|years old|times)\b"
    r"|척도|문항|점수|만족도|평점|횟수|나이|연령|개수"
)
NEAR = 300


@detector(MEAN)
def mean(document: Document) -> Iterator[Finding]:
    """Yields means of what seem to be whole numbers that no sum of so many of them gives.

    The GRIM test: Brown and Heathers, "The GRIM Test", Social Psychological and Personality Science 8 (2017).
    """
    text = document.text
    if not any(size in text for size in ("n =", "n=", "N =", "N=")):
        return
    for form in _FORMS:
        for match in re.finditer(form, text):
            size, told = int(match["size"]), figure(match["mean"])
            if not 1 < size < 1 / told.step or document.has_role(Role.CODE, match.start()):
                continue  # from so many cases on every mean is possible
            if possible(told, size):
                continue
            around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
            if not re.search(_WHOLE, around, re.IGNORECASE):
                continue
            below, above = floor(told.value * size), ceil(told.value * size)
            near = " or ".join(shown(Fraction(total, size), told.step) for total in (below, above))
            yield MEAN.at(
                document,
                *match.span(),
                confidence=0.5,
                message=f"No {size} whole numbers have the mean {match['mean']}; the nearest are {near}",
            )


def possible(told: Figure, size: int) -> bool:
    """Whether some sum of ``size`` whole numbers gives a mean that is printed so, rounded either way."""
    low, high = told.low * size, told.high * size
    return ceil(low) <= floor(high)
