"""Structure that plain text shows by convention: quoted lines, fenced code, headings, a reference list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.documents.document import Role, RoleSpan

# The only lines that structure can come from; all others are passed over without being looked at one by one.
_CANDIDATE = re.compile(
    r"^(?:[ \t]{0,3}(?:>|`{3}|~{3}|#{1,6}[ \t]|={3}|-{3})|[ \t#*\d.]{0,12}[^\W\d_][\w ]{2,40}[ \t*:]*\r?$)"
    r"[^\n]*\n?",
    re.MULTILINE,
)
_QUOTED = re.compile(r"[ \t]{0,3}>")
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)")
_UNDERLINE = re.compile(r"[ \t]{0,3}(={3,}|-{3,})[ \t]*$")
_HASHES = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+\S")
REFERENCES = re.compile(
    r"[\s#*\d.]*(references|bibliography|works cited|literature cited|참고\s?문헌|参考文献|參考文獻"
    r"|literatur(verzeichnis)?|références|bibliographie|referencias|bibliografía|referências"
    r"|riferimenti bibliografici|литература|список литературы|kaynakça|daftar pustaka"
    r"|tài liệu tham khảo|المراجع)[\s*:]*",
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
    for match in _CANDIDATE.finditer(text):
        start, end = match.span()
        line = match.group().rstrip("\r\n")
        if fence is not None:
            if (close := _FENCE.match(line)) and close[1].startswith(fence[0]) and not close[2]:
                yield RoleSpan(fence[1], end, Role.CODE)
                fence = None
        elif opened := _FENCE.match(line):
            fence = (opened[1], start)
        elif _QUOTED.match(line):
            yield RoleSpan(start, end, Role.QUOTATION)
        elif _HASHES.match(line):
            yield RoleSpan(start, end, Role.HEADING)
            if references is not None:
                yield RoleSpan(references, start, Role.REFERENCES)
            references = start if REFERENCES.fullmatch(line) else None
        elif _UNDERLINE.match(line):
            above = text.rfind("\n", 0, max(start - 1, 0)) + 1
            if text[above:start].strip():
                yield RoleSpan(above, end, Role.HEADING)
        elif references is None and REFERENCES.fullmatch(line):
            references = start
    if fence is not None:
        yield RoleSpan(fence[1], len(text), Role.CODE)
    if references is not None:
        yield RoleSpan(references, len(text), Role.REFERENCES)
