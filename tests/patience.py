"""Time limits for tests that guard against work that grows with the square of the input.

Such work overruns any limit by far, so the limits can be generous: they grow with how slow the machine is just now.
"""

from __future__ import annotations

import time

_USUAL = 0.05
"""Seconds that the loop below takes on a slow, idle machine."""


def patience(seconds: float) -> float:
    """A limit of this many seconds on an idle machine, with room for slower and busier ones."""
    start = time.process_time()
    total = 0
    for number in range(500_000):
        total += number & 7
    return 4 * seconds * max(1.0, (time.process_time() - start) / _USUAL)
