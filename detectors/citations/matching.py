"""Which source of an index a reference means: by identifier, by title, by the name of its file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from auditor.detectors.citations.entries import Reference, folded, words_of

if TYPE_CHECKING:
    from auditor.sources.interface import SourceInfo

SIMILAR: Final = 0.9
"""Titles that are so much alike mean the same work."""
ALIKE: Final = 0.75
"""Titles that are so much alike mean the same work if year or authors fit as well."""


def match_source(reference: Reference, sources: Sequence[SourceInfo]) -> SourceInfo | None:
    """The source that a reference means, or None.

    By DOI, arXiv identifier or ISBN; else by title, where small differences are allowed for and year and authors
    decide in doubt; else by a file name such as ``kim2021.pdf`` or the title's words. Two sources that fit equally
    well are none.
    """
    for kind in ("doi", "arxiv", "isbn"):
        value = _plain(reference.identifiers.get(kind, ""))
        held = [s for s in sources if value and value == _plain(s.metadata.get(kind, ""))]
        if held:
            return held[0]
    if by_title := _best([(_title_score(reference, source), source) for source in sources]):
        return by_title
    return _best([(_name_score(reference, source), source) for source in sources])


def _best(scored: list[tuple[float, SourceInfo]]) -> SourceInfo | None:
    ranked = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < 1e-6):
        return None
    return ranked[0][1]


def _plain(identifier: str) -> str:
    return re.sub(
        r"^(?:https?://(?:dx\.)?doi\.org/|doi:|arxiv:)|v\d+$|-(?=\d)(?<=\d-)", "", identifier.strip().lower()
    )


def similarity(one: str, other: str) -> float:
    """How much two titles are alike, 0 to 1; a subtitle that only one of them has counts little."""
    a, b = folded(one), folded(other)
    if not a or not b:
        return 0.0
    if min(len(a), len(b)) >= 20 and (a.startswith(b) or b.startswith(a)):
        return 0.95
    return SequenceMatcher(None, a[:300], b[:300], autojunk=False).ratio()


def _title_score(reference: Reference, source: SourceInfo) -> float:
    title = source.metadata.get("title", "")
    if len(reference.title) < 8 or len(title) < 8:
        # A list entry whose title was not understood still holds the title word for word.
        inside = len(title) >= 20 and folded(title) in folded(reference.text)
        return 0.9 if inside else 0.0
    alike = similarity(reference.title, title)
    bonus = same_year(reference, source.metadata.get("date", "")) + same_author(
        reference, source.metadata.get("authors", "")
    )
    if alike >= SIMILAR or (alike >= ALIKE and bonus):
        return alike + 0.05 * bonus
    if len(title) >= 20 and folded(title) in folded(reference.text):
        return 0.9 + 0.05 * bonus
    return 0.0


def same_year(reference: Reference, date: str) -> bool:
    """Whether both name the same year."""
    return bool(date) and reference.year[:4] == date[:4]


def same_author(reference: Reference, authors: str) -> bool:
    """Whether the first author of one is among those of the other."""
    names = words_of(authors)
    return bool(reference.authors) and any(folded(part) in names for part in reference.authors[0].split())


def _name_score(reference: Reference, source: SourceInfo) -> float:
    """By file name: surname and year (``kim2021.pdf``, ``Kim-2021-kites.pdf``), or the words of the title."""
    stem = source.id.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or source.id
    words = words_of(re.sub(r"[_\W]+|(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])", " ", stem))
    name = folded(reference.authors[0].split()[-1]) if reference.authors else ""
    year = reference.year[:4]
    if name and year and name in words and (year in words or reference.year in words):
        extra = len(words & words_of(reference.title))
        return 1.0 + 0.1 * extra
    if reference.label and not reference.label.isdigit() and folded(reference.label) == folded(stem):
        return 1.5
    wanted = {word for word in words_of(reference.title) if len(word) > 2}
    return 0.5 if len(wanted) >= 4 and wanted <= words else 0.0
