"""Measures a packaged verifier on sets that nothing was fitted on: ``python -m training.grounding.measure --data DIR``.

A claim is split into sentences; each is held against the two nearest sentences of the document, alone, and the
three nearest together, or the whole document where that is short. The best window speaks for a sentence, the
weakest sentence for the claim. No typed checks, no other features: the detector does better than this.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np

from auditor.detectors.grounding.verifiers.packaged import Packaged
from training.grounding.figures import auroc, balanced_accuracy
from training.grounding.pairs import SUPPORTED, Pair, pairs
from training.grounding.windows import ranked, sentences, window

SETS = (
    "fever_symmetric",
    "wice_claim",
    "fool_me_twice",
    "qags_cnndm",
    "qags_xsum",
    "summedits",
    "shroom",
    "falke_pairs",
)
SHORT = 40


def main() -> None:
    """Prints rows, AUROC and balanced accuracy at 0.5 of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the public sets")
    parser.add_argument("--folder", type=Path, help="the export; by default that of the package")
    parser.add_argument("--rows", type=int, default=400, help="most rows of a set, by seed")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    verifier = Packaged(folder=arguments.folder)
    for name in SETS:
        found = list(pairs(arguments.data, f"grounding/{name}"))
        random.Random(arguments.seed).shuffle(found)
        found = found[: arguments.rows]
        started = time.monotonic()
        scores, count = support(verifier, found)
        positive = np.array([pair.label == SUPPORTED for pair in found])
        line = {
            "set": name,
            "rows": len(found),
            "auroc": round(auroc(scores, positive), 3),
            "balanced_accuracy": round(balanced_accuracy(scores, positive), 3),
            "windows": count,
            "seconds": round(time.monotonic() - started, 1),
        }
        print(json.dumps(line), flush=True)


def support(verifier: Packaged, found: list[Pair]) -> tuple[np.ndarray, int]:
    """Probability of support of each pair, shape (pairs,), and how many windows were read."""
    owners: list[tuple[int, int]] = []
    premises: list[str] = []
    hypotheses: list[str] = []
    for number, pair in enumerate(found):
        for place, claim in enumerate(sentences(pair.hypothesis) or [pair.hypothesis]):
            for text in windows(pair.premise, claim):
                owners.append((number, place))
                premises.append(text)
                hypotheses.append(claim)
    rows = verifier.score(premises, hypotheses)[:, SUPPORTED]
    best: list[dict[int, float]] = [{} for _ in found]
    for (number, place), score in zip(owners, rows, strict=True):
        best[number][place] = max(best[number].get(place, 0.0), float(score))
    return np.array([min(each.values()) for each in best]), len(rows)


def windows(document: str, claim: str) -> list[str]:
    """The texts that a claim is held against."""
    if len(document.split()) <= SHORT:
        return [document]
    parts = sentences(document)
    alone = [parts[number] for number in ranked(claim, parts)[:2]]
    return list(dict.fromkeys([window(document, claim), *alone]))


if __name__ == "__main__":
    main()
