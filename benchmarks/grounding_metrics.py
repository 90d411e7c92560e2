"""Figures for scores in 0..1 against labels: with bootstrap intervals, and trivial scorers to hold them against."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from auditor.detectors.grounding.checks.words import words

Array = NDArray[np.float64]
Metric = Callable[[Array, Array], float]


def auroc(labels: Array, scores: Array) -> float:
    """Area under the ROC curve by the rank sum, ties counted half; NaN where one class is missing."""
    positive = labels == 1
    n, m = int(positive.sum()), int((~positive).sum())
    if not n or not m:
        return float("nan")
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[inverse]
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m))


def balanced_accuracy(labels: Array, scores: Array, threshold: float = 0.5) -> float:
    """Mean of the shares of right verdicts in each class at a fixed threshold."""
    said = scores >= threshold
    shares = [
        float((said[labels == label] == bool(label)).mean()) for label in (0, 1) if (labels == label).any()
    ]
    return float(np.mean(shares))


def f1_flagged(labels: Array, scores: Array, threshold: float = 0.5) -> float:
    """F1 of the class "not supported", which is what an audit looks for."""
    flagged, wrong = scores < threshold, labels == 0
    hits = int((flagged & wrong).sum())
    return 2 * hits / max(int(flagged.sum()) + int(wrong.sum()), 1)


def calibration_error(labels: Array, scores: Array, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width (Naeini et al., AAAI 2015)."""
    place = np.minimum((scores * bins).astype(int), bins - 1)
    total = 0.0
    for b in range(bins):
        here = place == b
        if here.any():
            total += abs(float(scores[here].mean() - labels[here].mean())) * float(here.mean())
    return total


def bootstrap(
    metric: Metric, labels: Array, scores: Array, groups: Sequence[str], *, draws: int = 500, seed: int = 0
) -> tuple[float, float, float]:
    """A metric with its 95 % percentile interval; whole groups are drawn, as rows of one document go together."""
    rng = np.random.default_rng(seed)
    members: dict[str, list[int]] = {}
    for n, group in enumerate(groups):
        members.setdefault(group, []).append(n)
    blocks = [np.array(rows) for rows in members.values()]
    found = []
    for _ in range(draws):
        rows = np.concatenate([blocks[k] for k in rng.integers(0, len(blocks), len(blocks))])
        value = metric(labels[rows], scores[rows])
        if value == value:
            found.append(value)
    low, high = np.percentile(found, [2.5, 97.5]) if found else (float("nan"), float("nan"))
    return metric(labels, scores), float(low), float(high)


def word_share(document: str, claim: str) -> float:
    """Share of the claim's content words that the document has."""
    there = {word.stem for word in words(document)}
    content = [word.stem for word in words(claim) if word.content]
    return sum(stem in there for stem in content) / len(content) if content else 0.0


def rouge_l(document: str, claim: str) -> float:
    """Recall of the longest common subsequence of words (Lin, "ROUGE", 2004): its share of the claim."""
    ours = re.findall(r"\w+", claim.casefold())
    theirs = re.findall(r"\w+", document.casefold())
    if not ours or not theirs:
        return 0.0
    codes = {word: n for n, word in enumerate(dict.fromkeys(theirs))}
    right = np.array([codes[word] for word in theirs])
    row = np.zeros(len(right) + 1, dtype=np.int32)
    for word in ours:
        same = right == codes.get(word, -1)
        step = np.maximum(row[1:], np.where(same, row[:-1] + 1, 0))
        row[1:] = np.maximum.accumulate(step)
    return float(row[-1]) / len(ours)
