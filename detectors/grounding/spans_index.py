"""All sources as one row of tokens, and where in it a stretch of text may have come from."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from auditor.detectors.grounding.spans import Places, Tokens, hashes, tokens
from auditor.findings import Evidence, Relation

if TYPE_CHECKING:
    from auditor.documents import Document
    from auditor.sources.interface import Index

SEED = (2, 3)
"""Words, or signs, in a row by which a quotation is looked up."""
LONG_SEED = (6, 12)
"""Words, or signs, in a row by which copied text is looked up: a tenth of it changed leaves such stretches."""
_MOST_PLACES = 256
"""A stretch that is found in more places than this tells nothing about where text is from."""

_Seeds: TypeAlias = tuple[NDArray[np.uint64], Places]


class SourceText:
    """The texts of an index as tokens, with tables of which tokens follow one another where.

    Args:
        index: The sources. Their texts are read at once and kept.

    Attributes:
        infos: The sources.
        names: Their ids.
        texts: Their texts.
        tokens: Tokens of all sources one after another; offsets are into each source's own text.
        first: ``tokens`` of source ``i`` are those from ``first[i]`` up to ``first[i + 1] - 1``; the last is a
            separator that equals no token.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.state = _state(index)
        self.infos = tuple(index.sources())
        self.names = tuple(source.id for source in self.infos)
        parts: list[Tokens] = []
        self.first = [0]
        self.texts = [index.text(name) for name in self.names]
        for i, text in enumerate(self.texts):
            parts += [tokens(text), _separator(i)]
            self.first.append(self.first[-1] + len(parts[-2]) + 1)
        self.tokens = Tokens(
            np.concatenate([p.ids for p in parts]) if parts else np.empty(0, np.int64),
            np.concatenate([p.starts for p in parts]) if parts else np.empty(0, np.int32),
            np.concatenate([p.ends for p in parts]) if parts else np.empty(0, np.int32),
            np.concatenate([p.signs for p in parts]) if parts else np.empty(0, np.bool_),
        )

    def source(self, place: int) -> int:
        """Number of the source that holds token ``place``."""
        return bisect_right(self.first, place) - 1

    def bounds(self, source: int) -> tuple[int, int]:
        """The tokens of a source, the end exclusive."""
        return self.first[source], self.first[source + 1] - 1

    def span(self, start: int, end: int) -> tuple[str, int, int]:
        """Where tokens ``start`` up to ``end`` (not none, of one source) stand: its id, and offsets into its text."""
        return (
            self.names[self.source(start)],
            int(self.tokens.starts[start]),
            int(self.tokens.ends[end - 1]),
        )

    def text(self, start: int, end: int) -> str:
        """The text of tokens ``start`` up to ``end``."""
        if start >= end:
            return ""
        _, low, high = self.span(start, end)
        return self.texts[self.source(start)][low:high]

    def evidence(self, start: int, end: int, relation: Relation, score: float) -> Evidence:
        """Tokens ``start`` up to ``end`` as evidence, a Korean word at its end whole."""
        name, low, high = self.span(start, end)
        text = self.texts[self.source(start)]
        while "가" <= text[high - 1] <= "힣" and "가" <= text[high : high + 1] <= "힣":
            high += 1  # a Korean word is shown whole
        return Evidence(
            source=name,
            location=self.index.location(name, low, high),
            quote=text[low:high],
            relation=relation,
            score=round(min(max(score, 0.0), 1.0), 4),
        )

    def same_as(self, document: Document, of: Tokens) -> frozenset[int]:
        """Numbers of the sources that are the document itself: the same file, or the same words throughout."""
        found = set()
        for i in range(len(self.names)):
            low, high = self.bounds(i)
            if (document.sha256 and self.infos[i].sha256 == document.sha256) or (
                high - low == len(of) > 0 and bool(np.array_equal(self.tokens.ids[low:high], of.ids))
            ):
                found.add(i)
        return frozenset(found)

    @cached_property
    def _seeds(self) -> _Seeds:
        return _sorted(hashes(self.tokens, *SEED))

    @cached_property
    def _long_seeds(self) -> _Seeds:
        return _sorted(hashes(self.tokens, *LONG_SEED))

    @cached_property
    def _frequency(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        ids, counts = np.unique(self.tokens.ids, return_counts=True)
        return ids, counts

    def rarity(self, of: Tokens) -> NDArray[np.float64]:
        """How much each token tells, in nats: minus the logarithm of its share among the sources' tokens.

        A sign tells half, since signs of one word follow from each other. Shape (n,).
        """
        ids, counts = self._frequency
        total = len(self.tokens) + 1
        place = np.minimum(np.searchsorted(ids, of.ids), max(len(ids) - 1, 0))
        known = np.zeros(len(of), np.float64)
        if len(ids):
            known = np.where(ids[place] == of.ids, counts[place], 0).astype(np.float64)
        told: NDArray[np.float64] = -np.log((known + 0.5) / total)
        return np.where(of.signs, told / 2, told)

    def seeds(self, of: Tokens, *, long: bool = False) -> tuple[Places, Places, NDArray[np.float64]]:
        """Where stretches of ``of`` stand in the sources.

        Args:
            of: Tokens to look up.
            long: Whether by long stretches (for copied text) rather than short ones (for quotations).

        Returns:
            Places in ``of``, the places in ``tokens`` that begin in the same way, and how much each tells (nats);
            all of shape (k,), in order of the first.
        """
        table, where = self._long_seeds if long else self._seeds
        asked, places = hashes(of, *(LONG_SEED if long else SEED))
        low, high = np.searchsorted(table, asked, "left"), np.searchsorted(table, asked, "right")
        counts = high - low
        limit = _MOST_PLACES
        if len(counts) and not np.any((counts > 0) & (counts <= limit)):
            limit = int(counts.max())  # nothing rare in it: all of it has to do
        kept = np.flatnonzero((counts > 0) & (counts <= limit))
        counts = counts[kept]
        offsets = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        found = where[np.repeat(low[kept], counts) + offsets]
        told = np.repeat(np.log(max(len(self.tokens), 2) / np.maximum(counts, 1)), counts)
        return np.repeat(places[kept], counts), found, told


def _sorted(found: _Seeds) -> _Seeds:
    order = np.argsort(found[0], kind="stable")
    return found[0][order], found[1][order]


def _separator(number: int) -> Tokens:
    nothing = np.zeros(1, np.int32)
    return Tokens(np.array([hash(("end", number))], np.int64), nothing, nothing, np.zeros(1, np.bool_))


_State: TypeAlias = tuple[tuple[str, str, int], ...]


def _state(index: Index) -> _State:
    return tuple((source.id, source.sha256, source.characters) for source in index.sources())


def source_text(index: Index) -> SourceText:
    """The texts of an index as tokens: made once, kept on the index, and made again when its sources have changed."""
    kept = getattr(index, "__dict__", {})
    known = kept.get("_source_text")
    if not isinstance(known, SourceText) or known.state != _state(index):
        known = kept["_source_text"] = SourceText(index)
    return known
