"""From audits to one report with its totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from auditor.findings import Finding, Rule, Severity, Status
from auditor.reports.model import Audit, Report, RuleInfo, Summary, Tool
from auditor.version import __version__


def build(
    audits: Iterable[Audit],
    *,
    rules: Iterable[Rule] = (),
    started: datetime | None = None,
    seconds: float | None = None,
    settings: dict[str, Any] | None = None,
    skipped: int = 0,
) -> Report:
    """Aggregates audits into a report.

    Args:
        audits: One per subject, in the order to show.
        rules: The rules that were run.
        started: When the run began (now by default).
        seconds: How long it took.
        settings: What the run was asked to do.
        skipped: Files that a walk passed over because their type is not read.
    """
    kept = tuple(audits)
    return Report(
        tool=Tool(version=__version__),
        started=started or datetime.now(UTC),
        seconds=seconds,
        settings=settings or {},
        rules=tuple(rule_info(rule) for rule in rules),
        audits=kept,
        summary=summarise(kept, skipped=skipped),
    )


def rule_info(rule: Rule) -> RuleInfo:
    """What readers of a report are told of a rule."""
    return RuleInfo(id=rule.id, title=rule.title, severity=rule.severity, help=rule.help, docs=rule.docs)


def summarise(audits: Iterable[Audit], *, skipped: int = 0) -> Summary:
    """Totals over audits."""
    kept = tuple(audits)
    findings = [finding for audit in kept for finding in audit.findings]
    counting = [finding for finding in findings if finding.counts]
    levels = Counter(finding.severity for finding in counting)
    return Summary(
        subjects=len(kept),
        failed=sum(audit.status == "failed" for audit in kept),
        skipped=skipped,
        findings=len(counting),
        errors=levels[Severity.ERROR],
        warnings=levels[Severity.WARNING],
        notes=levels[Severity.NOTE],
        mentioned=sum(f.status is Status.MENTIONED and f.suppressed is None for f in findings),
        suppressed=sum(f.suppressed is not None for f in findings),
        by_rule=dict(sorted(Counter(finding.rule for finding in counting).items())),
    )


def merge(reports: Iterable[Report]) -> Report:
    """One report of several runs; a subject audited again (same kind and name) keeps its latest audit.

    Raises:
        ValueError: If there is no report.
    """
    kept = sorted(reports, key=lambda report: report.started)
    if not kept:
        raise ValueError("no report to merge")
    audits = {(a.subject.kind, a.subject.name): a for report in kept for a in report.audits}
    rules = {rule.id: rule for report in kept for rule in report.rules}
    return Report(
        tool=Tool(version=__version__),
        started=kept[0].started,
        seconds=sum(report.seconds or 0.0 for report in kept),
        settings=kept[-1].settings,
        rules=tuple(rules[key] for key in sorted(rules)),
        audits=tuple(audits.values()),
        summary=summarise(audits.values(), skipped=sum(report.summary.skipped for report in kept)),
    )


def exit_code(report: Report, fail_on: Severity | Callable[[str], Severity | None] | None) -> int:
    """What a program ends with.

    Args:
        report: The report.
        fail_on: Severity from which a finding fails the run (None: never), or what gives it for a name.

    Returns:
        0 nothing at or above ``fail_on``, 1 findings, 3 something could not be audited.
    """
    if any(audit.status == "failed" or audit.problems for audit in report.audits):
        return 3
    for audit in report.audits:
        level = fail_on(audit.subject.name) if callable(fail_on) else fail_on
        if level and any(f.counts and f.severity.rank >= level.rank for f in audit.findings):
            return 1
    return 0


def worst(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by severity, then confidence, the worst first."""
    return sorted(findings, key=lambda f: (-f.severity.rank, -f.confidence))
