"""A verifier of last resort: how much of the claim's wording the passage has.

For languages that the model at hand does not read, and where no model is wanted. It knows nothing of meaning: a
passage in other words looks like none. The typed checks see to numbers, negations and names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from auditor.detectors.grounding.checks.words import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Set by hand, not fitted: a passage with all of a claim's words gives 0.92, with three in four 0.65, with half 0.2.
_BIAS: Final = -5.2
_BY_WORDS: Final = 5.0
_BY_LETTERS: Final = 2.6


class Overlap:
    """Scores by words and pairs of letters in common.

    Attributes:
        name: ``overlap``.
        split: Always 0: a text of any length fits.
    """

    name = "overlap"
    split = 0

    def score(self, premises: Sequence[str], hypotheses: Sequence[str]) -> NDArray[np.floating[Any]]:
        """Probabilities of shape (pairs, 3); contradicted is always 0, as words in common cannot tell."""
        import numpy as np

        scores = np.zeros((len(premises), 3))
        for n, (premise, hypothesis) in enumerate(zip(premises, hypotheses, strict=True)):
            by_words, by_letters = shares(premise, hypothesis)
            scores[n, 0] = 1.0 / (1.0 + np.exp(-(_BIAS + _BY_WORDS * by_words + _BY_LETTERS * by_letters)))
        scores[:, 2] = 1.0 - scores[:, 0]
        return scores


def shares(premise: str, hypothesis: str) -> tuple[float, float]:
    """Share of the hypothesis's content words, and of their letter pairs, that the premise has; each 0..1."""
    there = {word.stem for word in words(premise)}
    content = [word.stem for word in words(hypothesis) if word.content]
    if not content:
        return 0.0, 0.0
    pairs = _pairs(" ".join(there))
    ours = [pair for stem in content for pair in sorted(_pairs(stem))]
    by_letters = sum(pair in pairs for pair in ours) / len(ours) if ours else 0.0
    return sum(stem in there for stem in content) / len(content), by_letters


def _pairs(text: str) -> set[str]:
    return {text[n : n + 2] for n in range(len(text) - 1) if " " not in text[n : n + 2]}
