"""Findings that do not count: accepted before (baseline) or excused in place (inline suppression)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from auditor.detector import matches
from auditor.documents.document import Document
from auditor.findings import Finding, Suppression
from auditor.reports.model import Audit, Report

# auditor: ignore[boilerplate/opener] -- quoted from the interview
_INLINE = re.compile(
    r"auditor:\s*ignore\[(?P<rules>[\w/*, -]{1,200})\]\s*(?:--|—|:)\s*(?P<reason>\S[^\r\n]*)"
)
_ENDS = ("-->", "*/", "#}", "--}}")  # of a comment


class BaselineError(ValueError):
    """A baseline file that cannot be used."""


def suppress_inline(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Marks findings that a comment on their first line, or on the line before, excuses with a reason.

    The comment is ``auditor: ignore[RULES] -- REASON`` in whatever comment syntax the file has. Without a
    reason it has no effect.
    """
    if document.raw is None or "auditor:" not in document.raw:
        yield from findings
        return
    # By line: a file that is one long line with many findings is searched once.
    comments = cache(lambda number: _comments(document.raw_line(number)))
    for finding in findings:
        line = finding.location.line if finding.location else None
        excuses = [*comments(line), *comments(line - 1)] if line is not None else []
        reason = next((why for rules, why in excuses if _covers(rules, finding)), None)
        yield finding if reason is None else _suppressed(finding, Suppression(kind="inline", reason=reason))


def _comments(line: str) -> list[tuple[list[str], str]]:
    """The selectors and the reason of every suppression on a line."""
    found = []
    for match in _INLINE.finditer(line):
        reason = match["reason"].rstrip()
        for end in _ENDS:
            reason = reason.removesuffix(end).rstrip()
        if reason:
            found.append(([selector.strip() for selector in match["rules"].split(",")], reason))
    return found


def _covers(selectors: Iterable[str], finding: Finding) -> bool:
    return any(matches(rule, s) for s in selectors for rule in (finding.rule, *finding.also))


def _suppressed(finding: Finding, suppression: Suppression) -> Finding:
    return replace(finding, suppressed=suppression)


def save(report: Report, path: str | Path) -> int:
    """Writes the fingerprints of all findings that count or were accepted before; returns how many.

    The file holds where each stood and what it said, so that a person can review it.

    Raises:
        OSError: If the file cannot be written.
    """
    from auditor.files import write_atomic

    entries = {
        finding.fingerprint: {
            "rule": finding.rule,
            "path": finding.location.path if finding.location else audit.subject.name,
            "excerpt": finding.excerpt[:120],
        }
        for audit in report.audits
        for finding in audit.findings
        if finding.counts or _accepted(finding)
    }
    text = json.dumps({"version": 1, "findings": entries}, ensure_ascii=False, indent=2, sort_keys=True)
    write_atomic(Path(path), text + "\n")
    return len(entries)


def _accepted(finding: Finding) -> bool:
    return finding.suppressed is not None and finding.suppressed.kind == "baseline"


def read(path: str | Path) -> frozenset[str]:
    """The fingerprints that a baseline file accepts.

    Raises:
        BaselineError: If the file is missing or not a baseline.
    """
    try:
        content = json.loads(Path(path).read_bytes())
    except OSError as error:
        raise BaselineError(f"{path}: {error.strerror}; write one with --write-baseline {path}") from error
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"{path}: not a baseline file: {error}") from error
    if (
        not isinstance(content, dict)
        or content.get("version") != 1
        or not isinstance(content.get("findings"), dict)
    ):
        raise BaselineError(f"{path}: not a baseline file of version 1")
    return frozenset(content["findings"])


def apply(audits: Iterable[Audit], accepted: frozenset[str]) -> Iterator[Audit]:
    """Marks findings whose fingerprint the baseline holds."""
    mark = Suppression(kind="baseline", reason="in the baseline")
    for audit in audits:
        findings = tuple(
            _suppressed(f, mark) if f.suppressed is None and f.fingerprint in accepted else f
            for f in audit.findings
        )
        yield replace(audit, findings=findings)
