"""Long sentences cut at coordinated clauses, so that one that is half true is caught."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

MIN_WORDS = 7
"""An English sentence of fewer words stays whole."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that says something of its own.

    Attributes:
        start: Offset into the sentence.
        end: Offset one past its last character.
        lead: What has to be read before it: the subject, where the clause has none.
    """

    start: int
    end: int
    lead: str = ""


def clauses(texts: Sequence[str], *, parse: bool = True) -> list[list[Clause]]:
    """The clauses of many sentences at once.

    English goes through spaCy's parser, Korean through kiwipiepy, where they are installed, else through rules;
    other languages are cut at semicolons only. Nothing is cut inside quotation marks or brackets, in a
    conditional, a comparison, under a negation that reaches over both parts, or in reported speech in Korean.

    Args:
        texts: Sentences without Markdown marks.
        parse: Whether to use the parsers.

    Returns:
        For each sentence its clauses in order; a sentence that stays whole has one.
    """
    pieces = [(i, piece) for i, text in enumerate(texts) for piece in at_semicolons(text)]
    parts = [texts[i][piece.start : piece.end] for i, piece in pieces]
    cut: list[list[Clause]] = [[Clause(0, len(part))] for part in parts]
    english = [n for n, part in enumerate(parts) if _english(part) and _hopeful().search(part)]
    korean = [n for n, part in enumerate(parts) if _korean_hopeful().search(part)]
    for indices, split in ((english, _split_english), (korean, _split_korean)):
        if indices:
            for n, found in zip(indices, split([parts[n] for n in indices], parse), strict=True):
                cut[n] = found
    whole: list[list[Clause]] = [[] for _ in texts]
    for (i, piece), found in zip(pieces, cut, strict=True):
        whole[i] += [Clause(piece.start + c.start, piece.start + c.end, c.lead) for c in found]
    return whole


def _split_english(texts: Sequence[str], parse: bool) -> list[list[Clause]]:
    from auditor.detectors.grounding import clauses_english as rules
    from auditor.detectors.grounding.language import english

    pipeline: Any = english() if parse else None
    if pipeline is None:
        from auditor.detectors.grounding.clauses_rules import by_rules

        return [by_rules(text) for text in texts]
    with pipeline.select_pipes(disable=[n for n in ("ner", "lemmatizer") if n in pipeline.pipe_names]):
        return [rules.by_parse(doc) for doc in pipeline.pipe(texts, batch_size=64)]


def _split_korean(texts: Sequence[str], parse: bool) -> list[list[Clause]]:
    from auditor.detectors.grounding import clauses_korean as rules

    morphemes = rules.analyser() if parse else None
    if morphemes is None:
        return [rules.by_rules(text) for text in texts]
    return [rules.by_morphemes(text, tokens) for text, tokens in zip(texts, morphemes(texts), strict=True)]


def _english(text: str) -> bool:
    return (
        len(text.split()) >= MIN_WORDS and bool(_frequent().search(text)) and not re.search("[가-힣]", text)
    )


@cache
def _frequent() -> re.Pattern[str]:
    return re.compile(r"\b(?:the|of|and|is|was|were|are|to|in|has|had|its|with|from|by|an|for)\b")


@cache
def _hopeful() -> re.Pattern[str]:
    """Words and signs without which there is nothing to cut."""
    return re.compile(
        r"\b(?:and|but|while|whereas|although|though|which|who|yet)\b|, \w+ed\b|, \w+n by\b",
        re.IGNORECASE,
    )


@cache
def _korean_hopeful() -> re.Pattern[str]:
    return re.compile(r"[가-힣](?:고|며|지만|데|나)[ ,]")


@cache
def guarded() -> re.Pattern[str]:
    """Quotations and brackets, inside which nothing is cut."""
    return re.compile(
        '“[^“”]{1,600}”|"[^"]{1,600}"|(?<!\\w)‘[^‘’]{1,400}’(?!\\w)|\\([^()]{1,400}\\)|\\[[^\\[\\]]{1,200}\\]|「[^「」]{1,400}」|『[^『』]{1,400}』|«[^«»]{1,400}»'
    )


def allowed(text: str, places: Sequence[int]) -> bool:
    """Whether none of the places stands inside a quotation or bracket."""
    spans = [match.span() for match in guarded().finditer(text)]
    return not any(start < place < end for place in places for start, end in spans)


def trimmed(text: str, start: int, end: int, lead: str = "") -> Clause:
    """A clause without white space and commas around it."""
    while start < end and (text[start].isspace() or text[start] in ",;–—"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;–—"):
        end -= 1
    return Clause(start, end, lead)


@cache
def _condition() -> re.Pattern[str]:
    return re.compile(r"(?:if|unless|when|whether|suppose|wenn|si|se)\b", re.IGNORECASE)


def at_semicolons(text: str) -> list[Clause]:
    """Cuts where both sides of a semicolon are long enough to be sentences, and none is an item of a list."""
    places = [match.start() for match in re.finditer(r"(?<=\S);\s", text)]
    if not places or not allowed(text, places) or len(places) > 3 or _condition().match(text):
        return [Clause(0, len(text))]
    bounds = [0, *(place + 1 for place in places), len(text)]
    pieces = [trimmed(text, a, b) for a, b in pairwise(bounds)]
    words = [text[piece.start : piece.end] for piece in pieces]
    if any(len(part.split()) < 4 and not re.search("[가-힣]", part) for part in words) or any(
        ":" in w for w in words[:1]
    ):
        return [Clause(0, len(text))]
    if any(re.match(r"(?:and|or)\b", part) for part in words[1:]):
        return [Clause(0, len(text))]
    return pieces
