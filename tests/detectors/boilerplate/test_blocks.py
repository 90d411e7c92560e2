"""Paragraphs: nothing of the text is passed over, and none is long."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detectors.boilerplate.blocks import MAX_BLOCK, OVERLAP, blocks
from tests.patience import patience

PIECES = st.sampled_from(
    ["a", "word ", "\n", "\n\n", "\r\n\r\n", "\n \t\n", "\n#\n", "\n * \n", "\n//\n", "가나 ", " ", "\n> \n"]
)


def covered(text: str) -> set[int]:
    return {i for block in blocks(text) for i in range(block.start, block.end)}


@given(st.lists(PIECES, max_size=60).map("".join))
def test_every_letter_is_in_a_block(text: str):
    held = covered(text)
    assert all(i in held for i, char in enumerate(text) if char.isalnum())
    assert all(block.start < block.end <= len(text) for block in blocks(text))


@given(st.integers(MAX_BLOCK - 3, 5 * MAX_BLOCK), st.sampled_from(["x", "word ", "가", "ab\n"]))
def test_long_paragraphs_are_cut_into_windows_that_overlap(length: int, unit: str):
    text = (unit * length)[:length]
    found = list(blocks(text))
    assert len(covered(text)) == length
    assert all(block.end - block.start <= MAX_BLOCK for block in found)
    for one, next_one in pairwise(found):
        assert next_one.start > one.start
        assert one.end - next_one.start >= OVERLAP - 1


def test_blank_lines_and_lines_of_mere_markers_part():
    text = "one\n\ntwo\r\n\r\nthree\n \t\nfour\n# five\n#\n# six\n//\nseven"
    assert [text[b.start : b.end].strip() for b in blocks(text)] == [
        "one",
        "two",
        "three",
        "four\n# five",
        "# six",
        "seven",
    ]


@pytest.mark.parametrize(
    "text", ["\n" + " " * 10**6 + "x", "\n" + "/" * 10**6, "\n \t" * 10**5, "\n#" * 10**5, "\n" * 10**6]
)
def test_takes_no_time(text: str):
    start = time.process_time()
    assert sum(1 for _ in blocks(text)) < 10**6
    assert time.process_time() - start < patience(2)
