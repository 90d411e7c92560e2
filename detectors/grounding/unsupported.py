"""Claims on which the sources are silent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.detector import grounded
from auditor.detectors.grounding.rulings import Found, claims_and_score, finding, ruled
from auditor.findings import Rule, Severity, Verdict

if TYPE_CHECKING:
    from auditor.documents import Document
    from auditor.sources.grounds import Grounds

UNSUPPORTED = Rule(
    "grounding/unsupported",
    "Claim that no source supports",
    Severity.WARNING,
    help="Give a source for it, weaken it to what the sources say, or leave it out.",
)


@grounded(UNSUPPORTED)
def unsupported(document: Document, grounds: Grounds) -> Iterator[Found]:
    """Yields a finding for each, with the passage."""
    yield from claims_and_score(document, grounds)
    for item, claim in ruled(document, grounds, Verdict.UNSUPPORTED):
        message = "no source supports this"
        if claim.evidence:
            message += f"; the nearest passage is {claim.evidence[0].location or claim.evidence[0].source}"
        yield finding(UNSUPPORTED, document, item, claim, message)
