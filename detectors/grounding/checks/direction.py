"""Comparatives and directions that are turned round: rose for fell, before for after, more for less."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from auditor.detectors.grounding.checks.conflict import Conflict
from auditor.detectors.grounding.checks.negation import negations
from auditor.detectors.grounding.checks.words import Pairing, Word, stem_of

_NEAR = (
    0.5  # least share of the claim's content words that the sentence must have, the contrasting one left out
)
_HANGUL = re.compile(r"[가-힣]")
# A side of a contrast: (number of the contrast, 0 or 1).
Side = tuple[int, int]


@cache
def _contrasts() -> tuple[dict[str, frozenset[Side]], tuple[tuple[str, Side], ...]]:
    """Sides by English stem, and the beginnings of Korean words with theirs, the longest first."""
    table = tomllib.loads(files("auditor.corpora.grounding").joinpath("contrasts.toml").read_text("utf-8"))
    stems: dict[str, set[Side]] = {}
    for n, entry in enumerate(table["en"]):
        for side, key in enumerate(("one", "other")):
            for word in entry[key]:
                stems.setdefault(stem_of(word), set()).add((n, side))
    starts = [
        (word, (n + 1000, side))
        for n, entry in enumerate(table["ko"])
        for side, key in enumerate(("one", "other"))
        for word in entry[key]
    ]
    return {k: frozenset(v) for k, v in stems.items()}, tuple(sorted(starts, key=lambda s: -len(s[0])))


def sides(word: Word) -> frozenset[Side]:
    """The contrasts that a word takes part in, and on which side."""
    stems, starts = _contrasts()
    if not _HANGUL.search(word.text):
        return stems.get(word.stem, frozenset())
    return frozenset(side for start, side in starts if word.text.startswith(start))


def direction_conflicts(claim: str, sentence: str, pairing: Pairing) -> Iterator[Conflict]:
    """A word that only the claim has beside one of the opposite sense that only the sentence has."""
    only_claim, only_source = pairing.only_claim(), pairing.only_source()
    if not only_claim or not only_source or len(negations(claim)) % 2 != len(negations(sentence)) % 2:
        return  # “did not rise” for “fell” is no contradiction
    content = [i for i, word in enumerate(pairing.claim) if word.content]
    theirs = [(j, sides(pairing.source[j])) for j in only_source]
    here = frozenset().union(*(sides(word) for word in pairing.source)) if pairing.source else frozenset()
    for i in only_claim:
        ours = sides(pairing.claim[i])
        if not ours or ours & here:
            continue  # the sentence says the same in another word
        opposite = {(n, 1 - side) for n, side in ours}
        for j, its in theirs:
            if not its & opposite:
                continue
            rest = [k for k in content if k != i]
            paired = {k for k, _ in pairing.pairs}
            near = sum(k in paired for k in rest) / len(rest) if rest else 0.0
            if near >= _NEAR and _same_place(pairing, i, j):
                ours_word, its_word = pairing.claim[i], pairing.source[j]
                yield Conflict(
                    "direction",
                    (ours_word.start, ours_word.end),
                    (its_word.start, its_word.end),
                    f"“{ours_word.text}” where the source has “{its_word.text}”",
                    0.85,
                )
                return


def _same_place(pairing: Pairing, i: int, j: int) -> bool:
    """Whether the two words have a neighbour in common: the nearest paired content words on either side."""
    return bool(_neighbours(pairing.claim, i, dict(pairing.pairs)) & _around(pairing.source, j))


def _neighbours(row: Sequence[Word], i: int, partner: dict[int, int]) -> set[int]:
    """Indices, in the other text, of the partners of the nearest words on both sides that have one."""
    found = set()
    for step in (-1, 1):
        k, seen = i + step, 0
        while 0 <= k < len(row) and seen < 2:
            if k in partner and row[k].content:
                found.add(partner[k])
                seen += 1
            k += step
    return found


def _around(row: Sequence[Word], j: int, reach: int = 5) -> set[int]:
    return {k for k in range(max(j - reach, 0), min(j + reach + 1, len(row))) if k != j}
