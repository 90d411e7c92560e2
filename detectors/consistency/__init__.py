"""Figures of a document that contradict one another: checked by calculation, without any source.

One file a rule; importing the package registers all.
"""

from __future__ import annotations

from auditor.detectors.consistency import change, mean, p_value, share, total

__all__ = ["change", "mean", "p_value", "share", "total"]
