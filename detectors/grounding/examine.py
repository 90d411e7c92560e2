"""The way of a document's claims to their verdicts: shared by all grounding rules, gone once a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from auditor.detectors.grounding.checks.passage import compare
from auditor.detectors.grounding.checks.quantity import in_the_words_of
from auditor.detectors.grounding.claims import ClaimSpan, claims
from auditor.detectors.grounding.context import read_in_context
from auditor.detectors.grounding.evidence import SOUGHT, Passage, passages
from auditor.detectors.grounding.languages import language
from auditor.detectors.grounding.verdict import Reading, Ruling, rule
from auditor.detectors.grounding.verifiers.interface import (
    CONTRADICTED,
    SUPPORTED,
    NotCheckedError,
    Verifier,
    VerifierError,
)
from auditor.detectors.grounding.verifiers.overlap import Overlap
from auditor.findings import Claim, Relation, Verdict

if TYPE_CHECKING:
    from auditor.documents import Document
    from auditor.sources.grounds import Grounds

_SURE: Final = 0.85
"""Support by the nearest passage from which no other is asked."""
_FAR: Final = (0.25, 0.1)
"""Cosine and share of words in common below which a passage is not worth a verifier's time."""
_DEEP: Final = 60
"""Windows that are looked through for those of one source."""
_RELATED: Final = 0.2
"""Least share of a claim's words for a passage to be shown as related."""


@dataclass(slots=True)
class Examined:
    """One claim on its way, and in the end with its ruling.

    Attributes:
        span: What the claim is and where it stands.
        passages: What it is held against.
        readings: What each passage says of it, by position in ``passages``.
        ruling: The verdict.
        problem: Why it could not be checked, empty where it could.
        unread: Why the verifier gave no answer on some of its passages.
    """

    span: ClaimSpan
    passages: list[Passage] = field(default_factory=list)
    readings: dict[int, Reading] = field(default_factory=dict)
    ruling: Ruling | None = None
    problem: str = ""
    unread: str = ""

    @property
    def hypothesis(self) -> str:
        """What the verifier reads."""
        return f"{self.span.lead} {self.span.text}" if self.span.lead else self.span.text

    @property
    def query(self) -> str:
        """What retrieval is asked: with the sentence before, where the claim leans on it."""
        return f"{self.span.context} {self.hypothesis}" if self.span.context else self.hypothesis


@dataclass(frozen=True, slots=True)
class Examination:
    """All claims of a document.

    Attributes:
        items: The checkable claims, in order.
        others: What is no claim, with its kind.
        claims: All of them as the report has them.
    """

    items: tuple[Examined, ...]
    others: tuple[ClaimSpan, ...]
    claims: tuple[Claim, ...]


def examine(document: Document, grounds: Grounds) -> Examination:
    """Holds every claim of a document against the sources.

    Raises:
        IndexProblem: If the index fails while it is asked.
    """
    return document.memo(_key(grounds), lambda: examine_many([(document, grounds)])[0])


def examine_many(pairs: Sequence[tuple[Document, Grounds]]) -> list[Examination]:
    """Examines documents, each against its own sources, with the verifier of the first: it reads all in batches.

    The results are kept with the documents, so that ``examine`` does not do it again.
    """
    collected = [(document, grounds, *_collect(document, grounds)) for document, grounds in pairs]
    decide([(item, grounds) for _, grounds, items, _ in collected for item in items if item.passages])
    made = []
    for document, grounds, items, others in collected:
        reported = [_claim(document, grounds, item) for item in items]
        reported += [_no_claim(document, span) for span in others]
        reported.sort(key=lambda claim: claim.location.start)
        made.append(Examination(tuple(items), tuple(others), tuple(reported)))
        document.memo(_key(grounds), lambda done=made[-1]: done)  # type: ignore[misc]
    return made


def _key(grounds: Grounds) -> tuple[str, int]:
    return "grounding", id(grounds)


def _collect(document: Document, grounds: Grounds) -> tuple[list[Examined], list[ClaimSpan]]:
    """The claims of a document with the passages that they are held against, and what is no claim."""
    spans = claims(document)
    items = [Examined(span) for span in spans if span.kind == "claim"]
    if grounds.problem:
        for item in items:
            item.problem = grounds.problem
        return items, [span for span in spans if span.kind != "claim"]
    readable = [item for item in items if not _other_language(item, grounds)]
    found = grounds.index.search([item.query for item in readable], SOUGHT)
    for item, hits in zip(readable, found, strict=True):
        item.passages = passages(hits, item.query)
        if not hits:
            item.problem = "the sources hold no text to compare with"
    return items, [span for span in spans if span.kind != "claim"]


def decide(pairs: Sequence[tuple[Examined, Grounds]]) -> None:
    """Verdicts for claims whose passages are there: the nearest passage first, the others where it is not enough."""
    if not pairs:
        return
    verifier = pairs[0][1].verifier
    _read([(item, grounds, 0) for item, grounds in pairs], verifier)
    rest = [pair for pair in pairs if not pair[0].problem and not _settled(*pair)]
    _read([(item, grounds, n) for item, grounds in rest for n in range(1, len(item.passages))], verifier)
    for item, _ in pairs:
        if item.problem:
            continue
        ruling = rule([item.readings[n] for n in sorted(item.readings)]) if item.readings else None
        # A passage that was not read may have been the one that supports.
        if ruling and (not item.unread or ruling.verdict is Verdict.SUPPORTED):
            item.ruling = ruling
        else:
            item.problem = item.unread


def _settled(item: Examined, grounds: Grounds) -> bool:
    first = item.readings.get(0)
    return (
        first is not None
        and first.support >= _SURE
        and not (grounds.max_age and is_stale(first.passage, grounds))
    )


def held_against(item: Examined, source: str, grounds: Grounds) -> list[Reading]:
    """What one source says of a claim: readings of its windows nearest to the claim, none where it has none near."""
    known = [reading for reading in item.readings.values() if _only_of(source, reading)]
    hits = [hit for hit in grounds.index.search([item.query], _DEEP)[0] if hit.window.source == source][
        :SOUGHT
    ]
    if not hits:
        return known
    alone = Examined(item.span, passages(hits, item.query))
    decide([(alone, grounds)])
    return known + list(alone.readings.values())


def _only_of(source: str, reading: Reading) -> bool:
    return all(window.source == source for window in reading.passage.windows)


def is_stale(passage: Passage, grounds: Grounds) -> bool:
    """Whether every source of a passage is dated, and older than the grounds allow."""
    dates = source_dates(grounds)
    found = [dates.get(window.source) for window in passage.windows]
    limit = grounds.max_age
    return limit is not None and all(day is not None and grounds.today - day > limit for day in found)


def source_dates(grounds: Grounds) -> dict[str, date]:
    """Dates of the sources that have one."""
    if "dates" not in grounds.memo:
        grounds.memo["dates"] = {info.id: info.date for info in grounds.index.sources() if info.date}
    dates = grounds.memo["dates"]
    assert isinstance(dates, dict)
    return dates


def _other_language(item: Examined, grounds: Grounds) -> bool:
    """Marks a claim that is in none of the sources' languages: words and embeddings would say nothing of it."""
    if getattr(grounds.verifier, "multilingual", False):
        return False
    ours, theirs = language(item.hypothesis), _source_languages(grounds)
    if ours is None or not theirs or ours in theirs:
        return False
    named = " and ".join(sorted(theirs))
    item.problem = (
        f"the claim is in {ours}, the sources in {named}; give sources in {ours}, or a multilingual verifier"
    )
    return True


def _source_languages(grounds: Grounds) -> frozenset[str]:
    if "languages" not in grounds.memo:
        names = {
            language(part)
            for info in grounds.index.sources()
            for part in _samples(grounds.index.text(info.id))
        }
        grounds.memo["languages"] = (
            frozenset() if None in names and len(names) == 1 else frozenset(filter(None, names))
        )
    found = grounds.memo["languages"]
    assert isinstance(found, frozenset)
    return found


def _samples(text: str) -> list[str]:
    """The beginning, the middle and a part near the end, long enough to tell a language."""
    size = 1500
    return [text[at : at + size] for at in sorted({0, max(len(text) // 2, 0), max(len(text) - 2 * size, 0)})]


def _read(wanted: Sequence[tuple[Examined, Grounds, int]], verifier: Verifier | None) -> None:
    """Scores claims against passages in one batch."""
    pairs: list[tuple[Examined, Grounds, int]] = []
    for item, grounds, n in wanted:
        passage = item.passages[n]
        comparison = compare(item.hypothesis, passage.text)
        if comparison.coverage < _FAR[1] and passage.cosine is not None and passage.cosine < _FAR[0]:
            item.readings[n] = Reading(passage, 0.0, 0.0, comparison)
        else:
            pairs.append((item, grounds, n))
    try:
        premises = [item.passages[n].text for item, _, n in pairs]
        asked = [
            in_the_words_of(item.hypothesis, text) for (item, _, _), text in zip(pairs, premises, strict=True)
        ]
        scores = _score(premises, asked, verifier)
    except VerifierError as error:
        for item, _, _ in pairs:
            item.problem = str(error)
        return
    for (item, grounds, n), score in zip(pairs, scores, strict=True):
        passage = item.passages[n]
        if isinstance(score, str):
            item.unread = score
        else:
            comparison = compare(item.hypothesis, passage.text)
            comparison = read_in_context(comparison, item.hypothesis, passage, grounds)
            item.readings[n] = Reading(passage, *score, comparison)


def _score(
    premises: Sequence[str], hypotheses: Sequence[str], verifier: Verifier | None
) -> list[tuple[float, float] | str]:
    """Supported and contradicted for each pair, or why the verifier gave no answer on it.

    What is in a language that the verifier does not read is scored by its words.
    """
    reads = getattr(verifier, "languages", None)
    by_words = [
        n
        for n, claim in enumerate(hypotheses)
        if verifier is None or (reads is not None and (language(claim) or "English") not in reads)
    ]
    by_meaning = sorted(set(range(len(premises))) - set(by_words))
    found: dict[int, tuple[float, float] | str] = {}
    for reader, chosen in ((Overlap(), by_words), (verifier, by_meaning)):
        if reader is None or not chosen:
            continue
        try:
            scores = reader.score([premises[n] for n in chosen], [hypotheses[n] for n in chosen])
        except NotCheckedError as error:
            scores, failed = error.scores, {chosen[n]: str(error) for n in error.pairs}
        else:
            failed = {}
        rows = zip(chosen, scores, strict=True)
        found.update((n, (float(row[SUPPORTED]), float(row[CONTRADICTED]))) for n, row in rows)
        found.update(failed)
    return [found[n] for n in range(len(premises))]


_RELATIONS = {
    Verdict.SUPPORTED: Relation.SUPPORTS,
    Verdict.CONTRADICTED: Relation.CONTRADICTS,
    Verdict.UNSUPPORTED: Relation.RELATED,
}


def _claim(document: Document, grounds: Grounds, item: Examined) -> Claim:
    location = document.location(item.span.start, item.span.end)
    ruling = item.ruling
    if ruling is None:
        reason = item.problem or "not examined"
        return Claim(
            text=item.span.text,
            location=location,
            verdict=Verdict.NOT_CHECKED,
            probability=0.0,
            reason=reason,
            lead=item.span.lead,
        )
    evidence = []
    for reading in ruling.readings:
        if ruling.verdict is Verdict.UNSUPPORTED and reading.comparison.coverage < _RELATED:
            continue
        score = {Verdict.SUPPORTED: reading.support, Verdict.CONTRADICTED: reading.against}.get(
            ruling.verdict, reading.comparison.coverage
        )
        relation = _RELATIONS[ruling.verdict]
        evidence += reading.passage.evidence(grounds.index, relation, score, reading.comparison)
    return Claim(
        text=item.span.text,
        location=location,
        verdict=ruling.verdict,
        probability=round(min(max(ruling.probability, 0.0), 1.0), 4),
        reason="; ".join(conflict.message for conflict in ruling.conflicts),
        lead=item.span.lead,
        evidence=tuple(evidence),
    )


def _no_claim(document: Document, span: ClaimSpan) -> Claim:
    return Claim(
        text=span.text,
        location=document.location(span.start, span.end),
        verdict=Verdict.NOT_A_CLAIM,
        probability=0.0,
        reason=span.kind if not span.reason else f"{span.kind}: {span.reason}",
    )
