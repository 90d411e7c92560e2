"""Direction or comparison that is turned round: a typed check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.detector import grounded
from auditor.detectors.grounding.rulings import Found, typed
from auditor.findings import Rule, Severity

if TYPE_CHECKING:
    from auditor.documents import Document
    from auditor.sources.grounds import Grounds

DIRECTION = Rule(
    "grounding/direction",
    "Direction or comparison that is turned round",
    Severity.ERROR,
    help="Check in the source which way it went.",
)


@grounded(DIRECTION)
def direction(document: Document, grounds: Grounds) -> Iterator[Found]:
    """Yields a finding for each such difference in the passage that decided on a claim."""
    yield from typed(DIRECTION, ("direction",), document, grounds)
