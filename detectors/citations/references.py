"""The works that a document lists, and the places where it cites them.

    for citation in inline_citations(document):
        citation.reference          # the entry that is meant, or None

What stands here serves all rules of the family, and whoever holds a claim against the source that it cites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.detectors.citations import markup
from auditor.detectors.citations.author_year import Named, named
from auditor.detectors.citations.entries import Reference, reference
from auditor.detectors.citations.listing import Listing, listings
from auditor.detectors.citations.matching import match_source
from auditor.detectors.citations.naming import Names, Resolved
from auditor.detectors.citations.numeric import numbers
from auditor.documents import Document, Role

__all__ = ["Citation", "Reference", "inline_citations", "match_source", "reference_list"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place where a document cites one work; a mark that cites three is three citations.

    Attributes:
        start: Offset of its first character in the document's text. For a key that the text does not show
            (LaTeX, JATS) the word before it stands for it.
        end: Offset one past the last.
        style: ``numeric``, ``superscript``, ``author-year``, ``key``, ``xref``, ``footnote`` or ``link``.
        target: What is cited, as the list would be asked for it: ``3``, ``Kim & Lee 2021a``, a key.
        reference: The entry, or None where none fits or more than one could be meant.
        nearest: The entry that fits but for the year, where no other does.
        missing: Whether the list surely has no such entry; False where it cannot be told.
    """

    start: int
    end: int
    style: str
    target: str
    reference: Reference | None = None
    nearest: Reference | None = None
    missing: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end


def reference_list(document: Document) -> tuple[Reference, ...]:
    r"""The entries of a document's reference lists, in order; empty where it has none.

    Read from lists under a heading (References, 참고문헌 …), from ``\bibitem`` and BibTeX entries in a LaTeX file, and
    from the ``ref`` elements of JATS. Notes and link definitions of Markdown are in it too, with their keys.
    """
    return works(document).references


def inline_citations(document: Document) -> tuple[Citation, ...]:
    """Every citation of a document, in order; empty where it has no reference list."""
    return works(document).citations


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of a document that has its own list: the whole, or a row of a table of texts.

    Attributes:
        references: Entries of its lists.
        body: Spans of its text that are no list.
    """

    references: tuple[Reference, ...]
    body: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Works:
    """What is listed and cited.

    Attributes:
        references: Entries of all lists.
        citations: Citations in the order of the text.
        scopes: The entries by what cites them.
        open: Whether entries may be cited, or cited works listed, in another file.
    """

    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    scopes: tuple[Scope, ...] = ()
    open: bool = False


def works(document: Document) -> Works:
    """All of it at once, made once for a document."""
    return document.memo("citations.works", lambda: _read(document))


def _read(document: Document) -> Works:
    keyed = markup.read(document)
    scopes = [Scope(keyed.references, ())] if keyed.references else []
    found = [
        Citation(place.start, place.end, place.style, place.key, place.reference, None, place.missing)
        for place in keyed.places
    ]
    # Every docstring of a program has a list of its own, and which one cites it the text does not show.
    lists = () if keyed.complete or document.format == "code" else listings(document)
    for low, high in _stretches(document) if lists else ():
        own = tuple(listing for listing in lists if low <= listing.start < high)
        entries = [reference(document.text, entry) for listing in own for entry in listing.entries]
        body = _body(low, high, own)
        entries = _numbered(document, entries)
        scopes.append(Scope(tuple(entries), body))
        if entries:
            found += _by_number(document, entries, body, own)
            found += _by_name(document, entries, body, own)
    found.sort(key=lambda citation: (citation.start, citation.end))
    every = tuple(entry for scope in scopes for entry in scope.references)
    return Works(every, tuple(found), tuple(scopes), keyed.open)


def _stretches(document: Document) -> Iterator[tuple[int, int]]:
    """The whole text; of rows, which are texts of their own, each."""
    if document.format not in ("jsonl", "csv"):
        yield 0, len(document.text)
        return
    position = 0
    while position < len(document.text):
        low, high = document.part_bounds(position)
        yield low, high
        position = max(high, position + 1)


def _numbered(document: Document, entries: list[Reference]) -> list[Reference]:
    """Numbers the entries of an ordered list, whose numbers are no part of the text in these formats."""
    if document.format not in ("html", "docx", "epub") or any(e.label for e in entries) or len(entries) < 2:
        return entries
    if not all(entry.year or entry.identifiers for entry in entries):
        return entries  # notes are among them
    cited = {number for mark in numbers(document.text, "[") for number in mark.numbers}
    if len(cited) * 2 < len(entries) or not cited <= set(range(1, len(entries) + 1)):
        return entries  # the numbers mean something else, or the list was not cut as it should be
    return [replace(entry, label=str(i + 1), kind="[") for i, entry in enumerate(entries)]


def _body(low: int, high: int, lists: tuple[Listing, ...]) -> tuple[tuple[int, int], ...]:
    spans, position = [], low
    for listing in lists:
        spans.append((position, listing.start))
        position = listing.end
    spans.append((position, high))
    return tuple((a, b) for a, b in spans if b > a)


def _skipped(document: Document, offset: int) -> bool:
    return document.has_role(Role.CODE, offset) or document.has_role(Role.METADATA, offset)


def _by_number(
    document: Document,
    entries: list[Reference],
    body: tuple[tuple[int, int], ...],
    lists: tuple[Listing, ...],
) -> list[Citation]:
    labels = {entry.label: entry for entry in entries if entry.label.isdigit()}
    unique = len(labels) == sum(entry.label.isdigit() for entry in entries)
    if not labels or not unique:
        return []
    bracket = next(iter(labels.values())).kind
    found: list[Citation] = []
    for kind in ("[", "³", *("(" if bracket == "(" else "")):
        marks = [
            m for a, b in body for m in numbers(document.text, kind, a, b) if not _skipped(document, m.start)
        ]
        known = {n for mark in marks for n in mark.numbers if str(n) in labels}
        # Marks of a kind count only if they cite a fair part of the list: exponents and notes do not.
        if not known or (kind != "[" and len(known) * 2 < len(labels)):
            continue
        sure = len(known) >= 2 or len(labels) <= 3
        for mark in marks:
            for number in dict.fromkeys(mark.numbers):
                entry = labels.get(str(number))
                missing = (
                    entry is None
                    and sure
                    and mark.plain
                    and _absent(document.text, number, labels, lists, mark.numbers)
                )
                style = "superscript" if kind == "³" else "numeric"
                if entry is not None or missing:
                    found.append(Citation(mark.start, mark.end, style, str(number), entry, None, missing))
    return found


def _absent(
    text: str,
    number: int,
    labels: dict[str, Reference],
    lists: tuple[Listing, ...],
    together: tuple[int, ...],
) -> bool:
    """Whether a number is surely none of the list: the list has no gap, and nothing that reads like that label."""
    if len(labels) < 2 or sorted(map(int, labels)) != list(range(1, len(labels) + 1)) or number > 999:
        return False
    if any(str(other) not in labels for other in together if other < number) or sorted(together) != list(
        together
    ):
        return False
    label = re.compile(rf"(?:^[ \t]*|[\[(]){number}[\]).]|^[ \t]*{number}[ \t]", re.MULTILINE)
    return not any(label.search(text, listing.start) for listing in lists[:1])


def _by_name(
    document: Document,
    entries: list[Reference],
    body: tuple[tuple[int, int], ...],
    lists: tuple[Listing, ...],
) -> list[Citation]:
    cited = [
        (c, document) for a, b in body for c in named(document.text, a, b) if not _skipped(document, c.start)
    ]
    names = Names(entries, document.text, body, lists)
    resolved: list[tuple[Named, Resolved]] = [(citation, names.resolve(citation)) for citation, _ in cited]
    return list(_judged(resolved, entries, names))


def _judged(
    resolved: list[tuple[Named, Resolved]], entries: list[Reference], names: Names
) -> Iterator[Citation]:
    """Says of a name that is not in the list that it is missing only where the document cites in this way."""
    hits = sum(answer.reference is not None for _, answer in resolved)
    settled = hits >= 2 or (hits >= 1 and len(entries) <= 3)
    for citation, answer in resolved:
        missing = answer.absent and settled and names.certain(citation, answer, resolved)
        if answer.reference is not None or answer.several or missing:
            yield Citation(
                citation.start,
                citation.end,
                "author-year",
                _shown(citation),
                answer.reference,
                answer.nearest if missing else None,
                missing,
            )


def _shown(citation: Named) -> str:
    who = " & ".join(citation.names) if citation.names else citation.group
    return f"{who}{' et al.' if citation.more else ''} {citation.year}"
