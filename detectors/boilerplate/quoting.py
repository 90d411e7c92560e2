"""Quotation: whether a place stands between paired quotation marks, of any script, or inside inline code."""

from __future__ import annotations

import re

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』"}
_PAIRS |= {"‘": "’", "‹": "›", "‚": "‘", "《": "》", "〈": "〉"}
_CODE = re.compile(r"(`{1,3})(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
MAX_QUOTE = 600


def quoted(text: str, start: int, end: int, low: int, high: int) -> bool:
    """Whether ``text[start:end]`` lies inside quotation marks within ``text[low:high]``.

    Straight marks are paired from the start of the paragraph; curly and angle marks by nesting. A mark that
    never closes does not quote.
    """
    return _straight(text, start, end, low, high) or _nested(text, start, end, low, high)


def in_code(text: str, start: int, end: int, low: int, high: int) -> bool:
    """Whether the span lies inside inline code (back-quotes) within ``text[low:high]``."""
    return any(
        m.start() <= start and end <= m.end() for m in _CODE.finditer(text, low, high) if not _is_fence(m)
    )


def _is_fence(found: re.Match[str]) -> bool:
    """Whether back-quotes fence a block of lines; whether that is code or a whole answer, the document knows."""
    return len(found[1]) == 3 and "\n" in found.group()


def _straight(text: str, start: int, end: int, low: int, high: int) -> bool:
    opening: int | None = None
    # Three in a row delimit a documentation string, which is prose.
    for match in re.finditer(r'(?<!")"(?!")', text[low:high]):
        place = low + match.start()
        if opening is None:
            if place > start:
                return False
            opening = place
        else:
            if opening <= start and end <= place + 1 and place - opening < MAX_QUOTE:
                return True
            opening = None
    return _single(text, start, end, low, high)


def _single(text: str, start: int, end: int, low: int, high: int) -> bool:
    """Straight single marks quote only when both stand at the outer side of a word."""
    for match in re.finditer(
        r"(?<![\w'])'(?=[^\s'])(.{3,400}?)(?<=[^\s'])'(?![\w'])", text[low:high], re.DOTALL
    ):
        if low + match.start() <= start and end <= low + match.end():
            return True
    return False


def _opens(text: str, place: int) -> bool:
    """Whether a mark that may also close, or be an apostrophe, stands where a quotation begins."""
    before, after = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    if text[place] == "‘":
        return not before.isalnum()
    if text[place] == "«":
        return not (before.isalnum() or (before and before in ".,!?…"))
    if text[place] == "»":
        return (not before or before.isspace() or before in "([—–-") and (
            after.isalnum() or after in "¿¡…([„“‚‘*"
        )
    return True


def _nested(text: str, start: int, end: int, low: int, high: int) -> bool:
    for opener, closers in _PAIRS.items():
        place = text.rfind(opener, low, start + 1)
        while place >= 0 and not _opens(text, place):
            place = text.rfind(opener, low, place)
        if place < 0:
            continue
        closing = [i for i in (text.find(c, max(place + 1, end - 1), high) for c in closers) if i >= 0]
        between = min(
            (i for i in (text.find(c, place + 1, max(start, place + 1)) for c in closers) if i >= 0),
            default=-1,
        )
        if (
            opener in "‘"
            and between >= 0
            and text[between - 1].isalnum()
            and text[between + 1 : between + 2].isalnum()
        ):
            between = -1
        if between < 0 and closing and min(closing) - place < MAX_QUOTE:
            return True
    return False
