"""The grounding score of a document: the share of its checked claims that the sources support."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import sqrt
from typing import Final

from auditor.findings import Claim, Interval, Measurement, Verdict

NAME: Final = "grounding/score"
_CHECKED: Final = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNSUPPORTED)


def grounding_score(claims: Iterable[Claim]) -> Iterator[Measurement]:
    """The score, if any claim was checked; claims that were not do not count."""
    checked = [claim for claim in claims if claim.verdict in _CHECKED]
    if not checked:
        return
    supported = sum(claim.verdict is Verdict.SUPPORTED for claim in checked)
    low, high = wilson(supported, len(checked))
    yield Measurement(
        name=NAME,
        value=supported / len(checked),
        interval=Interval(low=low, high=high, method="Wilson"),
        n=len(checked),
        bad="low",
    )


def wilson(successes: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's interval for a share (Wilson, "Probable inference", JASA 22, 1927).

    Args:
        successes: How many of ``n``.
        n: At least 1.
        z: Quantile of the normal distribution; the default gives 95 %.

    Returns:
        Low and high end, each in 0..1.
    """
    share = successes / n
    centre = share + z * z / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)
