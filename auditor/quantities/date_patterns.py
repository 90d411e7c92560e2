"""The ways in which dates are written, in English and Korean; the more exact first."""

from __future__ import annotations

import re
from functools import cache

from auditor.quantities.number_words import ORDINALS

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May\.?|Jun(?:e|\.)?"
    r"|Jul(?:y|\.)?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?"
    r"|Dec(?:ember|\.)?)"
)
_DASH = r"\s?(?:[-–—~]|to|and)\s?"
_CENTURIES = "|".join(sorted(ORDINALS, key=len, reverse=True))


@cache
def date_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Names of the forms, each with its pattern; :mod:`~auditor.quantities.dates` has a reader for each name."""
    d, y = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?", r"(?P<y>\d{4}(?![\d%]))"
    till = rf"(?:{_DASH}(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?(?!\d))?"
    month = rf"\b(?P<m>{_MONTH})(?![a-z])"
    raw = (
        (
            "ymd",
            r"(?<![\d/.-])(?P<y>[12]\d{3})(?P<sep>[-/.])\s?(?P<m>\d{1,2})(?P=sep)\s?(?P<d>\d{1,2})(?![\d-])\.?"
            r"(?:T\d\d:\d\d\S{0,16})?",
        ),
        ("ym", r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?![\d-])"),
        (
            "amb",
            (
                r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d"
                r"|\d\d(?<=/\d\d))(?![\d/-])"
            ),
        ),
        ("dm", rf"(?<![\d.,]){d}{till}(?:\sof)?[\s-]{month}(?:\s?,?(?:\sof)?[\s-](?P<y>\d{{4}})(?!\d))?"),
        ("md", rf"{month}[\s-](?:the\s)?{d}(?!\d|\.\d|,\d{{1,3}}(?!\d)|\s?[%:]){till}(?:(?:\s?,\s?|\s){y})?"),
        ("mm", rf"{month}{_DASH}(?P<m2>{_MONTH})(?![a-z])(?:,?(?:\sof)?\s{y})?"),
        ("my", rf"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[\s-])?{month}[,]?(?:\sof)?[\s-]{y}"),
        (
            "quarter",
            (
                r"\b(?:Q(?P<q>[1-4])|H(?P<h>[12]))(?:\sof)?[\s,-]{1,2}(?:FY\s?)?(?P<y>\d{4})"
                r"|\b(?P<y2>\d{4})[\s-]?(?:Q(?P<q2>[1-4])|H(?P<h2>[12]))\b"
            ),
        ),
        ("quarter", r"\b(?P<qw>first|second|third|fourth|last)\s(?P<size>quarter|half)\sof\s(?P<y>\d{4})"),
        ("quarter", r"(?P<y>\d{4})년\s?(?:(?P<qk>[1-4])\s?[/·]?\s?[4사]?분기|(?P<hk>상|하)반기)"),
        (
            "season",
            (
                r"\b(?:the\s)?(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all)\s(?:of\s)?(?P<y>\d{4})\b"
                r"|(?P<y2>\d{4})년\s?(?P<season2>봄|여름|가을)"
            ),
        ),
        (
            "century",
            (
                rf"(?:\b(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[\s-])?\b(?P<c>\d{{1,2}}(?:st|nd|rd|th)"
                rf"|(?:[Tt]wenty-)?(?:{_CENTURIES}))[\s-]centur(?:y|ies)(?P<bc>\s(?:BC|BCE|B\.C\.))?"
                rf"|(?P<ck>\d{{1,2}})세기(?:\s?(?P<partk>초반|중반|후반|초|말))?"
            ),
        ),
        (
            "decade",
            (
                r"(?:\b(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[\s-])?(?:(?<![\w.,])(?P<y>[12]\d{2}0)(?:['’]?s\b"
                r"|년대)|['’](?P<short>\d0)['’]?s\b)(?:\s?(?P<partk>초반|중반|후반|초|말))?"
            ),
        ),
        (
            "era",
            (
                r"(?<![\w.,])(?P<bc>\d{1,4})\s(?:BC|BCE|B\.C\.)|기원전\s?(?P<bck>\d{1,4})년"
                r"|\bAD\s(?P<ad>\d{1,4})\b|(?<![\w.,])(?P<ad2>\d{1,4})\s(?:AD|CE)\b"
            ),
        ),
        (
            "korean",
            (
                r"(?<![\d.,])(?:(?P<y>\d{4}|['’]\d\d)년\s*)?(?P<m>1[0-2]"
                r"|0?[1-9])월(?:\s*(?P<d>[0-3]?\d)일(?!간"
                r"|\s동안)(?:\s?[-–~]\s?(?P<d2>[0-3]?\d)일)?)?(?:\s?(?P<part>초|중순|말)(?![가-힣]))?"
            ),
        ),
        (
            "year-korean",
            (
                r"(?<![\d.,])(?P<y>1\d{3}|20\d\d|['’]\d\d)년(?!간|\s?동안|대|생활|차)(?:\s?(?P<part>초반|중반|후반|초"
                r"|말)(?![가-힣]{2}))?"
            ),
        ),
        (
            "years",
            (
                r"(?<![\w.,/-])(?P<y>1[1-9]\d\d|20\d\d)\s?(?:[-–—/~]|--)\s?(?P<y2>(?:1[1-9]|20)\d\d"
                r"|\d\d)(?!\d|[-–/.,]\d|\s?[%€])(?!\s?(?:million|people|percent))"
            ),
        ),
        (
            "part-year",
            (
                r"\b(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Ee]nd\sof"
                r"|[Bb]eginning\sof)[\s-](?:in\s)?(?P<y>1[1-9]\d\d|20\d\d)(?![\d,.%]\d|s|\d)"
            ),
        ),
        ("short", r"(?:(?<=\s)|(?<=^)|(?<=\())['’](?P<y>\d\d)(?!\d|s\b|['’%,.:]\S|\s?[a-z]+s\b)"),
        (
            "weekday",
            r"\b(?P<w>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b|(?<![가-힣])(?P<wk>[월화수목금토일])요일",
        ),
        (
            "month",
            (
                r"(?:(?<=^)|(?<=[\s(]))(?:(?P<lead>[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Tt]o|[Dd]uring"
                r"|[Ll]ast|[Nn]ext|[Ee]arly|[Ll]ate|[Mm]id|[Tt]his|[Oo]f|[Bb]efore|[Aa]fter|[Ee]ach"
                r"|[Ee]very)[\s-])?(?P<m>January|February|March|April|May|June|July|August|September"
                r"|October|November|December)(?![\w'’]|\s[A-Z])"
            ),
        ),
    )
    return tuple((name, re.compile(pattern)) for name, pattern in raw)


# Without one of these a form need not be tried.
NEEDS = {
    "weekday": "day 요일",
    "korean": "월",
    "year-korean": "년",
    "century": "세기 centur",
    "decade": "0s 0's 0’s 년대",
    "season": "pring ummer utumn all 년",
    "era": "BC AD CE 기원전 B.C",
    "ym": "-",
    "ymd": "- / .",
    "amb": "- / .",
    "part-year": "arly id ate nd eginning",
    "short": "' ’",
}

MONTH_HINT = re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
