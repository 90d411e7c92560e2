"""Claims that a passage of the sources contradicts, and none supports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.detector import grounded
from auditor.detectors.grounding.rulings import Found, claims_and_score, finding, ruled
from auditor.findings import Rule, Severity, Verdict

if TYPE_CHECKING:
    from auditor.documents import Document
    from auditor.sources.grounds import Grounds

CONTRADICTED = Rule(
    "grounding/contradicted",
    "Claim that the sources contradict",
    Severity.ERROR,
    help="Read the passage beside the claim, and correct the claim or find a source that bears it out.",
)


@grounded(CONTRADICTED)
def contradicted(document: Document, grounds: Grounds) -> Iterator[Found]:
    """Yields a finding for each, with the passage."""
    yield from claims_and_score(document, grounds)
    for item, claim in ruled(document, grounds, Verdict.CONTRADICTED):
        where = claim.evidence[0].location or claim.evidence[0].source
        told = f"contradicted by {where}"
        message = f"{told}: {claim.reason}" if claim.reason else told
        yield finding(CONTRADICTED, document, item, claim, message)
