"""What a typed check finds: a place where the claim says something else than the passage."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A difference between a claim and a passage that matters.

    Attributes:
        kind: Name of the rule without its family: ``number``, ``date``, ``name``, ``negation``, ``direction`` …
        claim: Where it stands in the claim, offsets into the claim's text.
        source: Where it stands in the passage, offsets into the passage's text; None where it has nothing like it.
        message: What differs, for a person.
        against: Probability that the passage contradicts the claim, given that both speak of the same thing; 0
            where the passage is only silent on it.
        elsewhere: The passage lacks it, but its source has it in another place.
    """

    kind: str
    claim: Span
    source: Span | None
    message: str
    against: float
    elsewhere: bool = False

    @property
    def contradicts(self) -> bool:
        """Whether the passage says otherwise, rather than nothing."""
        return self.against >= 0.5
