"""What the grounding rules have in common: from an examined claim to a finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.findings import Claim, Finding, Measurement, Rule, Severity, Verdict

if TYPE_CHECKING:
    from auditor.detectors.grounding.checks.conflict import Conflict
    from auditor.detectors.grounding.examine import Examination, Examined
    from auditor.documents import Document
    from auditor.sources.grounds import Grounds

Found = Finding | Claim | Measurement


def claims_and_score(document: Document, grounds: Grounds) -> Iterator[Claim | Measurement]:
    """Every claim, for the report, and the document's score; each grounding rule yields them."""
    from auditor.detectors.grounding.score import grounding_score

    made = examined(document, grounds)
    yield from made.claims
    yield from grounding_score(made.claims)


def examined(document: Document, grounds: Grounds) -> Examination:
    """All claims of a document; what does the work is imported only where there are sources."""
    from auditor.detectors.grounding.examine import examine

    return examine(document, grounds)


def ruled(document: Document, grounds: Grounds, verdict: Verdict) -> Iterator[tuple[Examined, Claim]]:
    """The claims that got a verdict, with their form in the report."""
    made = examined(document, grounds)
    by_place = {(claim.location.start, claim.location.end): claim for claim in made.claims}
    for item in made.items:
        claim = by_place[item.span.start, item.span.end]
        if claim.verdict is verdict:
            yield item, claim


def typed(rule: Rule, kinds: tuple[str, ...], document: Document, grounds: Grounds) -> Iterator[Found]:
    """The findings of a typed check: differences of a kind in the passage that decided on a claim.

    A difference from the source is of the rule's own severity; what no source has is a warning at most.
    """
    yield from claims_and_score(document, grounds)
    for verdict in (Verdict.CONTRADICTED, Verdict.UNSUPPORTED):
        for item, claim in ruled(document, grounds, verdict):
            chosen = [c for c in item.ruling.conflicts if c.kind in kinds] if item.ruling else []
            if chosen:
                yield _typed(rule, document, item, claim, chosen)


def _typed(rule: Rule, document: Document, item: Examined, claim: Claim, chosen: list[Conflict]) -> Finding:
    contradicted = any(conflict.contradicts for conflict in chosen)
    # The check and the verdict speak for it together (noisy or), so that it leads where both rules fire.
    sure = max(conflict.against for conflict in chosen) if contradicted else 0.0
    confidence = 1.0 - claim.probability * (1.0 - sure)
    told = "; ".join(conflict.message for conflict in chosen)
    where = _source(claim)
    message = f"{told} ({where})" if contradicted and where else told.replace("the passage", "any source")
    severity = rule.severity if contradicted else Severity.WARNING
    return finding(rule, document, item, claim, message, confidence=confidence, severity=severity)


def finding(
    rule: Rule,
    document: Document,
    item: Examined,
    claim: Claim,
    message: str,
    *,
    confidence: float | None = None,
    severity: Severity | None = None,
) -> Finding:
    """A finding on a claim, with the claim's evidence."""
    return rule.at(
        document,
        item.span.start,
        item.span.end,
        confidence=round(1.0 - claim.probability if confidence is None else confidence, 4),
        message=message,
        severity=severity,
        evidence=claim.evidence,
    )


def _source(claim: Claim) -> str:
    return str(claim.evidence[0].location or claim.evidence[0].source) if claim.evidence else ""
