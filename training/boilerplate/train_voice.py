"""Trains the assistant-voice classifier: ``python -m training.boilerplate.train_voice --data DIR``.

Logistic regression over hashed n-grams; one seed gives the same weights. Takes about a minute on two cores.
With ``--sentences-only`` it leaves out the sentences of the labelled passages, on which ``fit_status`` then judges
what such a classifier is worth on text that it has not seen.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from importlib.resources import files
from math import log
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from auditor.detectors.boilerplate.features import BUCKETS, features
from auditor.detectors.boilerplate.folding import fold
from auditor.detectors.boilerplate.keys import runs, words
from auditor.detectors.boilerplate.model import META, WEIGHTS
from training.boilerplate.sources import background, phrase_samples, written

STRENGTH = 100.0
BACKGROUND_WEIGHT, PHRASE_WEIGHT = 0.2, 0.1
THRESHOLD, FOLLOW = -1.0, -2.0
"""Log-odds from which a sentence is worth judging in its place, and from which it goes on with one before it."""


def main() -> None:
    """Reads the data, trains, quantises and writes the model into the corpora."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with the public sets (nli/, grounding/)"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sentences-only", action="store_true", help="leave the labelled passages out")
    arguments = parser.parse_args()
    generator = random.Random(arguments.seed)
    positive, negative = written(passages=not arguments.sentences_only)
    phrases = phrase_samples(generator)
    ordinary = background(arguments.data, generator, kept_back=False if arguments.sentences_only else None)
    texts = [fold(text).text for text in (*positive, *phrases, *negative, *ordinary)]
    labels = [1.0] * (len(positive) + len(phrases)) + [0.0] * (len(negative) + len(ordinary))
    weights = (
        [1.0] * len(positive)
        + [PHRASE_WEIGHT] * len(phrases)
        + [1.0] * len(negative)
        + [BACKGROUND_WEIGHT] * len(ordinary)
    )
    print(
        f"{len(positive)} written + {len(phrases)} from phrases; "
        f"{len(negative)} written + {len(ordinary)} ordinary"
    )
    found = [features(text) for text in texts]
    table, bias = fit(found, np.array(labels, np.float32), np.array(weights, np.float32), arguments.seed)
    save(table, bias, cues(texts, labels), found, labels)


def fit(
    found: list[list[int]], labels: np.ndarray, weights: np.ndarray, seed: int
) -> tuple[np.ndarray, float]:
    """Weights (one a bucket) and bias of the logistic regression."""
    sizes = np.array([len(f) for f in found])
    rows = csr_matrix(
        (
            np.repeat(1 / np.sqrt(sizes.clip(1)), sizes),
            np.concatenate([np.array(f, np.int64) for f in found]),
            np.concatenate([[0], np.cumsum(sizes)]),
        ),
        shape=(len(found), BUCKETS),
    )
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=seed)
    model.fit(rows, labels, sample_weight=weights)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def cues(texts: list[str], labels: list[float]) -> list[str]:
    """Words and CJK runs that choose a paragraph for judging: frequent in its talk, rare elsewhere."""
    counts = (Counter[str](), Counter[str]())
    for text, label in zip(texts, labels, strict=True):
        found = {w for w in words(text) if runs(w) == []}
        found |= {run[i : i + n] for run in runs(text) for n in (2, 3) for i in range(len(run) - n + 1)}
        counts[int(label)].update(found)
    positives = sum(labels)
    negatives = len(labels) - positives
    scored = {
        cue: log((n + 0.5) / positives) - log((counts[0][cue] + 0.5) / negatives)
        for cue, n in counts[1].items()
        if n >= 4
    }
    return sorted(cue for cue, score in scored.items() if score > (2.0 if runs(cue) else 0.7))


def save(
    table: np.ndarray, bias: float, chosen: list[str], found: list[list[int]], labels: list[float]
) -> None:
    """Quantises to one byte a weight, sets the thresholds from the training scores, writes both files."""
    scale = float(np.quantile(np.abs(table[table != 0]), 0.9999)) / 127
    small = np.clip(np.round(table / scale), -127, 127).astype(np.int8)
    scores = np.array([bias + scale * small[f].astype(np.int32).sum() / max(len(f), 1) ** 0.5 for f in found])
    truth = np.array(labels) == 1
    meta = {
        "scale": scale,
        "bias": bias,
        "threshold": THRESHOLD,
        "follow": FOLLOW,
        "cues": chosen,
    }
    folder = Path(str(files("auditor.corpora").joinpath("boilerplate")))
    (folder / WEIGHTS).write_bytes(small.tobytes())
    (folder / META).write_text(json.dumps(meta, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    for cut in (THRESHOLD, 0.0, 2.0, 4.0):
        print(
            f"log-odds {cut}: recall {np.mean(scores[truth] > cut):.4f}, "
            f"false {np.mean(scores[~truth] > cut):.5f}"
        )
    print(f"{len(chosen)} cues, {np.count_nonzero(small)} weights in use")


if __name__ == "__main__":
    main()
