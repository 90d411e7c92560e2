"""Sources in a PostgreSQL database with pgvector: for corpora that outgrow one machine, and for many readers.

What ``LocalIndex`` keeps in a file stands here in tables of a schema. Vectors and words stay on the server.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from auditor.documents.locator import Locator
from auditor.findings import Location
from auditor.sources import postgres_search, postgres_wire
from auditor.sources.embedding import PACKAGED, Embedder, identity, load_embedder
from auditor.sources.interface import Hit, IndexProblem, SourceInfo, Window
from auditor.sources.lexical import term_counts
from auditor.sources.postgres_database import PostgresDatabase
from auditor.sources.store import Stamp

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

INDEXED: Final = 10_000
"""Windows from which on vectors get an HNSW index; fewer are searched exactly, which takes milliseconds."""
_KEPT: Final = 32_000_000
"""Characters of texts that are kept unpacked."""
_INSERT: Final = """
INSERT INTO sources (id, content, windows, info, stamp, body, locator)
VALUES (:id, :content, :windows, :info, :stamp, :body, :locator) RETURNING key
"""
_FORGET: Final = """
WITH gone AS (DELETE FROM windows WHERE source = :key RETURNING number, words, terms),
unembedded AS (DELETE FROM vectors USING gone WHERE vectors.number = gone.number),
fewer AS (SELECT term, count(*) AS times FROM gone, unnest(terms) AS term GROUP BY term),
counted AS (UPDATE frequencies AS f SET windows = f.windows - times FROM fewer WHERE f.term = fewer.term)
UPDATE totals SET windows = windows - (SELECT count(*) FROM gone),
    words = words - (SELECT coalesce(sum(words), 0) FROM gone)
"""
_COUNT: Final = """
INSERT INTO frequencies SELECT term, count(*) FROM windows, unnest(terms) AS term WHERE source = :key GROUP BY term
ON CONFLICT (term) DO UPDATE SET windows = frequencies.windows + excluded.windows
"""


class PostgresIndex:
    """An index in a database; implements ``auditor.sources.store.Store``.

    Args:
        url: ``postgresql://USER@HOST/DATABASE?schema=NAME``, see ``postgres_wire.Address``.
        create: Make schema and tables where there are none.
        embedder: The model. By default the one that the index was made with, loaded when it is needed.

    Raises:
        IndexProblem: If the driver or pgvector is missing, the server cannot be reached, there is no index, or it
            was made with another model or chunker.
    """

    def __init__(self, url: str, *, create: bool = False, embedder: Embedder | None = None) -> None:
        self._database = PostgresDatabase(url, create=create)
        self._embedder = embedder
        self._changed = False
        self._texts: OrderedDict[int, str] = OrderedDict()
        try:
            if embedder is not None:
                self._check_model(embedder)
        except IndexProblem:
            self._database.close()
            raise

    def __repr__(self) -> str:
        return f"PostgresIndex('{self._database.address}')"

    # What it says of itself

    def meta(self) -> Mapping[str, str]:
        """Format version, model, chunker, lexicon and number of changes."""
        return self._database.meta()

    def embedder(self) -> Embedder:
        """The model whose vectors this index holds; loaded when first asked for.

        Raises:
            IndexProblem: If it cannot be loaded or its weights are not those that the index was made with.
        """
        if self._embedder is None:
            name, at, mark = self.meta()["model"].rpartition("@")
            model = load_embedder(name if at else mark or PACKAGED)
            self._check_model(model)
            self._embedder = model
        return self._embedder

    def _check_model(self, model: Embedder) -> None:
        recorded = self.meta()["model"]
        if recorded and recorded != identity(model):
            raise IndexProblem(
                f"{self._database.address} was made with the embedding model {recorded}, not {identity(model)}; "
                "vectors of two models cannot be mixed: use that model, or name another schema and sync again"
            )

    def sources(self) -> Sequence[SourceInfo]:
        """Every source, by id."""
        with self._database.reading():
            rows = self._database.run("SELECT id, windows, info, stamp FROM sources ORDER BY id")
        return [_info(*row) for row in rows]

    def stamps(self) -> Mapping[str, Stamp]:
        """How each source was found, by id."""
        with self._database.reading():
            rows = self._database.run("SELECT id, stamp FROM sources")
        return {_text(source): Stamp(**json.loads(stamp)) for source, stamp in rows}

    def text(self, source: str) -> str:
        """The extracted text of a source.

        Raises:
            KeyError: If there is no such source.
        """
        with self._database.reading():
            rows = self._database.run("SELECT key FROM sources WHERE id = :id", id=_bytes(source))
            if not rows:
                raise KeyError(source)
            key: int = rows[0][0]  # another one for each version
            if key not in self._texts:
                self._texts[key] = _text(zlib.decompress(self._column("body", source)))
        self._texts.move_to_end(key)
        total = sum(map(len, self._texts.values()))
        while total > _KEPT and len(self._texts) > 1:
            total -= len(self._texts.popitem(last=False)[1])
        return self._texts[key]

    def location(self, source: str, start: int, end: int) -> Location:
        """Page, line and column of a span of a source's text.

        Raises:
            KeyError: If there is no such source.
            ValueError: If the span is not inside its text.
        """
        return Locator.from_bytes(self._column("locator", source), source).location(start, end)

    def _column(self, name: str, source: str) -> bytes:
        with self._database.reading():
            rows = self._database.run(f"SELECT {name} FROM sources WHERE id = :id", id=_bytes(source))
        if not rows:
            raise KeyError(source)
        found: bytes = rows[0][0]
        return found

    # Searching

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Everything asked in this block is answered from one state, whatever others write meanwhile."""
        with self._database.reading():
            yield

    def search(self, queries: Sequence[str], k: int = 8) -> list[list[Hit]]:
        """The windows nearest to each query, best first.

        Where there are no more than ``k`` windows in all, they come back whole and nothing is embedded.

        Raises:
            IndexProblem: If the server does not answer, or the model is needed and cannot be loaded.
        """
        while True:
            with self._database.reading():
                size = self._size()
            vectors = self.embedder().encode(queries).tolist() if size > k and queries else None
            with self._database.reading():
                if vectors is not None:
                    return postgres_search.search(self._database, queries, vectors, k)
                if self._size() <= k:  # unless the index has grown since it was asked for its size
                    every = [
                        postgres_search.window(*row) for row in self._database.run(postgres_search.EVERY)
                    ]
                    return [[Hit(window, 1 / (1 + i)) for i, window in enumerate(every)] for _ in queries]
                if not queries:
                    return []

    def _size(self) -> int:
        size: int = self._database.run("SELECT windows FROM totals")[0][0]
        return size

    # Changing

    def vectors(self, text: str) -> npt.NDArray[np.float32] | None:
        """Embeddings of the windows of a source with this text, or None: what was moved is not embedded again."""
        with self._database.reading():
            dimension = self.meta().get("dimension")
            rows = dimension and self._database.run(
                "SELECT halfvec_send(embedding) FROM vectors JOIN windows USING (number) WHERE source = "
                "(SELECT key FROM sources WHERE content = :content AND windows > 0 LIMIT 1) ORDER BY number",
                content=_digest(text),
            )
        return (
            postgres_wire.unhalved([row[0] for row in rows], int(dimension)) if dimension and rows else None
        )

    def replace(
        self,
        info: SourceInfo,
        text: str,
        locator: bytes,
        windows: Sequence[Window],
        vectors: npt.NDArray[np.float32],
        *,
        stamp: Stamp | None = None,
    ) -> None:
        """Puts a source in, in the place of one of the same id, as a whole or not at all.

        Args:
            info: What it is.
            text: Its extracted text.
            locator: ``Locator.to_bytes()``.
            windows: The windows it was cut into.
            vectors: Their embeddings, float32 of shape (windows, dimension), unit length.
            stamp: How it was found.

        Raises:
            ValueError: If there are not as many vectors as windows, or they are not of the model's dimension.
            IndexProblem: If the index cannot be written to, or holds vectors of another model.
        """
        model = self.embedder()
        if vectors.shape != (len(windows), model.dimension):
            raise ValueError(f"{len(windows)} windows, but vectors of shape {vectors.shape}")
        row = {
            "id": _bytes(info.id),
            "content": _digest(text),
            "windows": len(windows),
            "info": _packed_info(info, len(text)),
            "stamp": json.dumps(asdict(stamp or Stamp(info.sha256))),
            "body": zlib.compress(_bytes(text), 6),
            "locator": locator,
        }
        counts = [term_counts(window.text) for window in windows]
        run = self._database.run
        with self._database.writing():
            self._record(model)
            self._remove(info.id)
            [(key,)] = run(_INSERT, **row)
            if windows:
                self._insert(key, windows, counts, vectors)
        self._changed = True

    def _insert(
        self,
        key: int,
        windows: Sequence[Window],
        counts: Sequence[Mapping[int, int]],
        vectors: npt.NDArray[np.float32],
    ) -> None:
        words = [sum(held.values()) for held in counts]
        [(after,)] = self._database.run(
            "UPDATE totals SET windows = windows + :n, words = words + :words, next = next + :n RETURNING next",
            n=len(windows),
            words=sum(words),
        )
        numbers = [postgres_wire.big(after - len(windows) + i) for i in range(len(windows))]
        source = postgres_wire.big(key)
        rows = (
            (
                number,
                source,
                postgres_wire.integers([offset for span in window.sentences for offset in span]),
                _bytes(window.text),
                postgres_wire.integer(total),
                postgres_wire.integers([postgres_search.signed(term) for term in held]),
                postgres_wire.integers([min(times, 255) for times in held.values()], small=True),
            )
            for number, window, total, held in zip(numbers, windows, words, counts, strict=True)
        )
        columns = "windows (number, source, sentences, text, words, terms, counts)"
        postgres_wire.copy(self._database.connection, columns, rows)
        pairs = zip(numbers, postgres_wire.halves(vectors), strict=True)
        postgres_wire.copy(self._database.connection, "vectors (number, embedding)", pairs)
        self._database.run(_COUNT, key=key)

    def _record(self, model: Embedder) -> None:
        """Writes down the model with the first source; refuses another's vectors ever after."""
        self._check_model(model)
        if "dimension" not in self.meta():
            run = self._database.run
            run(
                f"CREATE TABLE vectors (number bigint PRIMARY KEY, embedding halfvec({model.dimension}) NOT NULL)"
            )
            run("INSERT INTO meta VALUES ('dimension', :d)", d=str(model.dimension))
            run("UPDATE meta SET value = :model WHERE key = 'model'", model=identity(model))

    def _remove(self, source: str) -> bool:
        found = self._database.run("SELECT key FROM sources WHERE id = :id", id=_bytes(source))
        for (key,) in found:
            self._database.run(_FORGET, key=key)
            self._database.run("DELETE FROM sources WHERE key = :key", key=key)
        return bool(found)

    def restamp(self, stamps: Mapping[str, Stamp]) -> None:
        """Sets how sources were found; their text stays.

        Raises:
            IndexProblem: If the index cannot be written to.
        """
        with self._database.writing():
            self._database.run(
                "UPDATE sources AS s SET stamp = new.stamp FROM "
                "unnest(CAST(:ids AS bytea[]), CAST(:stamps AS text[])) AS new (id, stamp) WHERE s.id = new.id",
                ids=[_bytes(source) for source in stamps],
                stamps=[json.dumps(asdict(stamp)) for stamp in stamps.values()],
            )

    def remove(self, ids: Iterable[str]) -> int:
        """Takes sources out, all or none of them.

        Returns:
            How many of them there were.

        Raises:
            IndexProblem: If the index cannot be written to.
        """
        with self._database.writing():
            number = sum([self._remove(source) for source in ids])
        self._changed = True
        return number

    def optimise(self) -> None:
        """Brings the planner's figures up to date and, once there are many windows, builds the HNSW index.

        Until then searches are exact but slower. Built once, the index is kept up with every change; readers go
        on meanwhile, writers wait. ``close`` does this after changes.

        Raises:
            IndexProblem: If the index cannot be written to.
        """
        run = self._database.run
        with self._database.writing():
            size, dimension = self._size(), int(self.meta().get("dimension", 0))
            if size >= INDEXED:
                room = min(max(size * (2 * dimension + 800) >> 20, 64), 8192)
                run(f"SET LOCAL maintenance_work_mem = '{room}MB'")
                run("SET LOCAL lock_timeout = 0")
                run(
                    "CREATE INDEX IF NOT EXISTS vectors_near ON vectors USING hnsw (embedding halfvec_cosine_ops)"
                )
            run("ANALYZE windows, frequencies" + (", vectors" if dimension else ""))
        self._changed = False

    def close(self) -> None:
        """Closes the connection, after ``optimise`` where something was changed."""
        try:
            if self._changed:
                self.optimise()
        finally:
            self._database.close()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _digest(text: str) -> bytes:
    return hashlib.sha256(_bytes(text)).digest()


def _packed_info(info: SourceInfo, characters: int) -> str:
    day = info.date.isoformat() if info.date else None
    kept = {"sha256": info.sha256, "format": info.format, "characters": characters, "date": day}
    return json.dumps({**kept, "metadata": dict(info.metadata), "problems": info.problems})


def _info(source: bytes, windows: int, info: str, stamp: str) -> SourceInfo:
    kept: dict[str, Any] = json.loads(info)
    stale = json.loads(stamp)["stale"]
    older = [f"could not be read again, so this is an older version: {stale}"] if stale else []
    kept["date"] = date.fromisoformat(kept["date"]) if kept["date"] else None
    kept["problems"] = (*kept["problems"], *older)
    return SourceInfo(id=_text(source), windows=windows, **kept)
