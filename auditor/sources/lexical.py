"""Words that BM25 counts: the same of documents and of queries.

Words of alphabets are folded and lightly stemmed (the S-stemmer of Harman 1991, and -ed and -ing); Korean words are
counted whole and by pairs of syllables, in the place of a morphological analysis (Lee and Ahn 1996, "Using n-grams
for Korean text retrieval"); Chinese, Japanese and Thai by pairs of characters. Numbers are written in one way.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

LEXICON: Final = "words-1"
"""Recorded in an index: to be raised whenever other words come out."""

_HANGUL: Final = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_PAIRED: Final = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f\U00020000-\U0003ffff"
)
# So common that they tell nothing apart; negations and numbers are not among them.
_STOP: Final = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "been", "but", "by"),
        *("for", "from", "had", "has", "have", "he", "her", "his", "i", "in"),
        *("is", "it", "its", "of", "on", "or", "s", "she", "t", "that"),
        *("the", "their", "them", "they", "this", "to", "was", "were", "which", "who"),
        *("will", "with", "would", "you", "we", "our"),
    )
)
_LONGEST: Final = 64


def tokens(text: str) -> list[str]:
    """The words of a text, in order, repeats included."""
    return list(_tokens(text))


def term_counts(text: str) -> Counter[int]:
    """How often each word occurs, by the CRC-32 of its UTF-8."""
    return Counter(map(_term, _tokens(text)))


@lru_cache(maxsize=1 << 16)
def _term(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _tokens(text: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    for match in _pattern().finditer(folded):
        word = match.group()
        kind = match.lastgroup
        if kind == "number":
            yield number(word)
        elif kind == "hangul":
            yield word[:_LONGEST]
            if len(word) > 2:
                yield from (word[i : i + 2] for i in range(len(word) - 1))
        elif kind == "paired":
            yield from (word[i : i + 2] for i in range(len(word) - 1)) if len(word) > 1 else (word,)
        elif word not in _STOP:
            yield stem(word[:_LONGEST])


@cache
def _pattern() -> re.Pattern[str]:
    letter = rf"[^\W_{_HANGUL}{_PAIRED}]"
    return re.compile(
        rf"(?P<number>(?<!{letter})\d++(?:[.,]\d++)*+(?!{letter}))"
        rf"|(?P<hangul>[{_HANGUL}]++)|(?P<paired>[{_PAIRED}]++)|(?P<word>{letter}++)"
    )


def number(text: str) -> str:
    """One spelling of a number: ``1,234`` is ``1234``, ``3,5`` is ``3.5`` and ``2.50`` is ``2.5``."""
    if _grouped().fullmatch(text):
        text = text.replace(",", "")
    elif text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if text.count(".") == 1:
        text = text.rstrip("0").rstrip(".")
    return text.lstrip("0") or "0" if text[:2] != "0." else text


@cache
def _grouped() -> re.Pattern[str]:
    return re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """An English word without its commonest endings; other words mostly stay as they are."""
    if len(word) < 4 or not word.isascii():
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and _has_vowel(word[: -len(ending)]):
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    # "rate", "rated" and "rating" meet without the e; "study" and "studied" in the i.
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiouy" for letter in word)
