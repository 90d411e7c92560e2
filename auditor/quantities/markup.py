"""Text without Markdown emphasis and inline HTML tags, with the way back to the original offsets."""

from __future__ import annotations

import re
from functools import cache

_WIDE = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x2212: 0x2D, 0xFE63: 0x2D, 0x3000: 0x20}
"""Full-width forms and the minus sign; each stands for one character, so that offsets hold."""
_MARKS = frozenset("*_`<")


@cache
def _emphasis() -> re.Pattern[str]:
    # A mark with a digit on both outer sides multiplies: 3*4*5.
    return re.compile(
        (
            r"(?P<mark>\*{1,3}|_{1,3}|`)(?=[^\s*_`])(?P<inner>[^*_`\n]{1,200}?)(?<=\S)(?P=mark)"
            r"|</?(?:b|i|em|strong|u|span)>|<sup>|</sup>"
        ),
        re.IGNORECASE,
    )


def plain(text: str) -> tuple[str, list[int] | None]:
    """The text as it reads, and for each of its characters (and its end) the offset in ``text``.

    Returns:
        The text without marks, and its offsets; None for offsets that did not change.
    """
    text = text.translate(_WIDE)
    if _MARKS.isdisjoint(text):
        return text, None
    pieces: list[str] = []
    offsets: list[int] = []

    def keep(start: int, end: int) -> None:
        pieces.append(text[start:end])
        offsets.extend(range(start, end))

    place = 0
    for match in _emphasis().finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if match["mark"] == "*" and before.isdigit() and after.isdigit():
            continue
        if match["mark"] and "_" in match["mark"] and (before.isalnum() or after.isalnum()):
            continue
        keep(place, match.start())
        if match["mark"]:
            keep(match.start("inner"), match.end("inner"))
        elif match.group().lower() == "<sup>":
            pieces.append("^")
            offsets.append(match.start())
        place = match.end()
    if not pieces:
        return text, None
    keep(place, len(text))
    return "".join(pieces), [*offsets, len(text)]
