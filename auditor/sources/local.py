"""Sources in one file on disk, for any number of readers and one writer at a time.

The file is an SQLite database in write-ahead mode. Its vectors and words are read into memory once and searched
there, exactly: for a hundred thousand windows this takes less time than embedding the query.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from auditor.findings import Location
from auditor.sources.database import Database
from auditor.sources.embedding import PACKAGED, Embedder, identity, load_embedder
from auditor.sources.interface import Hit, IndexProblem, SourceInfo, Window
from auditor.sources.packing import pack, unpack_vectors
from auditor.sources.snapshot import PASSAGES, Snapshot
from auditor.sources.store import Stamp

_INFO: Final = "id, sha256, format, characters, windows, date, metadata, problems, stale"
_INSERT: Final = """
INSERT INTO sources (id, sha256, size, mtime_ns, root, path, stale, format, date, metadata, problems, characters,
    windows, content) VALUES ({}) RETURNING key
"""
_STAMP: Final = "sha256, size, mtime_ns, root, path, stale"


class LocalIndex:
    """An index in a file; implements ``auditor.sources.store.Store``.

    Args:
        path: The file.
        create: Make it where it does not exist.
        embedder: The model. By default the one that the index was made with, loaded when it is needed.

    Raises:
        IndexProblem: If the file is missing, damaged, of another program, or made with another model.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, create: bool = False, embedder: Embedder | None = None
    ) -> None:
        self._database = Database(path, create=create)
        self._embedder = embedder
        self._snapshot = Snapshot(self._database)
        try:
            if embedder is not None:
                self._check_model(embedder)
        except IndexProblem:
            self.close()
            raise

    def __repr__(self) -> str:
        return f"LocalIndex({str(self._database.path)!r})"

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

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
                f"{self._database.path} was made with the embedding model {recorded}, not {identity(model)}; vectors "
                "of two models cannot be mixed: use that model, or delete the file and sync again"
            )

    def sources(self) -> Sequence[SourceInfo]:
        """Every source, by id."""
        return [_info(row) for row in self._database.rows(f"SELECT {_INFO} FROM sources ORDER BY id")]

    def stamps(self) -> Mapping[str, Stamp]:
        """How each source was found, by id."""
        rows = self._database.rows(f"SELECT id, {_STAMP} FROM sources")
        return {row[0]: Stamp(*row[1:]) for row in rows}

    def text(self, source: str) -> str:
        """The extracted text of a source.

        Raises:
            KeyError: If there is no such source.
        """
        with self._database.reading():
            return self._snapshot.text(self._key(source))

    def location(self, source: str, start: int, end: int) -> Location:
        """Page, line and column of a span of a source's text.

        Raises:
            KeyError: If there is no such source.
            ValueError: If the span is not inside its text.
        """
        with self._database.reading():
            locator = self._snapshot.locator(self._key(source), source)
        return locator.location(start, end)

    def _key(self, source: str) -> int:
        rows = self._database.rows("SELECT key FROM sources WHERE id = ?", (source,))
        if not rows:
            raise KeyError(source)
        key: int = rows[0][0]
        return key

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
            IndexProblem: If the index is damaged, or the model is needed and cannot be loaded.
        """
        while True:
            vectors = self.embedder().encode(queries) if self._size() > k else None
            with self._database.reading():
                table = self._snapshot.refreshed()
                if vectors is not None:
                    found = table.search(queries, vectors, k)
                    return [
                        [
                            Hit(self._snapshot.window(r.owner, r.number), r.score, r.cosine, r.bm25)
                            for r in row
                        ]
                        for row in found
                    ]
                if len(table) <= k:  # unless the index has grown since it was asked for its size
                    every = self._snapshot.every()
                    return [[Hit(window, 1 / (1 + i)) for i, window in enumerate(every)] for _ in queries]

    def _size(self) -> int:
        rows = self._database.rows("SELECT coalesce(sum(windows), 0) FROM sources")
        size: int = rows[0][0]
        return size

    # Changing

    def vectors(self, text: str) -> npt.NDArray[np.float32] | None:
        """Embeddings of the windows of a source with this text, or None: what was moved is not embedded again."""
        rows = self._database.rows(PASSAGES + "content = ? AND windows > 0 LIMIT 1", (_digest(text),))
        return unpack_vectors(rows[0][2], rows[0][4]) if rows else None

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
        stamp = stamp or Stamp(info.sha256)
        row = (
            *(
                info.id,
                stamp.sha256 or info.sha256,
                stamp.size,
                stamp.mtime_ns,
                stamp.root,
                stamp.path,
                stamp.stale,
            ),
            *(info.format, info.date.isoformat() if info.date else None),
            *(
                json.dumps(dict(info.metadata), ensure_ascii=False),
                json.dumps(info.problems, ensure_ascii=False),
            ),
            *(len(text), len(windows), _digest(text)),
        )
        packed = pack(windows, vectors)
        body = zlib.compress(text.encode("utf-8", "surrogatepass"), 6)
        run = self._database.rows
        with self._database.writing():
            self._record(model)
            run("DELETE FROM sources WHERE id = ?", (info.id,))
            [(key,)] = run(_INSERT.format(", ".join("?" * len(row))), row)
            run("INSERT INTO texts VALUES (?, ?, ?)", (key, body, locator))
            run(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
                (key, packed.spans, packed.words, packed.vectors, packed.check),
            )

    def _record(self, model: Embedder) -> None:
        """Writes down the model with the first source; refuses another's vectors ever after."""
        self._check_model(model)
        self._database.rows("UPDATE meta SET value = ? WHERE key = 'model'", (identity(model),))

    def restamp(self, stamps: Mapping[str, Stamp]) -> None:
        """Sets how sources were found; their text stays.

        Raises:
            IndexProblem: If the index cannot be written to.
        """
        statement = "UPDATE sources SET sha256 = ?, size = ?, mtime_ns = ?, root = ?, path = ?, stale = ? WHERE id = ?"
        with self._database.writing():
            for source, s in stamps.items():
                self._database.rows(
                    statement, (s.sha256, s.size, s.mtime_ns, s.root, s.path, s.stale, source)
                )

    def remove(self, ids: Iterable[str]) -> int:
        """Takes sources out, all or none of them.

        Returns:
            How many of them there were.

        Raises:
            IndexProblem: If the index cannot be written to.
        """
        with self._database.writing():
            return sum(
                len(self._database.rows("DELETE FROM sources WHERE id = ? RETURNING key", (source,)))
                for source in ids
            )

    def close(self) -> None:
        """Closes the file."""
        self._database.close()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _info(row: Any) -> SourceInfo:
    source, sha256, format, characters, windows, day, metadata, problems, stale = row
    older = [f"could not be read again, so this is an older version: {stale}"] if stale else []
    return SourceInfo(
        id=source,
        sha256=sha256,
        format=format,
        characters=characters,
        windows=windows,
        date=date.fromisoformat(day) if day else None,
        metadata=json.loads(metadata),
        problems=(*json.loads(problems), *older),
    )
