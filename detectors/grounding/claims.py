"""From a document to its claims: sentences and clauses that can be checked, and what was left out, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from auditor.detectors.grounding import worth
from auditor.detectors.grounding.clauses import clauses
from auditor.detectors.grounding.plain import Plain, plain
from auditor.detectors.grounding.references import context_needed
from auditor.detectors.grounding.worth import Kind
from auditor.documents import Document, Role
from auditor.documents.sentences import sentences


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """A sentence or clause of a document, and what it does.

    Attributes:
        start: Offset into ``Document.text``.
        end: Offset one past the last character.
        text: What stands there, without Markdown marks, citations and line breaks.
        kind: ``claim`` where it is to be checked.
        reason: Why it is not, empty for a claim.
        context: The sentence before, where the claim leans on it by a pronoun; else empty.
        parent: Start and end of the whole sentence.
        lead: What is to be read before ``text``: the subject of a clause that has none, or the line above a list.
    """

    start: int
    end: int
    text: str
    kind: Kind = Kind.CLAIM
    reason: str = ""
    context: str = ""
    parent: tuple[int, int] = (0, 0)
    lead: str = ""


_SHORT_ANSWER = 3
"""A document of at most so many sentences, none of them a claim, may be an answer of a word or two."""
_ITEM = re.compile(r"[ \t>]*(?:[-*+•·‣◦▪]|\d{1,3}[.)]|[①-⑳])[ \t]*")


def claims(document: Document, *, parse: bool = True) -> list[ClaimSpan]:
    """All sentences and clauses of a document in order, with what each of them does.

    Args:
        document: Any document.
        parse: Whether to cut long sentences with the parsers that are installed; without, rules do it.

    Returns:
        Claims (``kind`` is ``claim``) and everything else that has words; sentences without any are left out.
    """
    spans = list(_sentences(document))
    if not any(span.kind is Kind.CLAIM for span in spans):
        spans = _short_answer(document, spans)
    return list(_with_context(document, _cut(document, _without_intros(spans), parse)))


def _sentences(document: Document) -> Iterator[ClaimSpan]:
    table: list[str] = []
    above = ""
    for low, high in _parts(document):
        for start, end in sentences(document.text, low, high):
            read = plain(document.text, start, end)
            if not re.search(r"[^\W_]", read.text):
                continue
            item = bool(_ITEM.match(document.text, _line(document.text, start), start + 8))
            span = ClaimSpan(start, end, read.text, parent=(start, end))
            settled = _by_role(document, span, read, table)
            if settled is None:
                table = []
                settled = _by_words(span, read, above if item else "")
            above = _intro(settled, item, above)
            yield settled


def _parts(document: Document) -> Iterator[tuple[int, int]]:
    """Independent parts, cut further where a block of another role begins or ends."""
    edges = {0, len(document.text), *document.parts.starts}
    for span in document.roles:
        if span.role in _BLOCKS and not _inline(document, span.start, span.end):
            edges |= {span.start, span.end}
    ordered = sorted(edges)
    return pairwise(ordered)


_BLOCKS = (Role.HEADING, Role.REFERENCES, Role.TABLE, Role.CAPTION, Role.CODE, Role.METADATA, Role.FOOTNOTE)


def _inline(document: Document, start: int, end: int) -> bool:
    """Whether a span is a part of a line, such as a word in code letters."""
    text = document.text
    before = text[_line(text, start) : start]
    return bool(before.strip()) or (
        not text[start:end].endswith("\n") and text[end : end + 1] not in ("", "\n", "\r")
    )


def _line(text: str, place: int) -> int:
    return max(text.rfind("\n", max(place - 200, 0), place) + 1, max(place - 200, 0))


def _covers(document: Document, role: Role, start: int, end: int) -> bool:
    bounds = document.role_bounds(role, start)
    return bounds is not None and bounds[1] >= end


def _by_role(document: Document, span: ClaimSpan, read: Plain, table: list[str]) -> ClaimSpan | None:
    """What a sentence does by the part of the document that it stands in; None in running text."""
    found = {role for role in _BLOCKS if _covers(document, role, span.start, span.end)}
    raw = document.text[span.start : span.end]
    if Role.METADATA in found:
        return replace(span, kind=Kind.FRAGMENT, reason="metadata of the file")
    if Role.CODE in found:
        return replace(span, kind=Kind.FRAGMENT, reason="code")
    if Role.HEADING in found or raw.startswith("#"):
        return replace(span, kind=Kind.HEADING, reason="heading")
    if Role.REFERENCES in found:
        return replace(span, kind=Kind.CITATION, reason="entry of the list of references")
    if Role.TABLE in found or raw.startswith("|"):
        return _row(span, raw, read, table)
    return None


def _row(span: ClaimSpan, raw: str, read: Plain, table: list[str]) -> ClaimSpan:
    """A row with figures says what its cells are under their heads; heads and rows of words only name things."""
    if not raw.startswith("|"):
        kind, reason = worth.kind(read.text)
        if kind is Kind.CLAIM and not (len(read.text.split()) > 3 and worth.complete(read.text)):
            return replace(span, kind=Kind.FRAGMENT, reason="cell of a table")
        return replace(span, kind=kind, reason=reason)
    cells = [plain(cell, 0, len(cell)).text for cell in raw.strip().strip("|").split("|")]
    if not table:
        table += cells
        return replace(span, kind=Kind.HEADING, reason="head of a table")
    if not any(re.search(r"\d", cell) for cell in cells) or len(cells) < 2:
        return replace(span, kind=Kind.FRAGMENT, reason="row of a table without figures")
    named = [f"{head}: {cell}" if head and cell else cell for head, cell in zip(table, cells, strict=False)]
    return replace(span, text="; ".join(part for part in named if part))


@cache
def _label() -> re.Pattern[str]:
    """A name with a colon before what a list item says: "Price: 5 euros"."""
    return re.compile(r"\S[^:]{0,60}[:：]\s?\S")


def _by_words(span: ClaimSpan, read: Plain, above: str) -> ClaimSpan:
    skipped = worth.prefix(read.text)
    kind, reason = worth.kind(read.text)
    while skipped < len(read.text) and read.text[skipped].isspace():
        skipped += 1
    if skipped and kind not in (Kind.REFUSAL, Kind.QUESTION, Kind.CITATION):
        start, end = read.span(skipped, len(read.text))
        kind, reason = worth.kind(read.text[skipped:])
        if kind is Kind.CLAIM:
            return replace(span, start=start, end=end, text=read.text[skipped:])
    if kind is not Kind.CLAIM:
        return replace(span, kind=kind, reason=reason)
    text = read.text
    if above and not worth.complete(text):
        return replace(span, lead=above)
    if text.endswith((":", "：")) and len(text.split()) <= 6 and not worth.complete(text):
        return replace(span, kind=Kind.HEADING, reason="line above a list")
    if not worth.complete(text) and not _label().match(text):
        return replace(span, kind=Kind.FRAGMENT, reason="names something and says nothing of it")
    return span


def _intro(span: ClaimSpan, item: bool, above: str) -> str:
    """The line above a list, while its items last: "The firm makes:"."""
    if item:
        return above
    text = span.text.rstrip()
    return text.rstrip(":： ") if text.endswith((":", "：")) and span.kind is Kind.CLAIM else ""


def _without_intros(spans: list[ClaimSpan]) -> list[ClaimSpan]:
    """Sets the line above a list aside where every item is read with it; one with a figure is a claim itself."""
    leads = {span.lead for span in spans if span.lead}
    return [
        replace(span, kind=Kind.HEADING, reason="line above a list, read with its items")
        if span.text.rstrip(":： ") in leads and not re.search(r"\d", span.text)
        else span
        for span in spans
    ]


def _short_answer(document: Document, spans: list[ClaimSpan]) -> list[ClaimSpan]:
    bare = [s for s in spans if s.kind is Kind.FRAGMENT and s.reason.startswith("names")]
    if len(spans) > _SHORT_ANSWER or not bare:
        return spans
    return [replace(s, kind=Kind.CLAIM, reason="") if s in bare else s for s in spans]


def _cut(document: Document, spans: list[ClaimSpan], parse: bool) -> Iterator[ClaimSpan]:
    """Puts the clauses of a long claim in its place."""
    whole = [s for s in spans if s.kind in (Kind.CLAIM, Kind.REFUSAL) and document.text[s.start] != "|"]
    reads = [plain(document.text, span.start, span.end) for span in whole]
    parts = dict(
        zip(
            (s.start for s in whole),
            zip(reads, clauses([r.text for r in reads], parse=parse), strict=True),
            strict=True,
        )
    )
    for span in spans:
        read, found = parts.get(span.start, (None, []))
        if read is None or len(found) < 2:
            yield span
            continue
        pieces = []
        for clause in found:
            text = read.text[clause.start : clause.end]
            start, end = read.span(clause.start, clause.end)
            kind, reason = worth.kind(f"{clause.lead} {text}" if clause.lead else text)
            lead = " ".join(part for part in (span.lead, clause.lead) if part)
            pieces.append(replace(span, start=start, end=end, text=text, kind=kind, reason=reason, lead=lead))
        mixed = any(piece.kind is Kind.CLAIM for piece in pieces)
        refused = any(piece.kind is Kind.REFUSAL for piece in pieces)
        if span.kind is Kind.CLAIM or (mixed and refused):
            yield from pieces
        else:
            yield span


def _with_context(document: Document, spans: Iterator[ClaimSpan]) -> Iterator[ClaimSpan]:
    """Gives a claim that leans on what stands before it the clause or sentence before."""
    before: ClaimSpan | None = None
    sentence: ClaimSpan | None = None
    clause = ""
    parent: tuple[int, int] | None = None
    for span in spans:
        if span.parent != parent:
            before, sentence, clause = sentence or before, None, ""
            parent = span.parent
        said = f"{span.lead} {span.text}" if span.lead else span.text
        if span.kind is Kind.CLAIM and (clause or before) and context_needed(said):
            span = replace(span, context=clause or _whole(document, before))
        if span.kind in (Kind.CLAIM, Kind.OPINION, Kind.QUESTION, Kind.HEADING):
            sentence = sentence or span
            clause = said
        yield span


def _whole(document: Document, span: ClaimSpan | None) -> str:
    """The sentence that a span is of, as it is read."""
    if span is None:
        return ""
    text = plain(document.text, *span.parent).text
    return f"{span.lead} {text}" if span.lead and span.start == span.parent[0] else text
