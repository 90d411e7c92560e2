"""Opening words of a chat model's answer."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.boilerplate.findings import report
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

OPENER = Rule(
    "boilerplate/opener",
    "Opening words of a chat model's answer",
    Severity.WARNING,
    help="Delete the opening; begin with the text itself.",
)


@detector(OPENER)
def opener(document: Document) -> Iterator[Finding]:
    """Yields passages that phrases of this rule speak for."""
    yield from report(document, OPENER)
