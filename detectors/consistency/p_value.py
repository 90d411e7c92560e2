"""p-values that do not fit the reported statistic: "t(28) = 1.20, p = .01"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from auditor.detector import detector
from auditor.detectors.consistency.figures import figure
from auditor.documents import Document, Role
from auditor.findings import Finding, Rule, Severity

P_VALUE = Rule(
    "consistency/p-value",
    "p-value that does not fit its statistic",
    Severity.WARNING,
    help="Work the p-value out again from the statistic and its degrees of freedom, and correct what was mistyped.",
)

_VALUE = r"(?P<value>[-−]?\d*\.?\d+)"
_P = r"\s?[,;]\s?p\s?(?P<sign>[=<>≤≥])\s?(?P<p>[01]?\.\d+)(?!\d)"
_DF = r"\d+(?:\.\d+)?"
_FORM = (
    rf"(?<![\w])(?:(?P<t>t)\s?\(\s?(?P<t_df>{_DF})\s?\)|(?P<F>F)\s?\(\s?(?P<df1>{_DF})\s?,\s?(?P<df2>{_DF})\s?\)"
    rf"|(?P<r>r)\s?\(\s?(?P<r_df>{_DF})\s?\)|(?P<chi>χ2|χ²|chi2|X2|X²|χ\^2)\s?\(\s?(?P<chi_df>{_DF})(?:\s?,\s?N\s?=\s?[\d,]+)?\s?\)"
    rf"|(?P<z>[zZ]))\s?=\s?{_VALUE}{_P}"
)
_ONE_SIDED = r"one[- ](?:tailed|sided)|1-tailed|단측|\bdirectional"
_SIGNS = tuple(f"p{space}{sign}" for space in ("", " ") for sign in "=<>≤≥")
_LEVEL = 0.05
_MOST_DF = 1_000
"""Beyond so many degrees of freedom the series for the distributions converge too slowly, or not at all."""


@detector(P_VALUE)
def p_value(document: Document) -> Iterator[Finding]:
    """Yields tests whose p-value no rounding of the statistic explains.

    As ``statcheck`` does: Nuijten et al., "The prevalence of statistical reporting errors in psychology",
    Behavior Research Methods 48 (2016).
    """
    text = document.text
    if not any(sign in text for sign in _SIGNS):
        return
    one_sided = re.search(_ONE_SIDED, text, re.IGNORECASE) is not None
    for match in re.finditer(_FORM, text):
        if document.has_role(Role.CODE, match.start()):
            continue
        chances = _chances(match)
        if chances is None:
            continue
        sides = (1.0, 0.5) if one_sided and not (match["F"] or match["chi"]) else (1.0,)
        if any(_fits(match, low * side, high * side) for side in sides for low, high in [chances]):
            continue
        told, right = float(match["p"]), sum(chances) / 2
        claimed = told < _LEVEL or (told == _LEVEL and match["sign"] == "<")
        turned = match["sign"] not in ">≥" and claimed != (right < _LEVEL)
        message = f"The statistic gives p {_printed(right)}, not p {match['sign']} {match['p']}"
        if turned:
            message += "; the difference decides whether it is significant at .05"
        yield P_VALUE.at(
            document,
            *match.span(),
            confidence=0.85,
            severity=None if turned else Severity.NOTE,
            message=message,
        )


def _printed(p: float) -> str:
    return "< .001" if p < 0.001 else "= " + f"{p:.3f}".lstrip("0")


def _fits(match: re.Match[str], low: float, high: float) -> bool:
    told = figure(match["p"])
    value, half = float(told.value), float(told.step) / 2
    if match["sign"] in "<≤":
        return low < value or (match["sign"] == "≤" and low <= value)
    if match["sign"] in ">≥":
        return high > value or (match["sign"] == "≥" and high >= value)
    return low <= value + half and high >= value - half


def _chances(match: re.Match[str]) -> tuple[float, float] | None:
    """Two-sided p-values of the greatest and the least statistic that is printed so."""
    printed = figure(match["value"])
    size, half = abs(float(printed.value)), float(printed.step) / 2
    tail = _tail(match)
    degrees = [match[name] for name in ("t_df", "df1", "df2", "r_df", "chi_df") if match[name]]
    if tail is None or any(float(df) > _MOST_DF for df in degrees):
        return None
    from mpmath.libmp import NoConvergence

    try:
        return tail(size + half), tail(max(size - half, 0.0))
    except (NoConvergence, ValueError):  # mpmath says so in both ways
        return None


def _tail(match: re.Match[str]) -> Callable[[float], float] | None:
    if match["z"]:
        from statistics import NormalDist

        return lambda z: 2 * NormalDist().cdf(-z)
    from mpmath import betainc, gammainc

    def student(t: float, df: float) -> float:
        return float(betainc(df / 2, 0.5, 0, df / (df + t * t), regularized=True))

    if match["t"]:
        df = float(match["t_df"])
        return (lambda t: student(t, df)) if df > 0 else None
    if match["r"]:
        df = float(match["r_df"])
        if df <= 0 or abs(float(figure(match["value"]).value)) > 1:
            return None
        return lambda r: student(r * (df / (1 - r * r)) ** 0.5, df) if r < 1 else 0.0
    if match["F"]:
        one, two = float(match["df1"]), float(match["df2"])
        if one <= 0 or two <= 0:
            return None
        return lambda f: float(betainc(two / 2, one / 2, 0, two / (two + one * f), regularized=True))
    df = float(match["chi_df"])
    return (lambda x: float(gammainc(df / 2, x / 2, regularized=True))) if df > 0 else None
