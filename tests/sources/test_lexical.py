from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.sources.lexical import number, stem, term_counts, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,234", "1234"),
        ("1,234,567.50", "1234567.5"),
        ("3,5", "3.5"),
        ("2.50", "2.5"),
        ("10", "10"),
        ("100", "100"),
        ("007", "7"),
        ("0.50", "0.5"),
        ("0", "0"),
        ("2.0", "2"),
    ],
)
def test_a_number_has_one_spelling(one: str, other: str) -> None:
    assert number(one) == number(other) == other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("studies", "studied"),
        ("study", "studies"),
        ("rate", "rating"),
        ("rated", "rates"),
        ("running", "runs"),
        ("boxes", "box"),
        ("companies", "company"),
        ("mills", "mill"),
    ],
)
def test_forms_of_an_english_word_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("bring", "bred"), ("thing", "then"), ("gas", "go"), ("business", "busy")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_korean_words_meet_whatever_particle_follows() -> None:
    assert "인구" in tokens("인구는 늘었다") and "인구" in tokens("서울의 인구가")
    assert "인구는" in tokens("인구는 늘었다")
    assert tokens("2023년") == ["2023", "년"]


def test_scripts_without_spaces_are_cut_to_pairs() -> None:
    assert tokens("東京都の人口") == ["東京", "京都", "都の", "の人", "人口"]
    assert tokens("山") == ["山"]


def test_case_width_and_frequent_words_do_not_matter() -> None:
    assert tokens("The ＭＩＬＬ of a Town") == tokens("mill town")
    assert tokens("no, not one") == ["no", "not", "one"]


def test_names_with_digits_stay_whole() -> None:
    assert tokens("covid19 GPT-4o 3M") == ["covid19", "gpt", "4o", "3m"]


@given(st.text(max_size=60))
def test_any_text_has_words_or_none_and_counts_agree(text: str) -> None:
    found = tokens(text)
    assert all(found)
    assert sum(term_counts(text).values()) == len(found)


def test_a_long_run_of_digits_and_commas_takes_no_time() -> None:
    assert tokens("1," * 50_000 + "x")
    assert tokens("9" * 50_000)
