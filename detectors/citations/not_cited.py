"""Works that are in the reference list and never cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from auditor.detector import detector
from auditor.detectors.citations.cues import may_list
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

if TYPE_CHECKING:
    from auditor.detectors.citations.references import Reference, Works

NOT_CITED = Rule(
    "citations/not-cited",
    "Listed work that is never cited",
    Severity.NOTE,
    help="Cite the work where it belongs, or take it off the list.",
)
_SHARE: Final = 0.6
"""Only a list of which so much is cited is a list of cited works rather than of further reading."""


@detector(NOT_CITED)
def not_cited(document: Document) -> Iterator[Finding]:
    """Yields entries that nothing in the text refers to, where nearly all others are cited."""
    if not may_list(document):
        return
    from auditor.detectors.citations.references import works

    found = works(document)
    if found.open or not found.references:
        return
    cited = {id(citation.reference) for citation in found.citations if citation.reference}
    for scope in found.scopes:
        text = " ".join(document.text[a:b] for a, b in scope.body)
        for kinds in (("footnote",), ("key",), ("[", "(", ".", "")):
            entries = [entry for entry in scope.references if entry.kind in kinds and entry.end > entry.start]
            if not _cites(kinds, len(entries), sum(id(entry) in cited for entry in entries)):
                continue
            for entry in entries:
                if id(entry) not in cited and not _alluded(entry, text, found):
                    message = f"{_name(entry)} is listed but never cited"
                    yield NOT_CITED.at(document, entry.start, entry.end, confidence=0.8, message=message)


def _cites(kinds: tuple[str, ...], entries: int, hits: int) -> bool:
    """Whether the text cites its list: a few works of a list of further reading may be named by chance."""
    if kinds == ("footnote",):
        return hits > 0  # a note without a mark is shown nowhere
    return hits >= _SHARE * entries and (hits >= 3 or hits >= entries - 1) and hits > 0


def _alluded(entry: Reference, text: str, found: Works) -> bool:
    """Whether the text may refer to an entry in a way that is not read as a citation."""
    if entry.kind in ("key", "footnote"):
        return False
    from auditor.detectors.citations.entries import folded
    from auditor.detectors.citations.numeric import hinted

    if entry.label.isdigit() and hinted(text, int(entry.label)):
        return True
    if any(value and value in text for value in entry.identifiers.values()):
        return True
    several = {
        c.target
        for c in found.citations
        if c.style == "author-year" and c.reference is None and not c.missing
    }
    name = entry.authors[0].split()[-1] if entry.authors else ""
    if entry.label.isdigit():
        return False
    if not _begun(entry.text):
        return True  # a piece of an entry that the layout of a page broke in two
    if not name or not entry.year or len(folded(name)) < 2 or any(name in target for target in several):
        return True
    if len(entry.authors[0].split()) > 1:
        return True  # an organisation may be cited by any short form
    plain, year = folded(text), entry.year[:4]
    for author in entry.authors[:4]:
        name = re.escape(folded(author.split()[-1]))
        if re.search(rf"\b{name}.{{0,200}}?(?<!\d){year}|(?<!\d){year}.{{0,60}}?\b{name}", plain, re.DOTALL):
            return True
    return False


def _begun(entry: str) -> bool:
    """Whether an entry begins as entries do: with a surname and initials or a given name."""
    named = r"[^\d,.(]{2,40}?,? (?:[^\W\d_]\.|[A-Z]{1,3}[ ,(])|[^\W\d_][\w'’-]{1,30}, [^\W\d_]+(?:,| and| &|\.| \()"
    return re.match(rf"{named}|[^\W\d_]\. ?|[가-힣]{{2,4}}[ ,·(]", entry) is not None


def _name(entry: Reference) -> str:
    if entry.kind == "footnote":
        return f"The footnote “{entry.label}”"
    if entry.label:
        return f"The work {entry.label}" if entry.kind == "key" else f"Number {entry.label}"
    return f"{entry.authors[0]} {entry.year}"
