"""The text that a finding keeps around its excerpt."""

from __future__ import annotations

import pytest

from auditor.documents.document import Document, Marks
from auditor.findings import CONTEXT_LIMIT, EXCERPT_LIMIT, Rule, Severity

RULE = Rule("a/b", "Title", Severity.ERROR)


def around(text: str, leak: str, **more: Marks) -> tuple[str, str]:
    start = text.index(leak)
    found = RULE.at(Document("a.txt", text, **more), start, start + len(leak), confidence=1.0)
    assert found.excerpt == leak
    return found.before, found.after


def test_short_text_is_kept_whole():
    assert around("So it is, as an AI, fine.", "as an AI") == ("So it is, ", ", fine.")


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\n \t\n"])
def test_paragraphs_end_it(end: str):
    assert around(f"Before.{end}x LEAK y{end}After.", "LEAK") == ("x ", " y")


def test_parts_end_it():
    parts = Marks(starts=(0, 8, 16), labels=("row 1", "row 2", "row 3"))
    assert around("one one x LEAK yzthree", "LEAK", parts=parts) == ("x ", " y")


def test_it_is_cut_between_words():
    before, after = around("sixsix " * 40 + "LEAK" + " sixsix" * 40, "LEAK")
    assert set(before.split()) == set(after.split()) == {"sixsix"}
    assert CONTEXT_LIMIT - 10 < min(len(before), len(after)) <= CONTEXT_LIMIT


def test_text_without_spaces_is_cut_anywhere():
    before, after = around("가" * 200 + "LEAK" + "나" * 200, "LEAK")
    assert (before, after) == ("가" * CONTEXT_LIMIT, "나" * CONTEXT_LIMIT)


def test_after_follows_the_span_not_the_cut_excerpt():
    text = "a" * (EXCERPT_LIMIT + 5) + " end"
    found = RULE.at(Document("a.txt", text), 0, EXCERPT_LIMIT + 5, confidence=1.0)
    assert found.excerpt_cut
    assert found.after == " end"
