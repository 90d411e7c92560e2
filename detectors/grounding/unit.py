"""Unit or currency that the source gives otherwise: a typed check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.detector import grounded
from auditor.detectors.grounding.rulings import Found, typed
from auditor.findings import Rule, Severity

if TYPE_CHECKING:
    from auditor.documents import Document
    from auditor.sources.grounds import Grounds

UNIT = Rule(
    "grounding/unit",
    "Unit or currency that the source gives otherwise",
    Severity.ERROR,
    help="Check the unit in the source: a right number with a wrong unit is a wrong number.",
)


@grounded(UNIT)
def unit(document: Document, grounds: Grounds) -> Iterator[Found]:
    """Yields a finding for each such difference in the passage that decided on a claim."""
    yield from typed(UNIT, ("unit",), document, grounds)
