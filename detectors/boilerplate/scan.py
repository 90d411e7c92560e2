"""One pass over a document that all boilerplate rules share: which phrases stand where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from auditor.detectors.boilerplate.blocks import Block, blocks
from auditor.detectors.boilerplate.folding import Folded, fold, unfolded
from auditor.detectors.boilerplate.index import load
from auditor.detectors.boilerplate.keys import KeyTable, postings
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
        table: Where to look them up.
    """

    def __init__(self, phrases: Sequence[Phrase], table: KeyTable) -> None:
        self._phrases = phrases
        self._table = table

    @classmethod
    def of(cls, phrases: Sequence[Phrase]) -> Scanner:
        """A scanner of phrases that are in no index."""
        return cls(phrases, KeyTable(*postings([phrase.keys for phrase in phrases])))

    def matches(self, text: str) -> list[Match]:
        """All matches in order of place; one that lies inside a longer one of the same rule is left out."""
        found = [match for block in blocks(text) for match in self._in_block(text, block)]
        return _outermost(found)

    def _in_block(self, text: str, block: Block) -> Iterator[Match]:
        raw = text[block.start : block.end]
        folded: Folded | None = None
        plain = unfolded(raw)
        if plain is None:
            folded = fold(text, block.start, block.end)
            plain = folded.text
        candidates = self._table.phrases(plain)
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
    """The scanner of the project's own phrases."""
    index = load()
    return Scanner(index.phrases, KeyTable(index.table, index.second))


def matches(document: Document) -> list[Match]:
    """Matches of the project's phrases, found once per document."""
    return document.memo("boilerplate/matches", lambda: scanner().matches(document.text))
