"""Changes of how much a claim says: a hedge, a quantifier, a bound; and two of its numbers exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRONGER = (
    (r"\b(?:may|might|could) (have been|be|have)\b", None),
    (r"\b(?:may|might|could) (?=[a-z]+\b)", "will "),
    (r"\b(?:some|many|most|several|a few|few) of the\b", "all of the"),
    (r"\b(?:some|many|most|several) (?=[a-z]+s\b)", "all "),
    (r"\b(?:nearly|almost|up to|at most|less than|fewer than|under) (?=[\d$£€])", "more than "),
    (r"\b(?:over|more than|at least) (?=[\d$£€])", "less than "),
    (r"\bone of the (?=(?:most|least|larg|big|old|new|long|high|best|worst|few|young|small|strong)\w*)", "the "),
    (r"\b(?:suggests?|indicates?) that\b", "proves that"),
    (r"\b(?:suggested|indicated) that\b", "proved that"),
    (r"\b(?:is|was|are|were) (?:associated|linked|connected) (?:with|to)\b", "is caused by"),
    (r"\b(?:sometimes|often|usually|generally|mostly|mainly|rarely)\b", "always"),
    (r"\b(?:likely|expected|set|due|planning|hoping) to (?=[a-z]+\b)", "certain to "),
    (r"\b(?:allegedly|reportedly|possibly|probably|perhaps) ", ""),
    (r"\b(?:plans?|hopes?|wants?|intends?|tried|tries|attempted|attempts) to (?=[a-z]+\b)", "managed to "),
    (r"\bpartly\b|\bpartially\b", "completely"),
    (r"\bhalf of\b", "all of"),
)  # fmt: skip
_COPULA = {"have been": "were", "be": "are", "have": "have"}
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,.]*\d(?![\w])|(?<![\w.,])\d(?!\w)")


def stronger(text: str) -> Iterator[str]:
    """The claim with one of its limits taken away or turned round."""
    for pattern, new in _STRONGER:
        match = re.search(pattern, text)
        if match and match.start():
            put = new if new is not None else _COPULA[match[1]]
            yield text[: match.start()] + put + text[match.end() :]


def swapped_numbers(text: str) -> Iterator[str]:
    """The claim with its first two numbers exchanged, where that says something else."""
    found = list(_NUMBER.finditer(text))
    if len(found) < 2:
        return
    one, other = found[:2]
    between = text[one.end() : other.start()]
    # "from 3 to 5" exchanged says little; days and years do not change places.
    if one[0] == other[0] or len(between) < 8 or _is_year(one[0]) != _is_year(other[0]):
        return
    yield text[: one.start()] + other[0] + between + one[0] + text[other.end() :]


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"1[5-9]\d\d|20\d\d", text))
