"""From claims to verdicts: what decides, what is asked, and what cannot be checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from auditor.detector import choose
from auditor.detectors.grounding.verifiers.interface import NotCheckedError, VerifierError
from auditor.documents import from_text
from auditor.engine import audit_document
from auditor.findings import Claim, Relation, Severity, Verdict
from auditor.reports.build import build, exit_code
from auditor.reports.model import Audit
from auditor.sources.grounds import Grounds
from auditor.sources.memory import MemoryIndex

TRAM = "The tram has run since 14 April 2023. The line is 3.2 kilometres long. It cost 48 million euros."


class Scripted:
    """A verifier that knows by heart which claims which passages support, and counts what it is asked."""

    name = "scripted"
    split = 0

    def __init__(self, supports: dict[str, str] | None = None, against: dict[str, str] | None = None) -> None:
        self.supports, self.against = supports or {}, against or {}
        self.asked: list[tuple[str, str]] = []

    def score(self, premises: Sequence[str], hypotheses: Sequence[str]) -> np.ndarray:
        self.asked += zip(premises, hypotheses, strict=True)
        return np.array([self._row(p, h) for p, h in zip(premises, hypotheses, strict=True)]).reshape(-1, 3)

    def _row(self, premise: str, hypothesis: str) -> tuple[float, float, float]:
        if self.supports.get(hypothesis, "\0") in premise:
            return 0.95, 0.02, 0.03
        if self.against.get(hypothesis, "\0") in premise:
            return 0.02, 0.95, 0.03
        return 0.05, 0.05, 0.9


class Broken(Scripted):
    def score(self, premises: Sequence[str], hypotheses: Sequence[str]) -> np.ndarray:
        raise VerifierError("the endpoint does not answer; start it, or use --verifier packaged")


def audit(
    text: str, sources: Sequence[str | tuple[str, str]], verifier: object = None, **more: object
) -> Audit:
    grounds = Grounds(MemoryIndex(sources), verifier, **more)  # type: ignore[arg-type]
    return audit_document(from_text(text, "answer.txt"), choose(("grounding",), plugins=False), grounds)


def only(found: Audit) -> Claim:
    (claim,) = found.claims
    return claim


def test_any_supporting_passage_is_enough():
    claim = "The ferry sails in rough weather."
    verifier = Scripted({claim: "whatever"}, {claim: "closed"})
    made = only(
        audit(
            claim,
            ["The ferry is closed in rough weather.", "The ferry sails whatever the weather."],
            verifier,
        )
    )
    assert made.verdict is Verdict.SUPPORTED
    assert [(e.source, e.relation) for e in made.evidence] == [("source 2", Relation.SUPPORTS)]


def test_contradicted_needs_a_passage_on_the_topic():
    claim = "The ferry sails twice a day."
    near = Scripted(against={claim: "no ferry"})
    far = Scripted(against={claim: "beetles"})
    assert (
        only(audit(claim, ["There is no ferry that sails in winter, not one a day."], near)).verdict
        is Verdict.CONTRADICTED
    )
    assert only(audit(claim, ["Some beetles live under stones."], far)).verdict is Verdict.UNSUPPORTED


def test_evidence_in_two_places_is_read_together():
    claim = "The woman who designed the theatre was born in Leipzig."

    class Both(Scripted):
        def _row(self, premise: str, hypothesis: str) -> tuple[float, float, float]:
            whole = "designed the theatre" in premise and "born in Leipzig" in premise
            return (0.9, 0.0, 0.1) if whole else (0.1, 0.0, 0.9)

    made = audit(claim, ["Anna Bergmann designed the theatre.", "Anna Bergmann was born in Leipzig."], Both())
    assert {claim.verdict for claim in made.claims} == {Verdict.SUPPORTED}
    assert {e.source for e in made.claims[0].evidence} == {"source 1", "source 2"}


def test_the_nearest_passage_is_asked_first_and_the_others_only_where_it_is_not_enough():
    claim = "The tram has run since 14 April 2023."
    sure = Scripted({claim: "since 14 April"})
    audit(claim, [TRAM, "The tram is blue.", "A tram is a train."], sure)
    assert len(sure.asked) == 1
    unsure = Scripted()
    audit(claim, [TRAM, "The tram is blue.", "A tram is a train."], unsure)
    assert len(unsure.asked) > 1


def test_a_typed_conflict_outweighs_a_verifier_that_sees_none():
    claim = "The line is 2.3 kilometres long."
    made = audit(claim, [TRAM], Scripted({claim: "kilometres"}))
    assert only(made).verdict is Verdict.CONTRADICTED
    (finding,) = made.findings
    assert (finding.rule, finding.severity) == ("grounding/number", Severity.ERROR)
    assert "grounding/contradicted" in finding.also
    assert "3.2 kilometres" in finding.message


def test_one_wrong_half_of_a_sentence_is_caught():
    made = audit("The tram has run since 14 April 2023 and cost 84 million euros.", [TRAM])
    assert [claim.verdict for claim in made.claims] == [Verdict.SUPPORTED, Verdict.CONTRADICTED]
    text = "The tram has run since 14 April 2023 and cost 84 million euros."
    assert all(text[c.location.start : c.location.end] == c.text for c in made.claims)


def test_every_claim_has_evidence_with_source_and_offsets():
    made = only(audit("The line is 3.2 kilometres long.", [("tram.md", TRAM)]))
    (evidence,) = made.evidence
    assert evidence.source == "tram.md"
    assert evidence.location is not None
    assert (
        TRAM[evidence.location.start : evidence.location.end]
        == evidence.quote
        == "The line is 3.2 kilometres long."
    )
    assert (evidence.location.line, evidence.location.column) == (1, 39)


@pytest.mark.parametrize(
    "text",
    [
        "Would you like to know more?",
        "I hope this helps!",
        "The documents do not mention what the tram cost.",
        "제공된 문서에는 요금에 대한 정보가 없습니다.",
        "# The tram",
    ],
)
def test_what_claims_nothing_is_reported_as_no_claim_and_never_flagged(text: str):
    made = audit(text, [TRAM])
    assert {claim.verdict for claim in made.claims} <= {Verdict.NOT_A_CLAIM}
    assert made.findings == () and made.measurements == ()


def test_a_missing_full_stop_changes_nothing():
    with_stop, without = (
        only(audit(t, [TRAM]))
        for t in ("The line is 3.2 kilometres long.", "The line is 3.2 kilometres long")
    )
    assert with_stop.verdict is without.verdict is Verdict.SUPPORTED


def test_emphasis_inside_a_number_does_not_hide_it():
    grounds = Grounds(MemoryIndex([TRAM]))
    document = from_text("It cost **84** million euros.", "answer.md", "markdown")
    (finding,) = audit_document(document, choose(("grounding/number",), plugins=False), grounds).findings
    assert "48 million euros" in finding.message


def test_percent_is_no_ground_for_dollars():
    made = audit("The fund grew by $35M.", ["The fund grew by 35% last year."])
    assert only(made).verdict is not Verdict.SUPPORTED


def test_the_score_is_the_share_of_supported_claims_with_its_interval():
    made = audit("The line is 3.2 kilometres long. It cost 84 million euros. Is it blue?", [TRAM])
    (score,) = made.measurements
    assert (score.name, score.value, score.n, score.bad) == ("grounding/score", 0.5, 2, "low")
    assert score.interval is not None and score.interval.low < 0.5 < score.interval.high


def test_a_verifier_that_fails_leaves_claims_unchecked_and_the_audit_incomplete():
    made = audit("The tram has run since 14 April 2023.", [TRAM], Broken())
    claim = only(made)
    assert (claim.verdict, claim.probability) == (Verdict.NOT_CHECKED, 0.0)
    assert made.findings == ()
    assert made.problems == (
        "1 claim not checked: the endpoint does not answer; start it, or use --verifier packaged",
    )
    assert exit_code(build([made]), Severity.ERROR) == 3


def test_sources_in_another_language_are_said_to_be_so():
    made = audit("도서관은 2019년 3월에 문을 열었고 책 1만 권을 갖추었다.", [TRAM])
    assert {claim.verdict for claim in made.claims} == {Verdict.NOT_CHECKED}
    assert "the claim is in Korean, the sources in English" in made.problems[0]


def test_sources_in_both_languages_serve_both():
    made = audit(
        "The line is 3.2 kilometres long. 노선의 길이는 3.2킬로미터이다.",
        [TRAM, "노선의 길이는 3.2킬로미터이다."],
    )
    assert [claim.verdict for claim in made.claims] == [Verdict.SUPPORTED, Verdict.SUPPORTED]


class TestStale:
    OLD = "---\ndate: 2009-05-01\n---\nThe city has 210,000 inhabitants."

    def stale(self, *sources: str, days: int = 3650) -> list[str]:
        documents = [from_text(text, f"s{n}.md", "markdown") for n, text in enumerate(sources)]
        grounds = Grounds(MemoryIndex(documents), None, timedelta(days=days), today=date(2026, 1, 1))
        document = from_text("The city has 210,000 inhabitants.", "answer.txt")
        return [
            f.rule
            for f in audit_document(document, choose(("grounding/stale",), plugins=False), grounds).findings
        ]

    def test_a_claim_on_old_sources_only_is_noted(self):
        assert self.stale(self.OLD) == ["grounding/stale"]

    def test_a_newer_source_among_them_is_enough(self):
        assert self.stale(self.OLD, self.OLD.replace("2009", "2025")) == []

    def test_a_source_without_a_date_is_not_stale(self):
        assert self.stale("The city has 210,000 inhabitants.") == []


def test_without_sources_the_rules_are_not_run():
    made = audit_document(from_text("The tram is green."), choose(("grounding",), plugins=False))
    assert made.claims == made.findings == ()


class Partly(Scripted):
    """Gives no answer on passages that speak of the weather."""

    def score(self, premises: Sequence[str], hypotheses: Sequence[str]) -> np.ndarray:
        scores = super().score(premises, hypotheses)
        lost = [n for n, premise in enumerate(premises) if "weather" in premise]
        scores[lost] = 0.0
        if lost:
            raise NotCheckedError("gave no usable answer", lost, scores)
        return scores


def test_a_claim_is_unchecked_where_the_passage_that_might_support_it_got_no_answer():
    claim = "The ferry sails all year."
    sources = ["The ferry sails all the year round.", "The ferry sails all year if the weather is fair."]
    assert only(audit(claim, sources, Partly())).verdict is Verdict.NOT_CHECKED
    assert only(audit(claim, sources, Partly({claim: "round"}))).verdict is Verdict.SUPPORTED


def test_the_second_half_of_a_claim_is_held_against_its_own_sentence():
    claim = "The line carried a million people, and traffic on the quay rose by 12 percent."
    source = "The line carried a million people. Traffic on the quay fell by 12 percent."
    made = audit(claim, [source])
    assert Verdict.CONTRADICTED in {claim.verdict for claim in made.claims}


def test_a_name_that_the_source_gives_before_a_pronoun_is_not_missing():
    claim = "Marta Lindqvist opened the bridge in 1932."
    verifier = Scripted({claim: "bridge"})
    told = f"Marta Lindqvist was a mayor. {'The town grew year by year. ' * 12}She opened the bridge in 1932."
    assert only(audit(claim, [told], verifier)).verdict is Verdict.SUPPORTED
    named = told.replace("She opened", "Karl Svensson opened")
    assert only(audit(claim, [named], verifier)).verdict is not Verdict.SUPPORTED
    nowhere = told.replace("Marta Lindqvist", "Karl Svensson")
    assert only(audit(claim, [nowhere], verifier)).verdict is not Verdict.SUPPORTED
