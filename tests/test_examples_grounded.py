"""What the example answers say is held against the example sources, each claim with the right passage."""

from __future__ import annotations

from pathlib import Path

import pytest

import auditor
from auditor.findings import Claim
from auditor.reports.model import Audit, Report

EXAMPLES = Path(__file__).parents[1] / "examples" / "grounded"

# Beginning of the claim, verdict, words that its evidence must quote (none: no source speaks of it).
ENGLISH = [
    ("The harbour tram opened on 14 April 2023", "supported", "since 14 April 2023"),
    ("cost 48 million euros", "supported", "cost 48 million euros"),
    ("The line is 3.2 miles long", "contradicted", "3.2 kilometres"),
    ("has seven stops", "supported", "has seven stops"),
    ("In its first year it carried 1.2 million", "supported", "1,214,000 passengers"),
    ("car traffic on the quay rose", "contradicted", "fell by 12 percent"),
    ("The survey proves that noise", "contradicted", "suggests that noise may have become less"),
    ("In May 2024 the council approved", "contradicted", "rejected the extension"),
    ("A single ticket will cost 2.60", "supported", "2.60 euros on 1 January 2025"),
    ("The trams are painted dark blue", "unsupported", ""),
    ("Would you like to know", "not-a-claim", ""),
]
KOREAN = [
    ("한빛도서관은 2022년 9월 1일", "supported", "2022년 9월 1일 군산에서"),
    ("장서는 123,000권이고", "supported", "12만 3천 권"),
    ("공사비는 168억 원", "contradicted", "186억 원"),
    ("어린이 자료실의 이용은", "contradicted", "23% 증가했다"),
    ("시는 야간 개방을 시행했다", "contradicted", "시행하지 않았다"),
    ("도서관 옥상에는", "unsupported", ""),
]
RULES = {
    "answer.md": {
        "grounding/unit",
        "grounding/direction",
        "grounding/negation",
        "grounding/quotation-altered",
        "grounding/unsupported",
    },
    "answer-ko.md": {
        "grounding/number",
        "grounding/direction",
        "grounding/negation",
        "grounding/quotation-altered",
        "grounding/unsupported",
    },
}


@pytest.fixture(scope="module")
def report() -> Report:
    return auditor.scan([EXAMPLES / name for name in RULES], sources=EXAMPLES / "sources")


def audit(report: Report, name: str) -> Audit:
    return next(audit for audit in report.audits if audit.subject.name.endswith(f"/{name}"))


def claim(found: Audit, beginning: str) -> Claim:
    return next(claim for claim in found.claims if claim.text.startswith(beginning))


@pytest.mark.parametrize(
    ("name", "beginning", "verdict", "quoted"),
    [("answer.md", *row) for row in ENGLISH] + [("answer-ko.md", *row) for row in KOREAN],
)
def test_verdict_and_evidence(report: Report, name: str, beginning: str, verdict: str, quoted: str) -> None:
    found = claim(audit(report, name), beginning)
    assert found.verdict.value == verdict
    quotes = [" ".join(evidence.quote.split()) for evidence in found.evidence]
    if quoted:
        assert quoted in quotes[0]
        assert (
            found.evidence[0].relation.value
            == {"supported": "supports", "contradicted": "contradicts"}[verdict]
        )
    elif verdict == "not-a-claim":
        assert not quotes


@pytest.mark.parametrize("name", RULES)
def test_rules(report: Report, name: str) -> None:
    found = audit(report, name)
    assert found.problems == ()
    assert RULES[name] <= {finding.rule for finding in found.findings}


@pytest.mark.parametrize(
    ("name", "ours", "theirs"), [("answer.md", "bicycles", "wheelchairs"), ("answer-ko.md", "사러", "빌리러")]
)
def test_misquotations_show_the_words_of_the_source(
    report: Report, name: str, ours: str, theirs: str
) -> None:
    (found,) = [f for f in audit(report, name).findings if f.rule == "grounding/quotation-altered"]
    assert ours in found.excerpt
    assert theirs in found.evidence[0].quote


def test_evidence_says_where_it_stands(report: Report) -> None:
    (evidence,) = claim(audit(report, "answer.md"), "In May 2024").evidence
    assert evidence.source == "council-minutes.html"
    assert evidence.location is not None
    assert evidence.location.line == 6
