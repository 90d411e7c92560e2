"""Four engines behind one small interface, each used as its documentation says: for ``benchmarks.index_stores``.

A row has a number, the source it belongs to, a vector and a text. ``replace`` puts all rows of a source in the
place of those it had. What the methods do is said once, in ``Engine``.
"""

# ruff: noqa: D102

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from auditor.sources import postgres_wire as wire

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one or more sources: ``numbers`` and ``sources`` of shape (n,), ``vectors`` (n, d), n texts."""

    numbers: npt.NDArray[np.int64]
    sources: npt.NDArray[np.int64]
    vectors: Floats
    texts: Sequence[str]


class Engine(Protocol):
    """What is measured. Opened on a folder (or an address) that may hold the rows of a former run."""

    def fill(self, rows: Rows) -> None:
        """Puts rows into an empty store, and builds its indexes."""
        ...

    def replace(self, source: int, rows: Rows) -> None:
        """Replaces the rows of one source; returns when that will not be lost."""
        ...

    def nearest(self, vector: Floats, k: int) -> list[tuple[int, str | None]]:
        """Numbers and texts of the rows nearest to a vector; None for the text of a row that is gone."""
        ...

    def words(self, query: str, k: int) -> list[int]:
        """Numbers of the rows that the engine's own word search ranks first."""
        ...

    def count(self, source: int) -> int:
        """Number of rows of a source."""
        ...

    def close(self) -> None:
        """Lets go of files and connections."""
        ...


def terms(query: str) -> list[str]:
    """Words of a query, for engines that want them one by one."""
    return sorted(set(re.findall(r"[^\W_]{2,}", query.casefold())))


class Sqlite:
    """SQLite: float16 vectors as blobs, exact search in numpy over a matrix read once per version, FTS5 for words."""

    def __init__(self, where: str) -> None:
        self.file = Path(where, "store.db")
        self.db = sqlite3.connect(self.file, isolation_level=None, timeout=30)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS rows (number INTEGER PRIMARY KEY, source INT, vector BLOB, text TEXT)"
        )
        self.db.execute("CREATE INDEX IF NOT EXISTS by_source ON rows (source)")
        self.db.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, content=rows, content_rowid=number)"
        )
        self.version = -1
        self.numbers = np.zeros(0, np.int64)
        self.matrix: Floats = np.zeros((0, 0), np.float32)

    def fill(self, rows: Rows) -> None:
        self.db.execute("BEGIN IMMEDIATE")
        self._insert(rows)
        self.db.execute("COMMIT")

    def replace(self, source: int, rows: Rows) -> None:
        self.db.execute("BEGIN IMMEDIATE")
        old = "SELECT 'delete', number, text FROM rows WHERE source = ?"
        self.db.execute(f"INSERT INTO words (words, rowid, text) {old}", (source,))
        self.db.execute("DELETE FROM rows WHERE source = ?", (source,))
        self._insert(rows)
        self.db.execute("COMMIT")
        self.version = -1

    def _insert(self, rows: Rows) -> None:
        halves = rows.vectors.astype(np.float16)
        numbers, sources = rows.numbers.tolist(), rows.sources.tolist()
        blobs = (half.tobytes() for half in halves)
        self.db.executemany(
            "INSERT INTO rows VALUES (?, ?, ?, ?)", zip(numbers, sources, blobs, rows.texts, strict=True)
        )
        self.db.executemany(
            "INSERT INTO words (rowid, text) VALUES (?, ?)", zip(numbers, rows.texts, strict=True)
        )

    def _refresh(self) -> None:
        version = self.db.execute("PRAGMA data_version").fetchone()[0]
        if version == self.version:
            return
        found = self.db.execute("SELECT number, vector FROM rows").fetchall()
        self.numbers = np.array([number for number, _ in found], np.int64)
        raw = np.frombuffer(b"".join(blob for _, blob in found), np.float16)
        self.matrix = raw.reshape(len(found), -1).astype(np.float32)
        self.version = version

    def nearest(self, vector: Floats, k: int) -> list[tuple[int, str | None]]:
        self.db.execute("BEGIN")  # one state for the matrix and the texts
        self.db.execute("SELECT 1 FROM rows LIMIT 1").fetchone()
        self._refresh()
        scores = self.matrix @ vector
        best = np.argpartition(-scores, k)[:k]
        found = self._texts(self.numbers[best[np.argsort(-scores[best])]].tolist())
        self.db.execute("COMMIT")
        return found

    def _texts(self, numbers: Sequence[int]) -> list[tuple[int, str | None]]:
        marks = ",".join("?" * len(numbers))
        found = dict(self.db.execute(f"SELECT number, text FROM rows WHERE number IN ({marks})", numbers))
        return [(number, found.get(number)) for number in numbers]

    def words(self, query: str, k: int) -> list[int]:
        match = " OR ".join(f'"{term}"' for term in terms(query))
        sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
        return [row[0] for row in self.db.execute(sql, (match, k))]

    def count(self, source: int) -> int:
        found: int = self.db.execute("SELECT count(*) FROM rows WHERE source = ?", (source,)).fetchone()[0]
        return found

    def close(self) -> None:
        self.db.close()


class SqliteUsearch(Sqlite):
    """The same rows, with an HNSW graph of usearch in a file beside the database, written after each change."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.graph_file = Path(where, "graph.usearch")
        self.graph: Any = None
        self.seen = 0

    def fill(self, rows: Rows) -> None:
        super().fill(rows)
        from usearch.index import Index

        self.graph = Index(ndim=rows.vectors.shape[1], metric="ip", dtype="f16", expansion_search=128)
        self.graph.add(rows.numbers.astype(np.uint64), rows.vectors, threads=os.cpu_count() or 1)
        self._save()

    def replace(self, source: int, rows: Rows) -> None:
        self._load()
        old = self.db.execute("SELECT number FROM rows WHERE source = ?", (source,)).fetchall()
        super().replace(source, rows)
        self.graph.remove(np.array([number for (number,) in old], np.uint64))
        self.graph.add(rows.numbers.astype(np.uint64), rows.vectors)
        self._save()

    def _save(self) -> None:
        fresh = self.graph_file.with_suffix(".new")
        self.graph.save(str(fresh))
        with fresh.open("rb") as stream:
            os.fsync(stream.fileno())
        fresh.replace(self.graph_file)
        self.seen = self.graph_file.stat().st_mtime_ns

    def _load(self) -> None:
        stamp = self.graph_file.stat().st_mtime_ns
        if stamp != self.seen:
            from usearch.index import Index

            self.graph = Index.restore(str(self.graph_file))
            self.graph.expansion_search = 128
            self.seen = stamp

    def nearest(self, vector: Floats, k: int) -> list[tuple[int, str | None]]:
        self._load()
        return self._texts([int(key) for key in self.graph.search(vector, k).keys])


class Lance:
    """LanceDB; ``index`` is None for exact search, or one of its index types."""

    index: str | None = None

    def __init__(self, where: str) -> None:
        os.environ.setdefault("LANCE_LOG", "error")
        import lancedb

        self.db = lancedb.connect(where)
        self.table: Any = self.db.open_table("rows") if "rows" in self.db.list_tables().tables else None

    def fill(self, rows: Rows) -> None:
        self.table = self.db.create_table("rows", self._arrow(rows))
        if self.index is not None:
            self.table.create_index(metric="cosine", vector_column_name="vector", index_type=self.index)
        self.table.create_fts_index("text")
        self.table.create_scalar_index("source")

    def replace(self, source: int, rows: Rows) -> None:
        merge = self.table.merge_insert("number").when_matched_update_all().when_not_matched_insert_all()
        merge.when_not_matched_by_source_delete(f"source = {source}").execute(self._arrow(rows))

    def settle(self) -> None:
        """Brings new rows into the indexes, and drops versions that nobody reads any longer."""
        self.table.optimize()

    def _arrow(self, rows: Rows) -> Any:
        import pyarrow as pa

        flat = pa.array(rows.vectors.reshape(-1))
        vectors = pa.FixedSizeListArray.from_arrays(flat, rows.vectors.shape[1])
        columns = [pa.array(rows.numbers), pa.array(rows.sources), vectors, pa.array(list(rows.texts))]
        return pa.table(columns, names=["number", "source", "vector", "text"])

    def nearest(self, vector: Floats, k: int) -> list[tuple[int, str | None]]:
        self.table.checkout_latest()
        query = (
            self.table.search(vector).distance_type("cosine").select(["number", "text", "_distance"]).limit(k)
        )
        query = query.refine_factor(10) if self.index == "IVF_PQ" else query
        if self.index == "IVF_PQ":
            query = query.nprobes(40)
        elif self.index is not None:
            query = query.ef(200)
        else:
            query = query.bypass_vector_index()
        return [(row["number"], row["text"]) for row in query.to_list()]

    def words(self, query: str, k: int) -> list[int]:
        from lancedb.query import MatchQuery

        search = self.table.search(MatchQuery(" ".join(terms(query)), "text"), query_type="fts")
        return [row["number"] for row in search.select(["number", "_score"]).limit(k).to_list()]

    def count(self, source: int) -> int:
        self.table.checkout_latest()
        found: int = self.table.count_rows(f"source = {source}")
        return found

    def close(self) -> None:
        self.table = None


class LancePq(Lance):
    """LanceDB with IVF_PQ, re-ranked by the exact vectors."""

    index = "IVF_PQ"


class LanceHnsw(Lance):
    """LanceDB with HNSW graphs over scalar-quantised vectors."""

    index = "IVF_HNSW_SQ"


class Postgres:
    """PostgreSQL with pgvector: ``halfvec`` under HNSW, and its own text search (GIN; ``ts_rank``, no BM25)."""

    def __init__(self, where: str) -> None:
        self.db = wire.Address.parse(where).connect()
        self.db.run("SET hnsw.ef_search = 200")
        self.db.run("SET hnsw.iterative_scan = 'strict_order'")

    def fill(self, rows: Rows) -> None:
        self.db.run("CREATE EXTENSION IF NOT EXISTS vector")
        self.db.run("DROP TABLE IF EXISTS rows")
        size = rows.vectors.shape[1]
        self.db.run(
            f"CREATE TABLE rows (number bigint PRIMARY KEY, source bigint, vector halfvec({size}), text text, "
            "words tsvector GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED)"
        )
        self.db.run("BEGIN")
        self._insert(rows)
        self.db.run("COMMIT")
        self.db.run("CREATE INDEX ON rows (source)")
        self.db.run("CREATE INDEX ON rows USING gin (words)")
        self.db.run("CREATE INDEX ON rows USING hnsw (vector halfvec_cosine_ops)")
        self.db.run("ANALYZE rows")

    def replace(self, source: int, rows: Rows) -> None:
        self.db.run("BEGIN")
        self.db.run("DELETE FROM rows WHERE source = :source", source=source)
        self._insert(rows)
        self.db.run("COMMIT")

    def _insert(self, rows: Rows) -> None:
        numbers, sources = map(wire.big, rows.numbers.tolist()), map(wire.big, rows.sources.tolist())
        texts = (text.encode() for text in rows.texts)
        lines = zip(numbers, sources, wire.halves(rows.vectors), texts, strict=True)
        wire.copy(self.db, "rows (number, source, vector, text)", lines)

    def nearest(self, vector: Floats, k: int) -> list[tuple[int, str | None]]:
        literal = "[" + ",".join(map(str, vector.tolist())) + "]"
        sql = "SELECT number, text FROM rows ORDER BY vector <=> CAST(:v AS halfvec) LIMIT :k"
        return [(number, text) for number, text in self.db.run(sql, v=literal, k=k)]

    def words(self, query: str, k: int) -> list[int]:
        sql = (
            "SELECT number FROM rows, to_tsquery('simple', :q) AS asked WHERE words @@ asked "
            "ORDER BY ts_rank(words, asked) DESC LIMIT :k"
        )
        return [row[0] for row in self.db.run(sql, q=" | ".join(terms(query)), k=k)]

    def count(self, source: int) -> int:
        sql = "SELECT count(*) FROM rows WHERE source = :source"
        found: int = self.db.run(sql, source=source)[0][0]
        return found

    def close(self) -> None:
        self.db.close()


ENGINES: dict[str, type[Engine]] = {
    "SQLite, numpy exact": Sqlite,
    "SQLite, usearch HNSW": SqliteUsearch,
    "LanceDB, exact": Lance,
    "LanceDB, IVF_PQ": LancePq,
    "LanceDB, IVF_HNSW_SQ": LanceHnsw,
    "PostgreSQL, pgvector HNSW": Postgres,
}
