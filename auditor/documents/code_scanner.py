"""Finds the comments and docstrings of source code: one loop over tokens, whatever the language.

Strings are recognised so that a comment sign inside one is none. Broken code is read as far as it goes: the
scanner never fails, and its time is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from auditor.documents.code_languages import Language

_MOST_LINES = 200
"""A string literal of more lines is taken for a stray quotation mark."""
_MOST_STRAY = 20
"""After so many ``<<WORD`` without a line ``WORD`` they are taken for shifts and no longer looked for."""
_TEXT_KEY = re.compile(
    r"[ \t]*[\"']?(?:[\w.-]*[._-])?(?:description|title|summary|help)[\"']?[ \t]*=[ \t]*$", re.IGNORECASE
)
_AFTER_DOCSTRING = re.compile(r"[ \t]*(?:[#;\r\n]|\Z)")
_PREFIX = re.compile(r"[ \t]*[rRuUbBfF]{0,2}")
# What a bracket closes, an escape hides and a string ends is found by these, compiled once.
_NESTED: dict[tuple[str, str], re.Pattern[str]] = {}


class Kind(Enum):
    """What a piece of prose was written as."""

    LINE = "line"
    BLOCK = "block"
    DOCSTRING = "docstring"
    TEXT = "text"
    BREAK = "break"


class Prose(NamedTuple):
    """``code[start:end]`` is prose without its signs; ``opened`` is where the sign in front of it begins."""

    kind: Kind
    opened: int
    start: int
    end: int


def scan(code: str, language: Language, start: int = 0, end: int | None = None) -> Iterator[Prose]:
    """Comments, docstrings and described values in ``code[start:end]``, in order."""
    end = len(code) if end is None else end
    pattern = language.pattern
    lines = _Lines(code, start)
    depth = stray = 0
    position = start
    while match := pattern.search(code, position, end):
        kind = match.lastgroup or ""
        opened, position = match.span()
        if kind == "line":
            stop = _line_end(code, position, end)
            yield Prose(Kind.LINE, opened, position, stop)
            position = stop
        elif kind.startswith("block"):
            close = language.block[int(kind[5:])][1]
            stop, after = _block_end(code, match, close, language.nested, end)
            yield Prose(Kind.BLOCK, opened, position, stop)
            position = after
        elif kind == "triple":
            stop, position = _triple_end(code, match.group(), position, end)
            if _is_text(code, lines, opened, position, depth, language):
                yield Prose(Kind.DOCSTRING, opened, match.end(), stop)
        elif kind == "string":
            if _is_text(code, lines, opened, position, depth, language):
                yield Prose(Kind.DOCSTRING, opened, opened + 1, max(position - 1, opened + 1))
        elif kind == "multi":
            if code.count("\n", opened, position) > _MOST_LINES:
                position = _line_end(code, opened + 1, end)
        elif kind == "heredoc" and stray < _MOST_STRAY:
            position, missing = _heredoc_end(code, match["word1"] or match["word2"], position, end)
            stray += missing
        elif kind == "reset":
            depth = 0
        elif kind == "open":
            depth += 1
        elif kind == "shut":
            depth = max(0, depth - 1)


class _Lines:
    """Start of the line of an offset, for offsets that only grow: never looks at a character twice."""

    def __init__(self, code: str, start: int) -> None:
        self._code = code
        self._seen = start
        self._line = start

    def start(self, offset: int) -> int:
        found = self._code.rfind("\n", self._seen, offset)
        if found >= 0:
            self._line = found + 1
        self._seen = max(self._seen, offset)
        return self._line


def _is_text(code: str, lines: _Lines, opened: int, after: int, depth: int, language: Language) -> bool:
    """Whether a string literal is a docstring or the value of a key such as ``description``."""
    if not (language.docstrings or language.keys):
        return False
    line = lines.start(opened)
    if opened - line > 200:
        return False
    if language.keys:
        return bool(_TEXT_KEY.match(code, line, opened))
    if depth or not _PREFIX.fullmatch(code, line, opened) or not _AFTER_DOCSTRING.match(code, after):
        return False
    return code[max(0, line - 3) : line].rstrip("\r\n")[-1:] not in ("\\", "=")


def _line_end(code: str, position: int, end: int) -> int:
    found = code.find("\n", position, end)
    stop = end if found < 0 else found
    return stop - 1 if stop > position and code[stop - 1] == "\r" else stop


def _block_end(code: str, match: re.Match[str], close: str, nested: bool, end: int) -> tuple[int, int]:
    """Where the text of a block comment ends, and where code goes on."""
    if not nested:
        found = code.find(close, match.end(), end)
        return (end, end) if found < 0 else (found, found + len(close))
    key = (match.group(), close)
    if key not in _NESTED:
        _NESTED[key] = re.compile(f"(?P<deeper>{re.escape(key[0])})|{re.escape(close)}")
    depth = 1
    for mark in _NESTED[key].finditer(code, match.end(), end):
        depth += 1 if mark["deeper"] else -1
        if not depth:
            return mark.span()
    return end, end


def _triple_end(code: str, quotes: str, position: int, end: int) -> tuple[int, int]:
    while (found := code.find(quotes, position, end)) >= 0:
        backslashes = found - len(code[max(0, found - 20) : found].rstrip("\\")) - max(0, found - 20)
        if backslashes % 2 == 0:
            return found, found + len(quotes)
        position = found + 1
    return end, end


def _heredoc_end(code: str, word: str, position: int, end: int) -> tuple[int, bool]:
    """Where code goes on, and whether the closing line is missing."""
    close = re.compile(rf"^[ \t]*{re.escape(word)}\b", re.MULTILINE).search(code, position, end)
    return (close.end(), False) if close else (position, True)
