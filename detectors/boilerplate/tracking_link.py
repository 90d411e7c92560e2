"""Link with a chat product's tracking parameter."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.boilerplate.findings import report
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

TRACKING_LINK = Rule(
    "boilerplate/tracking-link",
    "Link with a chat product's tracking parameter",
    Severity.NOTE,
    help="Open the link, check that it supports the text, and cite it without the parameter.",
)


@detector(TRACKING_LINK)
def tracking_link(document: Document) -> Iterator[Finding]:
    """Yields passages that phrases of this rule speak for."""
    yield from report(document, TRACKING_LINK)
