"""Which patterns are refused and why, and that none can run away."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detectors.boilerplate.blocks import MAX_BLOCK
from auditor.detectors.boilerplate.patterns import PatternError, check, required
from auditor.detectors.boilerplate.phrases import Phrase, make
from tests.detectors.boilerplate.sampling import sample
from tests.patience import patience


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("as an AI", "capital letters"),
        ("as (an", "not a regular expression"),
        ("as an[", "not a regular expression"),
        ("as [[a]n", "escape the character"),
        ("as.*an", "without a bound"),
        ("as a+n", "without a bound"),
        ("as .{0,121}an", "more than 120 times"),
        ("(as an )+", "without a bound"),
        ("(as an ){2}", "repeats a group"),
        ("(ab|cd){0,3} as an", "repeats a group"),
        ("^as an", "an anchor"),
        (r"as an\b", "an anchor"),
        ("as an$", "an anchor"),
        ("(?=as) as an", "look-around"),
        ("(?<!as) as an", "look-around"),
        (r"(as) \1", "a back-reference"),
        ("(?>as an)", "atomic group"),
        ("as ?+an", "possessive repeat"),
        ("as .{0,90}an .{0,90}ai .{0,90}and .{0,90}on", "too many ways"),
        (" ".join("(a|b|c.)(d|e|f.)" for _ in range(12)), "too many ways"),
        ("(a|" * 3000 + "b" + ")" * 3000, "not a regular expression"),
    ],
)
def test_refused_with_its_reason(pattern: str, reason: str):
    with pytest.raises(PatternError, match=re.escape(reason)):
        check(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "as an ai( language)? model",
        "(as|being) an? .{0,40}model",
        r"turn\d{1,3}search\d{1,3}",
        r"\[your name\]",
        r"\D\S\W an ai",  # classes are no capitals
        "(?:as) an ai",
        "as an ai{1,3}?",
    ],
)
def test_allowed(pattern: str):
    check(pattern)


@pytest.mark.parametrize(
    "pattern", [".{0,20}", "(an )?", r"\d{1,3}", "a", r"\w{2,8}", "(as an ai|.{3})", "x?"]
)
def test_a_way_without_a_whole_word_is_refused(pattern: str):
    with pytest.raises(PatternError, match="no whole word"):
        make("refusal", pattern, "en")


def test_unknown_strength_and_place_are_refused():
    with pytest.raises(PatternError, match="firm"):
        make("refusal", "as an ai", "en", strength="firm")
    with pytest.raises(PatternError, match="middle"):
        make("refusal", "as an ai", "en", place="middle")


@given(st.text("ab()[]{}|?*+.,0123\\^$ ", max_size=24))
def test_any_text_is_refused_in_order_or_harmless(pattern: str):
    try:
        phrase = make("refusal", pattern, "en")
    except PatternError:
        return
    start = time.process_time()
    phrase.regex.search("ab " * 1000)
    assert time.process_time() - start < patience(1)


def test_exact_strings_of_a_pattern():
    assert required("(as|being) an") == [frozenset({"\x02as an\x03", "\x02being an\x03"})]
    sets = required("as .{0,9}model")
    assert {"\x02as \x01", "\x02as ", "model\x03"} & set().union(*sets)


@pytest.mark.parametrize(
    ("language", "pattern", "text", "found"),
    [
        ("ko", "오류입니", "그것은 오류입니다", True),
        ("ko", "오류입니", "그것은오류입니", False),
        ("zh", "语言模型", "大语言模型的", True),
        ("ja", "言語モデル", "大規模言語モデルです", True),
    ],
)
def test_scripts_that_join_their_words(language: str, pattern: str, text: str, found: bool):
    assert bool(make("refusal", pattern, language).regex.search(text)) is found


def test_the_dot_stays_within_a_sentence():
    phrase = make("refusal", "sorry .{0,40}help", "en")
    assert phrase.regex.search("sorry, i can't help".replace(",", " "))
    assert not phrase.regex.search("sorry mate. i help")


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "an oaicite b", True),
        ("en", "an xoaicite", False),
        ("en", "an oaicitex", False),
        ("en", "an _oaicite_ b", True),
        ("en", "an __oaicite__ b", True),
        ("en", "an x_oaicite", False),
        ("any", "an xoaicitex", True),
    ],
)
def test_word_boundaries_are_those_of_the_language(language: str, text: str, found: bool):
    assert bool(make("refusal", "oaicite", language).regex.search(text)) is found


HOSTILE = ["i ", "can i ", "sorry ", "as an ai ", "[", "[a ", "a", "7 ", ". ", "가 ", "我"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_phrase_runs_long_on_a_hostile_block(phrases: list[Phrase], unit: str):
    text = (unit * MAX_BLOCK)[:MAX_BLOCK]
    start = time.process_time()
    slowest = 0.0, ""
    for phrase in phrases:
        before = time.process_time()
        for _ in phrase.regex.finditer(text):
            pass
        slowest = max(slowest, (time.process_time() - before, phrase.pattern))
    assert slowest[0] < patience(0.25), slowest
    assert time.process_time() - start < patience(10)


def test_no_phrase_runs_long_on_its_own_beginning(phrases: list[Phrase]):
    """Each phrase over a block of its own words, always broken off before the end."""
    generator = random.Random(11)
    slowest = 0.0, ""
    for phrase in phrases:
        words = sample(phrase, generator)
        for unit in (words[: len(words) // 2 + 1], words[:-2] + " "):
            text = (unit * MAX_BLOCK)[:MAX_BLOCK]
            before = time.process_time()
            for _ in phrase.regex.finditer(text):
                pass
            slowest = max(slowest, (time.process_time() - before, phrase.pattern))
    assert slowest[0] < patience(0.25), slowest
