"""Fits the weights of the alignment verifier.

    python -m training.alignment.fit --data FOLDER [--limit 1000]

Prints, for each set, the area under the ROC curve on held groups beside that of literal overlap alone, the
calibration error, and the constants that stand in ``detectors/grounding/verifiers/alignment.py``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, roc_auc_score

from auditor.detectors.grounding.verifiers.alignment import FEATURES, Alignment
from training.alignment.pairs import load

BINS = 10


def main() -> None:
    """Fits and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with grounding/ and nli/")
    parser.add_argument("--limit", type=int, default=1000, help="labelled pairs of each set")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="file (.npz) to keep the features in, or to take them from")
    arguments = parser.parse_args()
    pairs = load(arguments.data, arguments.limit, arguments.seed)
    print(f"{len(pairs)} pairs", flush=True)
    if arguments.keep and arguments.keep.is_file():
        table = np.load(arguments.keep)["table"]
    else:
        table = Alignment(dtype="float32").features([p.window for p in pairs], [p.claim for p in pairs])
        if arguments.keep:
            np.savez(arguments.keep, table=table)
    names = np.array([pair.source for pair in pairs])
    labels = np.array([pair.supported for pair in pairs])
    held = np.array([pair.held for pair in pairs])
    usable = ~np.isnan(table[:, 0])
    # Every set counts the same, and in each the supported ones as much as the others.
    weights = np.ones(len(pairs))
    for name in set(names):
        for label in (True, False):
            here = (names == name) & (labels == label) & usable & ~held
            weights[here] = 1000 / max(here.sum(), 1)
    train = usable & ~held
    middle, spread = table[train].mean(0), table[train].std(0)
    model = LogisticRegression(C=1.0, max_iter=1000)
    model.fit((table[train] - middle) / spread, labels[train], sample_weight=weights[train])
    slopes = model.coef_[0] / spread
    bias = float(model.intercept_[0] - slopes @ middle)
    chance = 1 / (1 + np.exp(-(table @ slopes + bias)))
    report(names, labels, held & usable, chance, table[:, FEATURES.index("literal")])
    for feature, slope, scaled in zip(FEATURES, slopes, model.coef_[0], strict=True):
        print(f"{feature:16} {slope:8.3f}  (standardised {scaled:6.3f})")
    print(f"WEIGHTS = ({', '.join(f'{slope:.3f}' for slope in slopes)})\nBIAS = {bias:.3f}")


def report(
    names: np.ndarray, labels: np.ndarray, held: np.ndarray, chance: np.ndarray, literal: np.ndarray
) -> None:
    """Prints the figures on what was held back."""
    print("\n| set | n | AUROC | literal overlap | balanced accuracy at .5 |\n|---|---|---|---|---|")
    for name in dict.fromkeys(names):
        here = held & (names == name)
        print(
            f"| {name} | {here.sum()} | {roc_auc_score(labels[here], chance[here]):.3f} "
            f"| {roc_auc_score(labels[here], literal[here]):.3f} "
            f"| {balanced_accuracy_score(labels[here], chance[here] >= 0.5):.3f} |"
        )
    shares = np.zeros(len(names))
    for name in set(names):
        for label in (True, False):
            here = held & (names == name) & (labels == label)
            shares[here] = 1 / max(here.sum(), 1)
    error = 0.0
    for low in np.arange(BINS) / BINS:
        here = held & (chance >= low) & (chance < low + 1 / BINS)
        error += abs((shares * (labels - chance))[here].sum())
    print(
        f"\nexpected calibration error, sets and labels weighted as in the fit: {error / shares.sum():.3f}\n"
    )


if __name__ == "__main__":
    main()
