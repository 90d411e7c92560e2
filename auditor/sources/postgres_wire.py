"""Speaking with PostgreSQL: addresses, connections whose errors a person can act on, and rows sent in binary."""

from __future__ import annotations

import io
import os
import re
import socket
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from auditor.sources.interface import IndexProblem

if TYPE_CHECKING:
    import ssl

    import numpy as np
    import numpy.typing as npt

EXTRA: Final = "pip install 'auditor[postgres]'"
_KNOWN: Final = {"schema", "host", "port", "sslmode", "connect_timeout"}
_TIMEOUT: Final = 10.0
"""Seconds to wait for a server that does not answer."""
_INT4: Final = 23
_INT2: Final = 21


@dataclass(frozen=True, slots=True)
class Address:
    """Where an index is: ``postgresql://USER:PASSWORD@HOST:PORT/DATABASE?schema=NAME``.

    ``host=/FOLDER`` in the query names the folder of a Unix socket; ``sslmode`` and ``connect_timeout`` mean what
    they mean to libpq. What is not said comes from PGUSER, PGPASSWORD, PGHOST, PGPORT and PGDATABASE.
    """

    user: str
    password: str | None
    host: str
    port: int
    database: str
    schema: str
    sslmode: str
    timeout: float

    @classmethod
    def parse(cls, url: str) -> Address:
        """Reads an address.

        Raises:
            IndexProblem: If it is not one, or has an option that is not known.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise IndexProblem(f"not a database address: {error}") from error
        options = dict(parse_qsl(parts.query))
        if unknown := sorted(options.keys() - _KNOWN):
            raise IndexProblem(f"unknown option in the database address: {', '.join(unknown)}")
        schema = options.get("schema", "auditor")
        if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema):
            raise IndexProblem(f"schema={schema}: a name of small letters, digits and _ is needed")
        user = unquote(parts.username or "") or os.environ.get("PGUSER", "") or "postgres"
        try:
            return cls(
                user=user,
                password=unquote(parts.password) if parts.password else os.environ.get("PGPASSWORD"),
                host=options.get("host") or parts.hostname or os.environ.get("PGHOST", "") or "localhost",
                port=int(options.get("port") or port or os.environ.get("PGPORT", "") or 5432),
                database=unquote(parts.path.strip("/")) or os.environ.get("PGDATABASE", "") or user,
                schema=schema,
                sslmode=options.get("sslmode", "prefer"),
                timeout=float(options.get("connect_timeout") or _TIMEOUT),
            )
        except ValueError as error:
            raise IndexProblem(f"not a number in the database address: {error}") from error

    def __str__(self) -> str:
        """The address without the password."""
        where = "" if self.host.startswith("/") else f"{self.host}:{self.port}"
        tail = f"&host={self.host}&port={self.port}" if self.host.startswith("/") else ""
        return f"postgresql://{self.user}@{where}/{self.database}?schema={self.schema}{tail}"

    def connect(self) -> Any:
        """Opens a ``pg8000.native.Connection`` whose search path is the schema.

        Raises:
            IndexProblem: If the driver is missing or the server cannot be reached or refuses.
        """
        try:
            from pg8000.native import Connection, DatabaseError, InterfaceError
        except ImportError as error:
            raise IndexProblem(f"an index in PostgreSQL needs the driver pg8000: {EXTRA}") from error
        local = self.host.startswith("/")
        security = False if local else self._ssl()
        try:
            channel = self._socket()
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise IndexProblem(f"the database server cannot be reached at {self} ({reason})") from error
        try:
            return Connection(
                self.user,
                host=None if local else self.host,
                sock=channel,
                database=self.database,
                password=self.password,
                ssl_context=security,
                application_name="auditor",
                startup_params={"search_path": f'"{self.schema}", public'},
            )
        except (DatabaseError, InterfaceError, OSError) as error:
            channel.close()
            raise IndexProblem(f"the database at {self} refused: {message(error)}") from error

    def _socket(self) -> socket.socket:
        """A channel to the server. The limit is for getting there: building an index takes longer than that."""
        if self.host.startswith("/"):
            channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                channel.connect(f"{self.host}/.s.PGSQL.{self.port}")
            except OSError:
                channel.close()
                raise
            return channel
        channel = socket.create_connection((self.host, self.port), timeout=self.timeout)
        channel.settimeout(None)
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return channel

    def _ssl(self) -> ssl.SSLContext | bool | None:
        import ssl

        if self.sslmode in ("verify-ca", "verify-full"):
            context = ssl.create_default_context()
            context.check_hostname = self.sslmode == "verify-full"
            return context
        modes = {"disable": False, "allow": None, "prefer": None, "require": True}
        if self.sslmode not in modes:
            raise IndexProblem(f"unknown sslmode in the database address: {self.sslmode}")
        return modes[self.sslmode]


def message(error: BaseException) -> str:
    """What the server said, in one line."""
    said = error.args[0] if error.args else ""
    return " ".join(str(said["M"] if isinstance(said, dict) and "M" in said else error).split())


def code(error: BaseException) -> str:
    """The SQLSTATE of an error, or an empty string."""
    said = error.args[0] if error.args else ""
    return str(said.get("C", "")) if isinstance(said, dict) else ""


def copy(connection: Any, target: str, rows: Iterable[Sequence[bytes]]) -> None:
    """Sends rows by ``COPY … WITH (FORMAT binary)``.

    Args:
        connection: An open connection, in a transaction.
        target: Table and columns, ``table (a, b)``.
        rows: The fields of each in PostgreSQL's binary format, see ``big``, ``integers`` and ``halves``.
    """
    out = io.BytesIO()
    for row in rows:
        out.write(struct.pack("!h", len(row)))
        for field in row:
            out.write(struct.pack("!i", len(field)) + field)
    copy_bytes(connection, target, out.getvalue())


def copy_bytes(connection: Any, target: str, rows: bytes) -> None:
    """As ``copy``, for rows that are packed already: the number of fields, then the size of each and the field."""
    stream = io.BytesIO(b"PGCOPY\n\xff\r\n\0" + bytes(8) + rows + struct.pack("!h", -1))
    connection.run(f"COPY {target} FROM STDIN WITH (FORMAT binary)", stream=stream)


def big(value: int) -> bytes:
    """A ``bigint``."""
    return struct.pack("!q", value)


def integer(value: int) -> bytes:
    """An ``integer``."""
    return struct.pack("!i", value)


def integers(values: npt.ArrayLike, *, small: bool = False) -> bytes:
    """An ``integer[]``, or with ``small`` a ``smallint[]``."""
    import numpy as np

    kind, size = (">i2", 2) if small else (">i4", 4)
    found = np.asarray(values)
    if not len(found):
        return struct.pack("!iii", 0, 0, _INT2 if small else _INT4)
    items = np.zeros(len(found), np.dtype([("size", ">i4"), ("value", kind)]))
    items["size"], items["value"] = size, found
    return struct.pack("!iiiii", 1, 0, _INT2 if small else _INT4, len(found), 1) + items.tobytes()


def halves(vectors: npt.NDArray[np.float32]) -> list[bytes]:
    """Each row of a matrix of shape (n, d) as pgvector's ``halfvec(d)``."""
    head = struct.pack("!hh", vectors.shape[1], 0)
    return [head + row.tobytes() for row in vectors.astype(">f2")]


def unhalved(fields: Sequence[bytes], dimension: int) -> npt.NDArray[np.float32]:
    """The opposite of ``halves``: float32 of shape (n, d)."""
    import numpy as np

    raw = b"".join(field[4:] for field in fields)
    return np.frombuffer(raw, ">f2").reshape(len(fields), dimension).astype(np.float32)
