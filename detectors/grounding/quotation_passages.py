"""The quotations of a document that claim to be someone's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from auditor.detectors.grounding.quotation_marks import marked, paragraphs
from auditor.detectors.grounding.quotation_speakers import Attribution, attribution
from auditor.detectors.grounding.spans_words import units
from auditor.documents import Document, Role

SHORTEST = 4.0
"""In words; ten signs of Korean, Chinese or Japanese make four."""
SHORTEST_UNATTRIBUTED = 6.0
"""What is shorter and given to nobody is a phrase in marks rather than a quotation."""
_NEVER = (Role.CODE, Role.REFERENCES, Role.METADATA, Role.COMMENT)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a document gives as quoted.

    Attributes:
        start: Offset of the first quoted character, after the mark.
        end: One past the last quoted character.
        outer: The span with its marks.
        block: Whether it is a block of its own rather than between marks.
        attributed: Whether the text says that someone said or wrote it.
        speaker: Who, in the text's own words; None where no name is given.
        speaker_span: Where the name stands.
    """

    start: int
    end: int
    outer: tuple[int, int]
    block: bool
    attributed: bool
    speaker: str | None = None
    speaker_span: tuple[int, int] = (0, 0)


def quotations(document: Document) -> list[Quotation]:
    """Quotations of at least four words (ten Korean, Chinese or Japanese characters), in reading order.

    Left out are titles of works, terms and names in marks, code, references, and phrases of under six words that
    are given to nobody.
    """
    return document.memo("grounding.quotations", lambda: sorted(_all(document), key=lambda q: q.start))


def spoken_for(document: Document) -> list[tuple[int, int]]:
    """Every span between quotation marks and every block quotation, of any length, by start."""

    def find() -> list[tuple[int, int]]:
        spans = [(s.start, s.end) for s in document.roles if s.role is Role.QUOTATION]
        for low, high in paragraphs(document.text, 0, len(document.text)):
            spans += [found[:2] for found in marked(document.text, low, high)]
        return sorted(spans)

    return document.memo("grounding.quoted", find)


def _all(document: Document) -> Iterator[Quotation]:
    text = document.text
    blocks = _blocks(document)
    for low, high in blocks:
        yield from _block(document, low, high)
    for low, high in paragraphs(text, 0, len(text)):
        for start, end, first, last in marked(text, low, high):
            if any(a <= start < b for a, b in blocks if a < high) or _silent(document, start):
                continue
            first, last = _trimmed(text, first, last)
            if units(text[first:last]) < SHORTEST:
                continue
            said = attribution(text, start, end, low, high)
            if _is_quotation(text, start, end, first, last, said):
                yield Quotation(first, last, (start, end), False, said.attributed, said.speaker, said.span)


def _silent(document: Document, place: int) -> bool:
    return any(document.has_role(role, place) for role in _NEVER)


def _blocks(document: Document) -> list[tuple[int, int]]:
    """Block quotations; lines that follow one another are one."""
    found: list[tuple[int, int]] = []
    for span in document.roles:
        if span.role is not Role.QUOTATION:
            continue
        if found and not document.text[found[-1][1] : span.start].strip():
            found[-1] = (found[-1][0], max(found[-1][1], span.end))
        else:
            found.append((span.start, span.end))
    return found


def _block(document: Document, start: int, end: int) -> Iterator[Quotation]:
    text = document.text
    # A <q> or \enquote within a sentence: its marks, where the text has them, belong to it.
    line = text.rfind("\n", 0, start) + 1
    inline = bool(text[line:start].strip(' \t>“"«„')) and not text[line:start].lstrip().startswith(">")
    if _silent(document, start):
        return
    first, last = start, end
    while first < last and (text[first].isspace() or text[first] in '>“"«„'):
        first += 1
    signed = re.search(r"\n[ \t>]*(?:—|–|--|―|-\s)[^\n]{2,80}\s*\Z", text[first:last])
    if signed:
        last = first + signed.start()
    first, last = _trimmed(text, first, last)
    while last > first and (text[last - 1].isspace() or text[last - 1] in '”"»>'):
        last -= 1
    low = line if inline else text.rfind("\n\n", 0, max(text.rfind("\n\n", 0, start), 0)) + 1
    said = attribution(
        text, first if signed else start, last if signed else end, max(low, 0), min(len(text), end + 200)
    )
    if inline and not _is_quotation(text, start, end, first, last, said):
        return
    if units(text[first:last]) >= SHORTEST:
        yield Quotation(
            first, last, (start, end), not inline, said.attributed or not inline, said.speaker, said.span
        )


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    while first < last and (text[first].isspace() or text[first] in "*_"):
        first += 1
    while last > first and (text[last - 1].isspace() or text[last - 1] in "*_,"):
        last -= 1
    return first, last


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    works = (
        "titled|entitled|called|named|book|novel|paper|article|study|report|essay|chapter|song|album|film|movie|episode|poem"
        "|painting|play|series|headline|section|course|game|talk|lecture|thesis|documentary|podcast|single|track|hymn"
        "|제목|책|논문|소설|영화|노래|기사|보고서|저서|드라마|앨범|다큐멘터리|칼럼|에세이|시집"
    )
    return (
        re.compile(rf"(?:{works})[\s,:]{{0,3}}[*_]*\Z", re.IGNORECASE),
        re.compile(
            r"\s?(?:\((?:19|20)\d\d\)|(?:이?라는|이?란)\s(?:제목|이름|책|논문|소설|영화|노래|기사|보고서|글|용어|말|개념|단어|표현))"
        ),
        re.compile(
            r"(?:\bthe (?:terms?|words?|phrases?|expression|concept of|idea of|slogan|motto"
            r"|query|command|button|menu|error|option)"
            r"|so-called|known as|dubbed|nicknamed|branded|labell?ed|이른바|소위|일명)[\s,:]{0,2}\Z",
            re.IGNORECASE,
        ),
        re.compile(r"\s(?:means|refers to|is defined as|stands for|is short for)\b"),
    )


def _is_quotation(text: str, start: int, end: int, first: int, last: int, said: Attribution) -> bool:
    inner = text[first:last]
    size = units(inner)
    if size < (SHORTEST if said.attributed else SHORTEST_UNATTRIBUTED):
        return False
    before, after = text[max(0, start - 40) : start], text[end : end + 30]
    works, named, term, defined = _cues()
    if named.match(after) or (term.search(before) and not said.speaker) or defined.match(after):
        return False
    if text[start] in "『「" and re.search("[가-힣]", inner) and not said.attributed:
        return False  # in Korean these stand around titles
    if works.search(before):
        called = re.search(r"(?:titled|entitled|called|named|제목)\W*\Z", before)
        return said.attributed and not called and not _in_title_case(inner)
    return not _in_title_case(inner)


def _in_title_case(inner: str) -> bool:
    """Whether the longer words begin with capitals, as in the title of a work, or two parties stand for a case."""
    if re.search(r"\bv(?:s?\.|s)? [A-Z]", inner) and inner[:1].isupper() and inner[-1] not in ".,!?":
        return True
    words = re.findall(r"[^\W\d_][\w’'-]{3,}", inner)
    return (
        len(words) >= 2 and inner[-1] not in ".," and sum(w[0].isupper() for w in words) >= 0.9 * len(words)
    )
