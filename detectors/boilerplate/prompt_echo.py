"""An instruction to a chat model, or its echo."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.boilerplate.findings import report
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

PROMPT_ECHO = Rule(
    "boilerplate/prompt-echo",
    "An instruction to a chat model, or its echo",
    Severity.WARNING,
    help="Delete the instruction; check that the text after it is what you meant to publish.",
)


@detector(PROMPT_ECHO)
def prompt_echo(document: Document) -> Iterator[Finding]:
    """Yields passages that phrases of this rule speak for."""
    yield from report(document, PROMPT_ECHO)
