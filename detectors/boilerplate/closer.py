"""Closing words or an offer of a chat model."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.boilerplate.findings import report
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

CLOSER = Rule(
    "boilerplate/closer",
    "Closing words or an offer of a chat model",
    Severity.WARNING,
    help="Delete the closing words or the offer.",
)


@detector(CLOSER)
def closer(document: Document) -> Iterator[Finding]:
    """Yields passages that phrases of this rule speak for."""
    yield from report(document, CLOSER)
