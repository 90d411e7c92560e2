"""Structure that plain text shows by convention: quoted lines, fenced code, headings, a reference list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.documents.document import Role, RoleSpan

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_QUOTED = re.compile(r"[ \t]{0,3}>")
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)")
_UNDERLINE = re.compile(r"[ \t]{0,3}(={3,}|-{3,})[ \t]*$")
_HASHES = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+\S")
REFERENCES = re.compile(
    r"[\s#*\d.]*(references|bibliography|works cited|literature cited|참고\s?문헌|参考文献|參考文獻|literatur(verzeichnis)?"
    r"|références|bibliographie|referencias|bibliografía|referências|riferimenti bibliografici|литература"
    r"|список литературы|kaynakça|daftar pustaka|tài liệu tham khảo|المراجع)[\s*:]*",
    re.IGNORECASE,
)
"""The heading of a reference list in any of the languages that are read."""


def plain_roles(text: str) -> Iterator[RoleSpan]:
    """Spans of quotation (``>`` lines), code (fences), headings and the reference list.

    Args:
        text: Plain text.

    Yields:
        Spans by start; a fence that is never closed ends at the end of the text.
    """
    fence: tuple[str, int] | None = None
    references: int | None = None
    previous: tuple[int, int] | None = None
    for match in _LINE.finditer(text):
        start, end = match.span()
        if start == end:
            break
        line = match.group().rstrip("\r\n")
        if fence is not None:
            if (close := _FENCE.match(line)) and close[1].startswith(fence[0]) and not close[2]:
                yield RoleSpan(fence[1], end, Role.CODE)
                fence = None
            continue
        if opened := _FENCE.match(line):
            fence = (opened[1], start)
            continue
        if _QUOTED.match(line):
            yield RoleSpan(start, end, Role.QUOTATION)
        if REFERENCES.fullmatch(line) and line.strip():
            references = start
        if _HASHES.match(line):
            yield RoleSpan(start, end, Role.HEADING)
            if references is not None and start > references:
                yield RoleSpan(references, start, Role.REFERENCES)
                references = None
        elif previous and _UNDERLINE.match(line) and text[previous[0] : previous[1]].strip():
            yield RoleSpan(previous[0], end, Role.HEADING)
        previous = (start, end)
    if fence is not None:
        yield RoleSpan(fence[1], len(text), Role.CODE)
    if references is not None:
        yield RoleSpan(references, len(text), Role.REFERENCES)
