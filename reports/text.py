"""Text from documents made safe to show: nothing hidden, nothing that acts."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable

_KEPT = frozenset("\t\n\r\u200c\u200d")  # (non-)joiners belong to ordinary words of several scripts
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))


class _Table(dict[int, str]):
    """A table for ``str.translate`` that fills itself with what ``show`` makes of hidden characters."""

    def __init__(self, show: Callable[[str], str]) -> None:
        self._show = show

    def __missing__(self, code: int) -> str:
        char = chr(code)
        hidden = char not in _KEPT and unicodedata.category(char) in _HIDDEN
        self[code] = shown = self._show(char) if hidden else char
        return shown


_VISIBLE = _Table(lambda char: f"⟨U+{ord(char):04X}⟩")
_ESCAPED = _Table(lambda char: json.dumps(char)[1:-1])
_SURROGATE = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """Shows control, bidirectional, zero-width, private-use and surrogate characters as ``⟨U+202E⟩``."""
    return text.translate(_VISIBLE)


def json_escaped(text: str) -> str:
    """JSON text that means the same, with hidden characters written as escapes so that a terminal is safe."""
    return encodable(text).translate(_ESCAPED)


def one_line(text: str) -> str:
    """``visible`` text with every run of white space as one space and none at the ends."""
    return visible(" ".join(text.split()))


def encodable(text: str) -> str:
    """Lone surrogates, which UTF-8 cannot hold, replaced by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def shorten(text: str, limit: int) -> str:
    """Cuts the middle out of a text of more than ``limit`` characters; the head keeps two thirds of them."""
    if len(text) <= limit:
        return text
    head = max((limit - 3) * 2 // 3, 1)
    tail = max(limit - 3 - head, 1)
    return f"{text[:head].rstrip()} … {text[-tail:].lstrip()}"


def plural(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def percent(confidence: float) -> str:
    """A probability as whole per cent; only certainty is 100 %."""
    value = round(confidence * 100)
    return f"{99 if value == 100 and confidence < 1 else value} %"


def web_address(address: str) -> str | None:
    """The address if it is one of the web; a report read from a file may hold ``javascript:`` instead."""
    return address if re.fullmatch(r"https?://[^\s<>\"'`\\\x00-\x20]+", address) else None
