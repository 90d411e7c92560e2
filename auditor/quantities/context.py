"""The words around a quantity, by which the quantities of a claim are paired with those of a source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.quantities.model import Quantity
from auditor.quantities.nouns import singular
from auditor.quantities.wordlist import words

NEAR = 3
"""Words on each side that are compared for a near-verbatim place."""
_TOKEN = re.compile(r"[A-Za-z]+|[가-힣]+|[.;!?\n]")
_FUNCTION = frozenset(
    words(
        "a an the of in on at by for from to with as is are was were be been and or but that which "
        "who it its his her their this these those than more about some over under nearly almost at "
        "least most up had has have he she they we i you not "
    )
)


@dataclass(frozen=True, slots=True)
class Context:
    """Words before and after a quantity, nearest first, and the content words of its clause."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    clause: frozenset[str]

    def nearness(self, other: Context) -> float:
        """Share of the nearest words in common, 0 to 1; words that touch the quantity count double."""
        shared = total = 0.0
        for mine, theirs in ((self.before, other.before), (self.after, other.after)):
            for place, word in enumerate(mine[:NEAR]):
                weight = 2.0 if place == 0 else 1.0
                total += weight
                shared += weight * (word in theirs[: place + 2])
        return shared / max(total, 4.0)

    def shared(self, other: Context) -> int:
        """Number of content words that both clauses have."""
        return len(self.clause & other.clause)


def contexts(text: str, quantities: list[Quantity]) -> list[Context]:
    """The context of each quantity; other quantities and the sentence's end break no words off but the near ones."""
    taken = [(q.start, q.end) for q in quantities]
    placed: list[tuple[int, str]] = []
    place = 0
    for match in _TOKEN.finditer(text):
        while place < len(taken) and taken[place][1] <= match.start():
            place += 1
        if place < len(taken) and taken[place][0] <= match.start():
            continue
        placed.append((match.start(), _folded(match.group())))
    found = []
    for quantity in quantities:
        cut = next((i for i, (start, _) in enumerate(placed) if start >= quantity.end), len(placed))
        before = _until_stop(word for _, word in reversed(placed[max(0, cut - 14) : cut]))
        after = _until_stop(word for _, word in placed[cut : cut + 14])
        clause = frozenset(w for w in (*before, *after) if w not in _FUNCTION and len(w) > 1)
        found.append(Context(before, after, clause))
    return found


def _until_stop(near: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for word in near:
        if word in ".;!?\n":
            break
        kept.append(word)
    return tuple(kept)


def _folded(word: str) -> str:
    """A word in the form in which it is compared: lower case, singular; the first two syllables in Korean."""
    if "가" <= word[0] <= "힣":
        return word[:2] if len(word) > 2 else word
    lowered = word.lower()
    return singular(lowered) if len(lowered) > 3 else lowered
