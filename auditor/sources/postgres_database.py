"""The tables of an index in PostgreSQL, and transactions on them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from auditor.sources.chunking import CHUNKER
from auditor.sources.interface import IndexProblem
from auditor.sources.lexical import LEXICON
from auditor.sources.postgres_wire import Address, code, message

FORMAT: Final = "postgres-1"
_OLDEST: Final = (0, 8)
"""Of pgvector: half-precision vectors came with 0.7, scans that go on until enough rows are found with 0.8."""
_WAIT: Final = "20s"

# Ids and texts are kept as bytes: PostgreSQL's own strings hold neither NUL nor halves of surrogate pairs, which
# file names and extracted texts can hold. `info` and `stamp` are JSON in ASCII.
_TABLES: Final = """
CREATE TABLE meta (key text PRIMARY KEY, value text NOT NULL);
CREATE TABLE totals (windows bigint NOT NULL, words bigint NOT NULL, next bigint NOT NULL);
INSERT INTO totals VALUES (0, 0, 1);
CREATE TABLE sources (
    key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id bytea NOT NULL UNIQUE,
    content bytea NOT NULL,
    windows integer NOT NULL,
    info text NOT NULL,
    stamp text NOT NULL,
    body bytea STORAGE EXTERNAL NOT NULL,
    locator bytea STORAGE EXTERNAL NOT NULL
);
CREATE INDEX sources_content ON sources (content);
CREATE TABLE windows (
    number bigint PRIMARY KEY,
    source bigint NOT NULL REFERENCES sources (key),
    sentences integer[] NOT NULL,
    text bytea NOT NULL,
    words integer NOT NULL,
    terms integer[] NOT NULL,
    counts smallint[] NOT NULL
);
CREATE INDEX windows_source ON windows (source);
CREATE INDEX windows_terms ON windows USING gin (terms) WITH (gin_pending_list_limit = 1024);
CREATE TABLE frequencies (term integer PRIMARY KEY, windows integer NOT NULL) WITH (fillfactor = 60);
"""


class PostgresDatabase:
    """One connection to the database of an index, made again when it was lost. One thread at a time uses it.

    Args:
        url: See ``Address``.
        create: Make schema and tables where there are none.

    Raises:
        IndexProblem: If the server cannot be reached, pgvector is missing, or there is no index.
    """

    def __init__(self, url: str, *, create: bool = False) -> None:
        self.address = Address.parse(url)
        self._lock = threading.RLock()
        self._depth = 0
        self._connection: Any = None
        self._closed = False
        try:
            self._prepare(create)
        except BaseException:
            self.close()
            raise

    def _prepare(self, create: bool) -> None:
        with self._problems():
            if not self._extension() and create:
                self._install()
            if not self._extension():
                raise IndexProblem(
                    f"pgvector is not installed in the database at {self.address}; have its administrator run: "
                    "CREATE EXTENSION vector"
                )
            if not self._present():
                if not create:
                    raise IndexProblem(
                        f"there is no index at {self.address}; make it: auditor index sync '{self.address}' FOLDER"
                    )
                self._make()
        self._check_versions()

    def _extension(self) -> bool:
        """Whether pgvector is there; if so, puts its schema on the search path."""
        found = self.run(
            "SELECT n.nspname, e.extversion FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
            "WHERE e.extname = 'vector'"
        )
        if not found:
            return False
        schema, version = found[0]
        if tuple(int(part) for part in version.split(".")[:2]) < _OLDEST:
            needed = ".".join(map(str, _OLDEST))
            raise IndexProblem(
                f"pgvector {version} in the database at {self.address} is too old: {needed} is needed"
            )
        if schema != "public":
            name = schema.replace('"', '""')
            self.run(f'SET search_path = "{self.address.schema}", "{name}"')
        return True

    def _install(self) -> None:
        from pg8000.native import DatabaseError

        try:
            self.run("CREATE EXTENSION IF NOT EXISTS vector SCHEMA public")
        except DatabaseError as error:
            raise IndexProblem(
                f"pgvector is not installed in the database at {self.address} and cannot be ({message(error)}); have "
                "its administrator install it and run: CREATE EXTENSION vector"
            ) from error

    def _present(self) -> bool:
        found: bool = self.run(
            "SELECT count(*) > 0 FROM pg_tables WHERE schemaname = :schema AND tablename = 'meta'",
            schema=self.address.schema,
        )[0][0]
        return found

    def _make(self) -> None:
        first = {"format": FORMAT, "chunker": CHUNKER, "lexicon": LEXICON, "model": "", "revision": "0"}
        self.run("BEGIN")
        self._depth += 1
        try:
            # Another process may be making it, too.
            self.run("SELECT pg_advisory_xact_lock(hashtext(:name))", name=f"auditor {self.address.schema}")
            if not self._present():
                self.run(f'CREATE SCHEMA IF NOT EXISTS "{self.address.schema}"')
                for statement in _TABLES.split(";"):
                    if statement.strip():
                        self.run(statement)
                for key, value in first.items():
                    self.run("INSERT INTO meta VALUES (:key, :value)", key=key, value=value)
            self.run("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._depth -= 1

    def _check_versions(self) -> None:
        from pg8000.native import DatabaseError

        try:
            with self._lock:
                meta = dict(self.run("SELECT key, value FROM meta"))
        except (DatabaseError, ValueError) as error:
            raise IndexProblem(f"the schema of {self.address} holds tables of another program") from error
        for what, ours in (("format", FORMAT), ("chunker", CHUNKER), ("lexicon", LEXICON)):
            if meta.get(what) != ours:
                raise IndexProblem(
                    f"{self.address} was made with {what} {meta.get(what)!r}, this version uses {ours!r}; the two "
                    f"cannot be mixed: name another schema, or run DROP SCHEMA {self.address.schema} CASCADE, and sync"
                )

    def meta(self) -> dict[str, str]:
        """Versions, model, dimension and revision."""
        with self._problems():
            return dict(self.run("SELECT key, value FROM meta"))

    def run(self, statement: str, **values: Any) -> Any:
        """Runs a statement and gives its rows.

        Outside of ``reading`` and ``writing`` the driver's errors come through.
        """
        with self._lock:
            return self.connection.run(statement, **values)

    @property
    def connection(self) -> Any:
        """The driver's connection, opened if need be."""
        if self._closed:
            raise IndexProblem(f"{self.address}: the index was closed")
        if self._connection is None:
            self._connection = self.address.connect()
            if self._depth == 0:
                self._extension()
        return self._connection

    def _begin(self, level: str) -> None:
        from pg8000.native import DatabaseError, InterfaceError

        statement = f"BEGIN ISOLATION LEVEL {level}"
        try:
            self.run(statement)
        except (InterfaceError, OSError, DatabaseError) as error:
            if isinstance(error, DatabaseError) and not code(error).startswith("57P"):
                raise
            self._drop()  # the server was started anew, or has cut off an idle connection: nothing is lost
            self.run(statement)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read in this block is of one state of the index."""
        with self._problems(), self._lock:
            if self._depth == 0:
                self._begin("REPEATABLE READ READ ONLY")
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._roll_back()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is changed in this block is changed together, durably, or not at all.

        Raises:
            IndexProblem: If another process is writing and does not come to an end soon.
        """
        with self._problems(), self._lock:
            if self._depth:
                raise RuntimeError("an index cannot be changed while it is held still")
            self._begin("READ COMMITTED")
            self._depth += 1
            try:
                self.run(f"SET LOCAL lock_timeout = '{_WAIT}'")
                self.run("LOCK TABLE meta IN SHARE ROW EXCLUSIVE MODE")  # readers are not held up by it
                yield
                self.run("UPDATE meta SET value = CAST(value AS bigint) + 1 WHERE key = 'revision'")
                self.run("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._depth -= 1

    def _roll_back(self) -> None:
        from pg8000.native import DatabaseError, InterfaceError

        if self._connection is None:
            return
        try:
            self._connection.run("ROLLBACK")
        except (DatabaseError, InterfaceError, OSError):
            self._drop()  # the server does it itself when the connection is gone

    def _drop(self) -> None:
        from pg8000.native import InterfaceError

        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(InterfaceError, OSError):  # the socket is closed all the same
                connection.close()

    @contextmanager
    def _problems(self) -> Iterator[None]:
        """Turns the driver's errors into a line that says what to do."""
        try:
            from pg8000.native import DatabaseError, InterfaceError
        except ImportError:
            self.address.connect()  # says what is missing
            raise
        try:
            yield
        except (InterfaceError, OSError) as error:
            self._drop()
            raise IndexProblem(f"the connection to {self.address} was lost ({error}); try again") from error
        except DatabaseError as error:
            raise IndexProblem(f"{self.address}: {_explained(error)}") from error

    def close(self) -> None:
        """Closes the connection."""
        with self._lock:
            if self._connection is not None:
                self._drop()
            self._closed = True


def _explained(error: BaseException) -> str:
    state = code(error)
    if state == "55P03":
        return "another process is writing to the index; try again when it is done"
    if state == "42501":
        return f"the user may not do this ({message(error)})"
    if state.startswith("53"):
        return f"the server is out of room or connections ({message(error)}); nothing of the last change was kept"
    if state.startswith("57P"):
        return f"the server is ending or starting ({message(error)}); try again"
    return f"the database said: {message(error)}"
