"""The typed checks of one claim against one passage."""

from __future__ import annotations

import pytest

from auditor.detectors.grounding.checks.passage import Comparison, compare
from auditor.detectors.grounding.checks.quantity import in_the_words_of
from auditor.detectors.grounding.checks.words import pair, stem_of
from auditor.detectors.grounding.language import english


def kinds(claim: str, passage: str) -> set[str]:
    """Kinds of the differences by which the passage contradicts the claim."""
    return {conflict.kind for conflict in compare(claim, passage).conflicts if conflict.contradicts}


@pytest.mark.parametrize(
    ("claim", "passage", "kind"),
    [
        ("Sales rose by 5 % in 2020.", "Sales fell by 5 % in 2020.", "direction"),
        ("Revenue increased after the merger.", "Revenue increased before the merger.", "direction"),
        ("The senate approved the budget in June.", "The senate rejected the budget in June.", "direction"),
        ("매출은 2020년에 5% 증가했다.", "매출은 2020년에 5% 감소했다.", "direction"),
        ("정부는 계획을 승인했다.", "정부는 계획을 부결했다.", "direction"),
        ("The drug did not reduce pain in adults.", "The drug reduced pain in adults.", "negation"),
        ("The drug reduced pain in adults.", "The drug did not clearly reduce pain in adults.", "negation"),
        ("회사는 공장을 폐쇄하지 않았다.", "회사는 공장을 폐쇄했다.", "negation"),
        ("약물은 통증을 줄였다.", "약물은 통증을 줄이지 못했다.", "negation"),
        ("All patients recovered within a week.", "Most patients recovered within a week.", "quantifier"),
        ("모든 환자가 일주일 안에 회복했다.", "일부 환자가 일주일 안에 회복했다.", "quantifier"),
        (
            "The trial proves that tea lowers blood pressure.",
            "The trial suggests that tea may lower blood pressure.",
            "hedge",
        ),
        ("Laura Whitfield founded the firm in Porto.", "Anna Bergmann founded the firm in Porto.", "name"),
        ("김민수는 부산에서 회사를 세웠다.", "이영희는 부산에서 회사를 세웠다.", "name"),
        ("Meridian acquired Northgate in June.", "Northgate acquired Meridian in June.", "role"),
        ("The bridge opened in 1932.", "The bridge opened in 1923.", "date"),
        ("다리는 1932년에 개통되었다.", "다리는 1923년에 개통되었다.", "date"),
        ("The mill has 320 looms.", "The mill has 230 looms.", "number"),
        ("The mill is 3 miles from the town.", "The mill is 3 kilometres from the town.", "unit"),
    ],
)
def test_a_changed_fact_is_a_conflict_of_its_kind(claim: str, passage: str, kind: str):
    assert kind in kinds(claim, passage)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("No patients died during the trial.", "None of the patients died during the trial."),
        ("The device lacks a battery.", "The device does not have a battery."),
        ("Prices did not rise last year.", "Prices fell last year."),
        ("The tool is not only fast.", "The tool is fast."),
        ("Sales rose in spring, then fell in autumn.", "Sales fell in autumn after they rose in spring."),
        ("Northgate bought Meridian.", "Meridian was bought by Northgate."),
        ("The WHO declared an emergency.", "The World Health Organization declared an emergency."),
        ("French officials met in Paris.", "Officials from France met in Paris on Monday."),
        ("Bergmann led the study.", "Anna Bergmann led the study in Leipzig."),
        ("About 3.2 million people came.", "Exactly 3,214,567 people came."),
        ("회사는 공장을 폐쇄하지 않았다.", "회사는 공장을 폐쇄하지 않았다고 밝혔다."),
        ("서점뿐만 아니라 도서관도 참여했다.", "서점과 도서관도 참여했다."),
        ("Some patients recovered within a week.", "Most patients recovered within a week."),
    ],
)
def test_the_same_fact_in_other_words_is_none(claim: str, passage: str):
    assert kinds(claim, passage) == set()


def test_a_conflict_knows_its_places_in_claim_and_passage():
    claim = "Traffic on the quay rose by 12 percent."
    passage = "The line has seven stops. Traffic on the quay fell by 12 percent. Nobody was hurt."
    (conflict,) = [c for c in compare(claim, passage).conflicts if c.contradicts]
    assert claim[slice(*conflict.claim)] == "rose"
    assert conflict.source is not None and passage[slice(*conflict.source)] == "fell"


def test_the_nearest_sentence_is_found_and_what_differs_does_not_count_against_it():
    passage = "It rained all day. Anna Bergmann designed the theatre. The town was pleased."
    made: Comparison = compare("Laura Whitfield designed the theatre.", passage)
    assert passage[slice(*made.nearest)] == "Anna Bergmann designed the theatre."
    assert made.near == 1.0
    assert made.coverage == 0.5


def test_what_a_passage_lacks_is_silence_and_no_contradiction():
    made = compare("The theatre in Leipzig has 800 seats.", "The theatre was restored by volunteers.")
    assert made.against == 0.0
    assert {conflict.kind for conflict in made.silent} >= {"number", "name"}


@pytest.mark.parametrize(
    ("claim", "passage", "written"),
    [
        (
            "The tunnel is 1,500 metres long.",
            "The tunnel is 1.5 kilometres long.",
            "The tunnel is 1.5 kilometres long.",
        ),
        ("책은 12만 3천 권이다.", "장서는 123,000권이다.", "책은 123,000권이다."),
        (
            "The tunnel is 9 metres wide.",
            "The tunnel is 1.5 kilometres long.",
            "The tunnel is 9 metres wide.",
        ),
    ],
)
def test_equal_quantities_are_put_in_the_words_of_the_passage(claim: str, passage: str, written: str):
    assert in_the_words_of(claim, passage) == written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stopped", "stops"),
        ("studies", "study"),
        ("increasing", "increased"),
        ("Kim's", "Kim"),
        ("café", "cafe"),
        ("증가했다", "증가하는"),
        ("늘었다", "늘지"),
        ("도서관은", "도서관에서"),
        ("1,234", "1234"),
    ],
)
def test_forms_of_one_word_meet(one: str, other: str):
    assert stem_of(one) == stem_of(other)


def test_each_word_is_paired_once():
    made = pair("the cat and the cat", "the cat")
    assert len({i for i, _ in made.pairs}) == len({j for _, j in made.pairs}) == len(made.pairs) == 2


@pytest.mark.skipif(english() is None, reason="spaCy's English model is not installed")
@pytest.mark.parametrize(
    ("claim", "passage", "turned"),
    [
        ("Minor Keys directed Ada Novak.", "Minor Keys is a 2011 film directed by Ada Novak.", True),
        ("Ada Novak directed Minor Keys.", "Minor Keys is a 2011 film directed by Ada Novak.", False),
        (
            "Minor Keys starred Ben Holt.",
            "Minor Keys is a film written by Ada Novak and starring Ben Holt.",
            False,
        ),
        ("The Holt Foundation founded Ben Holt.", "After the war he founded the Holt Foundation.", True),
        ("Ben Holt founded the Holt Foundation.", "After the war he founded the Holt Foundation.", False),
        ("Rome beat Carthage and Carthage beat Numidia.", "Rome beat Carthage.", False),
    ],
)
def test_turned_round(claim: str, passage: str, turned: bool):
    assert any(c.kind == "role" for c in compare(claim, passage).conflicts) is turned
