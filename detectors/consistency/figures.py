"""Numbers as they are printed: their value, and how far rounding may have moved them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

NUMBER = r"(?<![\w.,])[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d.,]*\d)"
"""A number in English notation: thousands parted by commas, a decimal point."""
WHOLE = r"(?<![\w.,/])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\d]|[.,]\d)"
"""A whole number that is no part of a longer figure."""
AFTER_SLASH = r"(?<=/)(?:\d{1,3}(?:,\d{3})+|\d+)(?![\d/]|[.,]\d)"
"""A whole number after a slash."""
PERCENT = r"(?<![\w.,])\d{1,3}(?:[.,]\d{1,4})? ?[%％]"


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number.

    Attributes:
        value: What it says.
        step: The value of one unit in its last printed place.
    """

    value: Fraction
    step: Fraction

    @property
    def low(self) -> Fraction:
        """The least value that rounds to it."""
        return self.value - self.step / 2

    @property
    def high(self) -> Fraction:
        """The greatest value that rounds to it."""
        return self.value + self.step / 2


def figure(printed: str) -> Figure:
    """Reads a number as printed, with ``%`` or without.

    Args:
        printed: Digits with commas between thousands and a decimal point; in a percentage a comma is a
            decimal comma.

    Raises:
        ValueError: If it is not a number.
    """
    text = printed.strip().replace("−", "-")
    percent = text.endswith(("%", "％"))
    text = text.rstrip("%％ ")
    text = text.replace(",", ".") if percent else text.replace(",", "")
    if not re.fullmatch(r"-?(?:\d+(?:\.\d*)?|\.\d+)", text):
        raise ValueError(f"not a number: {printed!r}")
    decimals = len(text.partition(".")[2])
    return Figure(Fraction(text), Fraction(1, 10**decimals))


def shown(value: Fraction | float, step: Fraction) -> str:
    """A value with as many decimals as a step of that size has, at most six."""
    decimals = 0
    while step < 1 and decimals < 6:
        step *= 10
        decimals += 1
    return f"{float(value):.{decimals}f}"
