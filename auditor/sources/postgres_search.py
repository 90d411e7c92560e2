"""Which windows of an index in PostgreSQL answer a query: HNSW over half-precision vectors, and BM25 in SQL.

An inverted list in the form of a GIN index over each window's words finds candidates; how often each word occurs
stands in the window's own row, so that one statement scores them. The same postings kept as rows of (word, window,
count) take several times the room and are slower to score: ``benchmarks.index_words`` holds the two side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p
from typing import Final

import numpy as np

from auditor.sources.interface import Hit, Window
from auditor.sources.lexical import term_counts
from auditor.sources.postgres_database import PostgresDatabase
from auditor.sources.ranking import DEPTH, K1, B, best, fused

EF_SEARCH: Final = 200
"""Candidates that HNSW keeps in view; benchmarks.index_stores gives the recall."""
CANDIDATES: Final = 1000
"""Windows that BM25 scores: those with the rarest words of the query, as many words as come to so many windows.

Windows that share only the commoner ones are left to the embeddings; ``benchmarks.index_words`` prints what that
costs in recall and saves in time.
"""

_NEAREST: Final = """
SELECT number FROM vectors ORDER BY embedding <=> CAST(:query AS halfvec) LIMIT :depth
"""
# K1 * (1 - B + B * words / usual) is what a count is held against.
_BEST: Final = f"""
SELECT w.number
FROM windows AS w, unnest(w.terms, w.counts) AS held (term, count)
JOIN unnest(CAST(:terms AS integer[]), CAST(:weights AS float8[])) AS asked (term, weight) USING (term)
WHERE w.terms && CAST(:rare AS integer[])
GROUP BY w.number
ORDER BY sum(weight * count / (count + {K1 * (1 - B)} + {K1 * B} * w.words / CAST(:usual AS float8))) DESC, w.number
LIMIT :depth
"""
_MEASURED: Final = f"""
SELECT w.number, 1 - (v.embedding <=> CAST(:query AS halfvec)), coalesce((
    SELECT sum(weight * count / (count + {K1 * (1 - B)} + {K1 * B} * w.words / CAST(:usual AS float8)))
    FROM unnest(w.terms, w.counts) AS held (term, count)
    JOIN unnest(CAST(:terms AS integer[]), CAST(:weights AS float8[])) AS asked (term, weight) USING (term)), 0)
FROM windows AS w JOIN vectors AS v ON v.number = w.number
WHERE w.number = ANY(CAST(:numbers AS bigint[])) ORDER BY w.number
"""
_PASSAGES: Final = """
SELECT w.number, s.id, w.sentences, w.text FROM windows AS w JOIN sources AS s ON s.key = w.source
WHERE w.number = ANY(CAST(:numbers AS bigint[]))
"""
EVERY: Final = """
SELECT s.id, w.sentences, w.text FROM windows AS w JOIN sources AS s ON s.key = w.source ORDER BY s.id, w.number
"""


def signed(term: int) -> int:
    """A word's number as PostgreSQL's ``integer`` holds it."""
    return term - (1 << 32) if term >= 1 << 31 else term


def literal(vector: Sequence[float]) -> str:
    """A vector as pgvector reads it."""
    return "[" + ",".join(map(str, vector)) + "]"


def window(source: bytes, sentences: Sequence[int], text: bytes) -> Window:
    """A window from its row."""
    spans = tuple(zip(sentences[::2], sentences[1::2], strict=True))
    return Window(
        source.decode("utf-8", "surrogatepass"),
        spans[0][0],
        spans[-1][1],
        text.decode("utf-8", "surrogatepass"),
        spans,
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """What BM25 needs to know of all windows together.

    Attributes:
        windows: How many there are.
        usual: Their mean length in words.
        frequencies: In how many of them each word occurs.
    """

    windows: int
    usual: float
    frequencies: Mapping[int, int]

    @classmethod
    def read(cls, database: PostgresDatabase, queries: Sequence[str]) -> Scale:
        """What the words of some queries need."""
        [(windows, words)] = database.run("SELECT windows, words FROM totals")
        terms = sorted({signed(term) for query in queries for term in term_counts(query)})
        found = database.run(
            "SELECT term, windows FROM frequencies WHERE windows > 0 AND term = ANY(CAST(:terms AS integer[]))",
            terms=terms,
        )
        return cls(windows, max(words / max(windows, 1), 1e-9), dict(found))

    def weights(self, query: str) -> dict[int, float]:
        """The share of each known word of a query in a score, rarest first."""
        found = {signed(term): times for term, times in term_counts(query).items()}
        known = sorted(
            found.keys() & self.frequencies.keys(), key=lambda term: (self.frequencies[term], term)
        )
        return {
            term: found[term]
            * (K1 + 1)
            * log1p((self.windows - self.frequencies[term] + 0.5) / (self.frequencies[term] + 0.5))
            for term in known
        }


def search(
    database: PostgresDatabase, queries: Sequence[str], vectors: Sequence[Sequence[float]], k: int
) -> list[list[Hit]]:
    """The best windows of each query, in a transaction that is already open."""
    depth = max(DEPTH, k)
    database.run(f"SET LOCAL hnsw.ef_search = {min(max(EF_SEARCH, depth), 1000)}")
    database.run("SET LOCAL hnsw.iterative_scan = 'strict_order'")  # goes on where rows were replaced
    scale = Scale.read(database, queries)
    return [
        _search_one(database, scale, scale.weights(query), literal(vector), k, depth)
        for query, vector in zip(queries, vectors, strict=True)
    ]


def _search_one(
    database: PostgresDatabase, scale: Scale, weights: Mapping[int, float], vector: str, k: int, depth: int
) -> list[Hit]:
    near = [row[0] for row in database.run(_NEAREST, query=vector, depth=depth)]
    # What one list brings in is measured by the other's scale, too: the scores are those of a search of everything.
    rows = database.run(
        _MEASURED,
        query=vector,
        numbers=sorted({*near, *by_words(database, scale, weights, depth)}),
        terms=list(weights),
        weights=list(weights.values()),
        usual=scale.usual,
    )
    cosines, bm25 = (np.array([row[column] for row in rows], np.float32) for column in (1, 2))
    scores = fused(cosines, bm25)
    order = best(scores, k)
    held = database.run(_PASSAGES, numbers=[rows[i][0] for i in order])
    found = {number: window(*row) for number, *row in held}
    return [Hit(found[rows[i][0]], float(scores[i]), float(cosines[i]), float(bm25[i])) for i in order]


def by_words(
    database: PostgresDatabase,
    scale: Scale,
    weights: Mapping[int, float],
    depth: int,
    candidates: int = CANDIDATES,
) -> list[int]:
    """Windows by BM25, the best first."""
    rare: list[int] = []
    total = 0
    for term in weights:  # the rarest comes first, and is looked for however common it is
        total += scale.frequencies[term]
        if rare and total > candidates:
            break
        rare.append(term)
    if not rare:
        return []
    found = database.run(
        _BEST,
        terms=list(weights),
        weights=list(weights.values()),
        rare=rare,
        usual=scale.usual,
        depth=depth,
    )
    return [row[0] for row in found]
