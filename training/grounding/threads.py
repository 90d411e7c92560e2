"""How many threads pay at the moment, on a machine that others use, too.

With a low priority two threads that wait for each other are as slow as the one whose core is busy with something
else; one thread then finds the free core. Which is faster changes within minutes, so that both are tried again and
again.
"""

from __future__ import annotations

import time
from types import TracebackType

import torch

_FIRST, _LONGEST = 16, 128


class Threads:
    """Chooses between one and ``most`` threads by what a step costs; use it as a context around each step.

    Args:
        most: The larger of the two numbers of threads; 1 switches the choice off.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.cost: dict[int, float] = {}
        self.best = most
        self.pause = _FIRST
        self.until = self.pause
        self.now = most
        self.amount, self.started = 1, 0.0

    def step(self, amount: int) -> Threads:
        """The context of a step over so many word pieces."""
        self.amount = amount
        self.until -= 1
        trial = self.until <= 0 and self.most > 1
        self.now = (1 if self.best > 1 else self.most) if trial else self.best
        torch.set_num_threads(self.now)
        return self

    def __enter__(self) -> Threads:
        self.started = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        cost = (time.monotonic() - self.started) / self.amount
        trial = self.now != self.best
        old = self.cost.get(self.now)
        self.cost[self.now] = cost if trial or old is None else 0.7 * old + 0.3 * cost
        if not trial:
            # Far slower than usual: time to look at the other number at once.
            if old is not None and cost > 2 * old:
                self.until = min(self.until, 1)
            return
        if cost < self.cost.get(self.best, cost):
            self.best, self.pause = self.now, _FIRST
        else:
            self.pause = min(2 * self.pause, _LONGEST)
        self.until = self.pause
