"""Chat-template token or system-prompt text."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.boilerplate.findings import report
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

CHAT_TEMPLATE = Rule(
    "boilerplate/chat-template",
    "Chat-template token or system-prompt text",
    Severity.ERROR,
    help="Delete it; check whether text from a prompt came along.",
)


@detector(CHAT_TEMPLATE)
def chat_template(document: Document) -> Iterator[Finding]:
    """Yields passages that phrases of this rule speak for."""
    yield from report(document, CHAT_TEMPLATE)
