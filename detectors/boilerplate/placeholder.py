"""Placeholder that was never filled in."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.boilerplate.findings import report
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

PLACEHOLDER = Rule(
    "boilerplate/placeholder",
    "Placeholder that was never filled in",
    Severity.NOTE,
    help="Fill in the placeholder or delete the sentence.",
)


@detector(PLACEHOLDER)
def placeholder(document: Document) -> Iterator[Finding]:
    """Yields passages that phrases of this rule speak for."""
    yield from report(document, PLACEHOLDER)
