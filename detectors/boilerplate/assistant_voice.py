"""Sentences that no known phrase covers, found by the packaged classifier."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.boilerplate.findings import report
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

ASSISTANT_VOICE = Rule(
    "boilerplate/assistant-voice",
    "Reads like a chat model talking to its user",
    Severity.WARNING,
    help="Read the passage; delete it if it speaks to whoever asked for the text.",
)


@detector(ASSISTANT_VOICE)
def assistant_voice(document: Document) -> Iterator[Finding]:
    """Yields passages for which only the classifier speaks."""
    yield from report(document, ASSISTANT_VOICE)
