"""Trains the assistant-voice classifier: ``python -m training.boilerplate.train_voice --data DIR``.

Logistic regression over hashed n-grams by Adam with feature dropout; one seed gives the same weights. Takes
about a minute on two cores.
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
import torch

from auditor.detectors.boilerplate.features import BUCKETS, features
from auditor.detectors.boilerplate.folding import fold
from auditor.detectors.boilerplate.keys import runs, words
from auditor.detectors.boilerplate.model import META, WEIGHTS
from training.boilerplate.sources import background, phrase_samples, written

EPOCHS, BATCH, RATE, DROPOUT, DECAY = 8, 512, 0.02, 0.3, 3e-6
BACKGROUND_WEIGHT, PHRASE_WEIGHT = 0.3, 0.5


def main() -> None:
    """Reads the data, trains, quantises and writes the model into the corpora."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with the public sets (nli/, grounding/)"
    )
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    generator = random.Random(arguments.seed)
    positive, negative = written()
    phrases = phrase_samples(generator)
    ordinary = background(arguments.data, generator)
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
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    table = torch.zeros(BUCKETS, 1, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.Adam([table, bias], lr=RATE)
    for epoch in range(EPOCHS):
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        total = 0.0
        order = rng.permutation(len(found))
        for begin in range(0, len(order), BATCH):
            batch = order[begin : begin + BATCH]
            kept = [np.array(found[i])[rng.random(len(found[i])) > DROPOUT] for i in batch]
            sizes = torch.tensor([max(len(k), 1) for k in kept], dtype=torch.float32)
            flat = torch.from_numpy(np.concatenate(kept))
            offsets = torch.from_numpy(np.cumsum([0, *(len(k) for k in kept[:-1])]))
            sums = torch.nn.functional.embedding_bag(flat, table, offsets, mode="sum").squeeze(1)
            logits = bias + sums / sizes.sqrt()
            losses = torch.nn.functional.binary_cross_entropy_with_logits(
                logits, torch.from_numpy(labels[batch]), reduction="none"
            )
            loss = (losses * torch.from_numpy(weights[batch])).mean() + DECAY * (table[flat] ** 2).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: {total:.3f}", flush=True)
    return table.detach().numpy()[:, 0], float(bias.detach()[0])


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
    return sorted(cue for cue, score in scored.items() if score > (2.0 if runs(cue) else 1.0))


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
        "threshold": 0.0,
        "follow": -1.0,
        "cues": chosen,
    }
    folder = Path(str(files("auditor.corpora").joinpath("boilerplate")))
    (folder / WEIGHTS).write_bytes(small.tobytes())
    (folder / META).write_text(json.dumps(meta, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    for cut in (0.0, 1.0, 2.0, 3.0):
        print(
            f"log-odds {cut}: recall {np.mean(scores[truth] > cut):.4f}, "
            f"false {np.mean(scores[~truth] > cut):.5f}"
        )
    print(f"{len(chosen)} cues, {np.count_nonzero(small)} weights in use")


if __name__ == "__main__":
    main()
