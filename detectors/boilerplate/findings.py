"""From judged passages to findings: what every rule of the family shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.detectors.boilerplate.context import evidence
from auditor.detectors.boilerplate.passages import Passage, passages
from auditor.detectors.boilerplate.status import judge
from auditor.documents import Document
from auditor.findings import Finding, Rule, Status

FLOOR = 0.15
"""Passages less likely than this to be leaks, and without any known phrase, are not worth a note."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage with its status and the probability that it is a leak."""

    passage: Passage
    status: Status
    chance: float


def judged(document: Document) -> list[Judged]:
    """Every passage of a document, judged in its context; found once per document."""

    def make() -> list[Judged]:
        found = passages(document)
        return [Judged(p, *judge(evidence(document, p, found))) for p in found]

    return document.memo("boilerplate/judged", make)


def report(document: Document, rule: Rule) -> Iterator[Finding]:
    """Findings of one rule.

    A passage in which several rules fired is reported by the rule of its strongest phrase, which names the
    others.
    """
    for item in judged(document):
        passage = item.passage
        if passage.rule != rule.name:
            continue
        if not passage.matches and item.chance < FLOOR:
            continue
        yield rule.at(
            document,
            passage.start,
            passage.end,
            status=item.status,
            confidence=round(item.chance, 4),
            message=_message(rule, item),
            also=[f"{rule.family}/{name}" for name in passage.rules if name != rule.name],
        )


def _message(rule: Rule, item: Judged) -> str:
    said = rule.title
    if item.status is Status.MENTIONED:
        return f"{said}, quoted or discussed rather than left behind"
    if item.passage.spliced:
        said += "; it breaks off a sentence that was begun before it"
    if item.status is Status.UNCERTAIN:
        said += "; it may be deliberate, look at it"
    return said
