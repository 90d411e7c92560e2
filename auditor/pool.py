"""Audits documents in several processes: in order, with bounded memory, whatever happens to a worker."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process

from auditor.engine import Task, failed, run_task, too_long
from auditor.reports.model import Audit

_IN_FLIGHT = 4  # tasks per worker that are sent ahead: results wait in order without piling up
# A worker rings its own alarm, but C code that does not come back cannot hear it: then it is killed.
_GRACE = 10.0  # seconds; a worker's start is in it


class _Stuck(Exception):
    """The first task in flight did not come back in time."""


def run_in_pool(tasks: Sequence[Task], jobs: int, rule_files: Sequence[str]) -> Iterator[Audit]:
    """Yields an audit for every task, in order."""
    left = list(tasks)
    while left:
        workers = _Workers(jobs, rule_files)
        window = _Window(workers, left)
        killed = True
        try:
            while (done := window.next()) is not None:
                yield done
            killed = False
            return
        except _Stuck:
            rest: Iterable[Audit] = [failed(left[window.taken].name, too_long(left[window.taken]))]
            left = left[window.taken + 1 :]
        except BrokenProcessPool:
            # Which of those in flight brought the process down is not known: each is tried alone.
            rest, left = window.salvage(rule_files), left[window.sent :]
        except OSError:  # no more processes to be had: this one does the rest
            rest, left = [*map(run_task, left[window.taken :])], []
        finally:
            workers.stop(kill=killed)
        yield from rest


class _Window:
    """Keeps a bounded number of tasks in flight."""

    def __init__(self, workers: _Workers, tasks: Sequence[Task]) -> None:
        self._workers, self._tasks = workers, tasks
        self._flight: list[Future[Audit]] = []
        self.sent = 0
        self.taken = 0

    def next(self) -> Audit | None:
        while self.sent < len(self._tasks) and len(self._flight) < self._workers.count * _IN_FLIGHT:
            self._flight.append(self._workers.submit(self._tasks[self.sent]))
            self.sent += 1
        if not self._flight:
            return None
        audit = _result(self._flight[0], self._tasks[self.taken])
        self._flight.pop(0)
        self.taken += 1
        return audit

    def salvage(self, rule_files: Sequence[str]) -> Iterator[Audit]:
        """Audits of all tasks that were in flight: those that were finished, and the others one by one."""
        for future, task in zip(self._flight, self._tasks[self.taken : self.sent], strict=True):
            yield (
                future.result() if future.done() and not future.exception() else _run_alone(task, rule_files)
            )


class _Workers:
    """A process pool that can be ended at once and does not hear Ctrl-C, which is the parent's business."""

    def __init__(self, count: int, rule_files: Sequence[str]) -> None:
        self.count = count
        self._pool = ProcessPoolExecutor(
            count, mp_context=get_context("spawn"), initializer=_start, initargs=(tuple(rule_files),)
        )

    def submit(self, task: Task) -> Future[Audit]:
        with _interrupts_held():
            return self._pool.submit(run_task, task)

    def stop(self, *, kill: bool) -> None:
        # The only way to the processes before Python 3.14 has kill_workers().
        processes = list((self._pool._processes or {}).values()) if kill else []
        for process in processes:
            process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _result(future: Future[Audit], task: Task) -> Audit:
    # The first in flight is running: tasks are handed out in order, and all before it are done.
    try:
        return future.result(task.timeout + _GRACE if task.timeout else None)
    except TimeoutError as error:
        raise _Stuck from error


def _run_alone(task: Task, rule_files: Sequence[str]) -> Audit:
    workers = _Workers(1, rule_files)
    killed = True
    try:
        audit = _result(workers.submit(task), task)
        killed = False
        return audit
    except _Stuck:
        return failed(task.name, too_long(task))
    except BrokenProcessPool:
        return failed(task.name, "brought its process down (out of memory, or a damaged file)")
    finally:
        workers.stop(kill=killed)


def _start(rule_files: tuple[str, ...]) -> None:
    """Sets up a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from auditor.scanning import register

    register(rule_files)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process started in this block has SIGINT blocked: Ctrl-C while it starts up prints nothing."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # starting it later, inside the block, would unblock the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
