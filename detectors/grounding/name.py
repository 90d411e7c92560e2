"""Name that the source gives otherwise, or that no source has: a typed check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.detector import grounded
from auditor.detectors.grounding.rulings import Found, typed
from auditor.findings import Rule, Severity

if TYPE_CHECKING:
    from auditor.documents import Document
    from auditor.sources.grounds import Grounds

NAME = Rule(
    "grounding/name",
    "Name that the source gives otherwise, or that no source has",
    Severity.ERROR,
    help="Check who or what the source names.",
)


@grounded(NAME)
def name(document: Document, grounds: Grounds) -> Iterator[Found]:
    """Yields a finding for each such difference in the passage that decided on a claim."""
    yield from typed(NAME, ("name",), document, grounds)
