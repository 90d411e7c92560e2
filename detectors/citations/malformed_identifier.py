"""Identifiers that cannot be right: a wrong check digit, a thirteenth month, a placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.detector import detector
from auditor.detectors.citations.identifiers import NAMES, identifiers
from auditor.documents import Document, Role
from auditor.findings import Finding, Rule, Severity

MALFORMED = Rule(
    "citations/malformed-identifier",
    "Identifier that cannot be right",
    Severity.WARNING,
    help="Look the work or the person up and copy the identifier from the publisher's or the registry's page.",
)
_NEAR = 120


@detector(MALFORMED)
def malformed_identifier(document: Document) -> Iterator[Finding]:
    """Yields DOIs, arXiv identifiers, ISBNs, ISSNs, PMIDs, PMCIDs and ORCID iDs that their own syntax rules out."""
    text = document.text
    for found in identifiers(text):
        if not found.problem or document.has_role(Role.CODE, found.start):
            continue
        if _discussed(text[max(found.start - _NEAR, 0) : found.end + _NEAR]):
            continue
        yield MALFORMED.at(
            document,
            found.start,
            found.end,
            confidence=0.9,
            message=f"Not a possible {NAMES[found.kind]}: {found.problem}",
        )


def _discussed(around: str) -> bool:
    """Whether the text is about identifiers and what is wrong with them."""
    return (
        re.search(
            r"check[ -]?(?:digit|sum)|\b(?:invalid|malformed|placeholder)\b|검증 ?숫자|체크섬|잘못된",
            around,
            re.I,
        )
        is not None
    )
