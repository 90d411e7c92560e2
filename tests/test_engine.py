from __future__ import annotations

import multiprocessing
import signal
import time

import pytest

from auditor import pool
from auditor.documents import from_text
from auditor.documents.interface import Limits, LoadOptions
from auditor.engine import Task, audit_document, run, run_task
from auditor.findings import Rule, Severity
from tests.patience import patience

pytestmark = pytest.mark.usefixtures("fake")
posix = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a time limit needs POSIX signals")


def task(text: str, name: str = "a.txt", **more: object) -> Task:
    return Task(name, text.encode(), select=("fake",), **more)


def tasks(*texts: str, **more: object) -> list[Task]:
    return [task(text, f"{n}.txt", **more) for n, text in enumerate(texts)]


def test_findings_come_in_the_order_of_their_places():
    audit = run_task(task("a MILD thing, a LEAK and a MILD one"))
    assert [(f.rule, f.excerpt, f.location.start) for f in audit.findings] == [
        *(("fake/mild", "MILD", 2), ("fake/word", "LEAK", 16), ("fake/mild", "MILD", 27)),
    ]
    assert audit.status == "complete"
    assert (audit.subject.name, audit.subject.format, audit.subject.characters) == ("a.txt", "text", 35)


def test_equal_passages_have_different_fingerprints_that_do_not_change_when_lines_move():
    audit = run_task(task("LEAK LEAK"))
    moved = run_task(task("\n\nnew line\nLEAK\nLEAK"))
    prints = [f.fingerprint for f in audit.findings]
    assert len(set(prints)) == 2
    assert [f.fingerprint for f in moved.findings] == prints


def test_findings_of_one_family_on_one_span_become_one():
    from auditor.detector import Detector

    def on_all(rule):
        return Detector(rule, lambda d: iter([rule.at(d, 0, 4, confidence=0.5)]))

    rules = [
        Rule("x/note", "n", Severity.NOTE),
        Rule("x/error", "e", Severity.ERROR),
        Rule("y/w", "w", Severity.NOTE),
    ]
    audit = audit_document(from_text("some text"), [on_all(rule) for rule in rules])
    assert [(f.rule, f.also) for f in audit.findings] == [("x/error", ("x/note",)), ("y/w", ())]


def test_a_detector_that_raises_is_named_and_the_others_findings_are_kept():
    audit = run_task(task("LEAK RAISE"))
    assert audit.status == "failed"
    assert audit.error == "rule fake/act failed: ZeroDivisionError: asked to raise"
    assert [f.rule for f in audit.findings] == ["fake/word"]


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (Task("nothing.txt"), "cannot be read: No such file or directory"),
        (Task("."), "is a folder"),
        (Task("a.txt", b""), "is empty"),
        (Task("a.txt", b"x" * 20, options=LoadOptions(limits=Limits(max_size=10))), "over the limit"),
        (Task("a.txt", b"MEMORY", select=("fake",)), "needs more memory"),
    ],
)
def test_a_document_that_cannot_be_audited_says_why(made, reason):
    audit = run_task(made)
    assert audit.status == "failed"
    assert reason in audit.error


@posix
def test_a_document_that_takes_too_long_is_given_up():
    started = time.monotonic()
    audit = run_task(task("SLEEP", timeout=0.1))
    assert audit.error == "took longer than 0.1 s; raise the limit with --timeout"
    assert time.monotonic() - started < patience(10)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


class TestPool:
    def test_results_come_in_order_and_are_those_of_one_process(self):
        made = tasks(*(f"{'LEAK ' * (n % 3)}text {n}" for n in range(30)))
        assert list(run(made, jobs=2)) == list(run(made, jobs=1))

    def test_a_worker_that_dies_costs_its_own_document_only(self):
        audits = list(run(tasks("LEAK", "EXIT", "LEAK", "MILD", "text"), jobs=2))
        assert [audit.subject.name for audit in audits] == [f"{n}.txt" for n in range(5)]
        assert [audit.status for audit in audits] == ["complete", "failed", *["complete"] * 3]
        assert "brought its process down" in audits[1].error
        assert [len(audit.findings) for audit in audits] == [1, 0, 1, 1, 0]

    @posix
    def test_time_limits_hold_in_workers_even_where_a_worker_is_deaf(self, monkeypatch):
        monkeypatch.setattr(pool, "_GRACE", 2.0)
        audits = list(run(tasks("SLEEP", "LEAK", "DEAF", "LEAK", timeout=0.5), jobs=2))
        assert [audit.status for audit in audits] == ["failed", "complete", "failed", "complete"]
        assert audits[0].error == audits[2].error == "took longer than 0.5 s; raise the limit with --timeout"

    def test_no_process_is_left_when_the_caller_stops_early(self):
        audits = run(tasks("LEAK", "SLEEP", "SLEEP"), jobs=2)
        assert next(audits).status == "complete"
        started = time.monotonic()
        audits.close()
        assert time.monotonic() - started < patience(10)
        assert multiprocessing.active_children() == []

    def test_without_further_processes_this_one_does_the_work(self, monkeypatch):
        def none_left(self, made):
            raise BlockingIOError(11, "Resource temporarily unavailable")

        monkeypatch.setattr(pool._Workers, "submit", none_left)
        assert [len(audit.findings) for audit in run(tasks("LEAK", "text"), jobs=2)] == [1, 0]

    def test_few_tasks_are_in_flight_at_a_time(self, monkeypatch):
        sent = []
        real = pool._Workers.submit
        monkeypatch.setattr(pool._Workers, "submit", lambda self, t: sent.append(t) or real(self, t))
        audits = run(tasks(*["text"] * 50), jobs=2)
        next(audits)
        assert len(sent) <= 2 * pool._IN_FLIGHT
        audits.close()
