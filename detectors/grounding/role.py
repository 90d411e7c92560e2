"""Who did it to whom, turned round: a typed check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.detector import grounded
from auditor.detectors.grounding.rulings import Found, typed
from auditor.findings import Rule, Severity

if TYPE_CHECKING:
    from auditor.documents import Document
    from auditor.sources.grounds import Grounds

ROLE = Rule(
    "grounding/role",
    "Who did it to whom, turned round",
    Severity.ERROR,
    help="Check in the source who did it and to whom it was done.",
)


@grounded(ROLE)
def role(document: Document, grounds: Grounds) -> Iterator[Found]:
    """Yields a finding for each such difference in the passage that decided on a claim."""
    yield from typed(ROLE, ("role",), document, grounds)
