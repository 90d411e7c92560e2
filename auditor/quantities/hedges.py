"""What stands around a number and changes what it says: about, at least, 약, 이상."""

from __future__ import annotations

import re
from functools import cache

from auditor.quantities.model import Bound

_ABOUT = (
    r"about|around|approximately|approx\.?|roughly|some|circa|ca?\.|an estimated|estimated"
    r"|close to|in the region of|of the order of|give or take|~|≈|∼|약|대략|대충|어림잡아|한"
)
_BELOW = r"nearly|almost|just under|just below|just short of|slightly less than|a little less than|거의"
_ABOVE = r"just over|just above|slightly more than|a little over|a little more than|slightly over"
_MORE = (
    r"(?:[a-z]+ )?(?:more|greater|higher|larger|longer|better|older|bigger|heavier) than|over"
    r"|above|exceed(?:s|ed|ing)?|upwards of|in excess of|surpass(?:es|ed|ing)?|topped|topping"
    r"|>"
)
_LEAST = (
    r"at least|no (?:fewer|less) than|not less than|a minimum of|minimum of|≥|>=|⩾|as (?:many"
    r"|much) as (?=\x00)|최소|적어도|최소한"
)
_LESS = r"(?:less|fewer|lower|smaller|shorter|younger) than|under|below|short of|<"
_MOST = (
    r"up to|at most|no more than|not more than|a maximum of|maximum of|as (?:many|much|high"
    r"|long) as|not exceeding|≤|<=|⩽|최대|많아야|기껏해야"
)
_AFTER = (
    ((
r"\s?(?:or|and) (?:more|over|above|older|higher|greater|longer|up)\b|\s?\+(?!\d|/)"
r"|[\s-]plus\b|\s?이상"
), Bound.AT_LEAST),
    (r"\s?(?:or|and) (?:less|fewer|under|below|younger|lower|shorter)\b|\s?이하|\s?이내", Bound.AT_MOST),
    ((
r"\s?초과|(?:을|를|이|가)?\s?(?:넘[는은게어었]|넘[겼기]|웃[도돈]|상회)|\s?(?:여|남짓)(?=\s?(?:명|개|년|일|시간|분|건|곳|권"
r"|마리|대|가지|개월|달|차례|회|원|만|억|$|[\s.,]))"
), Bound.MORE_THAN),
    (r"\s?미만|(?:을|를)?\s?(?:밑[도돈]|하회)|에\s못\s미[치친]", Bound.LESS_THAN),
)  # fmt: skip
_ABOUT_AFTER = (
    r"\s?(?:정도|가량|쯤|내외|안팎|남짓|여(?=\s|명|개|년|만|원))|\s(?:or so|or thereabouts)\b|-?(?:ish|odd)\b"
)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        (
            rf"(?:^|(?<=[^A-Za-z가-힣]))(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<above>{_ABOVE})"
            rf"|(?P<below>{_BELOW})|(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<about>{_ABOUT}))\s?(?:"
            rf"|a |an |age |age of |ages )?$"
        ),
        re.IGNORECASE,
    )


@cache
def _after() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], Bound], ...]]:
    return re.compile(_ABOUT_AFTER), tuple((re.compile(p), b) for p, b in _AFTER)


_BOUNDS = {"least": Bound.AT_LEAST, "most": Bound.AT_MOST, "more": Bound.MORE_THAN, "less": Bound.LESS_THAN,
           "above": Bound.MORE_THAN, "below": Bound.LESS_THAN}  # fmt: skip


def hedges(text: str, start: int, end: int) -> tuple[bool, Bound | None]:
    """Whether the number in ``text[start:end]`` is approximate, and on which side of it the value lies."""
    approximate, bound = False, None
    before = text[max(0, start - 28) : start]
    match = _before().search(before) if before.strip() else None
    if match and match.lastgroup:
        approximate = match.lastgroup in ("about", "above", "below")
        bound = _BOUNDS.get(match.lastgroup)
    about, bounds = _after()
    later = about.match(text, end)
    if later:
        approximate = True
        end = later.end()
        if "여" in later.group() or "남짓" in later.group():
            bound = Bound.MORE_THAN
    for pattern, value in bounds:
        if pattern.match(text, end):
            return approximate, value
    return approximate, bound
