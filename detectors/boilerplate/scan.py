"""One pass over a document that all boilerplate rules share: which phrases stand where."""

from __future__ import annotations


from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from auditor.detectors.boilerplate.blocks import Block, blocks
from auditor.detectors.boilerplate.folding import CHANGED, Folded, fold
from auditor.detectors.boilerplate.keys import KeyTable
from auditor.detectors.boilerplate.phrases import Phrase, known_phrases
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
    """

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = tuple(phrases)
        self._table = KeyTable([phrase.keys for phrase in self._phrases])

    def matches(self, text: str) -> list[Match]:
        """All matches in order of place; one that lies inside a longer one of the same rule is left out."""
        found = [match for block in blocks(text) for match in self._in_block(text, block)]
        return _outermost(found)

    def _in_block(self, text: str, block: Block) -> Iterator[Match]:
        raw = text[block.start : block.end]
        folded: Folded | None = None
        if raw.isascii():
            plain = raw.lower() if "-\n" not in raw else fold(raw).text
        elif CHANGED.search(raw):
            folded = fold(text, block.start, block.end)
            plain = folded.text
        else:
            plain = raw.translate(_QUOTES).lower()
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


_QUOTES = str.maketrans(dict.fromkeys("’‘‚‛ʼ´′`", "'"))


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
    return Scanner(known_phrases())


def matches(document: Document) -> list[Match]:
    """Matches of the project's phrases, found once per document."""
    return document.memo("boilerplate/matches", lambda: scanner().matches(document.text))


