"""Text decoded from a file that spells it with escapes, in several strings, or both."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from auditor.documents.builder import DocumentBuilder


def words(text: str) -> tuple[str, ...]:
    """The words of a list that is easier to read without a quotation mark round each."""
    return tuple(text.split())


class Spelled:
    """A string that knows where in the file each of its characters stands.

    For text that is read twice: a notebook's cell is JSON strings first and source code then.

    Attributes:
        text: The decoded text.
    """

    def __init__(self, pieces: Iterable[tuple[str, int, bool]]) -> None:
        chunks: list[str] = []
        self._starts: list[int] = []
        self._places: list[tuple[int, bool]] = []
        length = 0
        for text, raw, literal in pieces:
            self._starts.append(length)
            self._places.append((raw, literal))
            chunks.append(text)
            length += len(text)
        self.text = "".join(chunks)

    @classmethod
    def identity(cls, text: str) -> Spelled:
        """Text that is the file itself."""
        return cls([(text, 0, True)])

    def add_to(self, builder: DocumentBuilder, start: int, end: int) -> None:
        """Appends ``text[start:end]`` to a document, with its places in the file."""
        i = bisect_right(self._starts, start) - 1
        while start < end:
            stop = min(end, self._starts[i + 1]) if i + 1 < len(self._starts) else end
            raw, literal = self._places[i]
            builder.add(self.text[start:stop], raw=raw + (start - self._starts[i]) * literal, literal=literal)
            start = stop
            i += 1

    def add_as(self, builder: DocumentBuilder, text: str, start: int) -> None:
        """Appends other text in the place of ``text[start]``: what an entity stands for."""
        i = bisect_right(self._starts, start) - 1
        raw, literal = self._places[i]
        builder.add(text, raw=raw + (start - self._starts[i]) * literal, literal=False)
