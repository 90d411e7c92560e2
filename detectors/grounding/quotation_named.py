"""Which held sources a passage names: by title, by file name, by author and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from auditor.detectors.grounding.spans_words import letters
from auditor.documents import Document
from auditor.sources.interface import SourceInfo

_REACH = 250
_SHORTEST_TITLE = 8
"""Letters; a shorter title is too likely to be met as a common word."""
_SHORTEST_TITLE_SIGNS = 5
# A citation after the full stop belongs to the sentence before, unless the next goes on with it ("[2] agrees").
_STOP = re.compile(
    r"[.!?]\s+(?=[^a-z\s(\[]|\[[^\]]{1,40}\]\s+[a-z])|\]\s+(?=[A-ZÀ-Þ가-힣])|\n\s*\n|(?<=다)\.\s"
)
_AUTHOR_YEAR = re.compile(
    r"(?<![\w’'-])([A-ZÀ-Þ][\w’'-]+|[가-힣]{2,4})"
    r"(?:(?:,? (?:et al\.?|and|&) ?[\w’'-]*|\s?(?:외|등)|[·,]\s?[가-힣]{2,4}){0,3})"
    r",?\s?\(?((?:19|20)\d\d)[a-z]?\b"
)


def surroundings(document: Document, start: int, end: int, *, neighbours: bool = False) -> tuple[str, str]:
    """The words before and after a span in its sentence, with a citation that follows its full stop.

    Args:
        document: The document.
        start: Start of the span.
        end: Its end.
        neighbours: Whether the sentences before and after belong to it too.
    """
    text = document.text
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    stops = [stop.end() for stop in _STOP.finditer(text, low, start)]
    skip = 2 if neighbours else 1
    if len(stops) >= skip:
        low = stops[-skip]
    following = [stop.start() for stop in _STOP.finditer(text, max(end - 1, start), high)]
    if len(following) >= skip:
        high = max(following[skip - 1] + 1, end)
    return text[low:start], text[end:high]


def named(around: tuple[str, str], infos: Sequence[SourceInfo]) -> frozenset[str]:
    """Ids of the sources that the words around a passage name."""
    flat = [_flat(part) for part in around]
    years = [found for part in around for found in _AUTHOR_YEAR.findall(part)]
    found = set()
    for info in infos:
        title = _flat(info.metadata.get("title", ""))
        least = _SHORTEST_TITLE if title.isascii() else _SHORTEST_TITLE_SIGNS
        by_title = len(title) >= least and any(title in part for part in flat)
        by_file = any(_by_file(part, flat[i], info.id) for i, part in enumerate(around))
        if by_title or by_file or any(_by_author(author, year, info) for author, year in years):
            found.add(info.id)
    return frozenset(found)


def cited_sources(document: Document, infos: Sequence[SourceInfo]) -> list[tuple[int, int, str]]:
    """Inline citations of a document whose source is held: start, end, id of the source."""
    from auditor.detectors.citations.matching import match_source
    from auditor.detectors.citations.references import inline_citations

    found = []
    for citation in inline_citations(document):
        if citation.reference and (source := match_source(citation.reference, infos)):
            found.append((citation.start, citation.end, source.id))
    return found


@lru_cache(maxsize=4096)
def _flat(text: str) -> str:
    return letters(text)


def _by_file(part: str, flat: str, name: str) -> bool:
    base = re.split(r"[\\/]", name)[-1]
    stem = base.rpartition(".")[0] or base
    if "." in base and re.search(rf"(?<![\w-]){re.escape(base)}(?![A-Za-z0-9_-])", part):
        return True
    # “annual-report-2023.pdf” is named by “Annual Report 2023”, “report.pdf” not by “report”.
    several = len(re.findall(r"[^\W\d_]{2,}|\d+", stem)) >= 2 and len(_flat(stem)) >= _SHORTEST_TITLE
    return several and _flat(stem) in flat


def _by_author(author: str, year: str, info: SourceInfo) -> bool:
    stem = re.split(r"[\\/]", info.id)[-1].rpartition(".")[0].lower()
    if re.fullmatch(rf"{re.escape(author.lower())}[\W_]*(?:et[\W_]?al[\W_]*)?{year}[a-z]?", stem):
        return True
    authors = info.metadata.get("authors", "")
    dated = str(info.date.year) if info.date else info.metadata.get("date", "")[:4]
    return dated == year and bool(re.search(rf"(?<!\w){re.escape(author)}(?!\w)", authors))
