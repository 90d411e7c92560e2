"""Numbers in digits, with every value that a printed form can have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from auditor.quantities.model import Reading
from auditor.quantities.wordlist import words

_SIGNS = "½1/2 ⅓1/3 ⅔2/3 ¼1/4 ¾3/4 ⅕1/5 ⅖2/5 ⅗3/5 ⅘4/5 ⅙1/6 ⅚5/6 ⅛1/8 ⅜3/8 ⅝5/8 ⅞7/8"
_FRACTION_SIGNS = {sign[0]: Fraction(sign[1:]) for sign in words(_SIGNS)}
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")


@dataclass(frozen=True, slots=True)
class Atom:
    """A number without its surroundings; ``style`` is digits, words, fraction, ordinal, multiple or korean."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    style: str


def exact(value: Fraction | int) -> tuple[Reading, ...]:
    """The one reading of a number without rounding."""
    return (Reading(Fraction(value), Fraction(value), Fraction(0)),)


@cache
def _digits() -> re.Pattern[str]:
    grouped = "|".join(
        rf"\d{{1,3}}(?:{sep}\d{{3}})+(?!\d)" for sep in (",", r"\.", "[\u2009\u202f\u00a0]", "['’]")
    )
    pattern = (
        rf"(?<![A-Za-z0-9_])(?<![A-Za-z0-9][.,])(?<![A-Za-z][-_])(?P<sign>(?<![\w.,)%-])[-+](?=\d))?"
        rf"(?P<body>\d{{1,3}}(?:\x20\d{{3}}){{2,}}(?!\d)|\d{{1,2}}(?:,\d\d)+,\d{{3}}(?!\d)"
        rf"|(?:{grouped})|\d+|(?=\.\d))(?P<rest>[.,]\d+)?"
        rf"(?:(?P<mixed>\s?[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])|\s(?P<numerator>\d)/(?P<denominator>\d{{1,2}})(?![\d/]))?"
        rf"(?P<power>\s?[×x·]\s?10(?:\s?\^\s?[-+]?\d{{1,3}}|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|-\d{{1,2}})"
        rf"|[eE][-+]?\d{{1,3}}(?![A-Za-z\d])"
        rf"|(?<=10)\^[-+]?\d{{1,3}}|(?<=10)[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
    )
    return re.compile(pattern + "|(?<![A-Za-z0-9])[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]", re.ASCII)


def decimal_comma(text: str) -> bool | None:
    """Whether decimals have a comma in the text: True or False where a number shows it, None where none does."""
    if "," not in text and "." not in text:
        return None
    if re.search(
        r"\d\.\d{3},\d|(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])|(?<![\d.,])\d+,(?:\d{1,2}|\d{4,})\s?[%€℃°]",
        text,
    ):
        return True
    if re.search(
        r"\d,\d{3}\.\d|(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d,])|(?<![\d.,])\d+\.(?:\d{1,2}|\d{4,})(?![\d.])",
        text,
    ):
        return False
    return None


def digit_atoms(text: str) -> list[Atom]:
    """The numbers in digits, left to right."""
    atoms: list[Atom] = []
    comma = decimal_comma(text)
    for match in _digits().finditer(text):
        if match.group() in _FRACTION_SIGNS:
            atoms.append(Atom(*match.span(), exact(_FRACTION_SIGNS[match.group()]), "fraction"))
            continue
        readings = _values(match["body"], match["rest"] or "", comma)
        part = _fraction(match)
        scale = _power(match["power"] or "", bare=match["body"] == "10")
        sign = -1 if match["sign"] == "-" else 1
        whole = part or (
            match["body"] == "10" and match["power"] and scale != 1 and match["power"][0] not in "×x· eE"
        )
        made = tuple(
            Reading(value := sign * (v + part) * scale, value, Fraction(0) if whole else s * scale)
            for v, s in readings
        )
        atoms.append(Atom(*match.span(), made, "digits"))
    return atoms


def _fraction(match: re.Match[str]) -> Fraction:
    if match["mixed"]:
        return _FRACTION_SIGNS[match["mixed"].strip()]
    if match["numerator"] and match["denominator"].strip("0"):
        return Fraction(int(match["numerator"]), int(match["denominator"]))
    return Fraction(0)


def _power(printed: str, *, bare: bool) -> Fraction | int:
    if not printed:
        return 1
    digits = printed.translate(_SUPER).replace(" ", "").lstrip("×x·\u00a0")
    if digits.startswith("10") and not bare:
        digits = digits[2:]
    exponent = max(-99, min(99, int(digits.lstrip("^eE"))))
    return Fraction(10) ** (exponent - 1 if bare else exponent)


def _values(body: str, rest: str, comma: bool | None) -> list[tuple[Fraction, Fraction]]:
    """Every value and step of printed digits, the likeliest first."""
    plain = re.sub("[\u2009\u202f\u00a0'’ ]", "", body)
    if rest:
        return [_number(re.sub("[.,]", "", plain), rest[1:])] if plain else [_number("0", rest[1:])]
    mark = next((c for c in ",." if c in plain), "")
    if not mark:
        return [_number(plain, "")]
    whole = _number(plain.replace(mark, ""), "")
    first, *others = plain.split(mark)
    if len(others) > 1:
        return [whole]
    fraction = _number(first, others[0])
    if first.startswith("0") or (comma is (mark == ",") and comma is not None):
        return [fraction]
    if comma is not None and first != "0" and (comma is True) is (mark == "."):
        return [whole]
    return [whole, fraction] if mark == "," else [fraction, whole]


def _number(whole: str, decimals: str) -> tuple[Fraction, Fraction]:
    # Longer figures than any measurement has are cut, so that a hostile text cannot make huge integers.
    whole, decimals = whole[:60], decimals[:60]
    return Fraction(int((whole or "0") + decimals), 10 ** len(decimals)), Fraction(1, 10 ** len(decimals))
