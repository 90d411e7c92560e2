"""Refusal or apology of a chat model."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.boilerplate.findings import report
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

REFUSAL = Rule(
    "boilerplate/refusal",
    "Refusal or apology of a chat model",
    Severity.ERROR,
    help="Remove the passage and write, or restore, the text that should stand there.",
)


@detector(REFUSAL)
def refusal(document: Document) -> Iterator[Finding]:
    """Yields passages that phrases of this rule speak for."""
    yield from report(document, REFUSAL)
