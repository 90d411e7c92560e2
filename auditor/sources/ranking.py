"""Which windows answer a query: exact cosines and BM25 over all of them, fused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from auditor.sources.lexical import term_counts

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int32]
    Terms = npt.NDArray[np.uint32]

K1: Final = 1.2
B: Final = 0.75
"""Of BM25: Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"."""
WORDS: Final = 0.3
"""Weight of BM25 beside the cosine."""
RRF: Final = 60
"""Of reciprocal rank fusion: Cormack, Clarke and Büttcher 2009."""
DEPTH: Final = 100
"""Rows of each list that are fused where not all are looked at."""
_TOGETHER: Final = 32
"""Queries whose cosines are computed in one product."""
_SEGMENTS: Final = 8


@dataclass(frozen=True, slots=True)
class Words:
    """How often which words occur in some windows, in the order of the windows.

    Attributes:
        terms: Words of the first window, then of the second …, as ``lexical.term_counts`` has them.
        counts: How often each occurs.
        sizes: Number of different words of each window.
    """

    terms: Terms
    counts: npt.NDArray[np.uint8]
    sizes: Ints

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        """Counts the words of windows."""
        found = [term_counts(text) for text in texts]
        return cls(
            np.array([term for one in found for term in one], np.uint32),
            np.array([min(n, 255) for one in found for n in one.values()], np.uint8),
            np.array([len(one) for one in found], np.int32),
        )

    @classmethod
    def joined(cls, parts: Sequence[Words]) -> Words:
        """The words of several lists of windows, one after the other."""
        return cls(
            np.concatenate([part.terms for part in parts]),
            np.concatenate([part.counts for part in parts]),
            np.concatenate([part.sizes for part in parts]),
        )


@dataclass(frozen=True, slots=True)
class _Postings:
    """For each word the windows that hold it: an inverted list."""

    terms: Terms
    bounds: npt.NDArray[np.int64]
    rows: Ints
    counts: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, words: Words, first: int) -> _Postings:
        rows = np.repeat(np.arange(first, first + len(words.sizes), dtype=np.int32), words.sizes)
        order = np.argsort(words.terms, kind="stable")
        sorted_terms = words.terms[order]
        starts = np.flatnonzero(np.append(True, sorted_terms[1:] != sorted_terms[:-1])[: len(order)])
        bounds = np.append(starts, len(order)).astype(np.int64)
        return cls(sorted_terms[starts], bounds, rows[order], words.counts[order])

    def of_term(self, term: int) -> slice:
        i = int(np.searchsorted(self.terms, np.uint32(term)))
        if i == len(self.terms) or self.terms[i] != term:
            return slice(0, 0)
        return slice(int(self.bounds[i]), int(self.bounds[i + 1]))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row of the table that answers a query.

    Attributes:
        owner: Whose window it is.
        number: Which of the owner's windows, from 0.
        score: Of both, see ``fused``.
        cosine: Of the embeddings.
        bm25: Of the words.
    """

    owner: int
    number: int
    score: float
    cosine: float
    bm25: float


class Table:
    """Embeddings and words of the windows of many owners (sources), which can be added and dropped.

    Rows of dropped owners stay until they are a quarter of all; they are never found.
    """

    def __init__(self) -> None:
        self._room: Floats = np.zeros((0, 0), np.float32)  # vectors, and place for more
        self._words: list[Words] = []
        self._postings: list[_Postings] = []
        self._owners: Ints = np.zeros(0, np.int32)
        self._numbers: Ints = np.zeros(0, np.int32)
        self._live: npt.NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._lengths: Floats = np.zeros(0, np.float32)
        self._norms: Floats = np.zeros(0, np.float32)
        self._whole = True  # nothing is dropped that still has a row

    def __len__(self) -> int:
        """Number of windows that can be found."""
        return int(self._live.sum())

    def change(self, dropped: Iterable[int], added: Mapping[int, tuple[Floats, Words]]) -> None:
        """Drops owners, then adds others.

        Args:
            dropped: Owners whose rows go; those that there are not are passed over.
            added: Vectors of shape (n, dimension) and words of the n windows of each new owner.
        """
        gone = np.fromiter(dropped, np.int32)
        if len(gone):
            self._live &= ~np.isin(self._owners, gone)
        if added:
            self._append(added)
        if self._live.size > 4 * 256 and self._live.mean() < 0.75:
            self._rebuild()
        elif len(self._postings) > _SEGMENTS:
            self._merge()
        self._weigh()

    def _merge(self) -> None:
        """Joins the small parts that changes leave behind; with the first, large one only when they have grown."""
        sizes = [len(words.sizes) for words in self._words]
        kept = 1 if 4 * sum(sizes[1:]) < sizes[0] else 0
        joined = Words.joined(self._words[kept:])
        self._words[kept:] = [joined]
        self._postings[kept:] = [_Postings.of(joined, sum(sizes[:kept]))]

    def _append(self, added: Mapping[int, tuple[Floats, Words]]) -> None:
        vectors = np.concatenate([part[0] for part in added.values()])
        words = Words.joined([part[1] for part in added.values()])
        sizes = [len(part[0]) for part in added.values()]
        first, last = len(self._live), len(self._live) + len(vectors)
        if last > len(self._room):
            room = np.empty((last + (last // 4 if first else 0), vectors.shape[1]), np.float32)
            if first:
                room[:first] = self._room[:first]
            self._room = room
        self._room[first:last] = vectors
        self._owners = np.append(self._owners, np.repeat(np.array(list(added), np.int32), sizes))
        self._numbers = np.concatenate([self._numbers, *(np.arange(size, dtype=np.int32) for size in sizes)])
        self._live = np.append(self._live, np.ones(sum(sizes), np.bool_))
        self._lengths = np.append(self._lengths, _lengths(words))
        self._words.append(words)
        self._postings.append(_Postings.of(words, first))

    def _rebuild(self) -> None:
        live, words = self._live, Words.joined(self._words)
        kept = np.repeat(live, words.sizes)
        self._words = [Words(words.terms[kept], words.counts[kept], words.sizes[live])]
        self._postings = [_Postings.of(self._words[0], 0)]
        self._room, self._lengths = self._room[: len(live)][live], self._lengths[live]
        self._owners, self._numbers = self._owners[live], self._numbers[live]
        self._live = live[live]

    def _weigh(self) -> None:
        """The part of BM25's denominator that does not depend on the query."""
        self._whole = bool(self._live.all())
        usual = float(self._lengths[self._live].mean()) if self._live.any() else 1.0
        self._norms = (K1 * (1 - B + B * self._lengths / max(usual, 1e-9))).astype(np.float32)

    def bm25(self, query: str) -> Floats:
        """Scores of all rows, 0 for those that share no word or were dropped."""
        scores = np.zeros(len(self._live), np.float32)
        alive = len(self)
        for term, times in term_counts(query).items():
            found = [
                (part.rows[at], part.counts[at]) for part in self._postings if (at := part.of_term(term)).stop
            ]
            if not self._whole:
                found = [
                    (rows[live], counts[live]) for rows, counts in found if (live := self._live[rows]).any()
                ]
            number = sum(len(rows) for rows, _ in found)
            idf = np.float32(times * np.log1p((alive - number + 0.5) / (number + 0.5)))
            for rows, counts in found:
                scores[rows] += idf * counts * np.float32(K1 + 1) / (counts + self._norms[rows])
        return scores

    def search(self, queries: Sequence[str], vectors: Floats, k: int) -> list[list[Ranked]]:
        """The best rows of each query.

        Args:
            queries: Their words.
            vectors: Their embeddings, shape (queries, dimension).
            k: Most rows of each.
        """
        made: list[list[Ranked]] = []
        for start in range(0, len(queries), _TOGETHER):
            cosines = vectors[start : start + _TOGETHER] @ self._room[: len(self._live)].T
            if not self._whole:
                cosines[:, ~self._live] = -np.inf
            for query, row in zip(queries[start : start + _TOGETHER], cosines, strict=True):
                made.append(self._fused(row, self.bm25(query), k))
        return made

    def _fused(self, cosines: Floats, bm25: Floats, k: int) -> list[Ranked]:
        scores = fused(cosines, bm25)
        return [
            Ranked(
                int(self._owners[row]),
                int(self._numbers[row]),
                float(scores[row]),
                float(cosines[row]),
                float(bm25[row]),
            )
            for row in best(scores, k)
        ]


def _lengths(words: Words) -> Floats:
    """Number of words of each window."""
    totals = np.append(0, np.cumsum(words.counts, dtype=np.int64))
    ends = np.cumsum(words.sizes, dtype=np.int64)
    lengths: Floats = (totals[ends] - totals[ends - words.sizes]).astype(np.float32)
    return lengths


def fused(cosines: Floats, bm25: Floats) -> Floats:
    """One score of the two of each row: cosine, and BM25 as a share of the best row's.

    Chosen with ``python -m benchmarks.retrieval``: of 300 claims of FEVER against 731 windows and 300 Korean
    sentences of KLUE-NLI against 499, the window that bears the claim out comes first in 90.0 and 88.7 % (among
    the first eight in 98.0 and 97.3); by the cosine alone in 85.7 and 29.3, by BM25 alone in 85.3 and 89.0, by
    reciprocal rank fusion (Cormack, Clarke and Büttcher 2009, k = 60) in 87.0 and 51.0: where the model does
    not know a language, its ranks are noise, and ranks alone cannot tell that from knowledge.
    """
    most = np.float32(max(float(bm25.max(initial=0.0)), 1e-9))
    scores: Floats = np.float32(1 - WORDS) * cosines + np.float32(WORDS) * bm25 / most
    return scores


def best(values: Floats, number: int) -> list[int]:
    """Rows of the highest values, best first; equal ones in their order, and none of those without a value."""
    rows = np.flatnonzero(values > -np.inf)
    if len(rows) > number:
        # Ties at the border are cut by order: what comes back must not depend on the partition's whims.
        border = np.partition(values[rows], len(rows) - number)[len(rows) - number]
        rows = rows[values[rows] >= border]
    order = np.argsort(-values[rows], kind="stable")[:number]
    return [int(row) for row in rows[order]]
