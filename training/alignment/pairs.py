"""Pairs to fit the alignment verifier on: claims with windows of their documents, and not-found pairs made of them."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SETS = {
    "fever_nli": ("grounding", "train"),
    "fever_dev": ("grounding", None),
    "fib_xsum_fib": ("grounding", None),
    "fib_cnn_dm_fir": ("grounding", None),
    "factcc_synth_1k": ("grounding", None),
    "factcg_cg2c": ("grounding", None),
    "q2_wow": ("grounding", None),
    "mnli_dev_m": ("nli", None),
    "klue_nli_train": ("nli", None),
}
"""Sets that may be trained on, with their folder and the split to take."""
MADE = ("fever_nli", "fever_dev", "klue_nli_train")
"""Sets without unrelated evidence, for which not-found pairs are made."""
SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """One window and claim.

    Attributes:
        source: Name of the set.
        window: At most three sentences.
        claim: The claim.
        supported: Whether the window supports it.
        held: Whether it is kept for measuring.
    """

    source: str
    window: str
    claim: str
    supported: bool
    held: bool


def load(data: Path, limit: int, seed: int) -> list[Pair]:
    """Up to ``limit`` labelled pairs of each set, and one made pair for each supported one where a set has none."""
    pairs: list[Pair] = []
    for name, (folder, split) in SETS.items():
        rows = list(_rows(data / folder / f"{name}.jsonl.gz", split))
        random.Random(seed).shuffle(rows)
        own = [
            Pair(
                name,
                best_window(row["document"], row["claim"]),
                row["claim"],
                row["label"] == 1,
                _held(str(row["group"])),
            )
            for row in rows[:limit]
        ]
        pairs += own
        if name in MADE:
            pairs += not_found(own)
    return pairs


def not_found(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """For each supported claim the window of another that has most rare words in common with it."""
    windows = sorted({pair.window for pair in pairs})
    words = [_words(window) for window in windows]
    counts = Counter(word for found in words for word in found)
    holders: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(words):
        for word in found:
            holders[word].append(place)
    for pair in pairs:
        if not pair.supported:
            continue
        own = _words(pair.window)
        scores: Counter[int] = Counter()
        for word in _words(pair.claim):
            if counts[word] <= 50:
                for place in holders[word]:
                    scores[place] += 1
        for place, _ in scores.most_common(10):
            # A window much like the right one may support the claim as well.
            if len(words[place] & own) < 0.5 * min(len(words[place]), len(own)):
                yield Pair(pair.source, windows[place], pair.claim, False, pair.held)
                break


def best_window(document: str, claim: str) -> str:
    """The three sentences in a row that hold most words of a claim."""
    sentences = [part for part in re.split(r"(?<=[.!?])\s+|\n+", document) if part.strip()]
    if len(sentences) <= SENTENCES:
        return document
    wanted = _words(claim)
    starts = range(len(sentences) - SENTENCES + 1)
    windows = [" ".join(sentences[start : start + SENTENCES]) for start in starts]
    return max(windows, key=lambda window: len(wanted & _words(window)))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _held(group: str) -> bool:
    return hashlib.sha256(group.encode()).digest()[0] < 51


def _rows(file: Path, split: str | None) -> Iterator[dict[str, str | int]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if split is None or row["split"] == split:
                yield row
