"""The look-up by words loses no match."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detectors.boilerplate import index
from auditor.detectors.boilerplate.folding import fold
from auditor.detectors.boilerplate.keys import KeyTable, keys, postings, split, words
from auditor.detectors.boilerplate.patterns import PatternError
from auditor.detectors.boilerplate.phrases import Phrase, make
from tests.detectors.boilerplate.sampling import sample

AROUND = (("", ""), ("Yes, ", " (so it goes)."), ("“", "”"), ("_", "_"), ("\n", "\n"))


def found(phrase: Phrase, text: str) -> bool:
    """Whether the look-up offers the phrase for a text."""
    table, further = postings([phrase.keys])
    return KeyTable(table, further.__getitem__).phrases(text) == {0}


@pytest.mark.parametrize("seed", range(3))
def test_every_sampled_match_is_offered(phrases: list[Phrase], seed: int):
    generator = random.Random(seed)
    latin, wide = (KeyTable(index.table(part), index.phrases().further) for part in ("latin", "wide"))
    lost, seen = [], 0
    for number, phrase in enumerate(phrases):
        before, after = AROUND[generator.randrange(len(AROUND))]
        folded = fold(before + sample(phrase, generator) + after).text
        if phrase.regex.search(folded):
            seen += 1
            if number not in latin.phrases(folded) | wide.phrases(folded):
                lost.append((phrase.language, phrase.pattern, folded))
    assert not lost
    assert seen > 0.9 * len(phrases)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("i('m| am) sorry", "well, i'm sorry."),
        (r"\w{1,4}'re unable", "you're unable"),
        (r"\w{1,6}_card the end", "grok_card the end"),
        (r"grok[_-]card", "grok_card"),
        (r"\[your name\]", "by [your name]."),
        (r"<\|im_end\|>", "so<|im_end|>"),
        ("langu.{0,3}age model", "language model"),
        ("re(generate|write) it", "rewrite it"),
        ("ai(로서|모델)", "저는 ai로서"),
        ("언어 ?모델", "이 언어모델은"),
        ("hope .{0,20}helps", "hope it helps"),
        ("as an ai", "_as an ai_"),
    ],
)
def test_cut_and_joined_words(pattern: str, text: str):
    phrase = make("refusal", pattern, "ko" if not text.isascii() else "en")
    assert phrase.regex.search(text)
    assert found(phrase, text)


LITERALS = st.text("abcde'_ ", min_size=2, max_size=7)
GAPS = st.sampled_from([".{0,5}", r"\w{0,3}", r"\d{1,2}", "[ab]", "[,.]? ", " ?", "_?", "'?"])
GROUPS = st.lists(LITERALS, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})")
PATTERNS = st.lists(LITERALS | GAPS | GROUPS | GROUPS.map(lambda g: g + "?"), min_size=1, max_size=6).map(
    "".join
)


@given(PATTERNS, st.integers(0, 2**20), st.sampled_from(["en", "ko", "zh"]))
def test_any_pattern_is_offered_for_what_it_matches(pattern: str, seed: int, language: str):
    try:
        phrase = make("refusal", pattern, language)
    except PatternError:
        return
    generator = random.Random(seed)
    for before, after in AROUND:
        text = fold(before + sample(phrase, generator).replace("뷁", "z").replace("凸", "z") + after).text
        if phrase.regex.search(text):
            assert found(phrase, text), (pattern, phrase.keys, text)


def test_at_most_three_sets_and_the_rarest_first():
    chosen = keys("as an ai .{0,20} unfortunately so .{0,20} regenerate .{0,20} to the")
    assert chosen == (("unfortunately so",), ("regenerate",), ("an ai",))


def test_the_choice_does_not_hang_on_the_order_of_a_set():
    code = "from auditor.detectors.boilerplate.keys import keys; print(keys('(다음은|여기) .{0,9}(입니다|예요)'))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    assert len(seen) == 1


def test_no_whole_word_is_refused():
    with pytest.raises(PatternError):
        keys(r"\w{1,3}ing.{0,3}")


def test_words():
    assert words("i don't [your name] <|im_end|> 3†source") == [
        "i",
        "dont",
        "[your",
        "name",
        "<¦im_end",
        "†",
        "source",
    ]
    assert words("_as_ cite_start __init__ _") == ["as", "cite_start", "init"]


def test_tables_part_by_script():
    table = {"sorry": [0], "xin lỗi": [1], "désolé": [2], "죄송": [3], "chatgpt может": [4], "お役": [5]}
    latin, wide = split(table)
    assert set(latin) == {"sorry", "xin lỗi", "désolé"}
    assert latin | wide == table


def test_a_long_text_and_a_short_one_are_looked_up_alike():
    table = KeyTable({"as an": [0], "sorry": [1]}, lambda number: ())
    for _ in range(100):
        assert table.phrases("it is as an apple") == {0}
        assert table.phrases("nothing of that") == set()
