"""Long spans taken from a source, word for word or nearly, without quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from auditor.detectors.grounding.copying_formulae import is_formula
from auditor.detectors.grounding.quotation_named import named, surroundings
from auditor.detectors.grounding.quotation_passages import spoken_for
from auditor.documents import Document, Role
from auditor.findings import Finding, Relation, Rule, Severity

if TYPE_CHECKING:
    from auditor.detectors.grounding.copying_search import Copy
    from auditor.detectors.grounding.spans_index import SourceText
    from auditor.sources.interface import Index

COPIED = Rule(
    "grounding/copied",
    "Long passage copied from a source",
    Severity.WARNING,
    help="Put it between quotation marks and name the source, or say it in your own words and name the source.",
)
RULES = (COPIED,)

MIN_WORDS = 25
"""The shortest copied span that is reported, in words outside quotation marks."""
MIN_SYLLABLES = 60
"""The same in Korean syllables, or signs of other scripts without spaces."""
MAX_CHANGED = 0.1
"""Share of its words that may be changed in a copied span."""
COMMON_SOURCES = 3
"""A passage of under 400 characters that stands in so many sources belongs to none of them."""
_NEVER = (Role.CODE, Role.REFERENCES, Role.TABLE, Role.METADATA, Role.HEADING)


def find_copies(
    document: Document, index: Index, *, min_words: int = MIN_WORDS, min_syllables: int = MIN_SYLLABLES
) -> Iterator[Finding]:
    """Yields long spans that stand in a source too and are not marked as quotations.

    A span whose own or neighbouring sentence cites or names a source is a note. A source that is the document
    itself is reported once, and its passages are not.

    Args:
        document: What was written.
        index: What it was written from.
        min_words: Shortest span, in words.
        min_syllables: Shortest span of Korean and other scripts that are counted by signs.
    """
    from auditor.detectors.grounding.copying_search import copies
    from auditor.detectors.grounding.spans import tokens
    from auditor.detectors.grounding.spans_index import source_text

    sources = source_text(index)
    mine = tokens(document.text)
    same = sources.same_as(document, mine)
    if same and len(mine):
        yield _whole(document, sources, sorted(same))
    for copy in copies(mine, sources, same, min_words, min_syllables, MAX_CHANGED):
        if _counts(document, copy, min_words, min_syllables):
            yield _finding(document, copy, sources)


def _whole(document: Document, sources: SourceText, same: list[int]) -> Finding:
    start = len(document.text) - len(document.text.lstrip())
    end = document.text.find("\n", start)
    names = " and ".join(sources.names[i] for i in same)
    return COPIED.at(
        document,
        start,
        end if end > start else len(document.text.rstrip()),
        confidence=0.99,
        severity=Severity.NOTE,
        message=f"The whole document is the same as the source {names}, which was left out of the other checks",
        evidence=[
            sources.evidence(low, min(high, low + 40), Relation.RELATED, 1.0)
            for low, high in map(sources.bounds, same)
        ],
    )


def _counts(document: Document, copy: Copy, min_words: int, min_syllables: int) -> bool:
    """Whether enough of a copied span is the document's own prose, and no formula."""
    from auditor.detectors.grounding.copying_search import share

    if copy.sources >= COMMON_SOURCES and copy.end - copy.start < 400:
        return False
    mine = copy.tokens
    barred = [span for span in spoken_for(document) if span[0] < copy.end and span[1] > copy.start]
    barred += [
        (role.start, role.end)
        for role in document.roles
        if role.role in _NEVER and role.start < copy.end and role.end > copy.start
    ]
    if share(mine, barred, min_words, min_syllables) < 1.0:
        return False
    return not is_formula(document.text[copy.start : copy.end])


@cache
def _citation() -> re.Pattern[str]:
    return re.compile(
        r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]|\[\^[\w-]{1,20}\]|\\(?:\w*cite\w*|footnote)\b|[⁰¹²³⁴-⁹]|\]\(https?://|<https?://|\[[\w@][^\]\n]{0,40}\]\[[^\]\n]{0,40}\]|\[@\w"
        r"|(?-i:\((?:see |e\.g\.,? )?[A-ZÀ-Þ][\w’'.& ,-]{1,80},? (?:19|20)\d\d[a-z]?(?:[,:;][^()]{0,60})?\))"
        r"|(?-i:[A-ZÀ-Þ][\w’'-]+(?: et al\.?| and [A-Z][\w-]+)? \((?:19|20)\d\d[a-z]?\))"
        r"|[가-힣]{2,10}(?: ?외| ?등)?,? ?\(?(?:19|20)\d\d\)|according to|as reported (?:by|in)|\bsources?:"
        r"|\bvia (?-i:[A-Z])"
        r"|in the words of|excerpt(?:ed)? from|quoted from|taken from|adapted from"
        r"|에 ?따르면|에 ?의하면|출처|인용|발췌|에서 밝힌|(?:https?://|www\.)\S",
        re.IGNORECASE,
    )


def _finding(document: Document, copy: Copy, sources: SourceText) -> Finding:
    source = sources.span(*copy.place)[0]
    around = surroundings(document, copy.start, copy.end, neighbours=True)
    inside = document.text[copy.start : copy.end]
    # A mark of citation inside the span counts unless the source has it there too.
    theirs = sources.text(*copy.place)
    credited = any(_citation().search(part) for part in around) or any(
        mark not in theirs for mark in (found.group() for found in _citation().finditer(inside))
    )
    credited = credited or source in named(around, sources.infos)
    exact = (
        "word for word"
        if not copy.changed
        else f"but for {copy.changed} changed word{'s' if copy.changed > 1 else ''}"
    )
    size = f"{copy.words} words" if copy.words >= copy.syllables else f"{copy.syllables} syllables"
    return COPIED.at(
        document,
        copy.start,
        copy.end,
        confidence=0.9 if not credited else 0.8,
        severity=Severity.NOTE if credited else None,
        message=f"{size} from {source}, {exact}: "
        + ("credited but not marked as quotation" if credited else "neither marked nor credited"),
        evidence=[sources.evidence(*copy.place, Relation.RELATED, copy.score)],
    )
