"""Copied passages: what is called, what is credited, and what everyone may copy."""

from __future__ import annotations

import pytest

from auditor.detectors.grounding.copying import find_copies
from auditor.documents import from_text
from auditor.findings import Finding, Severity
from auditor.sources.memory import MemoryIndex

REPORT = """The mill stands at the mouth of the valley, where the old road crosses the stream by a bridge of three \
arches. It ground corn for eleven villages until the railway came and brought cheaper flour from the coast. Its last \
owner, a widow with two sons, sold the stones to a builder and let the wheel fall into the pond. Children learned to \
swim there. The house was empty for thirty years before the county bought it and made a museum of it."""

SAEM = """마을 어귀의 오래된 샘은 가뭄이 들어도 마른 적이 없어서 이웃 마을 사람들까지 물을 길으러 왔다. 일제 강점기에는 \
철도 공사를 하던 일꾼들이 샘가에 천막을 치고 살았다. 해방 뒤에 마을 사람들은 돌을 쌓아 지붕을 얹고 해마다 봄에 제사를 지냈다."""

LEAD = "We walked there on a cold morning."
KOREAN_LEAD = "추운 아침에 그곳을 걸었다."


def check(text: str, format: str = "text", **limits: int) -> list[Finding]:
    index = MemoryIndex([("mill.txt", REPORT), ("샘.txt", SAEM)])
    return list(find_copies(from_text(text, format=format), index, **limits))


TAKEN = REPORT[: REPORT.index(" Children")]
NEAR = (
    TAKEN.replace("old road", "long road")
    .replace("until the railway", "before the railway")
    .replace("let the wheel", "saw the wheel")
)


@pytest.mark.parametrize(("passage", "how"), [(TAKEN, "word for word"), (NEAR, "but for 3 changed words")])
def test_copied_passage(passage: str, how: str):
    (finding,) = check(f"{LEAD} {passage} {LEAD}")
    assert (finding.rule, finding.severity) == ("grounding/copied", Severity.WARNING)
    assert how in finding.message
    assert finding.excerpt == passage.rstrip(".")
    (evidence,) = finding.evidence
    assert evidence.source == "mill.txt"
    assert evidence.quote == TAKEN.rstrip(".")
    assert evidence.location is not None
    assert REPORT[evidence.location.start : evidence.location.end] == evidence.quote


def test_copied_korean_passage():
    taken = SAEM.split(". ")[0]
    assert check(f"{KOREAN_LEAD} {taken[:40]} {KOREAN_LEAD}") == []
    near = SAEM.replace("해마다 봄에", "가을마다")
    (finding,) = check(f"{KOREAN_LEAD} {near} {KOREAN_LEAD}")
    assert "syllables from 샘.txt" in finding.message
    assert finding.severity is Severity.WARNING


def test_length_that_counts_can_be_set():
    short = "It ground corn for eleven villages until the railway came and brought cheaper flour"
    assert check(f"{LEAD} {short}, they say.") == []
    assert len(check(f"{LEAD} {short}, they say.", min_words=12)) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{LEAD} {TAKEN} [3] {LEAD}",
        f"{LEAD} {TAKEN} (Kim & Lee, 2021) {LEAD}",
        f"According to the county, this was so. {TAKEN} {LEAD}",
        f"See mill.txt. {TAKEN} {LEAD}",
        f"{KOREAN_LEAD} {SAEM} (출처: 향토지) {KOREAN_LEAD}",
    ],
)
def test_credited_passage_is_a_note(text: str):
    (finding,) = check(text)
    assert finding.severity is Severity.NOTE
    assert "credited but not marked as quotation" in finding.message


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (f"The guide says: “{TAKEN}”", "text"),
        (f"The guide says:\n\n> {TAKEN}\n\n{LEAD}", "markdown"),
        (f"Look:\n\n```\n{TAKEN}\n```\n", "markdown"),
        (f"Text\n\n# References\n\n{TAKEN}\n", "markdown"),
        # The same facts in other words.
        (
            "At the valley's mouth, by a bridge with three arches, is a mill. Eleven villages had their corn ground in it, "
            "until trains began to bring flour that cost less. The widow who had it last sold its stones.",
            "text",
        ),
        (
            "이 마을의 샘은 가물어도 마르지 않았고, 다른 마을에서도 물을 얻으러 왔다. 철도를 놓던 사람들은 천막에서 지냈으며 나중에 지붕이 생겼다.",
            "text",
        ),
        ("…", "text"),
    ],
)
def test_quoted_or_reworded_passages_are_left_alone(text: str, format: str):
    assert check(text, format) == []


@pytest.mark.parametrize(
    "formula",
    [
        "Permission is hereby granted, free of charge, to any person obtaining a copy of this thing and its papers, to deal "
        "in it without limit, and to give it to others who may do the same in their turn.",
        "County Museum, 12 Mill Road, Oxley OX9 4QT. Phone 020 7946 0123, fax 020 7946 0124, mail office@museum.example. "
        "Open from Monday to Friday, nine to five, and on Sunday for groups that have booked.",
        "Kim, A. (2019). Mills of the north. Journal of Mills 12(3), 44-61. doi:10.1000/182. Lee, B. (2020). Wheels and "
        "ponds. Journal of Ponds 4(1), pp. 3-9. doi:10.1000/183. Park, C. (2021). Stones. Vol. 3.",
    ],
)
def test_formulae_may_be_copied(formula: str):
    index = MemoryIndex([("a.txt", f"Something else came first. {formula} And then the end.")])
    assert list(find_copies(from_text(f"{LEAD} {formula} {LEAD}"), index)) == []


def test_what_many_sources_share_belongs_to_none():
    shared = "The county thanks all those who gave their time, their tools and their good will, and asks visitors to leave the paths as they would wish to find them."
    index = MemoryIndex([(f"{i}.txt", f"Page {i} has its own first line. {shared}") for i in range(3)])
    assert list(find_copies(from_text(f"{LEAD} {shared}"), index)) == []
    fewer = MemoryIndex([(f"{i}.txt", f"Page {i} has its own first line. {shared}") for i in range(2)])
    assert len(list(find_copies(from_text(f"{LEAD} {shared}"), fewer))) == 1


def test_a_source_that_is_the_document_is_reported_once():
    (finding,) = check(REPORT)
    assert finding.severity is Severity.NOTE
    assert "same as the source mill.txt" in finding.message


def test_of_two_sources_the_longer_match_is_given():
    index = MemoryIndex(
        [("part.txt", TAKEN[:200]), ("whole.txt", TAKEN + " More was said later about the pond.")]
    )
    (finding,) = find_copies(from_text(f"{LEAD} {TAKEN} {LEAD}"), index)
    assert finding.evidence[0].source == "whole.txt"
