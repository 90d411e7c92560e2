"""A function of the user's own: ``python:module:callable``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from auditor.detectors.grounding.verifiers.interface import VerifierError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SLACK = 1e-3
"""How far a row's sum may be from 1."""


class Custom:
    """Calls a function and holds it to the contract of ``Verifier.score``.

    Args:
        name: What the user calls it.
        function: Called as ``function(premises, hypotheses, **options)``; gives rows of three probabilities.
        options: Passed on with every call.

    Attributes:
        name: What the user calls it.
        split: Always 0: what the function does with long premises is its own affair.
    """

    def __init__(self, name: str, function: Callable[..., Any], options: dict[str, Any]) -> None:
        self.name = name
        self.split = 0
        self._function = function
        self._options = options

    def score(self, premises: Sequence[str], hypotheses: Sequence[str]) -> NDArray[np.floating[Any]]:
        """What the function says; see ``interface.Verifier.score``.

        Raises:
            ValueError: If there are not as many premises as hypotheses.
            VerifierError: If it raises, or gives anything but probabilities of the right shape.
        """
        import numpy as np

        if len(premises) != len(hypotheses):
            raise ValueError(f"{len(premises)} premises for {len(hypotheses)} hypotheses")
        if not premises:
            return np.empty((0, 3), dtype=np.float64)
        try:
            given = self._function(list(premises), list(hypotheses), **self._options)
            rows = np.asarray(given, dtype=np.float64)
        except Exception as error:  # the user's code may raise anything
            raise VerifierError(f"{self.name} raised {type(error).__name__}: {error}") from error
        if rows.shape != (len(premises), 3):
            raise VerifierError(f"{self.name} gave shape {rows.shape}, not {(len(premises), 3)}")
        if not np.isfinite(rows).all() or (rows < 0).any() or (abs(rows.sum(axis=1) - 1) > SLACK).any():
            raise VerifierError(f"{self.name} gave rows that are not probabilities: each must sum to 1")
        return rows


def load_custom(place: str, **options: Any) -> Custom:
    """Finds a function.

    Args:
        place: ``module:callable``; the callable may be an attribute of an attribute (``module:thing.method``).
        **options: Passed on with every call.

    Raises:
        VerifierError: If there is no such module or callable.
    """
    module, _, attribute = place.partition(":")
    if not module or not attribute:
        raise VerifierError(f"python:{place} names no function; write python:module:callable")
    try:
        found: Any = import_module(module)
        for part in attribute.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise VerifierError(
            f"python:{place} cannot be found: {error}; is its folder on PYTHONPATH?"
        ) from error
    if not callable(found):
        raise VerifierError(f"python:{place} is a {type(found).__name__}, which cannot be called")
    return Custom(f"python:{place}", found, options)
