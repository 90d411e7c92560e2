"""Figures of a verifier on labelled pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from training.grounding.pairs import NOT_SUPPORTED, SUPPORTED


def auroc(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """Area under the ROC curve: the share of pairs of a positive and a negative in the right order, ties half."""
    from scipy.stats import rankdata

    ranks = rankdata(scores)
    n = int(positive.sum())
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * (len(scores) - n)))


def calibration_error(scores: NDArray[np.float64], positive: NDArray[np.bool_], bins: int = 15) -> float:
    """Expected calibration error of the probability of support, in bins of equal width."""
    places = np.minimum((scores * bins).astype(int), bins - 1)
    total = 0.0
    for place in np.unique(places):
        inside = places == place
        total += inside.mean() * abs(scores[inside].mean() - positive[inside].mean())
    return float(total)


def balanced_accuracy(scores: NDArray[np.float64], positive: NDArray[np.bool_], cut: float = 0.5) -> float:
    """Mean of the recall of both classes at a cut."""
    said = scores >= cut
    return float((said[positive].mean() + (~said[~positive]).mean()) / 2)


def figures(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> dict[str, float]:
    """What is reported of a set.

    Args:
        probabilities: Shape (pairs, 3).
        labels: Shape (pairs,), ``NOT_SUPPORTED`` where no more is known.

    Returns:
        Number of pairs, AUROC and balanced accuracy of support at 0.5, calibration error, and three-way accuracy
        where all labels are three-way.
    """
    support = probabilities[:, SUPPORTED]
    positive = labels == SUPPORTED
    found = {
        "pairs": len(labels),
        "auroc": auroc(support, positive),
        "balanced_accuracy": balanced_accuracy(support, positive),
        "calibration_error": calibration_error(support, positive),
    }
    if not (labels == NOT_SUPPORTED).any():
        found["accuracy"] = float((probabilities.argmax(1) == labels).mean())
    return found
