"""Words of a text in the one form in which they are compared; a sign at a time in scripts without spaces.

Case, quotation marks, dashes, white space, soft hyphens, hyphenation at line ends, Markdown emphasis, ligatures and
full-width forms make no difference. Korean counts syllable by syllable, since its spacing varies; digits, signs of
percentage, currency and a minus before a number count.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

SIGNS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3131-\u318e\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff"
)
"""Characters that are tokens of their own: Hangul, Han, kana, Thai and others without spaces or with loose ones."""
_IN_WORD = "\u00ad\u200b-\u200d\u2060\ufeff"
_LETTER = rf"[^\W_{SIGNS}⁰¹²³⁴-⁹₀-₉]"  # a raised number is a note's


@cache
def token() -> re.Pattern[str]:
    """What a token is: of one of the groups ``plain``, ``signs``, ``jamo``, ``number``, ``word``, ``mark``.

    A ``note``, a number of a reference in brackets, is none; it matches so that its digits do not.
    """
    run = rf"{_LETTER}[\u0300-\u036f]*+"
    return re.compile(
        r"(?P<plain>[A-Za-z]++(?=[ .,;:\)]))"  # what most words are, tried first
        r"|(?P<note>\[\s?\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,20}\s?\])"
        rf"|(?P<signs>[{SIGNS}]+)"
        r"|(?P<jamo>[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?)"
        r"|(?P<number>(?:(?<![^\s(\[{“\"'‘~=≈])[-−–])?\d+(?:[.,]\d+)*+)"
        rf"|(?P<word>{run}(?:[{_IN_WORD}'’ʼ]{{0,2}}{run})*+(?:[-‐][ \t]*\r?\n[ \t>]*(?![A-Z]){run}(?:{run})*+)?)"
        r"|(?P<mark>[%％‰$€£¥₩°])"
    )


def letters(text: str) -> str:
    """Letters, digits and counted marks of a text in folded form, without any white space."""
    return "".join(folded(match.group()) for match in token().finditer(text) if match.lastgroup != "note")


_NUMBER = re.compile(r"-?\d")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DROPPED = re.compile(rf"[-‐\s>'’ʼ{_IN_WORD}]")


@lru_cache(maxsize=1 << 15)
def _word(word: str) -> str:
    return unicodedata.normalize("NFKC", _DROPPED.sub("", word)).casefold()


def folded(found: str) -> str:
    """A token as it is compared."""
    if found.isascii() and found.isalpha():
        return found.lower()
    number = found.replace("−", "-").replace("–", "-")
    if _NUMBER.match(number):
        number = unicodedata.normalize("NFKC", number)
        return number.replace(",", "") if _THOUSANDS.fullmatch(number) else number
    return _word(found)


def units(text: str) -> float:
    """Length in words; a sign of Hangul, Han and the like counts as 0.4 of one, so that ten make four words."""
    size = 0.0
    for match in token().finditer(text):
        if match.lastgroup == "note":
            continue
        signs = match.lastgroup in ("signs", "jamo")
        size += 0.4 * (match.end() - match.start() if match.lastgroup == "signs" else 1) if signs else 1
    return size
