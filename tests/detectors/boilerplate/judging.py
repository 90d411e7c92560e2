"""Scanning a string with the boilerplate rules."""

from __future__ import annotations

from functools import cache

from auditor.detector import Detector, choose
from auditor.detectors.boilerplate.passages import Passage, passages
from auditor.documents import from_text
from auditor.engine import audit_document
from auditor.findings import Finding, Status


@cache
def _detectors() -> list[Detector]:
    return choose(["boilerplate"], plugins=False)


def scan(text: str, format: str = "text", name: str = "<text>") -> list[Finding]:
    document = from_text(text, name, format)
    findings = list(audit_document(document, _detectors()).findings)
    for finding in findings:
        place = finding.location
        assert place is not None
        assert document.text[place.start : place.end] == finding.excerpt
    return findings


def rules(findings: list[Finding]) -> set[str]:
    """Names of the rules that fired, without their family."""
    return {rule.partition("/")[2] for finding in findings for rule in (finding.rule, *finding.also)}


def leaked(text: str, format: str = "text") -> list[Finding]:
    return [finding for finding in scan(text, format) if finding.status is Status.LEAKED]


def spans(text: str) -> list[tuple[Passage, str]]:
    """The passages of a text, each with its words."""
    return [(p, text[p.start : p.end]) for p in passages(from_text(text))]
