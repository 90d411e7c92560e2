"""Numbers, units, dates and durations in English and Korean text: read, and compared."""

from auditor.quantities.checking import Fault, Match, Mismatch, check, match
from auditor.quantities.comparing import compare
from auditor.quantities.model import Agreement, Bound, Kind, Quantity, Reading, Unit
from auditor.quantities.reading import read

__all__ = [
    "Agreement",
    "Bound",
    "Fault",
    "Kind",
    "Match",
    "Mismatch",
    "Quantity",
    "Reading",
    "Unit",
    "check",
    "compare",
    "match",
    "read",
]
