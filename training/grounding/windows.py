"""Long documents cut to what a claim is about, as the detector does before it asks the verifier."""

from __future__ import annotations

import re
from collections import Counter
from math import log

_SENTENCE = re.compile(r"(?<=[.!?])[\"')\]]?\s+|\n+")
_WORD = re.compile(r"\w+")


def sentences(text: str) -> list[str]:
    """The sentences of a text; fragments without a letter are left out."""
    return [s.strip() for s in _SENTENCE.split(text) if any(c.isalpha() for c in s)]


def words(text: str) -> set[str]:
    """The words of a text in lower case, cut to five letters so that inflected forms meet."""
    return {w[:5] for w in _WORD.findall(text.lower()) if len(w) > 2 or w.isdigit()}


def ranked(claim: str, parts: list[str]) -> list[int]:
    """Numbers of the sentences, the one that shares the rarest words with the claim first."""
    found = [words(part) for part in parts]
    seen = Counter(word for part in found for word in part)
    asked = words(claim)

    def shared(number: int) -> float:
        return sum(log(1 + len(parts) / seen[word]) for word in asked & found[number])

    return sorted(range(len(parts)), key=lambda number: (-shared(number), number))


def window(document: str, claim: str, *, count: int = 3, most: int = 90) -> str:
    """The ``count`` sentences nearest to the claim in the document's order, at most ``most`` words of them."""
    parts = sentences(document)
    chosen: list[int] = []
    room = most
    for number in ranked(claim, parts):
        length = len(parts[number].split())
        if len(chosen) == count or (chosen and length > room):
            break
        chosen.append(number)
        room -= length
    return " ".join(parts[number] for number in sorted(chosen))
