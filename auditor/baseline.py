"""Findings that do not count: accepted before (baseline) or excused in place (inline suppression)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.detector import matches
from auditor.documents.document import Document
from auditor.findings import Finding, Suppression
from auditor.reports.model import Audit, Report

# auditor: ignore[boilerplate/opener] -- quoted from the interview
_INLINE = re.compile(r"auditor:\s*ignore\[(?P<rules>[\w/*, -]{1,200})\]\s*(?:--|—|:)\s*(?P<reason>\S[^\r\n]*)")
_END = re.compile(r"\s*(?:-->|\*/|#}|--}}|\]:?\s*#)?\s*$")


class BaselineError(ValueError):
    """A baseline file that cannot be used."""


def suppress_inline(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Marks findings that a comment on their first line, or on the line before, excuses with a reason.

    The comment is ``auditor: ignore[RULES] -- REASON`` in whatever comment syntax the file has. Without a reason it
    has no effect.
    """
    for finding in findings:
        line = finding.location.line if finding.location else None
        reason = None
        if line is not None and document.raw is not None and "auditor:" in document.raw:
            reason = _reason(document.raw_line(line), finding) or _reason(document.raw_line(line - 1), finding)
        yield finding if reason is None else _suppressed(finding, Suppression(kind="inline", reason=reason))


def _reason(line: str, finding: Finding) -> str | None:
    for match in _INLINE.finditer(line):
        selectors = [s.strip() for s in match["rules"].split(",")]
        if any(matches(rule, s) for s in selectors for rule in (finding.rule, *finding.also)):
            return _END.sub("", match["reason"]) or None
    return None


def _suppressed(finding: Finding, suppression: Suppression) -> Finding:
    return finding.model_copy(update={"suppressed": suppression})


def save(report: Report, path: Path) -> int:
    """Writes the fingerprints of all findings that count; returns how many.

    The file holds where each stood and what it said, so that a person can review it.
    """
    entries = {
        finding.fingerprint: {
            "rule": finding.rule,
            "path": finding.location.path if finding.location else audit.subject.name,
            "excerpt": finding.excerpt[:120],
        }
        for audit in report.audits
        for finding in audit.findings
        if finding.counts
    }
    text = json.dumps({"version": 1, "findings": entries}, ensure_ascii=False, indent=2, sort_keys=True)
    from auditor.files import write_atomic

    write_atomic(path, text + "\n")
    return len(entries)


def read(path: Path) -> frozenset[str]:
    """The fingerprints that a baseline file accepts.

    Raises:
        BaselineError: If the file is missing or not a baseline.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BaselineError(f"{path}: {error.strerror}; write one with --write-baseline {path}") from error
    except ValueError as error:
        raise BaselineError(f"{path}: not a baseline file: {error}") from error
    if not isinstance(content, dict) or content.get("version") != 1 or not isinstance(content.get("findings"), dict):
        raise BaselineError(f"{path}: not a baseline file of version 1")
    return frozenset(content["findings"])


def apply(audits: Iterable[Audit], accepted: frozenset[str]) -> Iterator[Audit]:
    """Marks findings whose fingerprint the baseline holds."""
    mark = Suppression(kind="baseline", reason="in the baseline")
    for audit in audits:
        findings = tuple(
            _suppressed(f, mark) if f.suppressed is None and f.fingerprint in accepted else f for f in audit.findings
        )
        yield audit.model_copy(update={"findings": findings})
