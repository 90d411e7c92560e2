"""Listed works that no registry knows: asked only with --online."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.citations.online import UNKNOWN_WORK, active, unknown_works
from auditor.documents import Document
from auditor.findings import Finding


@detector(UNKNOWN_WORK)
def unknown_work(document: Document) -> Iterator[Finding]:
    """Yields works that the look-up in force does not find; nothing where none is."""
    if (lookup := active()) is not None:
        yield from unknown_works(document, lookup)
