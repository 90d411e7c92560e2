"""Listed works whose details differ from what a registry has: asked only with --online."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.citations import online
from auditor.documents import Document
from auditor.findings import Finding


@detector(online.WRONG_METADATA)
def wrong_metadata(document: Document) -> Iterator[Finding]:
    """Yields works that the look-up in force finds with other details; nothing where none is."""
    if (lookup := online.active()) is not None:
        yield from online.wrong_metadata(document, lookup)
