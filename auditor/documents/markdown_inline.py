"""Inline Markdown that gives a role: code spans, comments, and HTML elements with a meaning."""

from __future__ import annotations

import re
from bisect import bisect_right

from auditor.documents.document import Role, RoleSpan

# A line feed is a token only where a new block follows: a code span does not reach over it.
_TOKEN = re.compile(
    r"(?P<run>\\?`+)|<!--|\{/\*|<(?P<tag>code|kbd|samp|blockquote|q|figcaption|caption|table)(?=[\s>])"
    r"|(?P<break>\n(?=[ \t]*(?:\r?\n|[-*+#>|]|\d{1,9}[.)])))",
    re.IGNORECASE,
)
_ELEMENTS = {
    "code": Role.CODE,
    "kbd": Role.CODE,
    "samp": Role.CODE,
    "blockquote": Role.QUOTATION,
    "q": Role.QUOTATION,
    "figcaption": Role.CAPTION,
    "caption": Role.CAPTION,
    "table": Role.TABLE,
}


def inline_roles(text: str, opaque: list[tuple[int, int]]) -> list[RoleSpan]:
    """Spans of inline code, HTML comments, and ``<blockquote>``, ``<code>`` and the like.

    Args:
        text: Markdown.
        opaque: Blocks in which no inline markup is read (code, comments, front matter).
    """
    if "`" not in text and "<" not in text and "{/*" not in text:
        return []
    spans: list[RoleSpan] = []
    runs: list[tuple[int, int, bool]] = []
    opaque = sorted(opaque)
    starts = [start for start, _ in opaque]
    finder = _Finder(text)
    after = 0
    for match in _TOKEN.finditer(text):
        at = match.start()
        if match["break"]:
            if len(runs) > 1:
                spans += _code_spans(runs)
            runs = []
            continue
        if at < after:
            continue
        if (i := bisect_right(starts, at)) and at < opaque[i - 1][1]:
            after = opaque[i - 1][1]
            continue
        if run := match["run"]:
            escaped = run[0] == "\\"
            runs.append((at + escaped, len(run) - escaped, escaped))
        elif tag := match["tag"]:
            if (end := finder.end(f"</{tag}>", at)) > 0:
                spans.append(RoleSpan(at, end, _ELEMENTS[tag.lower()]))
        else:
            end = finder.end("-->" if text[at] == "<" else "*/}", at)
            if end > 0:
                spans.append(RoleSpan(at, end, Role.COMMENT))
                after = end
    return spans + _code_spans(runs)


class _Finder:
    """Looks for closing marks; remembers which occur no more, so that open ones without end stay cheap."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}

    def end(self, mark: str, start: int) -> int:
        """One past the next ``mark`` after ``start``, -1 where there is none."""
        known = self._next.get(mark, 0)
        if known >= 0 and known < start:
            known = self._text.find(mark, start)
            self._next[mark] = known
        return known + len(mark) if known >= 0 else -1


def _code_spans(runs: list[tuple[int, int, bool]]) -> list[RoleSpan]:
    """Pairs backtick runs of one paragraph: a run closes with the next of its own length.

    A run after a backslash can close (nothing is escaped inside code) but not open.
    """
    following: list[int] = [-1] * len(runs)
    latest: dict[int, int] = {}
    for i in range(len(runs) - 1, -1, -1):
        following[i] = latest.get(runs[i][1], -1)
        latest[runs[i][1]] = i
    spans = []
    i = 0
    while i < len(runs):
        start, _, escaped = runs[i]
        close = -1 if escaped else following[i]
        if close < 0:
            i += 1
            continue
        spans.append(RoleSpan(start, runs[close][0] + runs[close][1], Role.CODE))
        i = close + 1
    return spans
