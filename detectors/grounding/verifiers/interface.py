"""What a verifier is: the model that says whether a passage bears a claim out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SUPPORTED, CONTRADICTED, NOT_FOUND = 0, 1, 2
"""Columns of what ``Verifier.score`` returns."""


class VerifierError(RuntimeError):
    """A verifier cannot be loaded or does not answer; the message says what to do next, in one line."""


class NotCheckedError(VerifierError):
    """Some pairs got no usable answer, even when asked again.

    Attributes:
        pairs: Places of those pairs.
        scores: What ``score`` would have returned, shape (pairs, 3); the rows of ``pairs`` are 0 and mean nothing.
    """

    def __init__(self, message: str, pairs: Sequence[int], scores: NDArray[np.floating[Any]]) -> None:
        super().__init__(message)
        self.pairs = tuple(pairs)
        self.scores = scores


class Verifier(Protocol):
    """Scores pairs of premise (a passage of a source) and hypothesis (a claim).

    Attributes:
        name: What the user calls it, as the report names it.
        split: How many pairs so far did not fit the model and were read in pieces.
    """

    name: str
    split: int

    def score(self, premises: Sequence[str], hypotheses: Sequence[str]) -> NDArray[np.floating[Any]]:
        """Probabilities for each pair, in true batches sorted by length.

        Nothing is cut off in silence: a premise that does not fit is read in overlapping pieces, and the piece
        that supports best speaks, or, where none supports, the one that contradicts most.

        Args:
            premises: Passages, one a pair.
            hypotheses: Claims, as many.

        Returns:
            Array of shape (pairs, 3) in the order of the arguments; columns supported, contradicted, not
            found; rows sum to 1.

        Raises:
            VerifierError: If the model does not answer.
        """
        ...
