from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents import Document
from auditor.documents.document import Marks
from auditor.sources.chunking import LONGEST, MAX_SENTENCES, PAIR, cost, windows
from tests.patience import patience

SENTENCE = "The river rose by two metres in the spring of that year."
PIECES = st.sampled_from(
    ["One.", "그는 갔다.", SENTENCE, "\n\n", "word " * 150 + ".", "가나다라" * 80, "1,5 ", "Why?!", "x" * 300]
)


def test_windows_share_a_sentence_and_stay_short() -> None:
    text = " ".join(f"{SENTENCE[:-1]} {i}." for i in range(30))
    made = windows(Document("a", text))
    assert all(1 < len(window.sentences) <= MAX_SENTENCES for window in made)
    assert all(cost(window.text) <= 62 for window in made)
    for one, other in pairwise(made):
        assert one.sentences[-1] == other.sentences[0]


def test_a_short_text_is_one_window() -> None:
    [window] = windows(Document("a", "It rained. The river rose."), "source")
    assert (window.source, window.text, window.sentences) == (
        *("source", "It rained. The river rose."),
        ((0, 10), (11, 26)),
    )


def test_a_window_never_crosses_a_part() -> None:
    text = "First row.\nSecond row.\nThird row."
    document = Document("a.csv", text, parts=Marks([0, 11, 23], ["row 1", "row 2", "row 3"]))
    assert [window.text for window in windows(document)] == ["First row.", "Second row.", "Third row."]


def test_what_stands_before_the_first_part_is_read_too() -> None:
    document = Document("a", "Title.\nBody.", parts=Marks([7], ["part"]))
    assert [window.text for window in windows(document)] == ["Title.", "Body."]


def test_a_sentence_of_thousands_of_words_is_cut_at_clauses() -> None:
    text = "when the water rose again, " * 400 + "they left."
    made = windows(Document("a", text))
    assert all(cost(window.text) <= PAIR for window in made)
    assert all(window.text[-1] in ",." for window in made)


def test_a_long_sentence_stands_alone() -> None:
    long = "And so " + "and so " * 45 + "it went."
    made = windows(Document("a", f"It rained. {long} They left."))
    assert [len(window.sentences) for window in made] == [1, 1, 1]


@pytest.mark.parametrize("unit", ["가나다라마바사아자차", "東京都の人口", "x" * 50, "ab,"])
def test_text_without_spaces_is_cut_in_linear_time(unit: str) -> None:
    started = time.monotonic()
    made = windows(Document("a", unit * (200_000 // len(unit))))
    assert max(cost(window.text) for window in made) <= LONGEST
    assert time.monotonic() - started < patience(2)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=14), st.lists(st.integers(0, 400), max_size=3, unique=True))
def test_every_character_is_in_a_window(pieces: list[str], parts: list[int]) -> None:
    text = " ".join(pieces)
    document = Document("a", text, parts=Marks(sorted(parts), [str(part) for part in parts]))
    made = windows(document)
    seen = set()
    for window in made:
        assert window.text == text[window.start : window.end] == window.text.strip()
        assert (window.start, window.end) == (window.sentences[0][0], window.sentences[-1][1])
        assert document.part_bounds(window.start) == document.part_bounds(window.end - 1)
        seen |= set(range(window.start, window.end))
    assert all(text[i].isspace() for i in set(range(len(text))) - seen)


def test_nothing_has_no_windows() -> None:
    assert windows(Document("a", "")) == windows(Document("a", " \n ")) == []
