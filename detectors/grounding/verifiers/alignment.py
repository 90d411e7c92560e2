"""Word by word alignment of claim and passage, without a trained head: ``alignment``.

For each content word of the claim the best cosine among the passage's contextual word embeddings (the recall half of
BERTScore; Zhang et al., 2020), weighted by rarity; how much of the claim the passage says literally; numbers that it
lacks. Logistic regression makes a probability of it; ``training/alignment/fit.py`` fits its weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING, Any

from auditor.detectors.grounding.verifiers.settings import Dtype, Running
from auditor.detectors.grounding.verifiers.token_vectors import TokenVectors
from auditor.detectors.grounding.verifiers.words import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEATURES = (
    "mean cosine",
    "weakest cosine",
    "literal",
    "rarest missing",
    "numbers missing",
    "denial differs",
    "whole cosine",
    "claim length",
    "passage length",
)
WEIGHTS = (-0.030, 0.814, 1.874, 0.264, -0.922, -0.165, 2.058, -0.301, 0.100)
BIAS = -2.350
"""Printed by ``python -m training.alignment.fit --data FOLDER --limit 1000``."""
REFUTED = 0.05
"""Share of what is not supported that goes to contradicted: alignment does not tell it from not found."""
AT_ONCE = 512
"""Pairs whose words are held at a time."""


class Alignment:
    """Scores by how well the claim's words are found in the passage.

    Args:
        model: Folder or hub name of an encoder like all-MiniLM-L6-v2; None for the packaged one, for which the weights
            were fitted.
        cache_bytes: Memory for embeddings of passages and claims, about.
        max_length: Word pieces in one pass of the encoder; None for what it was trained on.
        batch_tokens: Word pieces in one batch.
        device: See ``settings.Running``.
        dtype: See ``settings.Running``.
        download: See ``settings.Running``.

    Attributes:
        name: ``alignment``.
        split: How many pairs so far had a side that was read in pieces.
        dtype: Number format of the encoder's weights, as ``torch`` calls it.

    Raises:
        VerifierError: If the encoder cannot be loaded.
    """

    def __init__(
        self,
        *,
        model: str | None = None,
        cache_bytes: int = 128 << 20,
        max_length: int | None = None,
        batch_tokens: int = 8192,
        device: str = "auto",
        dtype: Dtype = "auto",
        download: bool = False,
    ) -> None:
        self.name = "alignment"
        self.split = 0
        running = Running(
            max_length=max_length, batch_tokens=batch_tokens, device=device, dtype=dtype, download=download
        )
        self._reader = TokenVectors(model, cache_bytes, running)
        self.dtype = self._reader.dtype

    def score(self, premises: Sequence[str], hypotheses: Sequence[str]) -> NDArray[np.floating[Any]]:
        """Probabilities for each pair; see ``interface.Verifier.score``.

        A claim without a content word is not found.

        Raises:
            ValueError: If there are not as many premises as hypotheses.
        """
        import numpy as np

        found = self.features(premises, hypotheses)
        supported = 1 / (1 + np.exp(-(found @ np.array(WEIGHTS, dtype=np.float32) + BIAS)))
        supported[np.isnan(supported)] = 0.0
        rest = 1 - supported
        return np.stack([supported, REFUTED * rest, (1 - REFUTED) * rest], axis=1)

    def features(self, premises: Sequence[str], hypotheses: Sequence[str]) -> NDArray[np.float32]:
        """What the probability is made of.

        Returns:
            Array of shape (pairs, features), columns as in ``FEATURES``; a row of NaN where the claim has no content
            word.
        """
        import numpy as np

        if len(premises) != len(hypotheses):
            raise ValueError(f"{len(premises)} premises for {len(hypotheses)} hypotheses")
        rows = np.empty((len(premises), len(FEATURES)), dtype=np.float32)
        for start in range(0, len(premises), AT_ONCE):
            windows = premises[start : start + AT_ONCE]
            read = self._reader.read([*windows, *hypotheses[start : start + AT_ONCE]])
            for place, (window, claim) in enumerate(
                zip(read[: len(windows)], read[len(windows) :], strict=True)
            ):
                self.split += window.pieces > 1 or claim.pieces > 1
                rows[start + place] = _row(window, claim)
        return rows


def _row(window: Words, claim: Words) -> NDArray[np.float32]:
    import numpy as np

    places = np.flatnonzero(claim.rarity)
    if not len(places):
        return np.full(len(FEATURES), np.nan, dtype=np.float32)
    weights = claim.rarity[places]
    forms = [claim.forms[place] for place in places]
    literal = np.array([_literal(form, window) for form in forms], dtype=np.float32)
    cosines = np.zeros(len(places), dtype=np.float32)
    if window.forms:
        mine = claim.vectors[places].astype(np.float32)
        cosines = (mine @ window.vectors.astype(np.float32).T).max(axis=1)
        # What the encoder does not know is there if it is there literally.
        cosines = np.where(mine.any(axis=1), cosines, literal)
    numbers = [part for form, part in zip(forms, literal, strict=True) if form[0].isdigit()]
    return np.array(
        [
            (cosines * weights).sum() / weights.sum(),
            cosines.min(),
            (literal * weights).sum() / weights.sum(),
            ((1 - cosines) * (1 - literal) * weights).max(),
            sum(part < 1 for part in numbers) / len(numbers) if numbers else 0.0,
            float((claim.denied > 0) != (window.denied > 0)),
            float(claim.whole @ window.whole),
            log(1 + len(places)),
            log(1 + len(window.forms)),
        ],
        dtype=np.float32,
    )


def _literal(form: str, window: Words) -> float:
    """How much of a word a passage says: all of it, or a common beginning (endings and particles differ)."""
    if form in window.known:
        return 1.0
    if form[0].isdigit():
        return 0.0
    least = 4 if form.isascii() else 2
    ends = range(len(form), least - 1, -1)
    return next((end / (len(form) + 1) for end in ends if form[:end] in window.heads), 0.0)
