"""Follows folders: an index is brought up to date as their files change."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from importlib import util
from typing import Final

from auditor.sources.store import Store
from auditor.sources.syncing import Progress, SyncOptions, SyncReport, sync

SETTLE: Final = 0.4
"""Seconds without a further change after which files are read: an editor writes in several steps."""
INTERVAL: Final = 2.0
"""Seconds between two looks at the folders where the system cannot tell of changes."""


def watch(
    index: Store,
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    options: SyncOptions | None = None,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    settle: float = SETTLE,
    interval: float | None = None,
) -> Iterator[SyncReport]:
    """Syncs at once and again after every change, until ``stop`` is set or the caller stops asking.

    The operating system tells of changes where the package watchfiles is installed; else the folders are looked
    over at intervals, which costs as much as a sync that finds nothing to do.

    Args:
        index: The index.
        paths: Folders and files.
        options: What is read, and how.
        progress: As for ``sync``.
        stop: Ends the watch when it is set.
        settle: Seconds without a further change before files are read.
        interval: Seconds between two looks, instead of being told by the system.

    Yields:
        What the first sync did, then each sync that changed something or could not read other files than before.

    Raises:
        IndexProblem: If a path does not exist or the index cannot be written to.
    """
    named = [os.fspath(p) for p in ([paths] if isinstance(paths, str | os.PathLike) else paths)]
    ended = stop or threading.Event()
    last = sync(index, named, options=options, progress=progress)
    yield last
    for _ in _changes(named, ended, settle, interval):
        report = sync(index, named, options=options, progress=progress)
        if report.changed or report.failed != last.failed:
            yield report
        last = report


def _changes(
    paths: list[str], stop: threading.Event, settle: float, interval: float | None
) -> Iterator[None]:
    """Comes round whenever something may have changed."""
    if interval is None and util.find_spec("watchfiles") is not None:
        from watchfiles import watch as told

        # Comes round every few seconds also without news: what changed during a sync must not wait for ever.
        turns = told(
            *paths,
            watch_filter=None,
            debounce=int(settle * 4000),
            step=int(settle * 1000),
            stop_event=stop,
            rust_timeout=5000,
            yield_on_timeout=True,
            raise_interrupt=True,
        )
        for _ in turns:
            yield
        return
    while not stop.wait(INTERVAL if interval is None else interval):
        yield
