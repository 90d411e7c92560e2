"""One pass over a document that all boilerplate rules share: which phrases stand where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from auditor.detectors.boilerplate import index
from auditor.detectors.boilerplate.blocks import Block, blocks
from auditor.detectors.boilerplate.folding import Folded, fold, unfolded
from auditor.detectors.boilerplate.keys import KeyTable, Table, postings, wide
from auditor.detectors.boilerplate.phrases import Phrase
from auditor.documents import Document


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a document.

    Attributes:
        phrase: Which.
        start: Offset of its first character in ``document.text``.
        end: One past its last.
        block: The paragraph it stands in.
    """

    phrase: Phrase
    start: int
    end: int
    block: Block


class Scanner:
    """Finds phrases in texts.

    Args:
        phrases: What to look for.
        tables: Where to look them up, given a text.
    """

    def __init__(self, phrases: Sequence[Phrase], tables: Callable[[str], Sequence[Table]]) -> None:
        self._phrases = phrases
        self._tables = tables

    @classmethod
    def of(cls, phrases: Sequence[Phrase]) -> Scanner:
        """A scanner of phrases that are in no index."""
        table, further = postings([phrase.keys for phrase in phrases])
        only = [KeyTable(table, further.__getitem__)]
        return cls(phrases, lambda text: only)

    def matches(self, text: str) -> list[Match]:
        """All matches in order of place; one that lies inside a longer one of the same rule is left out."""
        tables = self._tables(text)
        found = [match for block in blocks(text) for match in self._in_block(text, block, tables)]
        return _outermost(found)

    def _starts(self, number: int, text: str) -> bool:
        marks = self._phrases[number].marks
        return not marks or any(mark in text for mark in marks)

    def _in_block(self, text: str, block: Block, tables: Sequence[Table]) -> Iterator[Match]:
        raw = text[block.start : block.end]
        folded: Folded | None = None
        plain = unfolded(raw)
        if plain is None:
            folded = fold(text, block.start, block.end)
            plain = folded.text
        candidates = {
            number for table in tables for number in table.phrases(plain) if self._starts(number, plain)
        }
        if not candidates:
            return
        folded = folded or fold(text, block.start, block.end)
        for number in sorted(candidates):
            phrase = self._phrases[number]
            for found in phrase.regex.finditer(folded.text):
                if found.end() > found.start():
                    start, end = folded.span(found.start(), found.end())
                    yield Match(phrase, start, end, block)


def _outermost(found: list[Match]) -> list[Match]:
    """Drops matches inside another of the same rule, and duplicates from overlapping windows."""
    kept: list[Match] = []
    reach: dict[str, int] = {}
    for match in sorted(found, key=lambda m: (m.start, -m.end, m.phrase.strength != "strong")):
        if match.end > reach.get(match.phrase.rule, -1):
            reach[match.phrase.rule] = match.end
            kept.append(match)
    return kept


@cache
def scanner() -> Scanner:
    """The scanner of the project's own phrases; keys in other scripts load with the first such text."""
    return Scanner(index.phrases(), _tables)


def _tables(text: str) -> list[Table]:
    found: list[Table] = [_table("latin")]
    if wide(text):
        found.append(_table("wide"))
    if _MARKS.phrases(text.lower()):
        found.append(_MARKS)
    return found


class _Marks:
    """Markers of products, which come glued to the words before and after them: "abilityoaicite"."""

    _PARTS = (
        *("oaicite", "oai_citation", "contentreference", "†", "cite_start", "ppl-ai-", "_textdoc", "turn0"),
        *("turn1", "turn2", "turn3", "turn4", "turn5", "turn6", "turn7", "turn8", "turn9", "sandbox:/mnt"),
    )

    def phrases(self, text: str) -> set[int]:
        """Numbers of all tool markers where the text holds a part of one."""
        if any(part in text for part in self._PARTS):
            return {number for number, rule in enumerate(index.phrases().rules()) if rule == "tool-marker"}
        return set()


_MARKS = _Marks()


@cache
def _table(part: Literal["latin", "wide"]) -> KeyTable:
    return KeyTable(index.table(part), index.phrases().further)


def matches(document: Document) -> list[Match]:
    """Matches of the project's phrases, found once per document."""
    return document.memo("boilerplate/matches", lambda: scanner().matches(document.text))
