"""Claims held against sources. One file a rule; importing the package registers all and loads no model."""

from __future__ import annotations

from auditor.detectors.grounding import (
    cited_source,
    contradicted,
    date,
    direction,
    name,
    negation,
    number,
    role,
    stale,
    unit,
    unsupported,
    wording,
)

__all__ = [
    "cited_source",
    "contradicted",
    "date",
    "direction",
    "name",
    "negation",
    "number",
    "role",
    "stale",
    "unit",
    "unsupported",
    "wording",
]
