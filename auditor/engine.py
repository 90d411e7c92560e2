"""Runs detectors over documents: the loop, and the process pool around it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING

from auditor import documents
from auditor.baseline import suppress_inline
from auditor.detector import Detector, choose
from auditor.documents import Document, DocumentError, LoadOptions
from auditor.findings import Finding, fingerprint
from auditor.reports.model import Audit, Subject

if TYPE_CHECKING:
    from concurrent.futures import Future


@dataclass(frozen=True, slots=True)
class Task:
    """One document to audit; small enough to send to another process.

    Attributes:
        name: What the document is called in the report.
        data: Its bytes, or None to read the file ``name``.
        select: Rule selectors to run (empty: all).
        ignore: Rule selectors to leave out.
        options: How to read it.
        rule_files: The user's own rule files.
        timeout: Longest time for this document, in seconds; 0 means no limit.
    """

    name: str
    data: bytes | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    options: LoadOptions = field(default_factory=LoadOptions)
    rule_files: tuple[str, ...] = ()
    timeout: float = 60.0


class AuditTimeoutError(Exception):
    """A document took longer than its limit."""


def audit_document(document: Document, detectors: Sequence[Detector]) -> Audit:
    """The core loop: every detector over one document.

    Args:
        document: What to audit.
        detectors: What to look for.

    Returns:
        Findings by place, those of one family on one span joined into one.
    """
    found = [finding for detector in detectors for finding in detector.check(document)]
    pages = document.pages.labels
    subject = Subject(
        kind="document",
        name=document.name,
        format=document.format,
        sha256=document.sha256 or None,
        characters=len(document.text),
        pages=pages[-1] if pages else None,
    )
    findings = suppress_inline(document, _numbered(document, _joined(found)))
    return Audit(subject=subject, findings=tuple(findings), problems=document.problems)


def _joined(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of one family on one span become one: the most severe speaks, the others are named in ``also``."""
    groups: dict[tuple[str, int, int], list[Finding]] = {}
    for finding in findings:
        place = finding.location
        key = (finding.rule.partition("/")[0], place.start if place else -1, place.end if place else id(finding))
        groups.setdefault(key, []).append(finding)
    joined = []
    for group in groups.values():
        lead = max(group, key=lambda f: (f.severity.rank, f.confidence))
        also = sorted({rule for f in group for rule in (f.rule, *f.also)} - {lead.rule})
        joined.append(lead.model_copy(update={"also": tuple(also)}) if also else lead)
    return sorted(joined, key=lambda f: (f.location.start, f.location.end) if f.location else (-1, -1))


def _numbered(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Tells equal passages of one document apart by their order, so that a new copy is a new finding."""
    seen: dict[str, int] = {}
    for finding in findings:
        nth = seen.get(finding.fingerprint, 0)
        seen[finding.fingerprint] = nth + 1
        if nth and finding.location:
            text = document.text[finding.location.start : finding.location.end]
            print_ = fingerprint(finding.rule, document.name, text, nth)
            finding = finding.model_copy(update={"fingerprint": print_})
        yield finding


def run_task(task: Task) -> Audit:
    """Reads and audits one document; whatever goes wrong becomes a ``failed`` audit that says why."""
    try:
        with _time_limit(task.timeout):
            document = (
                documents.load(task.name, task.options)
                if task.data is None
                else documents.load_bytes(task.data, task.name, task.options)
            )
            return audit_document(document, _detectors(task))
    except DocumentError as error:
        return failed(task.name, error.reason)
    except AuditTimeoutError:
        return failed(task.name, f"took longer than {task.timeout:g} s; raise the limit with --timeout")
    except MemoryError:
        return failed(task.name, "needs more memory than there is")
    except Exception as error:  # noqa: BLE001 - one bad document must not lose the others; the reason is reported
        return failed(task.name, f"could not be audited: {type(error).__name__}: {error}".splitlines()[0])


def _detectors(task: Task) -> list[Detector]:
    for path in task.rule_files:
        from auditor.detectors.boilerplate.custom import register_file

        register_file(path)
    return choose(task.select, task.ignore)


def failed(name: str, reason: str) -> Audit:
    """The audit of a document that could not be audited."""
    return Audit(subject=Subject(kind="document", name=name), status="failed", error=reason)


def run(tasks: Sequence[Task], jobs: int = 1) -> Iterator[Audit]:
    """Audits documents and yields one audit each, in the order of the tasks.

    Args:
        tasks: What to audit.
        jobs: Number of processes; 1 stays in this one.

    Yields:
        An audit for every task, also when a worker process dies (the document that killed it is named).
    """
    if jobs <= 1 or len(tasks) <= 1:
        yield from map(run_task, tasks)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    left = list(tasks)
    while left:
        pool = ProcessPoolExecutor(min(jobs, len(left)), mp_context=get_context("spawn"), initializer=_ignore_interrupt)
        try:
            window = _Window(pool, left, jobs * 4)
            while (done := window.next()) is not None:
                yield done
            left = []
        except BrokenProcessPool:
            # Which of those in flight brought the process down is not known: try them one by one, each alone.
            left, suspects = left[window.sent :], left[window.taken : window.sent]
            yield from map(_run_alone, suspects)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


class _Window:
    """Keeps a bounded number of tasks in flight: results wait in order without piling up."""

    def __init__(self, pool: object, tasks: Sequence[Task], size: int) -> None:
        self._pool, self._tasks, self._size = pool, tasks, size
        self._flight: list[Future[Audit]] = []
        self.sent = 0
        self.taken = 0

    def next(self) -> Audit | None:
        while self.sent < len(self._tasks) and len(self._flight) < self._size:
            self._flight.append(self._pool.submit(run_task, self._tasks[self.sent]))  # type: ignore[attr-defined]
            self.sent += 1
        if not self._flight:
            return None
        audit = self._flight[0].result()
        self._flight.pop(0)
        self.taken += 1
        return audit


def _run_alone(task: Task) -> Audit:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_ignore_interrupt) as pool:
        try:
            return pool.submit(run_task, task).result()
        except BrokenProcessPool:
            return failed(task.name, "brought its process down (out of memory, or a damaged file)")


def _ignore_interrupt() -> None:
    """Ctrl-C is the parent's business: workers end when it shuts the pool down."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raises AuditTimeoutError in the block after ``seconds``; only the main thread of a POSIX process can."""
    if seconds <= 0 or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise AuditTimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
