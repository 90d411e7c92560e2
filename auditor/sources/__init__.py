"""The sources that claims are held against: read, cut to windows, embedded, kept, and searched.

>>> from auditor.sources import open_index, sync
>>> index = open_index("references.auditor", create=True)  # doctest: +SKIP
>>> sync(index, "references/").added  # doctest: +SKIP
('kim2021.pdf', 'report.html')
>>> [hit.window.text for hit in index.search(["The mill burned in 1871."])[0]]  # doctest: +SKIP
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditor.sources.embedding import Embedder, load_embedder
    from auditor.sources.gathering import Prepared, gather, open_indexes, prepare
    from auditor.sources.interface import Hit, Index, IndexProblem, SourceInfo, Window
    from auditor.sources.local import LocalIndex
    from auditor.sources.memory import MemoryIndex
    from auditor.sources.store import Store
    from auditor.sources.syncing import SyncOptions, SyncReport, add, remove, sync
    from auditor.sources.union import Union
    from auditor.sources.watching import watch

_HOMES = {
    "auditor.sources.embedding": ("Embedder", "load_embedder"),
    "auditor.sources.gathering": ("Prepared", "gather", "open_indexes", "prepare"),
    "auditor.sources.interface": ("Hit", "Index", "IndexProblem", "SourceInfo", "Window"),
    "auditor.sources.local": ("LocalIndex",),
    "auditor.sources.memory": ("MemoryIndex",),
    "auditor.sources.store": ("Store",),
    "auditor.sources.syncing": ("SyncOptions", "SyncReport", "add", "remove", "sync"),
    "auditor.sources.union": ("Union",),
    "auditor.sources.watching": ("watch",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Embedder",
    "Hit",
    "Index",
    "IndexProblem",
    "LocalIndex",
    "MemoryIndex",
    "Prepared",
    "SourceInfo",
    "Store",
    "SyncOptions",
    "SyncReport",
    "Union",
    "Window",
    "add",
    "gather",
    "load_embedder",
    "open_index",
    "open_indexes",
    "prepare",
    "remove",
    "sync",
    "watch",
]


def open_index(
    location: str | os.PathLike[str], *, create: bool = False, embedder: Embedder | None = None
) -> Store:
    """Opens an index.

    Args:
        location: A file, or the address of a PostgreSQL database with pgvector: ``postgresql://…``.
        create: Make it where it does not exist.
        embedder: The model; by default the one that the index was made with, else the packaged one.

    Raises:
        IndexProblem: If it is missing, cannot be reached or used, or was made with another model.
    """
    name = os.fspath(location)
    if name.startswith(("postgresql://", "postgres://")):
        from auditor.sources.postgres import PostgresIndex

        return PostgresIndex(name, create=create, embedder=embedder)
    from auditor.sources.local import LocalIndex

    return LocalIndex(name, create=create, embedder=embedder)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'auditor.sources' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
