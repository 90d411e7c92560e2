"""Leaked, mentioned or uncertain. Which weights are packaged does not matter here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detectors.boilerplate import status
from auditor.detectors.boilerplate.context import evidence
from auditor.detectors.boilerplate.passages import passages
from auditor.detectors.boilerplate.status import MASKS, judge, probability
from auditor.documents import from_text
from auditor.findings import Severity, Status
from tests.detectors.boilerplate.judging import scan

LEAK = "As an AI language model, I have no opinion on this."


def seen(text: str, format: str = "text") -> dict[str, float]:
    """Evidence around the passage of a text that holds the leak, else around its first."""
    document = from_text(text, format=format)
    found = passages(document)
    place = max(text.find(LEAK), 0)
    chosen = next((passage for passage in found if passage.start <= place < passage.end), found[0])
    return evidence(document, chosen, found)


def test_probability_is_logistic():
    weights = {"bias": 0.0, "a": 2.0, "b": -1.0}
    assert probability({}, weights) == 0.5
    assert probability({"a": 1.0, "b": 2.0, "unknown": 9.0}, weights) == 0.5
    assert probability({"a": 1.0}, weights) == pytest.approx(0.8808, abs=1e-4)


@given(st.dictionaries(st.text(max_size=5), st.floats(-1e9, 1e9), max_size=5))
def test_probability_is_one(found: dict[str, float]):
    weights = dict.fromkeys(found, 1.0) | {"bias": 0.3}
    assert 0.0 <= probability(found, weights) <= 1.0


def test_judgement_follows_probability_and_masks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(status, "_weights", lambda: {"bias": -1.0, "quoted": -1.0, "strong": 5.0})
    assert judge({"strong": 1.0})[0] is Status.LEAKED
    assert judge({"quoted": 1.0})[0] is Status.MENTIONED
    assert judge({})[0] is Status.UNCERTAIN
    assert judge({"quoted": 1.0, "strong": 1.0}) == (Status.LEAKED, pytest.approx(0.9526, abs=1e-4))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"The bot replied, “{LEAK}” and stopped.", "quoted"),
        (f"The string `{LEAK}` is a refusal.", "inline-code"),
        (f"He posted:\n\n> {LEAK}\n\nIt was odd.", "block-quote"),
        (f"See:\n\n```\n{LEAK}\n```\n\n" + "It was odd. " * 9, "code"),
        (f"Never write this: {LEAK}", "forbidden"),
        (f"Rain fell.\n\nAssistant: {LEAK}", "speaker"),
        (f"Rain fell.\n\nReferences\n\n1. {LEAK}", "references"),
    ],
)
def test_masks_are_seen(text: str, name: str):
    assert seen(text).get(name)
    assert name in MASKS
    assert scan(text)[0].status is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (LEAK, "alone"),
        (f"{LEAK}\n\nRain fell in the night.", "first"),
        (f"Rain fell in the night.\n\n{LEAK}", "last"),
        (f"Rain fell.\n\n## Results\n\n{LEAK}\n\nMore rain fell.", "after-heading"),
        (f"Rain fell.\n\n{LEAK} It was a wet night.\n\nMore rain fell.", "starts-block"),
        (f"Rain fell.\n\nIt was a wet night. {LEAK}\n\nMore rain fell.", "ends-block"),
        (f"Dear Ann,\n\nIt was a wet night. {LEAK}\n\nKind regards,\nTom", "letter"),
        (f"{LEAK}\n\nRain fell.\n\nI am a large language model trained by OpenAI.", "company"),
        (
            "오늘은 비가 많이 왔고 강물이 불어 길이 막혔다. " * 3
            + f"\n\n{LEAK}\n\n"
            + "강물이 다시 줄었다. " * 5,
            "foreign",
        ),
    ],
)
def test_place_and_company_are_seen(text: str, name: str):
    assert seen(text).get(name)


def test_place_in_a_long_text():
    rain = "Rain fell in the night. " * 400
    assert not {"alone", "first", "last"} & seen(f"{rain}\n\n{LEAK}\n\n{rain}").keys()
    assert seen(f"{LEAK}\n\n{rain}").get("first")
    assert seen(f"{rain}\n\n{LEAK}").get("last")
    assert seen(f"\n\n  {LEAK} \n\n").get("alone")


def test_evidence_is_bounded():
    for text in (LEAK, f"“{LEAK}”", f"{LEAK}\n\n" * 40, "[Your Name] " * 40):
        assert all(-1.0 <= value <= 1.0 and value for value in seen(text).values())


def test_only_leaks_are_more_than_notes():
    texts = [
        LEAK,
        f"The bot replied, “{LEAK}” and stopped.",
        "Would you like to help?",
        "Rain fell.\n\n" + LEAK,
    ]
    for text in texts:
        for finding in scan(text):
            assert finding.status is Status.LEAKED or finding.severity is Severity.NOTE
            assert 0.0 <= finding.confidence <= 1.0


def test_a_mention_says_so():
    (finding,) = scan(f"In its report, the panel wrote that the bot had replied, “{LEAK}” and nothing more.")
    assert finding.status is Status.MENTIONED
    assert "quoted or discussed" in finding.message
    assert not finding.counts
