"""Negation, quantity or reservation that changed between source and claim: a typed check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.detector import grounded
from auditor.detectors.grounding.rulings import Found, typed
from auditor.findings import Rule, Severity

if TYPE_CHECKING:
    from auditor.documents import Document
    from auditor.sources.grounds import Grounds

NEGATION = Rule(
    "grounding/negation",
    "Negation, quantity or reservation that changed between source and claim",
    Severity.ERROR,
    help="Bring back the source's “not”, “some” or “may”.",
)


@grounded(NEGATION)
def negation(document: Document, grounds: Grounds) -> Iterator[Found]:
    """Yields a finding for each such difference in the passage that decided on a claim."""
    yield from typed(NEGATION, ("negation", "quantifier", "hedge"), document, grounds)
