"""Claims that cite a source which does not bear them out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.detector import grounded
from auditor.detectors.grounding.rulings import Found, claims_and_score, finding, ruled
from auditor.findings import Rule, Severity, Verdict

if TYPE_CHECKING:
    from auditor.detectors.grounding.examine import Examined
    from auditor.documents import Document
    from auditor.sources.grounds import Grounds

CITED_SOURCE = Rule(
    "grounding/cited-source",
    "Cited source that is silent on the claim",
    Severity.WARNING,
    help="Cite the source that bears the claim out, or check the claim against the one that is cited.",
)


@grounded(CITED_SOURCE)
def cited_source(document: Document, grounds: Grounds) -> Iterator[Found]:
    """Yields claims whose cited sources are held, and none of which supports them."""
    cited = _held(document, grounds)
    if not cited:
        return
    from auditor.detectors.grounding.examine import held_against
    from auditor.detectors.grounding.verdict import SUPPORTED_FROM

    yield from claims_and_score(document, grounds)
    for verdict in (Verdict.SUPPORTED, Verdict.UNSUPPORTED, Verdict.CONTRADICTED):
        for item, claim in ruled(document, grounds, verdict):
            names = _cited_for(item, cited)
            if not names or (verdict is Verdict.SUPPORTED and claim.evidence[0].source in names):
                continue
            support = max(
                (reading.support for name in names for reading in held_against(item, name, grounds)),
                default=0.0,
            )
            if support < SUPPORTED_FROM:
                message = f"{' and '.join(names)}, cited for this, does not say so"
                if verdict is Verdict.SUPPORTED:
                    message += f"; {claim.evidence[0].location or claim.evidence[0].source} does"
                yield finding(CITED_SOURCE, document, item, claim, message, confidence=1.0 - support)


def _held(document: Document, grounds: Grounds) -> list[tuple[int, int, str]]:
    """Start and end of every citation of a source that is held, with the source's id."""
    from auditor.detectors.citations.references import inline_citations, match_source

    infos = grounds.index.sources()
    found = []
    for citation in inline_citations(document):
        source = match_source(citation.reference, infos) if citation.reference else None
        if source is not None:
            found.append((citation.start, citation.end, source.id))
    return found


def _cited_for(item: Examined, cited: list[tuple[int, int, str]]) -> list[str]:
    """The sources cited in a claim or right behind it; of a sentence in clauses, in the clause or at its end."""
    low, high = item.span.start, item.span.end
    end = max(high, item.span.parent[1])
    inside = [name for start, _, name in cited if low <= start <= high + 3]
    behind = [name for start, _, name in cited if high < start <= end + 3]
    return list(dict.fromkeys(inside or behind))
