"""From a document to what an index says of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from auditor.documents.document import Document
from auditor.sources.interface import SourceInfo


def describe(document: Document, source: str, windows: int, day: date | None = None) -> SourceInfo:
    """What an index says of a document.

    Args:
        document: The document.
        source: Its id.
        windows: Number of its windows.
        day: When it was written, where the caller knows better than the document.
    """
    metadata = {str(key): str(value) for key, value in getattr(document, "metadata", {}).items()}
    return SourceInfo(
        id=source,
        sha256=document.sha256 or hashlib.sha256(document.utf8).hexdigest(),
        format=document.format,
        characters=len(document.text),
        windows=windows,
        date=day or written(metadata),
        metadata=metadata,
        problems=document.problems,
    )


def written(metadata: Mapping[str, str]) -> date | None:
    """The day on which a document says that it was written; the last day of a month or year that stands alone.

    A source that says "2024" may be of any day of it: counted from its last, it is not called stale too early.
    """
    match = _date().match(metadata.get("date", "").strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if day is not None and month is not None:
            return date(year, month, day)
        after = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
        return date.fromordinal(after.toordinal() - 1)
    except ValueError:
        return None


@cache
def _date() -> re.Pattern[str]:
    return re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?=\Z|[T\s])")
