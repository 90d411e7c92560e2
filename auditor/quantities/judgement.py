"""The outcome of a comparison, and how outcomes are ranked."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.quantities.model import Agreement


@dataclass(frozen=True, slots=True)
class Judgement:
    """An agreement; ``weak`` where the claim says more than the source, without contradicting it."""

    agreement: Agreement
    weak: bool = False

    @property
    def rank(self) -> int:
        """Order of preference, 0 for no agreement."""
        if not self.agreement.agrees:
            return 0
        return 1 if self.weak else {Agreement.EQUAL: 4, Agreement.ROUNDED: 3}.get(self.agreement, 2)


EQUAL, ROUNDED, WITHIN = (
    Judgement(Agreement.EQUAL),
    Judgement(Agreement.ROUNDED),
    Judgement(Agreement.WITHIN),
)
LOOSER = Judgement(Agreement.WITHIN, weak=True)
CONFLICT, DIFFERENT = Judgement(Agreement.CONFLICT), Judgement(Agreement.DIFFERENT)
