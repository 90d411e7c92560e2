"""What a document is held against: sources, the verifier that reads them, and how old they may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from auditor.findings import Location
from auditor.sources.interface import Hit, Index, IndexProblem, SourceInfo

if TYPE_CHECKING:
    from auditor.detectors.grounding.verifiers.interface import Verifier

DEFAULT_VERIFIER: Final = "packaged"


@dataclass(slots=True)
class Grounds:
    """What the detectors that need sources are given.

    Attributes:
        index: The sources.
        verifier: Says whether a passage bears a claim out; None where only deterministic checks are wanted.
        max_age: Sources older than this count as stale; None for no limit.
        today: The day from which ages are counted.
        question: What the document answers, where it answers a question.
        problem: Why nothing can be compared with the sources; empty where they can be used.
        memo: Whatever a detector makes once of the sources and uses for every document.
    """

    index: Index
    verifier: Verifier | None = None
    max_age: timedelta | None = None
    today: date = field(default_factory=date.today)
    question: str | None = None
    problem: str = ""
    memo: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GroundsSpec:
    """How to open the grounds: small enough to send to another process.

    Attributes:
        locations: Index files, database addresses; folders and files have been brought into one by now.
        verifier: Name of the verifier.
        max_age_days: Oldest age of a source that is not stale, in days.
        options: What else the verifier is told (``base_url`` …), as pairs.
        problem: Why the sources cannot be used; every claim is then reported as not checked, for this reason.
    """

    locations: tuple[str, ...]
    verifier: str = DEFAULT_VERIFIER
    max_age_days: int | None = None
    options: tuple[tuple[str, str], ...] = ()
    problem: str = ""

    def open(self) -> Grounds:
        """Opens index and verifier, once in a process.

        Raises:
            VerifierError: If the verifier cannot be loaded.
        """
        return _opened(self)


@lru_cache(maxsize=2)
def _opened(spec: GroundsSpec) -> Grounds:
    from auditor.detectors.grounding.verifiers.registry import load_verifier
    from auditor.sources import open_indexes

    age = None if spec.max_age_days is None else timedelta(days=spec.max_age_days)
    if spec.problem:
        return Grounds(Nothing(), max_age=age, problem=spec.problem)
    verifier = load_verifier(spec.verifier, **dict(spec.options))
    try:
        return Grounds(open_indexes(spec.locations), verifier, age)
    except IndexProblem as error:
        return Grounds(Nothing(), verifier, age, problem=str(error))


class Nothing:
    """An index without a source."""

    def sources(self) -> Sequence[SourceInfo]:
        """None."""
        return ()

    def text(self, source: str) -> str:
        """Raises KeyError: there is no such source."""
        raise KeyError(source)

    def location(self, source: str, start: int, end: int) -> Location:
        """Raises KeyError: there is no such source."""
        raise KeyError(source)

    def search(self, queries: Sequence[str], k: int = 8) -> list[list[Hit]]:
        """No hit for any query."""
        return [[] for _ in queries]

    def close(self) -> None:
        """Nothing to let go of."""
