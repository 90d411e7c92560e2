"""Leaked, mentioned or uncertain: a calibrated judgement from the evidence around a passage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

from auditor.findings import Status

FILE = "status.json"
_MASKS = """
block-quote inline-code code quoted literal reported reported-after phrase-list speaker forbidden fiction
template references example topic
"""
MASKS = frozenset(_MASKS.split())
"""Evidence that a passage is talked about rather than left behind."""
LEAKED_FROM = 0.5
"""Probability from which a passage with a known phrase counts as leaked."""
UNSEEN_FROM = 0.85
"""The same where the classifier has only its own word for it: ordinary text by far outweighs leaks."""


@cache
def _fitted() -> dict[str, Any]:
    text = files("auditor.corpora").joinpath("boilerplate", FILE).read_text(encoding="utf-8")
    fitted: dict[str, Any] = json.loads(text)
    return fitted


def _weights() -> dict[str, float]:
    weights: dict[str, float] = _fitted()["weights"]
    return weights


def wording_scale() -> float:
    """Log-odds of one step of the weights of the words in and around a passage."""
    return float(_fitted()["wording_scale"])


# Machine text is written by nobody, so it is judged apart: unmasked, in prose about such text, and quoted or in code.
# Chat-template tokens are what tutorials on prompting are about; the other two kinds have no such innocent life.
MACHINE = {
    "tool-marker": (0.97, 0.97, 0.15),
    "tracking-link": (0.95, 0.95, 0.15),
    "chat-template": (0.92, 0.4, 0.08),
}
_CITED = ("quoted", "inline-code", "code", "block-quote", "literal")
_ABOUT = ("topic", "models", "template", "reported", "example", "phrase-list")


def probability(evidence: Mapping[str, float], weights: Mapping[str, float] | None = None) -> float:
    """Calibrated probability that a passage was left behind: logistic regression on the evidence.

    Args:
        evidence: Features by name, of ``context.evidence``.
        weights: Weights by name and ``bias``; the packaged ones by default.
    """
    if evidence.get("machine"):
        return _machine(evidence)
    table = _weights() if weights is None else weights
    total = table["bias"] + sum(table.get(name, 0.0) * value for name, value in evidence.items())
    return 1 / (1 + exp(-max(-30.0, min(total, 30.0))))


def _machine(evidence: Mapping[str, float]) -> float:
    bare, discussed, cited = next(odds for rule, odds in MACHINE.items() if evidence.get(f"rule:{rule}"))
    if any(evidence.get(mask) for mask in _CITED):
        return cited
    return discussed if any(evidence.get(cue) for cue in _ABOUT) else bare


def judge(evidence: Mapping[str, float]) -> tuple[Status, float]:
    """Status and the probability that the passage is a leak."""
    chance = probability(evidence)
    # Where no known phrase stands the classifier has only its own word for it.
    if chance >= (UNSEEN_FROM if evidence.get("unseen") else LEAKED_FROM):
        return Status.LEAKED, chance
    masked = any(evidence.get(mask) for mask in MASKS)
    return (Status.MENTIONED if masked else Status.UNCERTAIN), chance
