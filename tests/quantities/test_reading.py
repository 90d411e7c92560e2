from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.quantities import Bound, Kind, Quantity, read
from auditor.quantities.wordlist import words


def only(text: str) -> Quantity:
    found = read(text)
    assert len(found) == 1, [q.text for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("There were 1,234,567 of them.", "1,234,567", 1234567),
        ("It took 12\u202f345 tries.", "12\u202f345", 12345),
        ("It took 1 234 567 tries.", "1 234 567", 1234567),
        ("It took 1'234.5 tries.", "1'234.5", Fraction("1234.5")),
        ("It was 1.234.567 in all.", "1.234.567", 1234567),
        ("Some 12,34,567 voters came.", "12,34,567", 1234567),
        ("A share of 3,5 remained.", "3,5", Fraction("3.5")),
        ("It held 3.2 × 10^6 cells.", "3.2 × 10^6", 3200000),
        ("It held 3.2e6 cells.", "3.2e6", 3200000),
        ("It held 10⁶ cells.", "10⁶", 10**6),
        ("It held 4×10⁻³ parts.", "4×10⁻³", Fraction("0.004")),
        ("They ate 2½ pies.", "2½", Fraction(5, 2)),
        ("twenty-five men", "twenty-five", 25),
        ("two hundred and three men", "two hundred and three", 203),
        ("one and a half pies", "one and a half", Fraction(3, 2)),
        ("two and a half million people", "two and a half million", 2500000),
        ("half a million people", "half a million", 500000),
        ("a dozen eggs", "a dozen", 12),
        ("35k followers", "35k", 35000),
        ("the **999** million people", "999** million", 999000000),
        ("roughly 1,*234* people", "1,*234", 1234),
        ("3만 5천 명이 왔다", "3만 5천 명", 35000),
        ("350만 명이 왔다", "350만 명", 3500000),
        ("삼십오 명이 왔다", "삼십오 명", 35),
        ("서른다섯 명이 왔다", "서른다섯 명", 35),
        ("세 명이 왔다", "세 명", 3),
        ("만 명이 왔다", "만 명", 10000),
    ],
)
def test_numbers(text: str, printed: str, value: Fraction | int) -> None:
    found = only(text)
    assert (found.text, found.low) == (printed, value)
    assert text[found.start : found.end] == printed
    assert found.kind is Kind.COUNT


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("35%", Kind.PERCENT, Fraction("0.35")),
        ("`35`%", Kind.PERCENT, Fraction("0.35")),
        ("35 per cent of it", Kind.PERCENT, Fraction("0.35")),
        ("3,5 % of it", Kind.PERCENT, Fraction("0.035")),
        ("35퍼센트", Kind.PERCENT, Fraction("0.35")),
        ("35%p 올랐다", Kind.POINTS, Fraction("0.35")),
        ("35 percentage points", Kind.POINTS, Fraction("0.35")),
        ("50 basis points", Kind.POINTS, Fraction("0.005")),
        ("$35M", Kind.MONEY, 35000000),
        ("35 million dollars", Kind.MONEY, 35000000),
        ("1조 2,000억 원", Kind.MONEY, 1200000000000),
        ("1.234,56 €", Kind.MONEY, Fraction("1234.56")),
        ("half of them", Kind.RATIO, Fraction(1, 2)),
        ("two-thirds of them", Kind.RATIO, Fraction(2, 3)),
        ("3분의 1이 남았다", Kind.RATIO, Fraction(1, 3)),
        ("절반이 남았다", Kind.RATIO, Fraction(1, 2)),
        ("two of the five men", Kind.RATIO, Fraction(2, 5)),
        ("48명 중 12명이 왔다", Kind.RATIO, Fraction(1, 4)),
        ("the 3rd time", Kind.ORDINAL, 3),
        ("the twenty-first man", Kind.ORDINAL, 21),
        ("세 번째 시도", Kind.ORDINAL, 3),
        ("제3 공화국", Kind.ORDINAL, 3),
        ("2위를 했다", Kind.ORDINAL, 2),
        ("a 3-fold rise", Kind.MULTIPLE, 3),
        ("두 배로 늘었다", Kind.MULTIPLE, 2),
        ("they lost 3–1", Kind.SCORE, 3),
        ("스무 살이다", Kind.DURATION, 20),
    ],
)
def test_kinds(text: str, kind: Kind, value: Fraction | int) -> None:
    found = only(text)
    assert (found.kind, found.low) == (kind, value)


@pytest.mark.parametrize(
    ("text", "dimension", "size"),
    [
        ("5 mg", "mass", Fraction("5e-6")),
        ("a 3-year study", "time", 3 * 31556952),
        ("1,500 m", "length", 1500),
        ("80 mg/dL", "mass/volume", Fraction("0.8")),
        ("60 miles per hour", "length/time", 60 * Fraction("0.44704")),
        ("12 ㎏", "mass", 12),
        ("3킬로미터", "length", 3000),
        ("120 mmHg", "pressure", 120 * Fraction("133.322387415")),
        ("5 feet 10 inches", "length", Fraction("1.778")),
        ("2시간 30분", "time", 9000),
        ("두 달 동안", "time", 2 * 2629746),
        ("half an hour", "time", 1800),
    ],
)
def test_units(text: str, dimension: str, size: Fraction | int) -> None:
    found = only(text)
    assert found.unit is not None
    assert (found.unit.dimension, found.low * found.unit.factor) == (dimension, size)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10–15 %", Fraction("0.1"), Fraction("0.15")),
        ("between 10 and 15 percent", Fraction("0.1"), Fraction("0.15")),
        ("$10–15 million", 10**7, 15 * 10**6),
        ("3 to 5 years", 3, 5),
        ("3~5만 명", 30000, 50000),
        ("1914–1918", 1914, 1918),
        ("1914-18", 1914, 1918),
        ("from 1990 to 1995", 1990, 1995),
        ("the 1990s", 1990, 1999),
        ("20세기", 1900, 2000),
    ],
)
def test_ranges_are_one_quantity(text: str, low: Fraction | int, high: Fraction | int) -> None:
    found = only(text)
    assert (found.low, found.high) == (low, high)


def test_a_change_is_two_quantities_in_the_same_unit() -> None:
    first, second = read("It rose from 40 to 50 percent.")
    assert first.kind is second.kind is Kind.PERCENT
    assert (first.low, second.low) == (Fraction("0.4"), Fraction("0.5"))


def test_an_ambiguous_separator_has_both_readings() -> None:
    assert [r.low for r in only("1,234 people").readings] == [1234, Fraction("1.234")]
    assert [r.low for r in only("1.234 people").readings] == [Fraction("1.234"), 1234]
    assert [r.low for r in read("1,234 of 12,345.6 people")[0].readings] == [1234]


@pytest.mark.parametrize(
    ("text", "approximate", "bound"),
    [
        ("about 48 patients", True, None),
        ("약 48명", True, None),
        ("48명 정도", True, None),
        ("nearly 48 patients", True, Bound.LESS_THAN),
        ("30여 명", True, Bound.MORE_THAN),
        ("more than 48 patients", False, Bound.MORE_THAN),
        ("at least 48 patients", False, Bound.AT_LEAST),
        ("up to 48 patients", False, Bound.AT_MOST),
        ("48명 이상", False, Bound.AT_LEAST),
        ("48명 미만", False, Bound.LESS_THAN),
        ("48 patients", False, None),
    ],
)
def test_hedges(text: str, approximate: bool, bound: Bound | None) -> None:
    found = only(text)
    assert (found.approximate, found.bound) == (approximate, bound)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("48 elderly patients were seen", "patient"),
        ("환자 48명", "person"),
        ("48 people", "person"),
        ("책 세 권", "book"),
        ("6 cities", "city"),
    ],
)
def test_counted_nouns(text: str, noun: str) -> None:
    assert only(text).noun == noun


def test_a_margin_belongs_to_its_number() -> None:
    found = only("12.3 ± 0.4 kg")
    assert (found.low, found.margin, found.step) == (Fraction("12.3"), Fraction("0.4"), Fraction("0.1"))


SAME_DAY = [
    "2021-03-05",
    "5 March 2021",
    "March 5, 2021",
    "Mar. 5, 2021",
    "the 5th of March 2021",
    "2021년 3월 5일",
    "2021.03.05",
    "March 5,2021",
]


@pytest.mark.parametrize("text", SAME_DAY)
def test_dates(text: str) -> None:
    found = only(text)
    assert found.kind is Kind.DATE
    assert found.low == found.high == only(SAME_DAY[0]).low


def test_a_slashed_date_may_begin_with_day_or_month() -> None:
    assert {r.low for r in only("05/03/2021").readings} == {only("2021-03-05").low, only("2021-05-03").low}


@pytest.mark.parametrize("text", ["31 February 2021 was not", "2021-13-45"])
def test_impossible_dates_are_not_dates(text: str) -> None:
    assert not any(q.kind is Kind.DATE and q.low == q.high and not q.yearless for q in read(text))


@pytest.mark.parametrize("text", ["14:30", "2:30 pm", "2.30 p.m.", "오후 2시 30분"])
def test_clock_times(text: str) -> None:
    assert [r.low for r in only(text).readings] == [870]


@pytest.mark.parametrize(
    "text",
    [
        "No one knew that one of the guests was the one.",
        "COVID-19 and H1N1 spread through the G7 on MP3, A4 and 3D.",
        "As shown before [3], and again [4, 5], in Figure 2 and Section 3.2.",
        "Call 02-123-4567 or +82 2 1234 5678.",
        "Use v1.2.3 or version 4.5 of it.",
        "See https://example.org/2021/35 and doi 10.1000/182.",
        "3.2 Methods",
        "1. Wash the dish\n2. Dry the dish",
        "이 사람은 일을 마치고 오는 길에 그만 넘어졌다.",
        "나는 천을 사고 너는 물만 샀다.",
        "She may march on.",
        "The second, and the first of all.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert [q.text for q in read(text)] == []


def test_a_number_of_four_digits_is_a_year_where_it_stands_as_one() -> None:
    assert [q.kind for q in read("In 2019 there were 2019 patients.")] == [Kind.YEAR, Kind.COUNT]


_PIECES = st.sampled_from(
    words(
        "a one two half third million dozen twice and to of from between about % $ € 35 1,234 1.234 "
        "2021 '21 March 5th Monday century 1990s pm 14:30 - – ± / ** ` _ "
        "( ) [3] km mg/dL °C years people 만 억 3만 5천 명 원 년 3월 5일 오후 2시 제 번째 분의 세 다섯 배 약 이상 중 ½ "
        "10⁶ 3e400 10^ Q3 0/0 0 1/0 <sup>6</sup> １２３ ² won \n , ."
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_PIECES, st.sampled_from(["", " ", "  "])), max_size=14))
def test_any_text_is_read_in_order_and_at_its_place(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in pieces)
    found = read(text)
    assert all(q.text == text[q.start : q.end] and q.text and q.low <= q.high for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
