"""A chat model speaks of itself."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.boilerplate.findings import report
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

SELF_IDENTIFICATION = Rule(
    "boilerplate/self-identification",
    "A chat model speaks of itself",
    Severity.ERROR,
    help="Remove the passage; check the text around it, which the model probably wrote too.",
)


@detector(SELF_IDENTIFICATION)
def self_identification(document: Document) -> Iterator[Finding]:
    """Yields passages that phrases of this rule speak for."""
    yield from report(document, SELF_IDENTIFICATION)
