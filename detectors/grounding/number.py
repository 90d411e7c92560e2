"""Number that the source gives otherwise: a typed check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.detector import grounded
from auditor.detectors.grounding.rulings import Found, typed
from auditor.findings import Rule, Severity

if TYPE_CHECKING:
    from auditor.documents import Document
    from auditor.sources.grounds import Grounds

NUMBER = Rule(
    "grounding/number",
    "Number that the source gives otherwise",
    Severity.ERROR,
    help="Take the number from the source, or name the source that has the other one.",
)


@grounded(NUMBER)
def number(document: Document, grounds: Grounds) -> Iterator[Found]:
    """Yields a finding for each such difference in the passage that decided on a claim."""
    yield from typed(NUMBER, ("number",), document, grounds)
