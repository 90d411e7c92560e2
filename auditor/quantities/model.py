"""What a quantity is: where it stands, what it says, and how exactly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Kind(StrEnum):
    """What sort of quantity; only quantities of like kinds can be compared."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "percentage-points"
    MONEY = "money"
    MEASURE = "measure"
    DURATION = "duration"
    ORDINAL = "ordinal"
    RATIO = "ratio"
    MULTIPLE = "multiple"
    SCORE = "score"
    DATE = "date"
    YEAR = "year"
    TIME = "time"
    WEEKDAY = "weekday"


class Bound(StrEnum):
    """On which side of the printed number the value lies."""

    AT_LEAST = "at-least"
    MORE_THAN = "more-than"
    AT_MOST = "at-most"
    LESS_THAN = "less-than"


class Agreement(StrEnum):
    """What a quantity of a claim is to one of a source."""

    EQUAL = "equal"
    ROUNDED = "rounded"
    WITHIN = "within"
    DERIVED = "derived"
    CONFLICT = "conflict"
    DIFFERENT = "different-kind"

    @property
    def agrees(self) -> bool:
        """Whether the source bears the claim out."""
        return self not in (Agreement.CONFLICT, Agreement.DIFFERENT)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand what is printed.

    Attributes:
        low: Least value; a range such as "10–15" has both ends.
        high: Greatest value; equal to ``low`` for a single number.
        step: Size of the last printed place, 0 for what is exact by its nature ("half").
    """

    low: Fraction
    high: Fraction
    step: Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement.

    Attributes:
        name: How it is commonly written: "mg".
        dimension: What it measures: "mass".
        factor: How many base units (SI where there is one) it holds.
        offset: Base units at its zero, for temperatures: 273.15 for °C.
    """

    name: str
    dimension: str
    factor: Fraction
    offset: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, date, duration or clock time in a text.

    Values are in the printed unit with words such as "million" worked in; percentages and fractions are shares
    of one (35 % is 7/20); a date is a proleptic Gregorian ordinal, first to last day; a date without a year is the
    ordinal of that day in the year 4; a clock time is in minutes after midnight; a weekday 0 (Monday) to 6.

    Attributes:
        start: Offset of its first character, currency sign included.
        end: Offset after its last character, unit included.
        text: The text between them.
        kind: What sort of quantity.
        readings: One or more ways to understand it, the likeliest first ("1,234" may be 1.234 in some locales).
        approximate: Whether it is said to be about so much.
        bound: On which side of the number the value lies, if it says so.
        unit: Unit of a measure or duration.
        currency: ISO 4217 code of an amount of money.
        noun: What is counted, in lower case and the singular: "patient", "명"; empty if not known.
        parts: The numbers in it where it is a ratio: (2, 5) for "2 of 5".
        margin: The margin after ±, in the printed unit.
        yearless: Whether it is a date without its year.
        two_ends: Whether both ends of a range are printed: "1980–1989", not "the 1980s".
    """

    start: int
    end: int
    text: str
    kind: Kind
    readings: tuple[Reading, ...]
    approximate: bool = False
    bound: Bound | None = None
    unit: Unit | None = None
    currency: str | None = None
    noun: str = ""
    parts: tuple[Fraction, ...] = ()
    margin: Fraction | None = None
    yearless: bool = False
    two_ends: bool = False

    @property
    def low(self) -> Fraction:
        """Least value of the likeliest reading."""
        return self.readings[0].low

    @property
    def high(self) -> Fraction:
        """Greatest value of the likeliest reading."""
        return self.readings[0].high

    @property
    def step(self) -> Fraction:
        """Size of the last printed place of the likeliest reading."""
        return self.readings[0].step

    @property
    def is_range(self) -> bool:
        """Whether it has two ends, as "10–15"; dates always span days."""
        return self.low != self.high
