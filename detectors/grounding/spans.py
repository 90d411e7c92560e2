"""Tokens of a text as arrays, and hashes of those that follow one another.

Imported only where sources are compared: numpy is loaded here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.detectors.grounding.spans_words import folded, token

Ids = NDArray[np.int64]
Places = NDArray[np.int32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of a text.

    Attributes:
        ids: Hash of each token's folded form, shape (n,). The same text gives other ids in another process.
        starts: Offset of each token's first character, shape (n,).
        ends: Offset one past its last, shape (n,).
        signs: Whether it is a single sign of a script such as Hangul, shape (n,).
    """

    ids: Ids
    starts: Places
    ends: Places
    signs: Flags

    def __len__(self) -> int:
        return len(self.ids)

    def units(self, start: int, end: int) -> float:
        """Length of a stretch of tokens in words: a sign counts as half of one."""
        signs = int(np.count_nonzero(self.signs[start:end]))
        return (end - start) - signs / 2

    def part(self, start: int, end: int) -> Tokens:
        """The tokens from ``start`` up to ``end``."""
        return Tokens(
            self.ids[start:end], self.starts[start:end], self.ends[start:end], self.signs[start:end]
        )


def tokens(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens of ``text[start:end]``, with offsets into ``text``."""
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    signs = bytearray()
    for match in token().finditer(text, start, len(text) if end is None else end):
        low, high = match.span()
        if match.lastgroup == "plain":
            ids.append(hash(match.group().lower()))
            starts.append(low)
            ends.append(high)
            signs.append(0)
            continue
        if match.lastgroup == "signs":
            ids.extend(map(hash, match.group()))
            starts.extend(range(low, high))
            ends.extend(range(low + 1, high + 1))
            signs.extend(b"\x01" * (high - low))
            continue
        if match.lastgroup == "note":
            continue
        ids.append(hash(folded(match.group())))
        starts.append(low)
        ends.append(high)
        signs.append(match.lastgroup == "jamo")
    return Tokens(
        np.array(ids, np.int64),
        np.array(starts, np.int32),
        np.array(ends, np.int32),
        np.frombuffer(bytes(signs), np.bool_),
    )


def hashes(of: Tokens, words: int, signs: int) -> tuple[NDArray[np.uint64], Places]:
    """A hash of the tokens that follow one another from each place.

    A stretch that begins with a word is ``words`` tokens long, one that begins with a sign ``signs``. The hash is a
    polynomial modulo 2^64 over mixed ids (Karp and Rabin 1987); what it finds has to be compared.

    Returns:
        Hashes and the index of the token that each begins with; both of shape (k,), k at most ``len(of)``.
    """
    n = len(of)
    length = np.where(of.signs, signs, words)
    places = np.flatnonzero(np.arange(n) + length <= n)
    if not len(places):
        return np.empty(0, np.uint64), np.empty(0, np.int32)
    with np.errstate(over="ignore"):
        base = np.uint64(0x9E3779B97F4A7C15)
        powers = np.cumprod(np.full(n, base, np.uint64))
        inverse = np.cumprod(np.full(n, np.uint64(pow(int(base), -1, 1 << 64)), np.uint64))
        sums = np.zeros(n + 1, np.uint64)
        np.cumsum(_mixed(of.ids) * powers, out=sums[1:])
        found = (sums[places + length[places]] - sums[places]) * inverse[places]
    return found.astype(np.uint64), places.astype(np.int32)


def _mixed(ids: Ids) -> NDArray[np.uint64]:
    """Ids spread over all 64 bits (SplitMix64's finaliser), since hashes of small numbers are small."""
    mixed = ids.astype(np.uint64)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
