"""From a bare number to a quantity: its scale, sign of currency, unit, counted noun and kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from auditor.quantities.hedges import hedges
from auditor.quantities.model import Bound, Kind, Quantity, Reading, Unit
from auditor.quantities.money import currency_after, currency_before
from auditor.quantities.nouns import STOP, counter_at, noun_at
from auditor.quantities.numerals import Atom
from auditor.quantities.units import ends_word, unit_at, unit_named


@dataclass(slots=True)
class Draft:
    """A quantity in the making; ``scale`` is the word scale in it, such as million."""

    start: int
    end: int
    kind: Kind
    readings: tuple[Reading, ...]
    style: str = "digits"
    scale: int = 1
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
    def value(self) -> Fraction:
        """The low end of the likeliest reading."""
        return self.readings[0].low

    @property
    def whole(self) -> bool:
        """Whether it is a whole number."""
        return self.value.denominator == 1

    @property
    def bare(self) -> bool:
        """Whether nothing says what it is a number of."""
        return self.kind in (Kind.COUNT, Kind.YEAR) and not self.noun

    def rescaled(self, factor: Fraction) -> None:
        """Multiplies the value, as a scale word or a percent sign does."""
        self.readings = tuple(
            Reading(r.low * factor, r.high * factor, r.step * abs(factor)) for r in self.readings
        )

    def finished(self, text: str, start: int, end: int) -> Quantity:
        """The quantity, at its place in the original text."""
        return Quantity(
            start,
            end,
            text[start:end],
            self.kind,
            self.readings,
            self.approximate,
            self.bound,
            self.unit,
            self.currency,
            self.noun,
            self.parts,
            self.margin,
            self.yearless,
            self.two_ends,
        )


_SCALE = re.compile(
    r"[\s\u00a0-]{0,2}(hundred|thousand|million|billion|trillion|dozen|mn|mln|bn|tn)\b", re.IGNORECASE
)
_LETTER = re.compile(r"([kKMBT])(?![A-Za-z0-9²³/])")
_MONEY_LETTER = re.compile(r"\s?(k|K|m|M|b|B|tn|T)(?![A-Za-z0-9])")
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "k": 1000,
    "dozen": 12,
    "million": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "t": 10**12,
}
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_ORDINAL_KO = re.compile(r"\s?(?:위(?![가-힣]{2})|번째|째(?![가-힣])|등(?=[은이을에으 .,]|$))")
_POINTS = re.compile((
r"\s?(?:%\s?p\b|%\s?포인트|퍼센트\s?포인트|pp\b|p\.p\.|[\s-]?percentage[\s-]points?\b"
r"|[\s-]per\s?cent(?:age)?[\s-]points?\b)"
), re.IGNORECASE)  # fmt: skip
_PERCENT = re.compile(
    r"\s?%|\s?(?:퍼센트|프로(?=[\s.,가는를의로였이에]|$))|[\s-]?(?:percent|per[\s-]cent|pct)\b", re.IGNORECASE
)
_BASIS = re.compile(r"\s?(?:bps\b|basis[\s-]points?\b|bp\b|‰)", re.IGNORECASE)
_MULTIPLE = re.compile((
r"-?\s?fold\b|\s?배(?![가-힣])|\s?배(?=[로가를의나 ]|증가|늘|이상|정도|가량|많|높|빠|더)"
r"|\s?[x×](?![\w\s]*\d)(?![A-Za-z])|\s?times\b"
), re.IGNORECASE)  # fmt: skip
_ARTICLE = re.compile(r"\s(?:an?|of an?)\s")
_NUMBERED = re.compile(r"(?<![가-힣])제\s?$|\b[Nn]o\.\s?$|(?<![\w&])#$")
_TITLE = re.compile(r"\b([A-Z][A-Za-z]+)\s$")
_LEAD = re.compile(r"(섭씨|화씨|영하|영상|시속)\s?(?:약\s?)?$")
_AGED = re.compile(r"\s?[살세](?![기대])")
_LETTERS = re.compile(r"[A-Za-z_]")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|to|during|of|before|after|year|and|between|early"
    r"|late|mid|around|circa|c\.|summer|winter|spring|autumn|fall|through|for|the"
    r"|ending|ended|born|b\.|d\.|died|established|founded|©|per)[\s-]|[(\[,–-]\s?|^)$",
    re.IGNORECASE,
)


def draft(text: str, atom: Atom) -> Draft | None:
    """The quantity around a number; None if letters joined to it make it part of a name."""
    made = Draft(atom.start, atom.end, Kind.COUNT, atom.readings, atom.style)
    if atom.style == "fraction":
        return _share(text, made)
    if atom.style in ("ordinal", "multiple"):
        made.kind = Kind(atom.style)
        made.noun = noun_at(text, made.end) if made.kind is Kind.ORDINAL else ""
        return made
    before = currency_before(text, made.start)
    if before is None and text[made.start : made.start + 1] in "+-" and made.start != atom.end:
        before = currency_before(text, made.start)
    if before:
        made.currency, made.start, made.kind = before[0], before[1], Kind.MONEY
        if text[made.start - 1 : made.start] == "-":
            made.start -= 1
            made.rescaled(Fraction(-1))
    _scale(text, made)
    if made.currency is None and _marked(text, made):
        return made
    _named(text, made)
    if atom.style == "digits" and made.end == atom.end and _LETTERS.match(text, made.end):
        return None
    return made


def _share(text: str, made: Draft) -> Draft:
    made.kind = Kind.RATIO
    article = _ARTICLE.match(text, made.end)
    unit = unit_at(text, article.end() - 1) if article else None
    if unit:
        made.kind, made.unit, made.end = _kind(unit[0]), *unit
    else:
        made.noun = noun_at(text, made.end)
    return made


def _scale(text: str, made: Draft) -> None:
    """Works in million, bn, k and the like; a single letter must be joined to the number."""
    for _ in range(2):
        match = _SCALE.match(text, made.end)
        if match is None and made.scale == 1 and made.style == "digits":
            match = (_MONEY_LETTER if made.currency else _LETTER).match(text, made.end)
        if match is None:
            return
        factor = _SCALES[match[1].lower()]
        made.rescaled(Fraction(factor))
        made.scale *= factor
        made.end = match.end()


def _marked(text: str, made: Draft) -> bool:
    """Percentages, ordinals and multiples, known by the sign or word after the number."""
    for pattern, kind, factor in (
        (_POINTS, Kind.POINTS, Fraction(1, 100)),
        (_PERCENT, Kind.PERCENT, Fraction(1, 100)),
        (_BASIS, Kind.POINTS, Fraction(1, 10000)),
        (_ORDINAL_KO, Kind.ORDINAL, Fraction(1)),
        (_MULTIPLE, Kind.MULTIPLE, Fraction(1)),
    ):
        match = pattern.match(text, made.end)
        if match:
            if "‰" in match.group():
                kind, factor = Kind.PERCENT, Fraction(1, 1000)
            made.kind, made.end = kind, match.end()
            made.rescaled(factor)
            if kind is Kind.MULTIPLE and "times" in match.group().lower():
                made.noun = "time"
            return True
    match = _ORDINAL.match(text, made.end)
    if match and made.style == "digits" and made.whole:
        made.kind, made.end = Kind.ORDINAL, match.end()
        made.noun = noun_at(text, made.end)
        return True
    numbered = _NUMBERED.search(text, max(0, made.start - 4), made.start)
    if numbered:
        made.kind, made.start = Kind.ORDINAL, numbered.start()
        return True
    return False


def _named(text: str, made: Draft) -> None:
    """Currency, unit or counted noun after the number."""
    vague = re.match(r"\s?여(?=\s?[가-힣])", text[made.end : made.end + 3])
    place = made.end + (vague.end() if vague else 0)
    if vague:
        made.approximate, made.bound = True, Bound.MORE_THAN
    found = currency_after(text, place)
    if (
        found
        and not made.currency
        and not (text[place : found[1]].strip() == "won" and abs(made.value) < 100)
    ):
        made.currency, made.end, made.kind = found[0], found[1], Kind.MONEY
        if made.currency.endswith("/100"):
            made.currency = made.currency[:3]
            made.rescaled(Fraction(1, 100))
        return
    if made.currency:
        if found and found[0] == made.currency:
            made.end = found[1]
        made.noun = ""
        return
    aged = _AGED.match(text, place)
    if aged and ends_word(text, aged.end()):
        made.unit, made.kind, made.end = unit_named("year"), Kind.DURATION, aged.end()
        return
    counter = counter_at(text, place)
    measured = unit_at(text, place)
    if measured and not (
        counter
        and (
            counter[1] > measured[1] or (made.style == "korean" and text[place : counter[1]].strip() == "분")
        )
    ):
        made.unit, made.end = measured
        made.kind = _kind(measured[0])
        _led(text, made)
        return
    if counter:
        made.noun, made.end = counter
        return
    made.noun = noun_at(text, place)
    title = (
        _TITLE.search(text, max(0, made.start - 20), made.start)
        if made.style == "digits" and not made.noun
        else None
    )
    if title and title[1].lower() not in STOP and made.whole and made.value < 1000:
        made.noun = f"№ {title[1].lower()}"
    digits = text[made.start : made.end]
    if made.style == "digits" and len(digits) == 4 and digits.isdigit() and 1100 <= made.value <= 2099:
        _year(text, made)


def _led(text: str, made: Draft) -> None:
    """Works in what Korean says before the number: 섭씨 35도, 영하 5도, 시속 100km."""
    lead = _LEAD.search(text, max(0, made.start - 7), made.start)
    if lead is None or made.unit is None:
        return
    if lead[1] == "시속" and made.unit.dimension == "length":
        hour = unit_named("h")
        made.unit = Unit(f"{made.unit.name}/h", "length/time", made.unit.factor / hour.factor)
    elif lead[1] != "시속" and made.unit.name == "degree":
        made.unit = unit_named("°F" if "화씨" in text[max(0, made.start - 7) : made.start] else "°C")
        if lead[1] == "영하":
            made.rescaled(Fraction(-1))
    else:
        return
    made.start = lead.start(1)


def _year(text: str, made: Draft) -> None:
    if (
        made.noun
        and text[made.end : made.end + 1] == " "
        and not _YEAR_BEFORE.search(text, max(0, made.start - 12), made.start)
    ):
        plural = re.match(r"\s[a-z]+s\b", text[made.end : made.end + 20])
        if plural:
            return
    made.kind, made.noun = Kind.YEAR, ""


def _kind(unit: Unit) -> Kind:
    return Kind.DURATION if unit.dimension == "time" else Kind.MEASURE


def hedged(text: str, made: Draft) -> None:
    """Notes about, at least, 약, 이상 and the like around it."""
    approximate, bound = hedges(text, made.start, made.end)
    made.approximate |= approximate
    made.bound = bound or made.bound
