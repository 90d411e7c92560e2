"""Several indexes searched as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from auditor.findings import Location
from auditor.sources.embedding import load_embedder
from auditor.sources.interface import Hit, Index, SourceInfo


class Union:
    """Indexes that are asked together. Sources of one name in two of them are told apart by the index's name.

    Args:
        indexes: The indexes by their names.
        failed: Files that could not be read on the way, each with the reason.
    """

    def __init__(self, indexes: dict[str, Index], failed: Sequence[tuple[str, str]] = ()) -> None:
        self._indexes = indexes
        self.failed = tuple(failed)
        self._names: dict[str, tuple[str, SourceInfo]] = {}

    def _named(self) -> dict[str, tuple[str, SourceInfo]]:
        """Every source by the name that it has here: the index and what it says of it, as they are now."""
        made: dict[str, tuple[str, SourceInfo]] = {}
        for label, index in self._indexes.items():
            for info in index.sources():
                made[f"{label}/{info.id}" if info.id in made else info.id] = (label, info)
        self._names = made
        return made

    def _found(self, source: str) -> tuple[str, SourceInfo]:
        """A source by its name, without asking every index for all that it has."""
        return self._names[source] if source in self._names else self._named()[source]

    def sources(self) -> Sequence[SourceInfo]:
        """Every source, by id."""
        return [replace(info, id=name) for name, (_, info) in sorted(self._named().items())]

    def text(self, source: str) -> str:
        """The text of a source.

        Raises:
            KeyError: If there is no such source.
        """
        label, info = self._found(source)
        return self._indexes[label].text(info.id)

    def location(self, source: str, start: int, end: int) -> Location:
        """Page, line and column of a span of a source's text."""
        label, info = self._found(source)
        found = self._indexes[label].location(info.id, start, end)
        return found if source == info.id else replace(found, path=source)

    def search(self, queries: Sequence[str], k: int = 8) -> list[list[Hit]]:
        """The windows nearest to each query over all indexes: their hits, ranked together."""
        names = {(label, info.id): name for name, (label, info) in self._named().items()}
        found = {label: index.search(queries, k) for label, index in self._indexes.items()}
        if len(found) == 1:
            [rows] = found.values()
            return rows
        merged = []
        for i in range(len(queries)):
            row = [
                replace(hit, window=replace(hit.window, source=names[label, hit.window.source]))
                for label, rows in found.items()
                for hit in rows[i]
                if (label, hit.window.source) in names
            ]
            merged.append(row)
        if all(len(row) <= k for row in merged):
            return merged
        return [_ranked(row, k) for row in self._measured(queries, merged)]

    def _measured(self, queries: Sequence[str], merged: Sequence[list[Hit]]) -> list[list[Hit]]:
        """Gives a cosine to the hits of an index so small that it embedded nothing."""
        bare = sorted({hit.window.text for row in merged for hit in row if hit.cosine is None})
        if not bare:
            return list(merged)
        model = (
            next((i.embedder() for i in self._indexes.values() if hasattr(i, "embedder")), None)
            or load_embedder()
        )
        vectors: Any = dict(zip(bare, model.encode(bare), strict=True))
        return [
            [
                hit
                if hit.cosine is not None
                else replace(hit, cosine=float(query @ vectors[hit.window.text]))
                for hit in row
            ]
            for query, row in zip(model.encode(queries), merged, strict=True)
        ]

    def close(self) -> None:
        """Closes all."""
        for index in self._indexes.values():
            index.close()


def _ranked(hits: Sequence[Hit], k: int) -> list[Hit]:
    """The best hits of all indexes by the score that one index gives, see ``ranking.fused``."""
    import numpy as np

    from auditor.sources.ranking import best, fused

    cosines = np.array([hit.cosine or 0.0 for hit in hits], np.float32)
    scores = fused(cosines, np.array([hit.bm25 for hit in hits], np.float32))
    return [replace(hits[row], score=float(scores[row])) for row in best(scores, k)]
