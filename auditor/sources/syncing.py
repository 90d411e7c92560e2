"""Brings an index to what folders hold now, reading and embedding only what has changed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.documents import Document, DocumentError, LoadOptions, from_text, load
from auditor.sources.chunking import windows
from auditor.sources.describe import describe
from auditor.sources.interface import IndexProblem, SourceInfo, Window
from auditor.sources.store import Stamp, Store
from auditor.walk import STDIN, WalkOptions, shown, walk

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vector = npt.NDArray[np.float32]

_TOGETHER: Final = 512
"""Windows embedded in one go: those of many small files."""
_RECENT: Final = 2_000_000_000
"""Nanoseconds: a file written so shortly before it was read may change again without a new time."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SyncOptions:
    """What is read, and how.

    Attributes:
        walk: Which files of folders.
        load: Text fields, format, limits.
    """

    walk: WalkOptions = field(default_factory=WalkOptions)
    load: LoadOptions = field(default_factory=LoadOptions)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did.

    Attributes:
        added: Ids of new sources.
        updated: Ids of sources whose file has changed.
        removed: Ids of sources whose file is no more.
        unchanged: Number of the others.
        failed: Files that could not be read, each with the reason. Where the index holds an older version of one,
            it stays, and its ``problems`` say so.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    failed: tuple[tuple[str, str], ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the index is not what it was."""
        return bool(self.added or self.updated or self.removed)


@dataclass(frozen=True, slots=True)
class _File:
    """A file that was found: its name for messages, where it lies, and how."""

    name: str
    root: str
    path: str

    @property
    def place(self) -> tuple[str, str]:
        return self.root, self.path


@dataclass(frozen=True, slots=True)
class _Read:
    """A document on its way into the index; ``kept`` are vectors of texts that its older version had too."""

    info: SourceInfo
    document: Document
    windows: list[Window]
    stamp: Stamp
    kept: Mapping[str, Vector] = field(default_factory=dict)


def sync(
    index: Store,
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    options: SyncOptions | None = None,
    progress: Progress | None = None,
) -> SyncReport:
    """Brings an index to what files and folders hold now.

    A file of the same size and time is not read; one of the same content is not embedded again. Sources of a
    folder named here whose file is gone are removed; those of other folders, and what was added by name, stay.
    Each source is replaced as a whole: who reads meanwhile sees its old or its new version. After a crash the
    next sync does what is left to do.

    Args:
        index: The index.
        paths: Folders and files. A source is called by its path in the folder.
        options: What is read, and how.
        progress: Told how many files are done and how many there are, whenever one that has changed is.

    Raises:
        IndexProblem: If a path does not exist or the index cannot be written to.
    """
    named = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    return _Sync(index, options or SyncOptions(), progress).run([os.fspath(path) for path in named])


def add(index: Store, source: str | Document, *, id: str, date: date | None = None) -> SourceInfo:
    """Puts a text or a document into an index, in the place of a source of the same id.

    Args:
        index: The index.
        source: A text, or a document with its way back to pages and lines.
        id: What to call it.
        date: When it was written, if the document does not say.

    Raises:
        DocumentError: If the text is empty.
        IndexProblem: If the index cannot be written to.
    """
    document = from_text(source, id) if isinstance(source, str) else source
    made = windows(document, id)
    info = describe(document, id, len(made), date)
    vectors = _encoded(index, [_Read(info, document, made, Stamp(info.sha256))])
    index.replace(info, document.text, document.locator.to_bytes(), made, vectors)
    return info


def remove(index: Store, *ids: str) -> int:
    """Takes sources out of an index; gives the number of those that were there."""
    return index.remove(ids)


class _Sync:
    """One run."""

    def __init__(self, index: Store, options: SyncOptions, progress: Progress | None) -> None:
        self._index, self._options, self._progress = index, options, progress
        self._stamps = dict(index.stamps())
        self._ids = {(s.root, s.path): id for id, s in self._stamps.items() if s.path}
        self._restamped: dict[str, Stamp] = {}
        self._failed: dict[tuple[str, str], tuple[str, str]] = {}
        self._added: list[str] = []
        self._updated: list[str] = []
        self._unchanged = 0
        self._total = 0

    def run(self, paths: Sequence[str]) -> SyncReport:
        roots, files = self._found(paths)
        waiting: list[_Read] = []
        number = 0
        self._total = len(files)
        for file in files:
            read = self._read(file)
            if read is None:
                continue
            known = self._index.vectors(read.document.text)
            if known is not None and len(known) == len(read.windows):
                self._keep(read, known)
                continue
            waiting.append(read)
            number += len(read.windows)
            if number >= _TOGETHER:
                self._flush(waiting)
                number = 0
        self._flush(waiting)
        removed = self._gone(roots, files)
        if removed:
            self._index.remove(removed)
        if self._restamped:
            self._index.restamp(self._restamped)
        failed = tuple(self._failed.values())
        return SyncReport(tuple(self._added), tuple(self._updated), tuple(removed), self._unchanged, failed)

    def _found(self, paths: Sequence[str]) -> tuple[set[str], list[_File]]:
        roots: set[str] = set()
        found: dict[tuple[str, str], _File] = {}
        own = getattr(self._index, "path", None)
        options = replace(
            self._options.walk, own=self._options.walk.own | ({os.path.realpath(own)} if own else set())
        )
        for path in paths:
            if path == STDIN or not Path(path).exists():
                raise IndexProblem(f"{path}: there is no such file or folder; nothing was changed")
            if Path(path).is_dir():
                root, top = os.path.realpath(path), shown(path)
                roots.add(root)
                made = (_File(name, root, os.path.relpath(name, top)) for name in walk([path], options).files)
                found |= {file.place: file for file in made}
            else:
                file = _File(shown(path), "", os.path.realpath(path))
                found[file.place] = file
        return roots, list(found.values())

    def _read(self, file: _File) -> _Read | None:
        """A file that is new or has changed; None where there is nothing to embed."""
        id = self._ids.get(file.place)
        old = self._stamps[id] if id is not None else None
        try:
            status = Path(file.name).stat()
            recent = time.time_ns() - status.st_mtime_ns < _RECENT
            size, mtime = status.st_size, -1 if recent else status.st_mtime_ns
            if old and (old.size, old.mtime_ns, old.stale) == (size, status.st_mtime_ns, ""):
                self._unchanged += 1
                return None
            if old and id and old.size == size and _sha256(file.name) == old.sha256:
                self._unchanged += 1
                self._restamped[id] = replace(old, mtime_ns=mtime, stale="")
                return None
            id = id or self._new_id(file)
            document = load(file.name, self._options.load, name=id)
        except DocumentError as error:
            self._fail(file, error.reason, id if old else None)
            return None
        except OSError as error:
            self._fail(file, f"cannot be read: {error.strerror or error}", id if old else None)
            return None
        except Exception as error:  # noqa: BLE001 - a reader's fault in one file must not keep out the others
            self._fail(file, f"its reader failed: {type(error).__name__}: {error}", id if old else None)
            return None
        made = windows(document, id)
        stamp = Stamp(document.sha256, size, mtime, file.root, file.path)
        kept = self._kept(id) if old else {}
        return _Read(describe(document, id, len(made)), document, made, stamp, kept)

    def _kept(self, id: str) -> Mapping[str, Vector]:
        """Vectors of the version that the index holds, by the texts of its windows."""
        text = self._index.text(id)
        vectors, before = self._index.vectors(text), windows(Document(id, text))
        if vectors is None or len(vectors) != len(before):  # cut by parts, which are not known any more
            return {}
        return {window.text: vector for window, vector in zip(before, vectors, strict=True)}

    def _new_id(self, file: _File) -> str:
        """The path in the folder; with the folder's name where another folder's source is called so."""
        path = file.path.replace(os.sep, "/") if file.root else file.name
        folder = Path(file.root).name if file.root else ""
        for id in (
            path,
            f"{folder}/{path}" if folder else path,
            "/".join((file.root, path)).replace(os.sep, "/"),
        ):
            if id not in self._stamps:
                break
        self._stamps[id] = Stamp()
        return id

    def _fail(self, file: _File, reason: str, id: str | None) -> None:
        self._failed[file.place] = (file.name, reason)
        if id is not None and self._stamps[id].stale != reason:
            self._restamped[id] = replace(self._stamps[id], stale=reason)

    def _flush(self, waiting: list[_Read]) -> None:
        vectors = _encoded(self._index, waiting)
        start = 0
        for read in waiting:
            self._keep(read, vectors[start : start + len(read.windows)])
            start += len(read.windows)
        waiting.clear()

    def _keep(self, read: _Read, vectors: npt.NDArray[np.float32]) -> None:
        locator = read.document.locator.to_bytes()
        self._index.replace(read.info, read.document.text, locator, read.windows, vectors, stamp=read.stamp)
        place = read.stamp.root, read.stamp.path
        (self._updated if place in self._ids else self._added).append(read.info.id)
        if self._progress:
            done = len(self._added) + len(self._updated) + len(self._failed) + self._unchanged
            self._progress(done, self._total)

    def _gone(self, roots: set[str], files: Sequence[_File]) -> list[str]:
        """Sources of the synced folders whose file was not met, unless it may lie in a folder that cannot be opened."""
        here = {file.place for file in files}
        closed = [(root, f"{path}{os.sep}") for root, path in self._failed if root]
        return sorted(
            id
            for (root, path), id in self._ids.items()
            if root in roots
            and (root, path) not in here
            and not any(root == r and (path.startswith(p) or p == f".{os.sep}") for r, p in closed)
        )


def _encoded(index: Store, reads: Sequence[_Read]) -> npt.NDArray[np.float32]:
    """Vectors of all windows of some documents, in their order; those that are known are not made again."""
    import numpy as np

    if not reads:
        return np.zeros((0, 0), np.float32)
    model = index.embedder()
    known = {text: vector for read in reads for text, vector in read.kept.items()}
    texts = [window.text for read in reads for window in read.windows]
    new = list(dict.fromkeys(text for text in texts if text not in known))
    for part in _slices(new):
        known |= zip(part, model.encode(part), strict=True)
    return np.array([known[text] for text in texts], np.float32).reshape(-1, model.dimension)


def _slices(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), 8 * _TOGETHER):
        yield texts[start : start + 8 * _TOGETHER]


def _sha256(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
