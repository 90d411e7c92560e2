"""Citations and the works that they point to: checked within the document, without any source.

One file a rule; importing the package registers all.
"""

from __future__ import annotations

from auditor.detectors.citations import (
    malformed_identifier,
    not_cited,
    not_listed,
    unknown_work,
    wrong_metadata,
)

__all__ = ["malformed_identifier", "not_cited", "not_listed", "unknown_work", "wrong_metadata"]
