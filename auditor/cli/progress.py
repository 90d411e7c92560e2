"""How far a scan is, on standard error, and only where it takes long enough to ask."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.reports.model import Audit
    from auditor.scanning import Watch

_PATIENCE = 0.5  # seconds


def watch(wanted: bool | None, *, quiet: bool) -> Watch | None:
    """What shows progress, or None.

    Args:
        wanted: True and False as the user said; None: where standard error is a terminal.
        quiet: Whether the user wants to see nothing but findings.
    """
    return partial(_bar, forced=bool(wanted)) if _shows(wanted, quiet) else None


def _shows(wanted: bool | None, quiet: bool) -> bool:
    return bool(wanted or (wanted is None and sys.stderr.isatty() and not quiet))


@contextmanager
def reading(wanted: bool | None, *, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """What shows how many of the sources have been read, or None; the arguments are those of ``watch``."""
    if not _shows(wanted, quiet):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("Reading sources"), BarColumn(), MofNCompleteColumn())
    progress = Progress(*columns, console=Console(stderr=True, force_terminal=wanted or None), transient=True)
    task = progress.add_task("", total=None, visible=False)

    def told(done: int, total: int) -> None:
        if done >= total:
            progress.stop()
        elif not progress.live.is_started:
            progress.start()
        progress.update(task, completed=done, total=total, visible=True)

    try:
        yield told
    finally:
        progress.stop()


def _bar(audits: Iterator[Audit], total: int, *, forced: bool) -> Iterator[Audit]:
    started = monotonic()
    for done, audit in enumerate(audits, 1):
        yield audit
        if total > done and monotonic() - started > _PATIENCE:
            yield from _shown(audits, done, total, forced)


def _shown(audits: Iterator[Audit], done: int, total: int, forced: bool) -> Iterator[Audit]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Scanning"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True, force_terminal=True if forced else None)
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total, completed=done)
        for audit in audits:
            yield audit
            progress.advance(task)
