"""Dates as spans of days, and the ways to write years, months, quarters and decades."""

from __future__ import annotations

import calendar as _calendar
import datetime as _datetime
from fractions import Fraction

from auditor.quantities.model import Reading

NO_YEAR = 4
"""Dates without a year are placed in this leap year."""
MONTHS = {name[:3].lower(): n for n, name in enumerate(_calendar.month_name) if n}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
SEASONS |= {"봄": (3, 5), "여름": (6, 8), "가을": (9, 11)}
PARTS = {"early": (1, 4), "mid": (4, 9), "late": (9, 12)}
PARTS |= {"초": (1, 4), "초반": (1, 4), "중반": (4, 9), "말": (9, 12), "후반": (7, 12)}


def days(
    year: int | None, months: tuple[int, int] = (1, 12), dates: tuple[int, int] | None = None
) -> Reading | None:
    """The days from the first to the last month, or from date to date of one month; None if there are none such."""
    shown = NO_YEAR if year is None else year
    if not (1 <= shown <= 9999 and 1 <= months[0] <= 12 and 1 <= months[1] <= 12):
        return None
    last = _calendar.monthrange(shown, months[1])[1]
    first, final = dates or (1, last)
    if not (1 <= first <= _calendar.monthrange(shown, months[0])[1] and 1 <= final <= last):
        return None
    low = _datetime.date(shown, months[0], first).toordinal()
    high = _datetime.date(shown, months[1], final).toordinal()
    return Reading(Fraction(low), Fraction(high), Fraction(1)) if low <= high else None


def years(low: int, high: int) -> Reading:
    """A span of years; years before Christ are negative."""
    return Reading(Fraction(low), Fraction(high), Fraction(1))


def day_span(low: Fraction, high: Fraction) -> tuple[int, int] | None:
    """First and last day of a span of years, as ordinals; None outside the calendar's range."""
    first, last = int(low), int(high)
    if not 1 <= first <= last <= 9999:
        return None
    return _datetime.date(first, 1, 1).toordinal(), _datetime.date(last, 12, 31).toordinal()


def year_of(ordinal: Fraction) -> int:
    """The year in which a day lies."""
    return _datetime.date.fromordinal(int(ordinal)).year


def without_year(low: Fraction, high: Fraction) -> tuple[int, int] | None:
    """A span of days moved to the leap year of dates without a year; None if it crosses a year's end."""
    first, last = _datetime.date.fromordinal(int(low)), _datetime.date.fromordinal(int(high))
    if first.year != last.year:
        return None
    return first.replace(year=NO_YEAR).toordinal(), last.replace(year=NO_YEAR).toordinal()


def weekday_of(ordinal: Fraction) -> int:
    """Day of the week, Monday 0."""
    return _datetime.date.fromordinal(int(ordinal)).weekday()
