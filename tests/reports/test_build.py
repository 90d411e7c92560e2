from __future__ import annotations

from datetime import timedelta

import pytest

from auditor.findings import Rule, Severity, Status
from auditor.reports.build import build, exit_code, merge, summarise, worst
from auditor.reports.model import Audit, Report, Subject

from .conftest import STARTED, finding, make


def audit(name: str, *levels: Severity, **more: object) -> Audit:
    found = tuple(finding("a/b", level, "x", None) for level in levels)
    return Audit(subject=Subject(kind="document", name=name), findings=found, **more)  # type: ignore[arg-type]


def test_summary_counts_what_counts(report: Report):
    summary = summarise(report.audits, skipped=2)
    assert (summary.subjects, summary.failed, summary.skipped) == (6, 1, 2)
    assert (summary.findings, summary.errors, summary.warnings, summary.notes) == (6, 3, 2, 1)
    assert (summary.mentioned, summary.suppressed) == (1, 2)
    assert summary.by_rule == {
        "boilerplate/knowledge-cutoff": 2,
        "boilerplate/opener": 2,
        "boilerplate/refusal": 2,
    }


def test_build_names_the_rules_that_ran():
    made = build(
        [audit("a")], rules=[Rule("a/b", "Title", Severity.ERROR, "Help.")], started=STARTED, skipped=3
    )
    assert [(rule.id, rule.title, rule.help) for rule in made.rules] == [("a/b", "Title", "Help.")]
    assert made.summary.skipped == 3


@pytest.mark.parametrize(
    ("levels", "fail_on", "code"),
    [
        ([], Severity.NOTE, 0),
        ([Severity.WARNING], Severity.ERROR, 0),
        ([Severity.WARNING], Severity.WARNING, 1),
        ([Severity.NOTE, Severity.ERROR], Severity.ERROR, 1),
        ([Severity.ERROR], None, 0),
    ],
)
def test_exit_code(levels: list[Severity], fail_on: Severity | None, code: int):
    assert exit_code(make(audit("a", *levels)), fail_on) == code


def test_mentioned_findings_do_not_fail_a_run():
    found = finding("a/b", Severity.NOTE, "x", None, status=Status.MENTIONED)
    quiet = Audit(subject=Subject(kind="document", name="a"), findings=(found,))
    assert exit_code(make(quiet), Severity.NOTE) == 0


@pytest.mark.parametrize("fail_on", [Severity.ERROR, None])
def test_what_is_not_complete_never_passes(fail_on: Severity | None):
    assert exit_code(make(audit("a", Severity.ERROR, status="failed", error="no")), fail_on) == 3
    assert exit_code(make(audit("a", problems=("row 3",))), fail_on) == 3


def test_merge_keeps_the_latest_audit_of_a_subject():
    old = make(audit("a", Severity.ERROR), audit("b", Severity.NOTE), skipped=1)
    new = make(audit("a"), audit("c"), started=STARTED + timedelta(hours=1), skipped=2, rules=())
    merged = merge([new, old])
    assert [a.subject.name for a in merged.audits] == ["a", "b", "c"]
    assert (merged.summary.errors, merged.summary.notes, merged.summary.skipped) == (0, 1, 3)
    assert merged.started == STARTED
    assert merged.seconds == 2.5
    assert merged.rules == tuple(sorted(old.rules, key=lambda rule: rule.id))


def test_merge_needs_a_report():
    with pytest.raises(ValueError, match="no report"):
        merge([])


def test_worst_sorts_by_severity_then_confidence():
    a = finding("a/b", Severity.WARNING, "a", None, confidence=0.99)
    b = finding("a/b", Severity.ERROR, "b", None, confidence=0.5)
    c = finding("a/b", Severity.ERROR, "c", None, confidence=0.8)
    assert worst([a, b, c]) == [c, b, a]
