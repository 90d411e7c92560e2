"""What ``--sources PATH|INDEX`` means: indexes are opened, folders and files brought into one first."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from auditor.sources.interface import Index, IndexProblem
from auditor.sources.local import LocalIndex
from auditor.sources.store import Store
from auditor.sources.syncing import Progress, SyncOptions, sync
from auditor.sources.union import Union

_SERVERS: Final = ("postgresql://", "postgres://")
_SUFFIXES: Final = frozenset({".auditor", ".sqlite", ".db"})
_MAGIC: Final = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Sources that can be opened, in this process or another.

    Attributes:
        locations: Index files and database addresses, for ``open_indexes``.
        failed: Files that could not be read, each with the reason.
    """

    locations: tuple[str, ...]
    failed: tuple[tuple[str, str], ...] = ()


def open_indexes(locations: Sequence[str]) -> Index:
    """Opens index files and databases; several are searched as one.

    Raises:
        IndexProblem: If one of them cannot be used.
    """
    from auditor.sources import open_index

    if len(locations) == 1:
        return open_index(locations[0])
    return Union({label: open_index(location) for label, location in _labelled(locations)})


def gather(
    locations: Sequence[str | os.PathLike[str]],
    cache: Path | None = None,
    *,
    options: SyncOptions | None = None,
    progress: Progress | None = None,
) -> Union:
    """Opens sources of any kind as one index; ``.failed`` names the files that could not be read.

    Args:
        locations: Index files, database addresses, folders and files.
        cache: Folder for the indexes of folders and files; the user's cache folder by default.
        options: How folders and files are read.
        progress: As for ``sync``.

    Raises:
        IndexProblem: If one of them does not exist or cannot be used, or none of them holds text.
    """
    ready = prepare(locations, cache, options=options, progress=progress)
    return Union({label: open_indexes([one]) for label, one in _labelled(ready.locations)}, ready.failed)


def prepare(
    locations: Sequence[str | os.PathLike[str]],
    cache: Path | None = None,
    *,
    options: SyncOptions | None = None,
    progress: Progress | None = None,
) -> Prepared:
    """Brings folders and files into an index in the cache, and checks all that is named.

    Args:
        locations: Index files, database addresses, folders and files.
        cache: Folder for the indexes of folders and files; the user's cache folder by default.
        options: How folders and files are read.
        progress: As for ``sync``.

    Raises:
        IndexProblem: If one of them does not exist or cannot be used, or none of them holds text.
    """
    named = [os.fspath(location) for location in locations]
    if not named:
        raise IndexProblem("no sources were given")
    indexes = [name for name in named if is_index(name)]
    rest = [name for name in named if name not in indexes]
    failed: tuple[tuple[str, str], ...] = ()
    if rest:
        made, failed = _cached(rest, cache or cache_folder(), options or SyncOptions(), progress)
        indexes.append(made)
    _check_text(indexes, named, failed)
    return Prepared(tuple(indexes), failed)


def is_index(location: str) -> bool:
    """Whether a location is an index or a database rather than something to read."""
    if location.startswith(_SERVERS):
        return True
    path = Path(location)
    if not path.is_file():
        return False
    if path.suffix in _SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def cache_folder() -> Path:
    """``AUDITOR_CACHE_DIR``, else a folder of this program's in the user's cache folder."""
    if chosen := os.environ.get("AUDITOR_CACHE_DIR"):
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "auditor"


def _cached(
    paths: Sequence[str], cache: Path, options: SyncOptions, progress: Progress | None
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The index of these paths in the cache, brought up to date, and what could not be read."""
    key = repr((sorted(os.path.realpath(path) for path in paths), options))
    file = (
        cache / "sources" / f"{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}.auditor"
    )
    for attempt in (1, 2):
        try:
            index: Store = LocalIndex(file, create=True)
            try:
                return str(file), sync(index, paths, options=options, progress=progress).failed
            finally:
                index.close()
        except IndexProblem as error:
            # Only a copy of what the files hold: one that is damaged or of another version is made anew.
            if attempt == 2 or "delete" not in str(error):
                raise
            for end in ("", "-wal", "-shm"):
                Path(f"{file}{end}").unlink(missing_ok=True)
    raise AssertionError("unreachable")


def _check_text(indexes: Sequence[str], named: Sequence[str], failed: Sequence[tuple[str, str]]) -> None:
    for location in indexes:
        index = open_indexes([location])
        try:
            if any(info.windows for info in index.sources()):
                return
        finally:
            index.close()
    why = f"; {failed[0][0]}: {failed[0][1]}" if failed else ""
    more = f" (and {len(failed) - 1:,} more)" if len(failed) > 1 else ""
    raise IndexProblem(f"the sources hold no readable text: {', '.join(named)}{why}{more}")


def _labelled(locations: Sequence[str]) -> list[tuple[str, str]]:
    """Locations, each with a short name of its own."""
    made: dict[str, str] = {}
    for location in dict.fromkeys(locations):
        server = location.startswith(_SERVERS)
        short = location.partition("?")[0].rpartition("/")[2] if server else Path(location).stem
        made[location if short in made else short] = location
    return list(made.items())
