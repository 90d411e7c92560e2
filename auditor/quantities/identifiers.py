"""Digits that are no quantities: addresses, identifiers, versions, citations, list and section numbers."""

from __future__ import annotations

import re
from functools import cache

FILLER = "\x00"


@cache
def _patterns() -> tuple[tuple[re.Pattern[str] | None, re.Pattern[str]], ...]:
    """Each with a quick pattern without which it need not be tried."""
    raw = (
        (
            r"[/@:]|www",
            (
                r"https?://\S{1,2000}|www\.\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}"
                r"|\b10\.\d{4,9}/\S{1,300}|\barXiv:\s?\S{1,40}"
            ),
        ),
        (
            r"PM|IS[BS]N|RFC|Vol\.|§",
            (
                r"\bPMC?(?:ID)?:?\s?\d{4,9}|\bISBN(?:-1[03])?:?\s?[\dXx-]{10,17}"
                r"|\bISSN:?\s?\d{4}-\d{3}[\dXx]|(?:\bVol\.|\bRFC|§)\s?\d{1,5}(?:\.\d{1,5}){0,4}"
            ),
        ),
        (r"[\[(]", r"\[\^?\d{1,4}(?:\s?[,;–-]\s?\d{1,4}){0,30}\]|\(\s?\d{1,2}\s?\)(?=\s+[A-Za-z가-힣])"),
        (
            None,
            (
                r"(?m:^)[ \t]{0,12}(?:[-*>]\s)?(?:\(?\d{1,3}[.)](?=\s)|[①-⑳]"
                r"|#{1,6}\s+\d{1,2}(?:\.\d{1,2}){0,4}\.?(?=\s)"
                r"|\d{1,2}(?:\.\d{1,2}){1,4}\.?(?=\s+[A-Z가-힣][^.!?\n]{0,80}(?:\n|\Z)))"
            ),
        ),
        (
            r"\d\.\d|[vV]\.?\d|[Vv]ersion|Release|버전",
            (
                r"\bv\.?\d{1,4}(?:\.\d{1,6}){0,4}(?:[-+][\w.]{1,30})?\b"
                r"|(?<![\d.,])\d{1,4}\.\d{1,4}\.\d{1,6}(?:\.\d{1,6})?(?:-?(?:rc|alpha|beta|dev"
                r"|post)[\w.]{0,12})?(?![\d.]*\d|,\d)|(?:\b[Vv]ersions?|\bRelease"
                r"|버전)\s?\d{1,4}(?:\.\d{1,6}){0,4}"
            ),
        ),
        (
            r"\d{3}[-.\s]\d{3}|\+\d",
            (
                r"(?<![\d-])(?:\+\d{1,3}[\s-]?)?(?:\(\d{2,4}\)\s?"
                r"|\b\d{2,4}[-\s.])\d{3,4}[-.]\d{4}(?![\d-])|\+\d{1,3}(?:[\s-]\d{1,4}){2,5}|\b(?:1[\s-]"
                r"|0)\d{2,3}(?:[\s-]\d{3,4}){2}\b"
            ),
        ),
        (
            r"ec(?:tions?|\.)|[Ff]ig|[Tt]able|[Cc]hapter|[Ee]q|ppendix|p\.|[Pp]age|Ref|그림|표",
            (
                r"\b(?:[Ss]ections?|[Ss]ec\.|[Ff]igures?|[Ff]igs?\.|[Tt]ables?|[Cc]hapters?|[Ee]quations?"
                r"|[Ee]qs?\.|[Aa]ppendix|pp?\.|[Pp]ages?|Refs?\.)\s?\d{1,5}(?:[.–-]\d{1,5}){0,4}[a-z]?\b"
                r"|(?:그림|표)\s?\d{1,3}(?:[.-]\d{1,3})?(?![\d년월일개명%])"
            ),
        ),
        (
            r"\d[A-Za-f]",
            (
                r"\b\d{1,4}(?![eE]\d)[A-Za-z]\d\w{0,10}\b|\b\d{1,3}[DG](?![\w°])|\b[48]K\b"
                r"|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"
                r"|\b(?=\d{0,40}[a-f])(?=[a-f]{0,40}\d)[0-9a-f]{12,64}\b"
            ),
        ),
    )
    return tuple((re.compile(hint) if hint else None, re.compile(pattern)) for hint, pattern in raw)


def blank(text: str) -> str:
    """The text with such digits overwritten, at the same length."""
    for hint, pattern in _patterns():
        if hint is None or hint.search(text):
            text = pattern.sub(lambda m: m.group() if _is_date(m.group()) else FILLER * len(m.group()), text)
    return text


_DOTTED = re.compile(
    r"(?:(?:19|20)\d\d\.(?:0?[1-9]|1[0-2])\.(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d"
    r"|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d)\.?"
)


def _is_date(printed: str) -> bool:
    return (
        _DOTTED.fullmatch(printed) is not None or re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", printed) is not None
    )


def erase(text: str, start: int, end: int) -> str:
    """The text with a span overwritten, so that nothing is read there again."""
    return text[:start] + FILLER * (end - start) + text[end:]
