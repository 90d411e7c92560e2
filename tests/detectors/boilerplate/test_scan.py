"""One pass over a text finds what a loop over all phrases finds, at the right places."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.detectors.boilerplate.blocks import blocks
from auditor.detectors.boilerplate.folding import fold
from auditor.detectors.boilerplate.passages import passages
from auditor.detectors.boilerplate.phrases import Phrase, make
from auditor.detectors.boilerplate.scan import Scanner, scanner
from auditor.documents import from_text
from tests.detectors.boilerplate.judging import scan

DATA = Path(__file__).parents[2] / "data" / "boilerplate"
ORDINARY = (
    "The river rose by two metres in the night, and the lower road was closed until noon.",
    "시험 결과는 표 2에 정리하였으며, 두 집단의 차이는 유의하지 않았다.",
    "Die Messungen wurden an drei Tagen wiederholt; die Werte stehen in Tabelle 4.",
    "Прошлой осенью мост закрыли на ремонт, и движение пустили в обход.",
    "该河段的水位在七月达到最高值，随后逐渐下降。",
)


def sentences() -> list[str]:
    with (DATA / "positives.toml").open("rb") as file:
        tables = tomllib.load(file)
    return [text for table in tables.values() for texts in table.values() for text in texts]


def looped(text: str, phrases: list[Phrase]) -> Iterator[tuple[str, int, int]]:
    """What a plain loop of every pattern over every folded block finds."""
    for block in blocks(text):
        folded = fold(text, block.start, block.end)
        for phrase in phrases:
            for match in phrase.regex.finditer(folded.text):
                if match.end() > match.start():
                    yield (phrase.rule, *folded.span(match.start(), match.end()))


def outermost(found: set[tuple[str, int, int]]) -> set[tuple[str, int, int]]:
    return {
        (rule, start, end)
        for rule, start, end in found
        if not any(r == rule and s <= start and end <= e and (s, e) != (start, end) for r, s, e in found)
    }


def test_finds_what_a_loop_over_all_patterns_finds(phrases: list[Phrase]):
    generator = random.Random(5)
    bounded = [phrase for phrase in phrases if phrase.language != "any"]
    chosen = generator.sample(sentences(), 60)
    text = "\n\n".join(f"{generator.choice(ORDINARY)} {sentence}" for sentence in chosen)
    text += "\n\nAs an AI lan-\nguage model, I’m ѕоrry.\r\n\r\n**I hope** this\u200b helps!"
    found = {(m.phrase.rule, m.start, m.end) for m in scanner().matches(text) if m.phrase.language != "any"}
    assert outermost(found) == outermost(set(looped(text, bounded)))
    assert len(found) > 60


def test_leaves_out_matches_inside_longer_ones_of_the_same_rule():
    phrases = [
        make("a", "as an ai", "en"),
        make("a", "as an ai language model", "en"),
        make("b", "an ai", "en"),
    ]
    found = Scanner.of(phrases).matches("So, as an AI language model …")
    assert [(m.phrase.rule, m.start, m.end) for m in found] == [("a", 4, 27), ("b", 7, 12)]


def test_a_match_where_two_windows_overlap_is_found_once():
    filler = "Water levels rose over the summer months. " * 182
    text = filler + "as an ai language model " + filler
    found = Scanner.of([make("a", "as an ai language model", "en")]).matches(text)
    assert [text[m.start : m.end] for m in found] == ["as an ai language model"]


@pytest.mark.parametrize(
    "text",
    [
        "AS AN AI LANGUAGE MODEL, I cannot",
        "as an\nAI  language\tmodel, I cannot",
        "As an AI lan-\nguage model, I cannot",
        "As an AI lan-\r\nguage model, I cannot",
        "As an AI lan\u00adguage model, I cannot",
        "As\u200b an A\u2060I lang\ufeffuage model, I cannot",
        "Ａｓ ａｎ ＡＩ ｌａｎｇｕａｇｅ ｍｏｄｅｌ, I cannot",
        "𝐀𝐬 𝐚𝐧 𝐀𝐈 𝐥𝐚𝐧𝐠𝐮𝐚𝐠𝐞 𝐦𝐨𝐝𝐞𝐥, I cannot",
        "A\u0336s\u0336 \u0336a\u0336n\u0336 A\u0336I\u0336 language model, I cannot",
        "Аѕ аn АІ lаnguаgе mоdеl, I cannot",
        "**A**s an *AI* language model, I cannot",
        "_As an AI language model, I cannot_",
        "# As an AI\n# language model, I cannot",
        " * As an AI\n * language model, I cannot",
        "> As an AI\n> language model, I cannot",
        "As an Al language model, I cannot",
        "As an AI language rnodel, I cannot",
    ],
)
def test_finds_a_phrase_however_it_is_typed(text: str):
    found = scanner().matches(text)
    assert "self-identification" in {m.phrase.rule for m in found}
    first = min(found, key=lambda m: m.start)
    assert fold(text[first.start : first.end]).text.strip("# >*_").startswith("as an ai")


@pytest.mark.parametrize(
    "text",
    ["I`m sorry, but I can`t help with that request.", "I＇m sorry, but I can＇t help with that request."],
)
def test_finds_a_phrase_with_any_apostrophe(text: str):
    assert "refusal" in {m.phrase.rule for m in scanner().matches(text)}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [*ORDINARY, "x", "\u200b", "“", "> ", "# ", "1. ", "\ufeff", "é\u0301", "\U0001f600"]
            ),
            st.sampled_from(sentences()),
            st.sampled_from([" ", "\n", "\n\n", "\r\n", "", "\t", "\n# ", "\u2028"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_excerpts_are_what_stands_at_their_offsets(parts: list[tuple[str, str, str]]):
    text = "".join(before + gap + phrase + gap for before, phrase, gap in parts)
    scan(text)  # holds every excerpt to its span
    document = from_text(text)
    for passage in passages(document):
        assert 0 <= passage.start < passage.end <= len(text)
        assert all(passage.block.start <= m.start < m.end <= passage.block.end for m in passage.matches)


def test_every_format_of_text_keeps_excerpts():
    text = "First paragraph.\n\nI hope this helps! Let me know if you need more."
    for format in ("text", "markdown", "html", "latex"):
        assert scan(text, format)
