"""JSON that remembers where in the file each string stands.

The standard library's decoder forgets positions and recurses; this one is a loop over tokens with an
explicit stack. Strings are kept as spans and decoded only when asked for, so that a notebook's images cost
one match of a regular expression each and no memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from auditor.documents.builder import DocumentBuilder
from auditor.documents.spelled import Spelled

_TOKEN: Final = re.compile(
    r"[ \t\r\n]*+(?:(?P<open>[{\[])|(?P<close>[}\]])|(?P<mark>[,:])"
    r'|"(?P<string>(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+)"'
    r"|(?P<scalar>-?(?:0|[1-9]\d*+)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])"
    r"|true\b|false\b|null\b|NaN\b|-?Infinity\b))"
)
_ESCAPE: Final = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)"
)
_SHORT: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class JsonError(ValueError):
    """Not JSON: ``reason`` at offset ``position`` of the file."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.position = position


@dataclass(frozen=True, slots=True)
class JsonString:
    """A string between its quotation marks: ``file[start:end]``, escapes not decoded."""

    file: str
    start: int
    end: int

    def __str__(self) -> str:
        return "".join(text for text, _, _ in self.pieces())

    def __bool__(self) -> bool:
        return self.end > self.start

    def pieces(self) -> Iterator[tuple[str, int, bool]]:
        """Text, offset into the file, and whether the file spells it character by character."""
        file, position, end = self.file, self.start, self.end
        while (escape := file.find("\\", position, end)) >= 0:
            if escape > position:
                yield file[position:escape], position, True
            match = _ESCAPE.match(file, escape, end)
            if match is None:  # cannot happen in a string that the tokeniser let through
                break
            yield _decoded(match.group()), escape, False
            position = match.end()
        if position < end:
            yield file[position:end], position, True

    def add_to(self, builder: DocumentBuilder) -> None:
        """Appends the text to a document."""
        for text, raw, literal in self.pieces():
            builder.add(text, raw=raw, literal=literal)

    def spelled(self) -> Spelled:
        """The text with its places, to be cut up further."""
        return Spelled(self.pieces())


Json: TypeAlias = "dict[str, Json] | list[Json] | JsonString | None"
"""Numbers, true, false and null are all None: nobody reads them here."""


def parse(file: str, start: int = 0, end: int | None = None, *, max_depth: int = 200) -> Json:
    """Reads the one JSON value in ``file[start:end]``.

    Args:
        file: The decoded file.
        start: Where the value begins.
        end: Where it must end, white space aside.
        max_depth: Most brackets open at a time.

    Returns:
        Objects and arrays of :class:`JsonString`; of repeated keys the last wins.

    Raises:
        JsonError: If it is not JSON or nested deeper than ``max_depth``.
    """
    end = len(file) if end is None else end
    stack: list[dict[str, Json] | list[Json]] = []
    keys: list[str] = []
    position = start
    while True:
        # A value is due here: behind the start, a colon, a comma or a bracket.
        value: Json
        position, kind, value = _value(file, position, end)
        if kind == "open":
            if len(stack) >= max_depth:
                raise JsonError(f"is nested deeper than {max_depth} levels", position - 1)
            container: dict[str, Json] | list[Json] = {} if file[position - 1] == "{" else []
            closed = _closes_at_once(file, position, end, container)
            if closed:
                position, value = closed, container
            else:
                stack.append(container)
                if isinstance(container, dict):
                    position = _key(file, position, end, keys)
                continue
        # A value is complete: put it where it belongs and close what closes.
        while stack:
            top = stack[-1]
            if isinstance(top, dict):
                top[keys.pop()] = value
            else:
                top.append(value)
            match = _TOKEN.match(file, position, end)
            if match and match["mark"] == ",":
                position = match.end()
                if isinstance(top, dict):
                    position = _key(file, position, end, keys)
                break
            if not match or match["close"] != ("}" if isinstance(top, dict) else "]"):
                raise _unexpected(file, position, end, "a comma or a closing bracket")
            position = match.end()
            value = stack.pop()
        else:
            if file[position:end].strip(" \t\r\n"):
                raise _unexpected(file, position, end, "the end")
            return value


def _value(file: str, position: int, end: int) -> tuple[int, str, Json]:
    match = _TOKEN.match(file, position, end)
    kind = match.lastgroup if match else None
    if match is None or kind is None or kind in ("close", "mark"):
        raise _unexpected(file, position, end, "a value")
    if kind == "string":
        return match.end(), kind, JsonString(file, *match.span("string"))
    return match.end(), kind, None


def _closes_at_once(file: str, position: int, end: int, container: dict[str, Json] | list[Json]) -> int:
    match = _TOKEN.match(file, position, end)
    return match.end() if match and match["close"] == ("}" if isinstance(container, dict) else "]") else 0


def _key(file: str, position: int, end: int, keys: list[str]) -> int:
    match = _TOKEN.match(file, position, end)
    if not match or match["string"] is None:
        raise _unexpected(file, position, end, "a key in quotation marks")
    key = match["string"]
    keys.append(str(JsonString(file, *match.span("string"))) if "\\" in key else key)
    colon = _TOKEN.match(file, match.end(), end)
    if not colon or colon["mark"] != ":":
        raise _unexpected(file, match.end(), end, "a colon")
    return colon.end()


def _unexpected(file: str, position: int, end: int, wanted: str) -> JsonError:
    rest = file[position:end]
    position += len(rest) - len(rest.lstrip(" \t\r\n"))
    if position >= end:
        return JsonError("ends too early", position)
    if file[position] == '"':
        return JsonError("string without an end or with a bad escape", position)
    return JsonError(f"expected {wanted}", position)


def _decoded(escape: str) -> str:
    if escape[1] != "u":
        return _SHORT.get(escape[1], escape[1])
    code = int(escape[2:6], 16)
    if len(escape) == 12:
        return chr(0x10000 + ((code - 0xD800) << 10) + int(escape[8:], 16) - 0xDC00)
    return chr(code)
