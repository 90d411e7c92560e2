"""The two rules that need the network: they yield nothing unless a look-up is in force.

with using(Lookup(cache_path)):
    audit_document(document, choose())
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

if TYPE_CHECKING:
    from auditor.detectors.citations.lookup import Lookup, Outcome
    from auditor.detectors.citations.references import Reference

UNKNOWN_WORK: Final = Rule(
    "citations/unknown-work",
    "Listed work that no registry knows",
    Severity.WARNING,
    help="Find the work; if it cannot be found, take it and what rests on it out.",
)
WRONG_METADATA: Final = Rule(
    "citations/wrong-metadata",
    "Listed work whose details differ from the registry's",
    Severity.NOTE,
    help="Compare the entry with the publisher's page and correct it.",
)
_active: ContextVar[Lookup | None] = ContextVar("citations_lookup", default=None)


@contextmanager
def using(lookup: Lookup) -> Iterator[None]:
    """Puts a look-up in force for the detectors that run inside the ``with``."""
    token = _active.set(lookup)
    try:
        yield
    finally:
        _active.reset(token)


def active() -> Lookup | None:
    """The look-up in force."""
    return _active.get()


def outcomes(document: Document, lookup: Lookup) -> tuple[tuple[Reference, Outcome], ...]:
    """What the registries say of each listed work that has an identifier or a title; asked once for a document."""
    from auditor.detectors.citations.references import reference_list

    def ask() -> tuple[tuple[Reference, Outcome], ...]:
        works = [entry for entry in reference_list(document) if entry.kind not in ("footnote", "link")]
        works = [entry for entry in works if entry.end > entry.start and (entry.identifiers or entry.title)]
        return tuple((entry, lookup.find(entry)) for entry in works)

    return document.memo(("citations.outcomes", id(lookup)), ask)


def online_findings(document: Document, lookup: Lookup) -> Iterator[Finding]:
    """Works that no registry knows, and works whose details differ there.

    Args:
        document: The document.
        lookup: Asks the registries.

    Yields:
        ``citations/unknown-work`` only where the entry's DOI or arXiv identifier exists nowhere and no work has its
        title; ``citations/wrong-metadata`` for a work that exists with other details.
    """
    yield from unknown_works(document, lookup)
    yield from wrong_metadata(document, lookup)


def unknown_works(document: Document, lookup: Lookup) -> Iterator[Finding]:
    """Findings of ``citations/unknown-work``."""
    from auditor.detectors.citations.lookup import Status

    for entry, outcome in outcomes(document, lookup):
        if outcome.status is Status.NOT_FOUND and len(outcome.asked) > 1:
            kinds = " or ".join(
                {"doi": "DOI", "arxiv": "arXiv identifier"}[k] for k in outcome.asked if k != "title"
            )
            yield UNKNOWN_WORK.at(
                document,
                *entry.span,
                confidence=0.85,
                message=f"Its {kinds} is not registered, and Crossref, DataCite and arXiv know no work of this title",
            )


def wrong_metadata(document: Document, lookup: Lookup) -> Iterator[Finding]:
    """Findings of ``citations/wrong-metadata``."""
    for entry, outcome in outcomes(document, lookup):
        if outcome.work is not None and outcome.remarks:
            message = f"The work exists, but {'; '.join(outcome.remarks)}"
            yield WRONG_METADATA.at(document, *entry.span, confidence=0.7, message=message)
