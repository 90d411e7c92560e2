"""What each rule of the family finds, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from auditor.detectors.consistency import change, mean, p_value, share, total
from auditor.documents import Document, from_text
from auditor.findings import Finding, Severity
from tests.patience import patience


def only(found: Iterator[Finding]) -> Finding:
    (finding,) = found
    return finding


def read(text: str) -> Document:
    return from_text(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("We lost 12 of 48 (30%) patients.", "12 of 48 is 25 %, not 30 %"),
        ("In 12 out of the 48 schools (30.0 %) it failed.", "12 of 48 is 25.0 %, not 30.0 %"),
        ("Success: 12/48 (30%).", "12 of 48 is 25 %, not 30 %"),
        ("Only 30% (12 of 48) came.", "12 of 48 is 25 %, not 30 %"),
        ("It was 17 of 23 (79,3 %).", "17 of 23 is 73.9 %, not 79,3 %"),
        ("응답자 48명 중 12명(30%)이 찬성했다.", "12 of 48 is 25 %, not 30 %"),
        ("1,200 of 4,800 households (35%) moved.", "1,200 of 4,800 is 25 %, not 35 %"),
    ],
)
def test_share_that_does_not_fit(text: str, message: str):
    finding = only(share.share(read(text)))
    assert finding.message == message
    assert finding.severity is Severity.WARNING
    assert text[finding.location.start : finding.location.end] == finding.excerpt


@pytest.mark.parametrize(
    "text",
    [
        "We lost 12 of 48 (25%) patients.",
        "1 of 3 (33%), 2 of 3 (66%) and 2 of 3 (67%): rounded or cut off.",
        "1,200 of 4,800 (25%)",
        "48명 중 12명(25%)이 찬성했다.",
        "On 3/12/2024 (30%) it rained.",
        "In 2008/2010 (44%) it was less.",
        "5 of 7 days (20% rain) were dry.",
        "A ratio of 48 of 12 (30%).",
        "12 of 0 (30%)",
        "version 1.12 of 48 (30%)",
    ],
)
def test_share_that_fits_or_is_none(text: str):
    assert list(share.share(read(text))) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Prices rose from 40 to 50 (a 20% increase).", "25"),
        ("It fell from 200 patients to 150 patients, a decrease of 30%.", "25"),
        ("Revenue went from $3.2 million to $4.1 million, an increase of about 38%.", "28"),
        ("생산량이 40톤에서 50톤으로 20% 증가했다.", "25"),
    ],
)
def test_change_that_does_not_fit(text: str, right: str):
    finding = only(change.change(read(text)))
    assert f"is a change of {right} %" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose from 40 to 50 (a 25% increase).",
        "Revenue went from $3.2 million to $4.1 million, an increase of 28%.",
        "It fell from 3 to 2, a 40% decrease by the printed, rounded values.",
        "The share rose from 20% to 30%, an increase of 10%.",
        "The share rose from 20% to 30% (a 50% increase).",
        "It grew from 20 to 40, a 7% increase per year.",
        "Sales went from 2 thousand to 3 million, a 7% increase.",
        "점유율이 20%에서 30%로 10% 증가했다.",
        "From 0 to 50, an increase of 20%.",
    ],
)
def test_change_that_fits_or_cannot_be_told(text: str):
    assert list(change.change(read(text))) == []


def test_mean_that_whole_numbers_cannot_have():
    finding = only(mean.mean(read("On the rating scale they gave M = 3.48 (SD = 0.8, n = 20).")))
    assert finding.message == "No 20 whole numbers have the mean 3.48; the nearest are 3.45 or 3.50"
    assert finding.severity is Severity.NOTE
    assert only(mean.mean(read("만족도는 평균 3.48점(n = 20)이었다.")))


@pytest.mark.parametrize(
    "text",
    [
        "On the rating scale they gave M = 3.45 (n = 20).",
        "On the rating scale they gave M = 3.48 (n = 200).",
        "The reaction took M = 3.48 s (n = 20).",
        "The rating was M = 3.48. Later, n = 20 people left.",
    ],
)
def test_mean_that_is_possible_or_of_no_whole_numbers(text: str):
    assert list(mean.mean(read(text))) == []


@pytest.mark.parametrize(
    ("text", "gives", "severity"),
    [
        ("t(28) = 1.20, p = .01", "= .240", Severity.WARNING),
        ("t(30) = 1.9, p < .05", "= .067", Severity.WARNING),
        ("F(2, 45) = 9.20, p = .02", "< .001", Severity.NOTE),
        ("χ²(2) = 9.2, p < .001", "= .010", Severity.NOTE),
        ("r(48) = .10, p = .03", "= .490", Severity.WARNING),
        ("χ2(1000) = 1000, p = .90", "= .494", Severity.NOTE),
        ("z = 1.00, p = .04", "= .317", Severity.WARNING),
    ],
)
def test_p_value_that_does_not_fit(text: str, gives: str, severity: Severity):
    finding = only(p_value.p_value(read(text)))
    assert f"p {gives}, not" in finding.message
    assert finding.severity is severity


@pytest.mark.parametrize(
    "text",
    [
        "t(28) = 2.20, p = .036",
        "t(28) = −2.20, p = .036",
        "F(1, 58) = 4.05, p = .049",
        "χ2(1, N = 90) = 3.84, p = .05",
        "r(48) = .30, p = .034",
        "z = 1.96, p = .05",
        "t(15) = 4.50, p < .001",
        "t(28) = 1.00, p > .05",
        "A one-tailed test: t(28) = 2.20, p = .018",
        "r(48) = 3.0, p = .034",
        "t(0) = 2.20, p = .9",
        "F(100000, 1000000) = 1.00, p = .90",
        "F(10000, 10000) = 1.00, p = .90",
        "t(99999999999999999999) = 3.10, p = .50",
    ],
)
def test_p_value_that_fits_or_cannot_be_told(text: str):
    assert list(p_value.p_value(read(text))) == []


@pytest.mark.parametrize("check", [share.share, change.change, mean.mean, p_value.p_value])
def test_code_is_left_alone_and_hostile_text_takes_linear_time(check):
    code = "It said so.\n\n```\nx = '12 of 48 (30%), from 40 to 50 (a 20% increase), t(28) = 1.20, p = .01'\n```\n"
    assert list(check(from_text(code, format="markdown"))) == []
    import time

    for unit in ("12 of 48 ", "from 40 to 50 a ", "M = 3.48 n ", "t(28) = 1.20 ", "1,111", "중 12명"):
        start = time.process_time()
        list(check(from_text("% " + unit * 20_000)))
        assert time.process_time() - start < patience(2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("We asked 120 participants (45 men and 70 women).", "the parts add up to 115, not to 120"),
        (
            "The 96 enrolled patients: 50 males, 40 females and 4 unknown.",
            "the parts add up to 94, not to 96",
        ),
        ("조사에는 48명(남성 20명, 여성 30명)이 참여했다.", "the parts add up to 50, not to 48"),
    ],
)
def test_parts_that_miss_their_total(text: str, message: str):
    assert only(total.total(read(text))).message == message


@pytest.mark.parametrize(
    "text",
    [
        "We asked 115 participants (45 men and 70 women).",
        "We asked 115 participants (45 men (39.1 %) and 70 women (60.9 %)).",
        "We asked 120 people (45 teachers and 70 nurses).",
        "조사에는 48명(남성 20명, 여성 28명)이 참여했다.",
    ],
)
def test_parts_that_fit_or_may_overlap(text: str):
    assert list(total.total(read(text))) == []


def table(*rows: str) -> Document:
    return from_text("\n".join(("| Region | Sales |", "|---|--:|", *rows)) + "\n", "t.md", "markdown")


def test_a_table_whose_last_row_is_not_the_sum():
    document = table("| North | 1,010 |", "| South | 25 |", "| **Total** | 1,040 |")
    finding = only(total.total(document))
    assert (finding.excerpt, finding.message) == ("1,040", "the column adds up to 1035, not to 1,040")


@pytest.mark.parametrize(
    "rows",
    [
        ("| North | 10 |", "| South | 25 |", "| Total | 35 |"),
        ("| North | 33.3 % |", "| South | 33.3 % |", "| West | 33.3 % |", "| Total | 100 % |"),
        ("| North | 4.1 |", "| South | 3.7 |", "| All | 3.9 |"),
        ("| North | 10 |", "| Subtotal | 10 |", "| South | 25 |", "| Total | 35 |"),
        ("| North | 10 |", "| South | – |", "| Total | 40 |"),
        ("| North | 10 |", "| South | 25 |", "| West | 40 |"),
    ],
)
def test_a_table_that_fits_or_has_no_sum(rows: tuple[str, ...]):
    assert list(total.total(table(*rows))) == []
