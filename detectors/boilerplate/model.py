"""The packaged classifier: does a sentence sound like a chat model talking to its user?

A linear model over hashed words, pairs and letter runs (Joulin et al., "Bag of Tricks for Efficient Text
Classification", 2017, without the hidden layer), stored as one byte a weight; ``training/boilerplate`` makes
it.
"""

from __future__ import annotations

import json
from array import array
from functools import cache
from importlib.resources import files
from math import sqrt

from auditor.detectors.boilerplate.features import BUCKETS, features
from auditor.detectors.boilerplate.folding import fold
from auditor.detectors.boilerplate.keys import runs, words

WEIGHTS, META = "voice.bin", "voice.json"
MIN_LENGTH = 12
SILENT = -9.0
"""Log-odds of a sentence that is not judged (too short, or without any cue)."""


class Model:
    """Scores sentences.

    Args:
        weights: One signed byte a feature bucket.
        meta: Scale, bias, thresholds and cues.

    Attributes:
        threshold: Log-odds from which a sentence counts as assistant's talk on its own.
        follow: Log-odds from which a sentence that follows such talk goes on with it.
    """

    def __init__(self, weights: bytes, meta: dict[str, float | list[str]]) -> None:
        if len(weights) != BUCKETS:
            raise ValueError(f"{WEIGHTS} holds {len(weights)} weights, not {BUCKETS}; train it again")
        self._weights = array("b", weights)
        self._scale = float(meta["scale"])  # type: ignore[arg-type]
        self._bias = float(meta["bias"])  # type: ignore[arg-type]
        self.threshold = float(meta["threshold"])  # type: ignore[arg-type]
        self.follow = float(meta["follow"])  # type: ignore[arg-type]
        cues = meta["cues"]
        self._words = frozenset(cue for cue in cues if cue.isascii() or not runs(cue))  # type: ignore[union-attr]
        self._grams = frozenset(cue for cue in cues if runs(cue))  # type: ignore[union-attr]
        self._sizes = sorted({len(gram) for gram in self._grams})

    def promising(self, text: str) -> bool:
        """Whether a text holds cues enough to be worth judging: two words, or one run of CJK characters."""
        lower = text.lower()
        if len(self._words.intersection(words(lower.replace("’", "'")))) >= 2:
            return True
        if text.isascii():
            return False
        grams = {run[i : i + n] for run in runs(lower) for n in self._sizes for i in range(len(run) - n + 1)}
        return not self._grams.isdisjoint(grams)

    def voice(self, sentence: str) -> float:
        """Log-odds that a sentence is a chat model talking to its user."""
        if len(sentence) < MIN_LENGTH and sentence.isascii():
            return SILENT
        plain = sentence.isascii()
        if plain and not self.promising(sentence):
            return SILENT
        folded = fold(sentence).text
        if not plain and not self.promising(folded):
            return SILENT
        found = features(folded)
        weights = self._weights
        return self._bias + self._scale * sum(weights[i] for i in found) / sqrt(len(found) or 1)


@cache
def model() -> Model:
    """The packaged model."""
    folder = files("auditor.corpora").joinpath("boilerplate")
    meta = json.loads(folder.joinpath(META).read_text(encoding="utf-8"))
    return Model(folder.joinpath(WEIGHTS).read_bytes(), meta)
