"""A translating or editing model talks to its user."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.boilerplate.findings import report
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

EDITOR_TALK = Rule(
    "boilerplate/editor-talk",
    "A translating or editing model talks to its user",
    Severity.ERROR,
    help="Delete the remark; check that the text it speaks of is complete.",
)


@detector(EDITOR_TALK)
def editor_talk(document: Document) -> Iterator[Finding]:
    """Yields passages that phrases of this rule speak for."""
    yield from report(document, EDITOR_TALK)
