"""Leaked, mentioned or uncertain: a calibrated judgement from the evidence around a passage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp

from auditor.findings import Status

FILE = "status.json"
_MASKS = """
block-quote inline-code code quoted literal reported reported-after phrase-list speaker forbidden fiction
template references example topic
"""
MASKS = frozenset(_MASKS.split())
"""Evidence that a passage is talked about rather than left behind."""
LEAKED_FROM = 0.5
UNSEEN_FROM = 0.65


@cache
def _weights() -> dict[str, float]:
    text = files("auditor.corpora").joinpath("boilerplate", FILE).read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights


def probability(evidence: Mapping[str, float], weights: Mapping[str, float] | None = None) -> float:
    """Calibrated probability that a passage was left behind: logistic regression on the evidence.

    Args:
        evidence: Features by name, of ``context.evidence``.
        weights: Weights by name and ``bias``; the packaged ones by default.
    """
    table = _weights() if weights is None else weights
    total = table["bias"] + sum(table.get(name, 0.0) * value for name, value in evidence.items())
    return 1 / (1 + exp(-max(-30.0, min(total, 30.0))))


def judge(evidence: Mapping[str, float]) -> tuple[Status, float]:
    """Status and the probability that the passage is a leak."""
    chance = probability(evidence)
    # Where no known phrase stands the classifier has only its own word for it.
    if chance >= (UNSEEN_FROM if evidence.get("unseen") else LEAKED_FROM):
        return Status.LEAKED, chance
    masked = any(evidence.get(mask) for mask in MASKS)
    return (Status.MENTIONED if masked else Status.UNCERTAIN), chance
