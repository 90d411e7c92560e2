"""Who speaks in a source where a quotation was found."""

from __future__ import annotations

import re

from auditor.detectors.grounding.quotation_marks import marked
from auditor.detectors.grounding.quotation_speakers import attribution, belong, differ, key
from auditor.detectors.grounding.spans_index import SourceText
from auditor.documents import Document

_LONGEST_PARAGRAPH = 20_000


def speaker_at(sources: SourceText, start: int, end: int) -> str | None:
    """The name that a source gives to the speaker of its tokens ``start`` up to ``end``.

    None where they do not stand between quotation marks, or where no name is given beside these.
    """
    text = sources.texts[sources.source(start)]
    _, first, last = sources.span(start, end)
    low = text.rfind("\n\n", 0, first) + 2 if "\n\n" in text[:first] else 0
    high = text.find("\n\n", last)
    high = len(text) if high < 0 else high
    low, high = max(low, first - _LONGEST_PARAGRAPH), min(high, last + _LONGEST_PARAGRAPH)
    for opened, closed, inner, inner_end in marked(text, low, high):
        if inner <= first < inner_end and opened <= first:
            # What reaches beyond the marks is no longer what this speaker says.
            if last > closed and not text[closed:last].count(text[opened]):
                return None
            return attribution(text, opened, closed, low, high).speaker
    return None


def speaks_for(
    document: Document, sources: SourceText, place: tuple[int, int], given: str, heard: str
) -> bool:
    """Whether the speaker that the document names is surely another than the source's."""
    text = sources.texts[sources.source(place[0])]
    if not differ(given, heard) or not all(_proper(name, (text, document.text)) for name in (given, heard)):
        return False
    return not belong(text, given, heard) and not belong(document.text, given, heard)


def _proper(name: str, texts: tuple[str, ...]) -> bool:
    """Whether a name is no common noun at the start of a sentence ("Officials said")."""
    words = [word for word in key(name) if not "가" <= word[0] <= "힣"]
    if len(words) != 1:
        return True
    word = words[0]
    within = re.compile(rf"(?<![.!?:”\"\n] )(?<=[^\n.!?:] ){re.escape(word.title())}(?!\w)")
    common = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    return any(within.search(text) for text in texts) and not any(common.search(text) for text in texts)
