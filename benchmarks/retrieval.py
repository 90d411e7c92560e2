"""How often the window that bears a claim out comes first: cosine, BM25, and ways to fuse them.

    python -m benchmarks.retrieval --data FILE.jsonl[.gz] ... [--documents 700] [--queries 400]

Rows have ``document``, ``claim`` and ``label``, and ``split`` where there are several; those with label 1 (the
document bears the claim out) of the part to train on are used, so that no measuring set decides on the fusion. All
documents are cut to windows and searched together; any window of a claim's own document counts as right.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from auditor.documents import Document
from auditor.sources import load_embedder
from auditor.sources.chunking import windows
from auditor.sources.ranking import Table, Words, fused

Floats = npt.NDArray[np.float32]


def main() -> None:
    """Prints a table a file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--documents", type=int, default=700)
    parser.add_argument("--queries", type=int, default=400)
    options = parser.parse_args()
    for file in options.data:
        _measure(file, options.documents, options.queries)


def _measure(file: Path, documents: int, queries: int) -> None:
    rows = _rows(file)[:documents]
    numbers: dict[str, int] = {}
    for row in rows:
        numbers.setdefault(row["document"], len(numbers))
    pairs = [(window.text, i) for text, i in numbers.items() for window in windows(Document(str(i), text))]
    texts, owners = [text for text, _ in pairs], np.array([i for _, i in pairs])
    asked = rows[:queries]
    model = load_embedder()
    cosines = model.encode([row["claim"] for row in asked]) @ model.encode(texts).T
    table = Table()
    table.change((), {0: (np.zeros((len(texts), 1), np.float32), Words.of(texts))})
    bm25 = np.array([table.bm25(row["claim"]) for row in asked])
    right = owners[None, :] == np.array([numbers[row["document"]] for row in asked])[:, None]
    print(f"\n{file.name}: {len(asked)} claims, {len(texts):,} windows of {len(numbers):,} documents")
    print(f"{'':34}{'first':>7}{'in 3':>7}{'in 8':>7}{'MRR':>7}")
    for name, score in _WAYS.items():
        ranks = _ranks(np.array([score(c, b) for c, b in zip(cosines, bm25, strict=True)]), right)
        shares = [float(np.mean(ranks <= top)) for top in (1, 3, 8)]
        print(f"{name:34}" + "".join(f"{share:7.3f}" for share in (*shares, float(np.mean(1 / ranks)))))


def _rows(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    parts = {row.get("split") for row in rows}
    rows = [row for row in rows if row["label"] == 1 and ("train" not in parts or row["split"] == "train")]
    random.Random(1).shuffle(rows)
    return rows


def _ranks(scores: Floats, right: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Rank of the best right window of each claim, from 1."""
    top = np.where(right, scores, -np.inf).max(1, keepdims=True)
    ranks: npt.NDArray[np.int64] = 1 + (scores > top).sum(1)
    return ranks


def _weighted(weight: float) -> Callable[[Floats, Floats], Floats]:
    return lambda cosines, bm25: (1 - weight) * cosines + weight * bm25 / max(float(bm25.max()), 1e-9)


def _reciprocal(constant: int) -> Callable[[Floats, Floats], Floats]:
    def score(cosines: Floats, bm25: Floats) -> Floats:
        made = np.zeros(len(cosines), np.float32)
        for values, least in ((cosines, -2.0), (bm25, 0.0)):
            order = np.argsort(-values, kind="stable")[:100]
            order = order[values[order] > least]
            made[order] += 1 / (constant + np.arange(1, len(order) + 1, dtype=np.float32))
        return made

    return score


_WAYS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "cosine": lambda cosines, bm25: cosines,
    "BM25": lambda cosines, bm25: bm25,
    **{f"reciprocal ranks, {k}": _reciprocal(k) for k in (10, 60)},
    **{f"sum with {weight} of BM25": _weighted(weight) for weight in (0.2, 0.3, 0.4, 0.5, 0.7)},
    "as the index does it": fused,
}


if __name__ == "__main__":
    main()
