"""Quotations and brackets inside a paragraph, of any script."""

from __future__ import annotations

import re
from functools import cache

MAX_QUOTE = 400
"""Characters; a quotation or bracket inside a sentence is kept whole up to this length."""


@cache
def _marks() -> re.Pattern[str]:
    return re.compile("[\"“”„‟«»‹›‘’'‚`()\\[\\]（）「」『』《》〈〉【】［］]")


_CLOSING = {
    "”": "“„",
    "“": "„",
    "»": "«",
    "«": "»",
    "›": "‹",
    "‹": "›",
    "’": "‘",
    "‘": "‚",
    ")": "(",
    "]": "[",
}
_CLOSING |= {"）": "（", "」": "「", "』": "『", "》": "《", "〉": "〈", "】": "【", "］": "［"}


def pairs(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Outermost quotations and brackets of at most ``MAX_QUOTE`` characters: places of both marks."""
    stack: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for match in _marks().finditer(text, low, high):
        mark, place = match.group(), match.start()
        before = text[place - 1] if place > low else " "
        after = text[place + 1] if place + 1 < high else " "
        if mark in "'’" and before.isalnum() and after.isalnum():
            continue
        wanted = mark if mark in "\"'`" else _CLOSING.get(mark, "")
        opened = next(
            (i for i in range(len(stack) - 1, max(len(stack) - 8, -1), -1) if stack[i][0] in wanted), None
        )
        if (
            opened is not None
            and wanted
            and not (mark in "\"'`“«" and before.isspace() and not after.isspace())
        ):
            opener = stack[opened][1]
            del stack[opened:]
            if place - opener <= MAX_QUOTE:
                while found and found[-1][0] > opener:
                    found.pop()
                found.append((opener, place))
        elif mark in "\"'`":
            if not before.isalnum() and not after.isspace():
                stack.append((mark, place))
        elif mark not in "”’)]）」』》〉】］":
            stack.append((mark, place))
    return found
