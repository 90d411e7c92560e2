"""Sentences: hard cases, properties, and time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.documents.sentences import sentences

CASES = Path(__file__).parents[1] / "data" / "sentences" / "cases.txt"


def cases() -> list[tuple[str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(language, marked.replace("⏎", "\n")) for language, marked in rows]


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(("language", "marked"), cases())
def test_hard_cases(language: str, marked: str) -> None:
    assert parts(marked.replace("⏐", "")) == [part.strip() for part in marked.split("⏐")], language


def test_there_are_many_cases_and_half_are_not_english() -> None:
    languages = [language for language, _ in cases()]
    assert len(languages) >= 150
    assert 0.4 < languages.count("en") / len(languages) < 0.6


def test_a_slice_keeps_the_offsets_of_the_whole() -> None:
    text = "Left out. It rained. It stopped. Left out."
    assert [text[a:b] for a, b in sentences(text, 10, 32)] == ["It rained.", "It stopped."]
    assert sentences(text, 10, 10) == []


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n", "\u3000"])
def test_nothing_to_split(text: str) -> None:
    assert sentences(text) == []


PIECES = st.lists(
    st.sampled_from(
        [
            "a",
            "It rose",
            "Dr",
            "No",
            "z",
            "U",
            "S",
            "비가 왔다",
            "요",
            "습니다",
            "今日",
            "と",
            "3",
            "0.5",
            "1998",
            ".",
            "..",
            "…",
            "!",
            "?",
            "。",
            "？",
            '"',
            "'",
            "“",
            "”",
            "«",
            "»",
            "「",
            "」",
            "(",
            ")",
            "[3]",
            "³",
            "**",
            "`",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "- ",
            "1. ",
            "# ",
            "> ",
            "|",
            "e.g.",
            "et al.",
            "5 p.m.",
            "iPhone",
            ":",
            ";",
            ",",
            "—",
            "😀",
            "\u2028",
            "\x0c",
            "\xa0",
            "===",
            "---",
            "\t",
            "a|b",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(PIECES, st.text(max_size=60)), st.integers(0, 20), st.integers(0, 20))
def test_spans_are_ordered_disjoint_trimmed_and_leave_nothing_out(text: str, skip: int, cut: int) -> None:
    start = min(skip, len(text))
    end = max(start, len(text) - cut)
    last = start
    covered = []
    for a, b in sentences(text, start, end):
        assert last <= a < b <= end
        assert text[a:b] == text[a:b].strip()
        covered.append(text[last:a])
        last = b
    assert not "".join([*covered, text[last:end]]).strip()


@given(
    st.lists(
        st.sampled_from(["It rained all day.", "Nobody came?", "비가 왔다.", "雨が降った。"]),
        min_size=1,
        max_size=8,
    )
)
def test_whole_sentences_come_back(plain: list[str]) -> None:
    assert parts(" ".join(plain)) == plain
    assert parts("\n\n".join(plain)) == plain


@pytest.mark.parametrize(
    "unit",
    [
        ".",
        "a. ",
        "“a. ",
        "(a. b) ",
        "(. ",
        '"',
        ".)",
        "\n ",
        " ",
        ".[1]",
        "A. ",
        "1. ",
        "습니다\n",
        "- a\n",
        "a. ((((",
        ".*_",
        "0.1. ",
    ],
)
def test_time_is_linear(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        begun = time.process_time()
        sentences(text)
        return time.process_time() - begun

    seconds(1_000)
    small = min(seconds(8_000) for _ in range(3))
    # Eight times the text: quadratic time would be 64 times as much.
    assert seconds(64_000) < 24 * small + 0.1
