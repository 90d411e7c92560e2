"""Works that are cited but not in the reference list, or not with that year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.detector import detector
from auditor.detectors.citations.cues import may_list
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

if TYPE_CHECKING:
    from auditor.detectors.citations.references import Citation

NOT_LISTED = Rule(
    "citations/not-listed",
    "Cited work that is not in the reference list",
    Severity.WARNING,
    help="Add the work to the list, or correct the citation; if nobody can find the work, take the claim out.",
)
_NOUNS = {
    "footnote": "footnote",
    "link": "link definition",
    "xref": "reference with the id",
    "key": "entry with the key",
}


@detector(NOT_LISTED)
def not_listed(document: Document) -> Iterator[Finding]:
    """Yields citations that no entry of the document's own list answers; without a list there is none."""
    if not may_list(document):
        return
    from auditor.detectors.citations.references import works

    for citation in works(document).citations:
        if citation.missing:
            yield NOT_LISTED.at(
                document,
                *citation.span,
                confidence=0.85 if citation.style == "author-year" and citation.nearest is None else 0.9,
                message=_message(citation),
            )


def _message(citation: Citation) -> str:
    if citation.nearest is not None and citation.nearest.year[:4] != citation.target[-5:].strip()[:4]:
        year = citation.target.rpartition(" ")[2]
        who = citation.target.rpartition(" ")[0]
        return f"{who} is cited as {year}, listed as {citation.nearest.year}"
    if citation.style in _NOUNS:
        return f"There is no {_NOUNS[citation.style]} “{citation.target}”"
    if citation.style == "author-year":
        return f"{citation.target} is not in the reference list"
    return f"The reference list has no number {citation.target}"
