"""Text of a chat product's page."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.boilerplate.findings import report
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

INTERFACE_RESIDUE = Rule(
    "boilerplate/interface-residue",
    "Text of a chat product's page",
    Severity.ERROR,
    help="Delete what was copied along with the answer.",
)


@detector(INTERFACE_RESIDUE)
def interface_residue(document: Document) -> Iterator[Finding]:
    """Yields passages that phrases of this rule speak for."""
    yield from report(document, INTERFACE_RESIDUE)
