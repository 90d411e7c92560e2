"""Puts a Document together from pieces, so that loaders never count offsets themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from auditor.documents.document import Document, Marks, Role, RoleSpan, SourceMap
from auditor.documents.interface import Source

BLOCK = "\n\n"
_MANY = 4096
"""Pieces kept apart before they are joined."""


class DocumentBuilder:
    """Collects text in reading order with its roles and its places in the raw file.

    Example:
        >>> builder = DocumentBuilder()
        >>> with builder.role(Role.HEADING):
        ...     builder.add("Methods", raw=2)
        >>> builder.block()
        >>> builder.add("We counted.", raw=11)
    """

    def __init__(self) -> None:
        self._joined: list[str] = []
        self._chunks: list[str] = []
        self._length = 0
        self._map = SourceMap()
        self._roles: list[RoleSpan] = []
        self._pages: tuple[list[int], list[int | None]] = ([], [])
        self._parts: tuple[list[int], list[str]] = ([], [])
        self._tail = ""
        self._anchor = 0

    def __len__(self) -> int:
        return self._length

    def add(self, text: str, *, raw: int | None = None, literal: bool = True) -> None:
        """Appends text.

        Args:
            text: The text as a reader sees it.
            raw: Offset of its first character in the decoded file; None repeats the place of what came before.
            literal: Whether the file spells the text character by character (False for a decoded entity or
                escape: every character of it then has the place ``raw``).
        """
        if not text:
            return
        if raw is not None:
            self._map.add(self._length, raw, 1 if literal else 0)
            self._anchor = raw + (len(text) if literal else 0)
        elif self._map.text_starts:
            self._map.add(self._length, self._anchor, 0)
        self._chunks.append(text)
        if len(self._chunks) >= _MANY:
            # Escapes make pieces of a few characters: as strings of their own they would take ten times their size.
            self._joined.append("".join(self._chunks))
            self._chunks.clear()
        self._length += len(text)
        self._tail = (self._tail + text)[-2:]

    def block(self, separator: str = BLOCK) -> None:
        """Ends the current block: the next text starts after a blank line. Does nothing at the very start."""
        if not self._length:
            return
        have = len(self._tail) - len(self._tail.rstrip("\n"))
        if have < len(separator):
            self.add(separator[have:])

    def page(self, number: int | None) -> None:
        """What follows stands on page ``number`` (1-based), or on none (notes after the last page)."""
        self._pages[0].append(self._length)
        self._pages[1].append(number)

    def part(self, label: str) -> None:
        """What follows belongs to an independent part (a row, a cell, a chapter)."""
        self._parts[0].append(self._length)
        self._parts[1].append(label)

    def mark(self, start: int, end: int, role: Role) -> None:
        """Gives ``role`` to text that was already added (offsets into the text built so far)."""
        if end > start:
            self._roles.append(RoleSpan(start, end, role))

    @contextmanager
    def role(self, role: Role) -> Iterator[None]:
        """Gives ``role`` to everything added inside the ``with``."""
        start = self._length
        yield
        self.mark(start, self._length, role)

    @property
    def text(self) -> str:
        """What was added so far."""
        if self._chunks or len(self._joined) > 1:
            self._joined = ["".join((*self._joined, *self._chunks))]
            self._chunks.clear()
        return self._joined[0] if self._joined else ""

    def build(
        self,
        source: Source,
        format: str,
        *,
        raw: str | None = None,
        encoding: str | None = None,
        problems: tuple[str, ...] = (),
        metadata: Mapping[str, str] | None = None,
    ) -> Document:
        """The finished document.

        Args:
            source: What was read.
            format: Name of the loader.
            raw: The decoded file, where it is text that a person can open at a line.
            encoding: Its encoding.
            problems: What could not be read although the rest was, one line each.
            metadata: Title, authors, date … as far as the file says so.
        """
        return Document(
            source.name,
            self.text,
            format=format,
            sha256=source.sha256,
            raw=raw,
            source=self._map,
            roles=self._roles,
            pages=Marks(*self._pages),
            parts=Marks(*self._parts),
            encoding=encoding,
            problems=problems,
            metadata=metadata,
        )
