"""Intervals and calibration for the tables."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

Z = 1.959964


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a proportion (Wilson 1927); (0, 1) for n = 0."""
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    centre = share + Z * Z / (2 * n)
    spread = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(0.0, (centre - spread) / (1 + Z * Z / n)), min(1.0, (centre + spread) / (1 + Z * Z / n))


def proportion(hits: int, n: int, *, scale: float = 100.0) -> str:
    """``97.2 [95.1, 98.4] (350/360)``."""
    if n == 0:
        return "–"
    low, high = wilson(hits, n)
    return f"{scale * hits / n:.1f} [{scale * low:.1f}, {scale * high:.1f}] ({hits}/{n})"


def calibration_error(chances: Sequence[float], truths: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error over equally filled bins (Nguyen & O'Connor 2015)."""
    rows = sorted(zip(chances, truths, strict=True))
    if not rows:
        return 0.0
    size = max(1, len(rows) // bins)
    groups = [rows[i : i + size] for i in range(0, len(rows), size)]
    gaps = [len(g) * abs(sum(c for c, _ in g) / len(g) - sum(t for _, t in g) / len(g)) for g in groups]
    return sum(gaps) / len(rows)
