"""Quotations against the sources: altered, found nowhere, joined from several places, given to the wrong speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from auditor.detectors.grounding.quotation_named import cited_sources, named, surroundings
from auditor.detectors.grounding.quotation_passages import Quotation, quotations
from auditor.documents import Document
from auditor.findings import Evidence, Finding, Relation, Rule, Severity

if TYPE_CHECKING:
    from auditor.detectors.grounding.quotation_wanted import Outcome
    from auditor.detectors.grounding.spans_index import SourceText
    from auditor.sources.interface import Index

ALTERED = Rule(
    "grounding/quotation-altered",
    "Quotation whose words differ from the source",
    Severity.ERROR,
    help="Give the source's own words, with […] for what you leave out and [ ] around what you put in, or drop the"
    " marks.",
)
NOT_FOUND = Rule(
    "grounding/quotation-not-found",
    "Quotation that no source has",
    Severity.WARNING,
    help="Find where it was said and add that source; if it cannot be found, take the quotation out.",
)
SPLICED = Rule(
    "grounding/quotation-spliced",
    "Quotation joined from several places",
    Severity.ERROR,
    help="Quote each passage on its own, or mark the gap with […] where both stand in this order in one source.",
)
MISATTRIBUTED = Rule(
    "grounding/quotation-misattributed",
    "Quotation given to the wrong speaker or source",
    Severity.ERROR,
    help="Name the speaker and the source that the passage has.",
)
RULES = (ALTERED, NOT_FOUND, SPLICED, MISATTRIBUTED)

Cited: TypeAlias = Sequence[tuple[int, int, str]]
"""Inline citations that were resolved: start, end, and the id of the held source."""


def check_quotations(document: Document, index: Index, cited: Cited | None = None) -> Iterator[Finding]:
    """Yields quotations that the sources do not bear out.

    A source that is the document itself does not count. Nothing is yielded where no other source has any text.

    Args:
        document: What was written.
        index: What it was written from.
        cited: Inline citations of the document whose source is held; found by its reference list if None.
    """
    quoted = quotations(document)
    if not quoted:
        return
    from auditor.detectors.grounding.quotation_search import search
    from auditor.detectors.grounding.quotation_wanted import wanted
    from auditor.detectors.grounding.spans import tokens
    from auditor.detectors.grounding.spans_index import source_text

    sources = source_text(index)
    without = sources.same_as(document, tokens(document.text))
    if not any(
        sources.bounds(i)[1] > sources.bounds(i)[0] for i in range(len(sources.names)) if i not in without
    ):
        return
    if cited is None:
        cited = cited_sources(document, sources.infos)
    for quotation in quoted:
        outcome = search(wanted(document.text, quotation.start, quotation.end), sources, without)
        if finding := _judged(document, quotation, outcome, sources, cited):
            yield finding


def _judged(
    document: Document, quotation: Quotation, outcome: Outcome, sources: SourceText, cited: Cited
) -> Finding | None:
    from auditor.detectors.grounding.quotation_wanted import Found
    from auditor.detectors.grounding.quotation_wording import told

    span = quotation.start, quotation.end
    if outcome.found is Found.VERBATIM:
        return _misattributed(document, quotation, outcome, sources, cited)
    if outcome.found is Found.ALTERED:
        return ALTERED.at(
            document,
            *span,
            confidence=0.93,
            message=f"Not word for word as in {_names(outcome, sources)}: {told(outcome.differences)}",
            evidence=_evidence(outcome, sources, Relation.CONTRADICTS),
        )
    if outcome.found is Found.SPLICED:
        return SPLICED.at(
            document,
            *span,
            confidence=0.93,
            message=f"Joined from {len(outcome.places)} places in {_names(outcome, sources)}",
            evidence=_evidence(outcome, sources, Relation.RELATED),
        )
    meant = _meant(document, quotation, sources, cited)
    claimed = quotation.attributed or bool(meant)
    near = f"; the nearest passage is in {_names(outcome, sources)}" if outcome.places else ""
    return NOT_FOUND.at(
        document,
        *span,
        confidence=0.9 if claimed else 0.6,
        severity=Severity.WARNING if claimed else Severity.NOTE,
        message=f"No source has these words{near}",
        evidence=_evidence(outcome, sources, Relation.RELATED),
    )


def _names(outcome: Outcome, sources: SourceText) -> str:
    return " and ".join(dict.fromkeys(sources.span(*place)[0] for place in outcome.places))


def _evidence(outcome: Outcome, sources: SourceText, relation: Relation) -> tuple[Evidence, ...]:
    return tuple(sources.evidence(*place, relation, outcome.score) for place in outcome.places)


def _meant(document: Document, quotation: Quotation, sources: SourceText, cited: Cited) -> frozenset[str]:
    """Ids of the held sources that the sentence of a quotation names or cites."""
    around = surroundings(document, *quotation.outer)
    low, high = quotation.outer[0] - len(around[0]), quotation.outer[1] + len(around[1])
    inline = {source for start, end, source in cited if low <= start and end <= high}
    return named(around, sources.infos) | inline


def _misattributed(
    document: Document, quotation: Quotation, outcome: Outcome, sources: SourceText, cited: Cited
) -> Finding | None:
    from auditor.detectors.grounding.quotation_source import speaker_at, speaks_for

    holders = {sources.span(*place)[0] for place in outcome.places}
    meant = _meant(document, quotation, sources, cited)
    if meant and not meant & holders:
        return MISATTRIBUTED.at(
            document,
            quotation.start,
            quotation.end,
            confidence=0.9,
            message=f"Stands in {_names(outcome, sources)}, not in {' or '.join(sorted(meant))}, which is named here",
            evidence=_evidence(outcome, sources, Relation.CONTRADICTS),
        )
    if quotation.speaker is None:
        return None
    heard: list[str] = []
    for place in outcome.places:
        speaker = speaker_at(sources, *place)
        if speaker is None or not speaks_for(document, sources, place, quotation.speaker, speaker):
            return None
        heard.append(speaker)
    return MISATTRIBUTED.at(
        document,
        quotation.start,
        quotation.end,
        confidence=0.85,
        message=f"Given to {quotation.speaker}; in {_names(outcome, sources)} it is "
        f"{' and '.join(dict.fromkeys(heard))} who says it",
        evidence=_evidence(outcome, sources, Relation.CONTRADICTS),
    )
