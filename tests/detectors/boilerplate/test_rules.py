"""Every rule in every language on sentences it has not seen, and on texts that only talk about them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from auditor.detector import all_detectors
from auditor.detectors.boilerplate import passages, status
from auditor.documents import from_text
from auditor.findings import Severity, Status
from tests.detectors.boilerplate.judging import leaked, rules, scan

DATA = Path(__file__).parents[2] / "data" / "boilerplate"
LANGUAGES = {"en", "ko", "zh", "ja", "es", "de", "fr", "pt", "ru", "it", "id", "tr", "vi", "ar"}
BEFORE = {
    "ko": "어젯밤 강물이 2미터 불어났다.",
    "zh": "昨夜河水上涨了两米。",
    "ja": "昨夜、川の水位が二メートル上がった。",
    "ru": "Ночью река поднялась на два метра.",
    "ar": "ارتفع النهر مترين في الليل.",
}


def read(name: str) -> dict[str, Any]:
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


POSITIVES = [
    pytest.param(rule, language, text, id=f"{rule}-{language}-{number}")
    for rule, table in read("positives.toml").items()
    for language, texts in table.items()
    for number, text in enumerate(texts, 1)
]
NEGATIVES = [
    pytest.param(case["text"], id=f"{number}-{case['kind'].replace(' ', '-')}-{case['language']}")
    for number, case in enumerate(read("hard_negatives.toml")["case"], 1)
]


@pytest.mark.parametrize(("rule", "language", "text"), POSITIVES)
def test_a_sentence_left_behind_is_found(rule: str, language: str, text: str):
    before = BEFORE.get(language, "The river rose by two metres in the night.")
    assert rule in rules(scan(f"{before}\n\n{text}"))


def test_every_language_is_tried():
    speech = [table for table in read("positives.toml").values() if "any" not in table]
    assert all(set(table) == LANGUAGES for table in speech)


@pytest.mark.parametrize("text", NEGATIVES)
def test_talk_about_it_is_not_a_leak(text: str):
    assert [(f.rule, f.excerpt) for f in leaked(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell.\n\nAs an AI language model, I don't have access to the paper you mention.",
        "Rain fell.\n\n죄송하지만 저는 AI 언어 모델로서 실시간 정보에 접근할 수 없습니다.",
        "Certainly! Here is a revised version of your abstract:\n\nRain fell in the night.",
        "Rain fell in the night :contentReference[oaicite:3]{index=3}.",
        "Rain fell.\n\nI hope this helps! Let me know if you need any further changes.",
    ],
)
def test_a_plain_leak_is_called_one(text: str):
    assert leaked(text)


class Voice:
    """A classifier that hears the assistant in one wording, whatever the packaged weights are."""

    threshold, follow = 0.0, -1.0

    def promising(self, text: str) -> bool:
        return "tightened" in text

    def voice(self, sentence: str) -> float:
        return 4.0 if "tightened" in sentence else -0.5 if "flows" in sentence else -9.0


def test_unseen_wording_is_found_by_its_voice(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(passages, "model", Voice)
    monkeypatch.setattr(status, "_weights", lambda: {"bias": 2.0})
    (finding,) = scan("Rain fell. I tightened it up for you! It flows now. The road was closed.")
    assert finding.rule == "boilerplate/assistant-voice"
    assert finding.excerpt == "I tightened it up for you! It flows now."
    assert finding.status is Status.LEAKED


def test_the_family_declares_its_rules():
    family = {
        rule: d.rule for rule, d in all_detectors(plugins=False).items() if d.rule.family == "boilerplate"
    }
    assert len(family) == 14
    assert all(rule.title and rule.help and not rule.title.endswith(".") for rule in family.values())
    errors = {r.name for r in family.values() if r.severity is Severity.ERROR}
    assert {"refusal", "self-identification"} <= errors


def test_a_passage_is_reported_by_one_rule():
    text = "I'm sorry, but as an AI language model I cannot fulfil this request."
    findings = scan("Rain fell.\n\n" + text)
    assert [f.excerpt for f in findings] == [text]
    assert len(rules(findings)) > 1


def test_one_text_in_two_formats():
    text = (
        "Rain fell.\n\n> As an AI language model, I cannot give legal advice.\n\nHe had asked about a fine."
    )
    for format in ("text", "markdown"):
        assert {f.status for f in scan(text, format)} == {Status.MENTIONED}


@pytest.mark.parametrize(
    "text", ["\u200b", "x", "…", "[", "<|", "\ud800 as an AI language model", "\x00as an AI language model"]
)
def test_odd_texts(text: str):
    scan(text)
    assert from_text(text).text == text
