"""The report in a line, and what could not be audited: what a person is told beside the findings."""

from __future__ import annotations

from collections import Counter

from auditor.findings import Finding, Verdict
from auditor.reports.model import Audit, Report
from auditor.reports.text import one_line, percent, plural


def totals(report: Report) -> str:
    """``3 errors, 1 warning in 2 of 14 documents``, with what could not be audited; no full stop."""
    summary = report.summary
    levels = ((summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note"))
    found = ", ".join(plural(number, noun) for number, noun in levels if number)
    hit = sum(any(finding.counts for finding in audit.findings) for audit in report.audits)
    whole = summary.subjects - summary.failed
    if found:
        line = f"{found} in {hit:,} of {plural(summary.subjects, _noun(report))}"
    elif whole or not summary.failed:
        line = f"No findings in {plural(whole, _noun(report))}"
    else:
        return f"{plural(summary.failed, _noun(report))} could not be audited"
    return f"{line}; {summary.failed:,} could not be audited" if summary.failed else line


def summary_line(report: Report, *, verbose: bool = False) -> str:
    """Totals and what is not shown, in one line.

    Args:
        report: The report.
        verbose: Whether mentioned and suppressed findings were shown.
    """
    summary = report.summary
    line = totals(report)
    partial = sum(bool(audit.problems) for audit in report.audits)
    if partial:
        line += f"; {partial:,} only in part"
    if summary.skipped:
        line += f"; {plural(summary.skipped, 'file')} of other types passed over"
    hidden = [plural(summary.mentioned, "mention")] if summary.mentioned else []
    hidden += [f"{summary.suppressed:,} suppressed"] if summary.suppressed else []
    if hidden and not verbose:
        line += f"; {' and '.join(hidden)} not shown (--verbose)"
    return line + "."


def failure_lines(report: Report) -> list[str]:
    """One line for every document that could not be audited, or not whole: ``path: what: reason``."""
    return [line for audit in report.audits for line in audit_failures(audit)]


def audit_failures(audit: Audit) -> list[str]:
    """The lines of ``failure_lines`` for one subject."""
    name = one_line(audit.subject.name)
    reason = one_line(audit.error or "no reason given")
    lines = [f"{name}: could not be audited: {reason}"] if audit.status == "failed" else []
    return lines + [f"{name}: audited only in part: {one_line(problem)}" for problem in audit.problems]


def grounding_line(audit: Audit) -> str:
    """``answer.md: 5 of 8 claims supported (62%, 95% interval 31% to 86%), 2 contradicted``; or nothing."""
    score = next((m for m in audit.measurements if m.name == "grounding/score"), None)
    if score is None:
        return ""
    verdicts = Counter(claim.verdict for claim in audit.claims)
    line = f"{one_line(audit.subject.name)}: {verdicts[Verdict.SUPPORTED]:,} of {plural(score.n, 'claim')} supported"
    line += f" ({percent(score.value)}"
    if score.interval:
        low, high = percent(score.interval.low), percent(score.interval.high)
        line += f", {percent(score.interval.level)} interval {low} to {high}"
    rest = (Verdict.CONTRADICTED, Verdict.UNSUPPORTED, Verdict.NOT_CHECKED)
    told = [f"{verdicts[v]:,} {v.value.replace('-', ' ')}" for v in rest if verdicts[v]]
    return ", ".join((line + ")", *told))


def place(audit: Audit, finding: Finding) -> str:
    """``path:line:column`` of a finding, or the subject's name where it has no place."""
    return one_line(str(finding.location) if finding.location else audit.subject.name)


def shown(audit: Audit, *, verbose: bool) -> list[Finding]:
    """Findings to show: those that count, and with ``verbose`` the others too."""
    return [finding for finding in audit.findings if verbose or finding.counts]


def worst_first(report: Report, *, verbose: bool) -> list[tuple[Audit, Finding]]:
    """Findings to show with the subject of each, by severity and then confidence."""
    pairs = [(audit, finding) for audit in report.audits for finding in shown(audit, verbose=verbose)]
    return sorted(pairs, key=lambda pair: (-pair[1].severity.rank, -pair[1].confidence))


def state(finding: Finding) -> str:
    """``suppressed``, ``mentioned``, ``uncertain`` or ``open``: what a reader has to do about a finding."""
    if finding.suppressed:
        return "suppressed"
    status = finding.status.value if finding.status else ""
    return status if status in ("mentioned", "uncertain") else "open"


def _noun(report: Report) -> str:
    kinds = {audit.subject.kind for audit in report.audits}
    return kinds.pop() if len(kinds) == 1 else "subject" if kinds else "document"
