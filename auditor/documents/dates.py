"""Dates as files and references write them, brought to ISO form as far as they are known."""

from __future__ import annotations

import re
from functools import cache

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?P<y>1[5-9]\d\d|20\d\d)"


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    month = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
    return tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            rf"D:{_YEAR}(?P<m>\d\d)?(?P<d>\d\d)?",
            rf"(?<!\d){_YEAR}(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)",
            rf"(?<!\d){_YEAR}\s?[-./年년]\s?(?P<m>\d{{1,2}})(?:\s?[-./月월]\s?(?P<d>\d{{1,2}})(?!\d))?",
            rf"{month}\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR}(?!\d)",
            rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?\s(?:of\s)?{month},?\s{_YEAR}(?!\d)",
            rf"{month},?\s{_YEAR}(?!\d)",
            rf"(?<!\d){_YEAR}(?!\d)",
        )
    )


def partial_date(text: str) -> str:
    """The first date of a short text as ``2021-03-05``, ``2021-03`` or ``2021``; empty where there is none.

    Reads ISO and PDF dates, English months, Korean and other numeric dates that begin with the year. Where day and
    month cannot be told apart (``03/05/2021``) only the year is given.
    """
    for form in _forms():
        if match := form.search(text[:200]):
            groups = match.groupdict()
            month = (
                _MONTHS.index(groups["name"].lower()) + 1 if groups.get("name") else int(groups.get("m") or 0)
            )
            day = int(groups.get("d") or 0)
            if month > 12 or day > 31:
                continue
            parts = [
                groups["y"],
                *(f"{part:02}" for part in ((month, day) if month and day else (month,)) if part),
            ]
            return "-".join(parts)
    return ""
