"""Where a text quotes: between quotation marks of any script, or in a block of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

LONGEST = 4_000
"""A mark that is not closed within so many characters opens no quotation."""

_MOST_UNCLOSED = 50
"""After so many marks of a kind that nothing closes, a paragraph is taken to use them for something else."""

_CLOSERS = {"“": "”", "„": "“”", "”": "”", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』"}
_CLOSERS |= {"‘": "’", "‚": "‘’", '"': '"', "＂": "＂", "'": "'", "``": "''"}
_EITHER = frozenset("\"＂'‘”»«’“")
"""Marks that open in one place and close, or are apostrophes, in another."""
_ELIDED = re.compile(r"['‘](?:\d|(?:em|til|tis|twas|cause|bout|n|round|cos)\b)", re.IGNORECASE)


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(r"""\\enquote\*?\{|``|''|(?<!")"(?!")|["“”„«»‹›「」『』‘’‚＂']""")


def paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of ``text[start:end]`` between blank lines."""
    position = start
    for blank in re.finditer(r"\n[ \t>]*\r?\n", text[start:end]):
        if start + blank.start() > position:
            yield position, start + blank.start()
        position = start + blank.end()
    if end > position:
        yield position, end


def marked(text: str, start: int, end: int) -> list[tuple[int, int, int, int]]:
    """Quotations of one paragraph, the outermost only.

    Args:
        text: Any text.
        start: Start of the paragraph.
        end: Its end.

    Returns:
        For each the span with its marks and the span between them. A paragraph that opens a quotation without
        closing it, before one that opens again (as is the custom in long quotations), quotes up to its end.
    """
    found: list[tuple[int, int, int, int]] = []
    marks = [(m.start(), m.end(), m.group()) for m in _mark().finditer(text, start, end)]
    i = 0
    unclosed: Counter[str] = Counter()
    while i < len(marks):
        low, inner, mark = marks[i]
        i += 1
        if unclosed[mark] > _MOST_UNCLOSED:
            continue
        if mark.startswith("\\"):
            close = _brace(text, inner, end)
            if close > 0:
                found.append((low, close + 1, inner, close))
                while i < len(marks) and marks[i][0] <= close:
                    i += 1
            else:
                unclosed[mark] += 1
            continue
        if mark not in _CLOSERS or not _opens(text, low, inner, start, end):
            continue
        j = _closer(text, marks, i, end)
        if j:
            found.append((low, marks[j][1], inner, marks[j][0]))
            i = j + 1
        elif mark in "“「" and low - start < 4 and re.match(r"\s*[“「]", text[end : end + 8]):
            found.append((low, end, inner, end))
            break
        else:
            unclosed[mark] += 1
    return found


def _brace(text: str, position: int, end: int) -> int:
    depth = 1
    for brace in re.finditer(r"\\.|[{}]", text[position : min(end, position + LONGEST)]):
        depth += {"{": 1, "}": -1}.get(brace.group(), 0)
        if not depth:
            return position + brace.start()
    return -1


def _opens(text: str, low: int, inner: int, start: int, end: int) -> bool:
    """Whether a mark stands where a quotation begins."""
    mark = text[low:inner]
    before = text[low - 1] if low > start else " "
    after = text[inner] if inner < end else " "
    if mark in ("„", "‚", "「", "『", "“", "``", "‹"):
        return True
    if after.isspace():
        # « Bonjour » keeps a space inside the marks, “ as tokenised text does ”.
        return mark == "«" and not before.isalnum() and before not in ".,!?…"
    if before.isalnum() or before in ".,!?;…%)]}’”\"'":
        return False
    return not (mark in "'‘" and _ELIDED.match(text, low, end)) and after not in ")]},;:"


def _closer(text: str, marks: list[tuple[int, int, str]], first: int, end: int) -> int:
    """Number of the mark that closes the one before ``first``, 0 where there is none."""
    low, _, mark = marks[first - 1]
    closers = _CLOSERS[mark]
    depth = 1
    for j in range(first, len(marks)):
        place, after, found = marks[j]
        if after - low > LONGEST:
            return 0
        if (found in closers or found == closers) and _closes(text, place, after, end, found):
            depth -= 1
            if not depth:
                return j
        elif found == mark and mark not in _EITHER - {"“", "«"}:
            if mark == "“" and place - low < 3:
                return 0
            depth += 1
    return 0


def _closes(text: str, place: int, after: int, end: int, mark: str) -> bool:
    if mark not in _EITHER:
        return True
    following = text[after] if after < end else " "
    if mark in "'’‘":
        if following.isalnum() and not _is_hangul(following):
            return False
        # “the boys’ room”: a plural's apostrophe, where a mark after a stop closes later.
        plural = text[place - 1] == "s" and text[after : after + 2].strip()[:1].islower()
        return not (plural and re.search(rf"[.,!?]{mark}(?!\w)", text[after : min(end, after + 400)]))
    if mark in "“»«":
        return not (following.isalnum() and not _is_hangul(following) and text[place - 1].isspace())
    return not (text[place - 1].isspace() and following.isalnum() and not _is_hangul(following))


def _is_hangul(char: str) -> bool:
    """Korean particles follow a closing mark without a space."""
    return "가" <= char <= "힣"
