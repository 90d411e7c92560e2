"""Whether a document can have a list of works at all: asked before anything else is imported."""

from __future__ import annotations

from typing import Final

from auditor.documents import Document

STEMS: Final = (
    *(
        "eferenc",
        "EFERENC",
        "ibliogra",
        "IBLIOGRA",
        "iteratur",
        "ITERATUR",
        "orks cited",
        "orks Cited",
        "ORKS CITED",
    ),
    *(
        "iterature cited",
        "uellen",
        "éférences",
        "eferência",
        "iferimenti",
        "문헌",
        "참고",
        "文献",
        "文獻",
        "итература",
    ),
    *("ИТЕРАТУРА", "литератур", "aynak", "AYNAK", "aftar ", "AFTAR ", "ài liệu", "المراجع"),
)
"""Parts of the headings of reference lists, as they are written."""
_MARKED: Final = frozenset({"html", "jats", "docx", "epub", "latex"})
"""Formats that can mark a list without a heading."""


def may_list(document: Document) -> bool:
    """False where the text has neither a heading of a list nor the markup of one."""
    text = document.text
    if document.format in _MARKED or (document.format == "markdown" and ("[^" in text or "][" in text)):
        return True
    return any(stem in text for stem in STEMS)
