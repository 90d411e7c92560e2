"""Known phrases: read from ``corpora/boilerplate``, checked, and compiled when first needed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from importlib.resources import files
from typing import Any

from auditor.detectors.boilerplate.folding import fold
from auditor.detectors.boilerplate.keys import keys
from auditor.detectors.boilerplate.patterns import PatternError, check

LANGUAGES = ("any", "en", "ko", "zh", "ja", "es", "de", "fr", "pt", "ru", "it", "id", "tr", "vi", "ar")
# Where a word starts and ends; underscores around it are emphasis, inside it they belong to it.
_BEFORE = r"(?:(?<!\w)|(?<=_)(?<!\w_)|(?<=__)(?<!\w__)|(?!\w))"
_AFTER = r"(?:(?!\w)|(?=__?(?!\w))|(?<!\w))"
_MARK = re.compile(r"\\[\[(]|[<#]")
_WIDTHS = {"[": "[［【〔", "(": "(（", "<": "<＜〈", "#": "#＃"}
_NO_START_BOUNDARY = frozenset({"zh", "ja", "any"})
_NO_END_BOUNDARY = frozenset({"zh", "ja", "ko", "any"})


class Strength(StrEnum):
    """How surely an unquoted match is a model talking to its user."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


class Place(StrEnum):
    """Where in a section a phrase is evidence."""

    ANY = "any"
    START = "start"
    END = "end"


@dataclass(frozen=True)
class Phrase:
    """One pattern of one rule.

    Attributes:
        rule: Name of the rule (the part after the slash), ``continuation``, or the id of a user's rule.
        pattern: Regular expression over folded text; ``.`` never crosses the end of a sentence.
        language: Code, or ``any``.
        strength: How surely an unquoted match is a leak.
        place: Where it is evidence.
        keys: Sets of words, pairs and runs; a paragraph with a match holds one of each set.
    """

    rule: str
    pattern: str
    language: str
    strength: Strength = Strength.FAIR
    place: Place = Place.ANY
    keys: tuple[tuple[str, ...], ...] = field(default=(), compare=False)

    @cached_property
    def marks(self) -> str:
        """The bracket or sign that every match starts with, narrow or wide; empty where there is none."""
        found = _MARK.match(self.pattern)
        return _WIDTHS[found[0].lstrip("\\")] if found else ""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern with word boundaries, where the language has them."""
        body = _gaps(self.pattern)
        before = "" if self.language in _NO_START_BOUNDARY else _BEFORE
        after = "" if self.language in _NO_END_BOUNDARY else _AFTER
        return re.compile(f"{before}(?:{body}){after}")


def _gaps(pattern: str) -> str:
    """Keeps the dot within a sentence."""
    return re.sub(r"(?<!\\)\.(?=\{)", "[^.!?。]", pattern)


def make(rule: str, pattern: str, language: str, strength: str = "fair", place: str = "any") -> Phrase:
    """Checks one pattern and works out its keys.

    Raises:
        PatternError: If it is not allowed; the text says why.
    """
    levelled = fold(pattern).text if not pattern.isascii() else " ".join(pattern.split(" "))
    check(levelled)
    try:
        bounded = (language not in ("zh", "ja"), language not in ("zh", "ja", "ko"))
        return Phrase(
            rule, levelled, language, Strength(strength), Place(place), keys(levelled, bounded=bounded)
        )
    except ValueError as error:
        raise PatternError(str(error)) from error


def parse_tables(content: dict[str, Any], language: str) -> Iterator[Phrase]:
    """Phrases of one parsed file.

    Raises:
        PatternError: On the first entry that is not allowed, naming it.
    """
    for table in content.get("phrase", []):
        for pattern in table["match"]:
            try:
                yield make(
                    table["rule"], pattern, language, table.get("strength", "fair"), table.get("at", "any")
                )
            except PatternError as error:
                raise PatternError(f"{pattern!r}: {error}") from error


def read_language(language: str) -> list[Phrase]:
    """The project's phrases of one language.

    Raises:
        PatternError: If the file holds a pattern that is not allowed.
    """
    text = files("auditor.corpora").joinpath("boilerplate", f"{language}.toml").read_text(encoding="utf-8")
    return list(parse_tables(tomllib.loads(text), language))
