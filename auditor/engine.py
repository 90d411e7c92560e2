"""Runs detectors over documents: the loop, and the process pool around it."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import TYPE_CHECKING

from auditor import documents
from auditor.baseline import suppress_inline
from auditor.detector import Detector, choose
from auditor.documents import Document, DocumentError, LoadOptions
from auditor.findings import Claim, Finding, Measurement, Verdict, fingerprint
from auditor.reports.model import Audit, Subject

if TYPE_CHECKING:
    from auditor.sources.grounds import Grounds, GroundsSpec


@dataclass(frozen=True, slots=True)
class Task:
    """One document to audit; small enough to send to another process.

    Attributes:
        name: What the document is called in the report.
        data: Its bytes, or None to read the file ``name``.
        select: Rule selectors to run (empty: all).
        ignore: Rule selectors to leave out.
        options: How to read it.
        timeout: Longest time for this document, in seconds; 0 means no limit.
        grounds: Sources to hold it against, if any.
    """

    name: str
    data: bytes | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    options: LoadOptions = field(default_factory=LoadOptions)
    timeout: float = 60.0
    grounds: GroundsSpec | None = None


class AuditTimeoutError(BaseException):
    """A document took longer than its limit. No detector's ``except Exception`` may swallow it."""


def audit_document(
    document: Document, detectors: Sequence[Detector], grounds: Grounds | None = None
) -> Audit:
    """The core loop: every detector over one document.

    Args:
        document: What to audit.
        detectors: What to look for.
        grounds: Sources to hold it against; without them, the detectors that need some are not run.

    Returns:
        Findings by place, those of one family on one span joined into one; claims by place; measurements. If a
        detector fails, the audit is ``failed`` and says which; what the others found is in it.
    """
    found: list[Finding | Claim | Measurement] = []
    errors: list[str] = []
    for detector in detectors:
        try:
            if detector.check:
                found.extend(detector.check(document))
            if detector.grounded and grounds:
                found.extend(detector.grounded(document, grounds))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - one broken rule must not lose what the others found
            reason = f"rule {detector.rule.id} failed: {_told(error)}"
            if not errors or _told(error) not in errors[-1]:
                errors.append(reason)
    pages = document.pages.labels
    subject = Subject(
        kind="document",
        name=document.name,
        format=document.format,
        sha256=document.sha256 or None,
        characters=len(document.text),
        pages=max((page for page in pages if page), default=None),
    )
    joined = _joined(item for item in found if isinstance(item, Finding))
    claims = {(c.location.start, c.location.end): c for c in found if isinstance(c, Claim)}
    return Audit(
        subject=subject,
        status="failed" if errors else "complete",
        error="; ".join(errors) or None,
        findings=tuple(suppress_inline(document, _numbered(document, joined))),
        claims=tuple(claims[key] for key in sorted(claims)),
        measurements=tuple({m.name: m for m in found if isinstance(m, Measurement)}.values()),
        problems=document.problems + _not_checked(claims.values()),
    )


def _not_checked(claims: Iterable[Claim]) -> tuple[str, ...]:
    """One line for each reason for which claims could not be checked: such an audit is not complete."""
    reasons = Counter(claim.reason for claim in claims if claim.verdict is Verdict.NOT_CHECKED)
    return tuple(
        f"{number:,} claim{'' if number == 1 else 's'} not checked: {reason}"
        for reason, number in reasons.items()
    )


def _told(error: Exception) -> str:
    """An exception in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def _joined(findings: Iterable[Finding]) -> list[Finding]:
    """Joins findings of one family on one span: the most severe speaks, ``also`` names the others."""
    groups: dict[tuple[str, int, int], list[Finding]] = {}
    for finding in findings:
        place = finding.location
        key = (
            finding.rule.partition("/")[0],
            place.start if place else -1,
            place.end if place else id(finding),
        )
        groups.setdefault(key, []).append(finding)
    joined = []
    for group in groups.values():
        lead = max(group, key=lambda f: (f.severity.rank, f.confidence))
        also = sorted({rule for f in group for rule in (f.rule, *f.also)} - {lead.rule})
        joined.append(replace(lead, also=tuple(also)) if also else lead)
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
            finding = replace(finding, fingerprint=print_)
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
            detectors = choose(task.select, task.ignore)
            return audit_document(document, detectors, task.grounds.open() if task.grounds else None)
    except DocumentError as error:
        return failed(task.name, error.reason)
    except AuditTimeoutError:
        return failed(task.name, too_long(task))
    except MemoryError:
        return failed(task.name, "needs more memory than there is")
    except Exception as error:  # noqa: BLE001 - one bad document must not lose the others; the reason is reported
        return failed(task.name, f"cannot be read: {_told(error)}")


def too_long(task: Task) -> str:
    """The reason of a document that ran into its time limit."""
    return f"took longer than {task.timeout:g} s; raise the limit with --timeout"


def failed(name: str, reason: str) -> Audit:
    """The audit of a document that could not be audited."""
    return Audit(subject=Subject(kind="document", name=name), status="failed", error=reason)


def run(tasks: Sequence[Task], jobs: int = 1, rule_files: Sequence[str] = ()) -> Generator[Audit]:
    """Audits documents and yields one audit each, in the order of the tasks.

    Args:
        tasks: What to audit.
        jobs: Number of processes; 1 stays in this one.
        rule_files: The user's own rules, for the other processes; in this one the caller has registered them.

    Yields:
        An audit for every task, also when a worker process dies (the document that killed it is named).
    """
    if jobs <= 1 or len(tasks) <= 1:
        yield from map(run_task, tasks)
        return
    from auditor.pool import run_in_pool

    yield from run_in_pool(tasks, min(jobs, len(tasks)), rule_files)


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raises AuditTimeoutError in the block after ``seconds``; only a POSIX process's main thread can."""
    if (
        seconds <= 0
        or not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
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
