"""Claims that rest on old sources only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.detector import grounded
from auditor.detectors.grounding.rulings import Found, claims_and_score, finding, ruled
from auditor.findings import Rule, Severity, Verdict

if TYPE_CHECKING:
    from auditor.documents import Document
    from auditor.sources.grounds import Grounds

STALE = Rule(
    "grounding/stale",
    "Claim that rests on old sources only",
    Severity.NOTE,
    help="Look for a newer source, or say as of when the claim holds.",
)


@grounded(STALE)
def stale(document: Document, grounds: Grounds) -> Iterator[Found]:
    """Yields supported claims for which every supporting source is older than the grounds allow."""
    if grounds.max_age is None:
        return
    from auditor.detectors.grounding.examine import is_stale, source_dates
    from auditor.detectors.grounding.verdict import SUPPORTED_FROM

    yield from claims_and_score(document, grounds)
    dates = source_dates(grounds)
    for item, claim in ruled(document, grounds, Verdict.SUPPORTED):
        supporting = [reading for reading in item.readings.values() if reading.support >= SUPPORTED_FROM]
        if not all(is_stale(reading.passage, grounds) for reading in supporting):
            continue
        newest = max(str(dates[w.source]) for reading in supporting for w in reading.passage.windows)
        message = (
            f"the newest source that supports this is of {newest}, older than {grounds.max_age.days:,} days"
        )
        yield finding(STALE, document, item, claim, message, confidence=claim.probability)
