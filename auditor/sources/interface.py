"""What the source index is to those who ask it: sources, windows of their text, and hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from auditor.findings import Location


class IndexProblem(Exception):
    """The index cannot be used; the message says why and what to do next, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInfo:
    """One source as the index holds it.

    Attributes:
        id: What the user calls it: its path in the synced folder, or the name given to ``add``.
        sha256: Of the raw bytes, hexadecimal.
        format: Name of the loader that read it.
        characters: Length of the extracted text.
        windows: Number of windows it was cut into.
        date: When it was written or published, where it says so.
        metadata: ``title``, ``authors``, ``doi`` … as far as the file tells.
        problems: What of it could not be read, one line each.
    """

    id: str
    sha256: str = ""
    format: str = "text"
    characters: int = 0
    windows: int = 0
    date: date | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """One to four sentences in a row of one source.

    Attributes:
        source: Id of the source.
        start: Offset into the source's extracted text.
        end: Offset one past the last character.
        text: ``source_text[start:end]``.
        sentences: Spans of its sentences, offsets into the source's text.
    """

    source: str
    start: int
    end: int
    text: str
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A window that answers a query.

    Attributes:
        window: The window.
        score: Fused rank score, higher is better.
        cosine: Similarity of the embeddings in -1..1, or None where no embedding was needed.
        bm25: Score of the words in common, 0 where there are none.
    """

    window: Window
    score: float
    cosine: float | None = None
    bm25: float = 0.0


class Index(Protocol):
    """Sources that can be searched. What it answers is one state of them, not half of a change."""

    def sources(self) -> Sequence[SourceInfo]:
        """Every source, by id."""
        ...

    def text(self, source: str) -> str:
        """The extracted text of a source.

        Raises:
            KeyError: If there is no such source.
        """
        ...

    def location(self, source: str, start: int, end: int) -> Location:
        """Page, line and column of a span of a source's text."""
        ...

    def search(self, queries: Sequence[str], k: int = 8) -> list[list[Hit]]:
        """The windows nearest to each query, best first: embeddings and BM25, fused.

        Returns:
            For each query at most ``k`` hits.
        """
        ...

    def close(self) -> None:
        """Lets go of files and connections."""
        ...
