"""A chat model speaks of its knowledge cut-off or missing access."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.boilerplate.findings import report
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

KNOWLEDGE_CUTOFF = Rule(
    "boilerplate/knowledge-cutoff",
    "A chat model speaks of its knowledge cut-off or missing access",
    Severity.ERROR,
    help="Remove the passage and check every fact beside it against a current source.",
)


@detector(KNOWLEDGE_CUTOFF)
def knowledge_cutoff(document: Document) -> Iterator[Finding]:
    """Yields passages that phrases of this rule speak for."""
    yield from report(document, KNOWLEDGE_CUTOFF)
