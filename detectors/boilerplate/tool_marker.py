"""Citation or tool marker of a chat product."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.boilerplate.findings import report
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

TOOL_MARKER = Rule(
    "boilerplate/tool-marker",
    "Citation or tool marker of a chat product",
    Severity.ERROR,
    help="Replace the marker by a real citation of a source that you have read, or delete it.",
)


@detector(TOOL_MARKER)
def tool_marker(document: Document) -> Iterator[Finding]:
    """Yields passages that phrases of this rule speak for."""
    yield from report(document, TOOL_MARKER)
