"""Sources that are there for one question only, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from auditor.documents.document import Document
from auditor.findings import Location
from auditor.sources.chunking import windows
from auditor.sources.describe import describe
from auditor.sources.embedding import Embedder, load_embedder
from auditor.sources.interface import Hit, IndexProblem, SourceInfo, Window

if TYPE_CHECKING:
    from auditor.sources.ranking import Table


class MemoryIndex:
    """An index that lives as long as the object.

    Embeddings are made at the first search that needs them: sources of no more windows than a search asks for
    come back whole.

    Args:
        sources: Texts, documents, or pairs of an id and a text. Texts are called ``source 1``, ``source 2`` …
        embedder: The model; the packaged one by default.

    Raises:
        IndexProblem: If there are no sources or none of them holds a word.
    """

    def __init__(
        self, sources: Iterable[str | Document | tuple[str, str]], embedder: Embedder | None = None
    ) -> None:
        self._embedder = embedder
        self._documents: dict[str, Document] = {}
        self._infos: list[SourceInfo] = []
        self._windows: list[Window] = []
        self._table: Table | None = None
        for number, source in enumerate(sources, 1):
            self._add(source, number)
        if not self._infos:
            raise IndexProblem("no sources were given")
        if not self._windows:
            raise IndexProblem("the sources hold no text: " + ", ".join(self._documents))
        self._infos.sort(key=lambda info: info.id)

    def _add(self, source: str | Document | tuple[str, str], number: int) -> None:
        if isinstance(source, str):
            source = (f"source {number}", source)
        if isinstance(source, tuple):
            name = self._unused(source[0])
            document = Document(name, source[1], raw=source[1])
        else:
            name, document = self._unused(source.name), source
        made = windows(document, name)
        self._documents[name] = document
        self._infos.append(describe(document, name, len(made)))
        self._windows += made

    def _unused(self, name: str) -> str:
        again, unused = 1, name
        while unused in self._documents:
            again += 1
            unused = f"{name} ({again})"
        return unused

    def sources(self) -> Sequence[SourceInfo]:
        """Every source, by id."""
        return self._infos

    def text(self, source: str) -> str:
        """The text of a source.

        Raises:
            KeyError: If there is no such source.
        """
        return self._documents[source].text

    def location(self, source: str, start: int, end: int) -> Location:
        """Page, line and column of a span of a source's text."""
        return self._documents[source].location(start, end)

    def search(self, queries: Sequence[str], k: int = 8) -> list[list[Hit]]:
        """The windows nearest to each query, best first.

        Raises:
            IndexProblem: If the embedding model is needed and cannot be loaded.
        """
        if len(self._windows) <= k:
            return [
                [Hit(window, 1 / (1 + rank)) for rank, window in enumerate(self._windows)] for _ in queries
            ]
        model = self._embedder = self._embedder or load_embedder()
        if self._table is None:
            self._table = self._filled(model)
        found = self._table.search(queries, model.encode(queries), k)
        return [
            [Hit(self._windows[one.number], one.score, one.cosine, one.bm25) for one in row] for row in found
        ]

    def _filled(self, model: Embedder) -> Table:
        from auditor.sources.ranking import Table, Words

        texts = [window.text for window in self._windows]
        table = Table()
        table.change((), {0: (model.encode(texts), Words.of(texts))})
        return table

    def close(self) -> None:
        """There is nothing to let go of."""
