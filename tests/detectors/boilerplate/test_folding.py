"""Folding: one form for whatever was typed, and the way back to it."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detectors.boilerplate.folding import HOMOGLYPHS, fold, unfolded
from auditor.detectors.boilerplate.keys import words
from tests.patience import patience

LATIN = "aAeEIlmrn .,-'\"“”’`*\n\r\t\u00a0"
HIDDEN = "\u200b\u00ad\ufeff\u202e\u2060\U000e0041\ue200\u0301\u0336\ufe0fＡＩ（！＇＂…–—ﬁ𝐀𝔞İıßÉéñ"
SCRIPTS = "аеосрхАІі언어모델가각\u1112\u1161\u11ab言語。、ががя̆ёأإـلنَ\U0001f600"
LONGER = ("rn", "lan-\nguage", "as an AI", "\r\n# ", "\n> > ", "\n// ", "\n* ", "-\r\n")
PIECES = st.sampled_from([*LATIN, *HIDDEN, *SCRIPTS, *LONGER])
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)
# Without letters that character recognition takes for others: those are looked for in another way.
SURE_TEXTS = st.lists(PIECES.filter(lambda piece: not set("lLrRvV1|") & set(piece)), max_size=40).map("".join)


@given(TEXTS)
def test_offsets_run_forward_within_the_text(text: str):
    folded = fold(text)
    offsets = list(folded.offsets)
    assert len(offsets) == len(folded.text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    for i in range(len(folded.text)):
        start, end = folded.span(i, i + 1)
        assert 0 <= start < end <= len(text)


@given(TEXTS)
def test_every_folded_character_comes_from_its_offset(text: str):
    folded = fold(text)
    for i, char in enumerate(folded.text):
        start, end = folded.span(i, i + 1)
        source = text[start:end]
        if char == " ":
            assert not source[0].isalnum()
        elif (
            char.isascii()
            and source.isascii()
            and source not in ("l", "1", "|", "rn", "rrn", "vv", "lf", "a1", "al")
        ):
            assert "'" if source == "`" else source.lower() == char


@given(TEXTS, st.integers(0, 8), st.integers(0, 8))
def test_a_part_keeps_the_offsets_of_the_whole(text: str, before: int, after: int):
    start, end = min(before, len(text)), max(len(text) - after, 0)
    folded = fold(text, start, max(start, end))
    assert all(start <= offset <= max(start, end) for offset in folded.offsets)


@given(TEXTS)
def test_folding_is_stable(text: str):
    once = fold(text).text
    if "-\n" not in text and "\r" not in text:  # what was parted may come together only once
        assert fold(once).text in (once, fold(fold(once).text).text)


@given(SURE_TEXTS)
def test_a_text_looked_up_raw_has_the_words_of_the_folded_one(text: str):
    raw = unfolded(text)
    if raw is not None:
        assert set(words(fold(text).text)) <= set(words(raw))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("As An AI", "as an ai"),
        ("Ａｓ　ａｎ　ＡＩ！", "as an ai!"),
        ("I’m “sorry” ‘now’", "i'm \"sorry\" 'now'"),
        ("I`m", "i'm"),
        ("don＇t", "don't"),
        ("wait… no — yes", "wait... no - yes"),
        ("a\u200bs\u2060 a\ufeffn \u202eai", "as an ai"),
        ("a\U000e0041s", "as"),
        ("lan\u00adguage", "language"),
        ("lan-\nguage mod-\r\n  els", "language models"),
        ("lan\u00ad\nguage", "language"),
        ("# an lan-\n# guage", "# an language"),
        ("AI-\nGenerated", "ai- generated"),
        ("**As** an *AI*", "as an ai"),
        ("a\u00a0b\t\tc\u3000d", "a b c d"),
        ("no\n\n\nmore", "no more"),
        ("# as\n# an AI", "# as an ai"),
        ("// as\n  // an", "// as an"),
        ("> > as\n> > an", "> > as an"),
        ("* as\n * an", " as an"),
        ("-- as\n-- an", "-- as an"),
        ("ﬁle", "file"),
        ("𝐀𝐬 𝒶𝓃", "as an"),
        ("désolé", "désolé"),
        ("de\u0301sole\u0301", "désolé"),
        ("s\u0336o\u0336 n\u0336o\u0336t\u0336", "so not"),
        ("İstek", "istek"),
        ("I\u0307stek", "istek"),
        ("أنا نموذجٌ", "انا نموذج"),
        ("\ue200cite\ue202turn0search0\ue201", "citeturn0search0"),
    ],
)
def test_forms(text: str, folded: str):
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("As аn АI lаnguаgе mоdеl", "as an ai language model"),  # Cyrillic а, А, е, о
        ("ѕоrrу", "sorry"),
        ("оpenai", "openai"),
        ("орenai", "openai"),  # two Cyrillic letters in front
        ("аѕ an АІ lаnguage", "as an ai language"),  # whole words of look-alikes among Latin ones
        ("нет, он там", "нет, он там"),
        ("искyсственный интеллект", "искусственный интеллект"),  # Latin y in a Cyrillic word
        ("языкoвая", "языковая"),
        ("модель GPT и он", "модель gpt и он"),
    ],
)
def test_borrowed_letters(text: str, folded: str):
    assert fold(text).text == folded


def test_look_alikes_keep_their_places():
    assert all(len(latin) == 1 for latin in HOMOGLYPHS.values())


def test_single_jamo_give_syllables_at_their_own_places():
    text = unicodedata.normalize("NFD", "저는 언어모델입니다")
    folded = fold(text)
    assert folded.text == "저는 언어모델입니다"
    start = folded.text.index("모델")
    assert unicodedata.normalize("NFC", text[slice(*folded.span(start, start + 2))]) == "모델"


def test_kana_with_their_marks_apart():
    text = unicodedata.normalize("NFD", "ご質問があれば")
    assert fold(text).text == "ご質問があれば"


def test_a_span_takes_in_the_marks_of_its_last_letter():
    folded = fold("de\u0301sole\u0301!")
    assert folded.span(0, 6) == (0, 8)


def test_a_span_goes_over_a_hyphenated_line_end():
    text = "an AI lan-\n  guage model"
    folded = fold(text)
    start = folded.text.index("language")
    assert text[slice(*folded.span(start, start + 8))] == "lan-\n  guage"


@pytest.mark.parametrize(
    "text", ["l am an AI", "l  am", "*rnodel*", "As an Al language model", "rnodel", "vvhat l can do"]
)
def test_slips_of_character_recognition_are_never_looked_up_raw(text: str):
    assert unfolded(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "lan-\nguage",
        "lan-\r\nguage",
        "lan- \nguage",
        "**A**s",
        "a\u200bs",
        "＜｜im",
        "［INST］",
        "mоdel",
        "e\u0301",
    ],
)
def test_words_in_disguise_are_never_looked_up_raw(text: str):
    assert unfolded(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "é" + " " * 8000 + "x",
        "é" + "a" * 8000,
        "é" + "я" * 8000,
        "é\n" + ">" * 8000,
        "é\n" + "/" * 8000,
        "é" + "-" * 8000,
        "é" + "- " * 4000,
        "a\u0301" * 4000,
        "а" * 4000 + "a" * 4000,
        "\n" * 8000,
        "*" * 8000,
        "ㅏ가" * 4000,
    ],
)
def test_no_block_takes_long(text: str):
    start = time.process_time()
    unfolded(text)
    fold(text)
    assert time.process_time() - start < patience(0.5)
