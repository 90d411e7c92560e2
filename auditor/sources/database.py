"""The SQLite file of a local index: opening it, telling it from other files, and its transactions."""

from __future__ import annotations

import os
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from auditor.sources.chunking import CHUNKER
from auditor.sources.interface import IndexProblem
from auditor.sources.lexical import LEXICON

APPLICATION: Final = 0x41554449  # "AUDI", where SQLite keeps the mark of a program
FORMAT: Final = 1
WAIT: Final = 10.0
"""Seconds that a writer waits for another."""

# A new version of a source is a new row: what a reader has in memory is told by the key alone.
_SCHEMA: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    root TEXT NOT NULL, path TEXT NOT NULL, stale TEXT NOT NULL,
    format TEXT NOT NULL, date TEXT, metadata TEXT NOT NULL, problems TEXT NOT NULL,
    characters INTEGER NOT NULL, windows INTEGER NOT NULL, content TEXT NOT NULL
);
CREATE INDEX sources_content ON sources (content);
CREATE TABLE texts (
    key INTEGER PRIMARY KEY REFERENCES sources (key) ON DELETE CASCADE,
    text BLOB NOT NULL, locator BLOB NOT NULL
);
CREATE TABLE passages (
    key INTEGER PRIMARY KEY REFERENCES sources (key) ON DELETE CASCADE,
    spans BLOB NOT NULL, words BLOB NOT NULL, vectors BLOB NOT NULL, checksum INTEGER NOT NULL
);
"""


class Database:
    """One connection to the file. It may be used from several threads, one at a time.

    Args:
        path: The file.
        create: Make it where it does not exist.

    Raises:
        IndexProblem: If it is missing, damaged, of another program, or was made by another version.
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool = False) -> None:
        self.path = Path(path)
        self._lock = threading.RLock()
        self._depth = 0
        if self.path.is_dir():
            raise IndexProblem(f"{self.path} is a folder, not an index; name a file to keep the index in")
        if not create and not self.path.exists():
            raise IndexProblem(
                f"there is no index {self.path}; make it: auditor index sync {self.path} FOLDER"
            )
        with self.problems():
            self._connection = self._opened(create)
            try:
                self._prepare(create)
            except BaseException:
                self._connection.close()
                raise

    def _opened(self, create: bool) -> sqlite3.Connection:
        mode = "rw"
        if create:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise IndexProblem(f"{self.path.parent}: cannot be made: {error.strerror}") from error
            mode = "rwc"
        elif not os.access(self.path.parent, os.W_OK):
            mode = "ro&immutable=1"  # a reader too keeps a file beside the index, where it can
        address = f"{self.path.resolve().as_uri()}?mode={mode}"
        return sqlite3.connect(address, WAIT, isolation_level=None, check_same_thread=False, uri=True)

    def _prepare(self, create: bool) -> None:
        run = self._connection.execute
        run("PRAGMA foreign_keys = ON")
        mark = run("PRAGMA application_id").fetchone()[0]
        empty = not run("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if create and empty and mark in (0, APPLICATION):
            self._make()
        elif mark != APPLICATION:
            raise IndexProblem(f"{self.path} is a database of another program, not an index")
        # A killed process loses nothing of what was committed. Without power the last changes may go, never half of
        # one; closing the file puts them on the disk for good.
        run("PRAGMA synchronous = NORMAL")
        self._check_versions()

    def _make(self) -> None:
        run = self._connection.execute
        run("PRAGMA journal_mode = WAL")
        run("BEGIN IMMEDIATE")
        if not run("SELECT count(*) FROM sqlite_master").fetchone()[
            0
        ]:  # another process may have been quicker
            for statement in _SCHEMA.split(";"):
                run(statement)
            first = {
                "format": str(FORMAT),
                "chunker": CHUNKER,
                "lexicon": LEXICON,
                "model": "",
                "revision": "0",
            }
            self._connection.executemany("INSERT INTO meta VALUES (?, ?)", first.items())
            run(f"PRAGMA application_id = {APPLICATION}")
        run("COMMIT")

    def _check_versions(self) -> None:
        meta = self.meta()
        for what, ours in (("format", str(FORMAT)), ("chunker", CHUNKER), ("lexicon", LEXICON)):
            if meta.get(what) != ours:
                raise IndexProblem(
                    f"{self.path} was made with {what} {meta.get(what)!r}, this version uses {ours!r}; the two "
                    "cannot be mixed: delete the file and sync again"
                )

    def meta(self) -> dict[str, str]:
        """Versions, model and revision."""
        return dict(self.rows("SELECT key, value FROM meta"))

    def rows(self, statement: str, values: tuple[object, ...] = ()) -> list[Any]:
        """Runs a statement and gives all its rows."""
        with self.problems(), self._lock:
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read in this block is of one state of the index."""
        with self.problems(), self._lock:
            if self._depth == 0:
                self._connection.execute("BEGIN")
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0 and self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is changed in this block is changed together, on disk when the block is left, or not at all.

        Raises:
            IndexProblem: If another process is writing and does not come to an end soon.
        """
        with self.problems(), self._lock:
            if self._depth:
                raise RuntimeError("an index cannot be changed while it is held still")
            self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
                self._connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'revision'")
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                self._depth -= 1

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def problems(self) -> Iterator[None]:
        """Turns SQLite's errors into a line that says what to do."""
        try:
            yield
        except sqlite3.ProgrammingError as error:
            if "closed" not in str(error):
                raise
            raise IndexProblem(f"{self.path}: the index was closed") from error
        except sqlite3.OperationalError as error:
            raise IndexProblem(f"{self.path}: {_explained(str(error))}") from error
        except (sqlite3.DatabaseError, zlib.error) as error:
            raise damaged(self.path, str(error)) from error


def damaged(path: Path, reason: str) -> IndexProblem:
    """What is said of a file that cannot be trusted."""
    return IndexProblem(f"{path} is not an index or is damaged ({reason}); delete it and sync again")


def _explained(reason: str) -> str:
    if "locked" in reason or "busy" in reason:
        return "another process is writing to the index; try again when it is done"
    if "readonly" in reason:
        return "the index cannot be written to: check the file's permissions"
    if "unable to open" in reason:
        return "the index cannot be opened: check its folder and permissions"
    if "full" in reason:
        return "there is no room left on the disk; nothing of the last change was kept"
    return f"the index cannot be used ({reason}); if this stays, delete it and sync again"
