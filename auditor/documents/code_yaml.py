"""Comments of YAML, and the values of keys that hold text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from auditor.documents.code_scanner import Kind, Prose

_KEY = re.compile(
    r"(?:-[ \t]+)*([\"']?)(?:description|title|summary|help)\1[ \t]*:[ \t]+(?=\S)", re.IGNORECASE
)
_BLOCK = re.compile(r"[|>][-+0-9]{0,3}[ \t]*(?:#[^\n]*)?$")
_OTHER_BLOCK = re.compile(r"(?:[:-])[ \t]+[|>][-+0-9]{0,3}[ \t]*$")
# A quotation mark opens a string only where a value can start: the one in "don't" does not.
_COMMENT = re.compile(r"""(?<![^\s\[{,:])(?:"(?:[^"\\]|\\.)*+"|'[^']*+')|(?:(?<=\s)|^)(?P<hash>#+)""")


def scan_yaml(code: str) -> Iterator[Prose]:
    """Comments, and the values of ``description``, ``title``, ``summary`` and ``help``; no other values."""
    position = 0
    region = -1  # indent of the key whose block of lines is being read
    is_text = False
    for line in io.StringIO(code, newline=""):
        start, position = position, position + len(line)
        body = line.strip()
        indent = len(line) - len(line.lstrip())
        begin = start + indent
        if region >= 0:
            if not body or indent > region:
                if is_text:
                    yield Prose(Kind.TEXT, begin, begin if body else start, position)
                continue
            region = -1
            yield Prose(Kind.BREAK, start, start, start)
        if not body:
            continue
        comment = next((match.start() for match in _COMMENT.finditer(body) if match["hash"]), len(body))
        if key := _KEY.match(body):
            is_text = True
            region = indent + key.group().count("- ") * 2
            value = body[key.end() : comment].rstrip()
            yield Prose(Kind.BREAK, start, start, start)
            if not _BLOCK.fullmatch(value):
                quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
                first = begin + key.end() + quoted
                yield Prose(Kind.TEXT, first, first, first + len(value) - 2 * quoted)
                yield Prose(Kind.TEXT, position, position - (line[-1:] == "\n"), position)
        elif _OTHER_BLOCK.search(body[-40:]):
            is_text = False
            region = indent
        if comment < len(body):
            yield Prose(Kind.LINE, begin + comment, begin + comment + 1, begin + len(body))
