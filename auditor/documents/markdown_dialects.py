"""What dialects add to Markdown: front matter, directives, MDX, and a fence round the whole file."""

from __future__ import annotations

import io
import re

FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?=[ \t]*(?:[\w\"'-][^\r\n:]{0,80}:(?:[ \t\r\n])|#|---[ \t]*\r?$))"
    r"(?:[^\r\n]*\r?\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)"
    r"|\+\+\+[ \t]*\r?\n(?:[^\r\n]*\r?\n)*?\+\+\+[ \t]*(?:\r?\n|\Z)",
    re.MULTILINE,
)
"""YAML or TOML at the start of a file."""
_WRAPPER = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[ \t]*(?:markdown|md|mdx|gfm)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE
)
_ANY_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[ \t]*([^`\r\n]*)\r?$", re.MULTILINE)
PROSE_DIRECTIVE = re.compile(
    r"\{(?:note|tip|hint|warning|caution|danger|error|important|attention|seealso|admonition|dropdown|card|grid"
    r"|tab-item|tab-set|margin|sidebar|topic|versionadded|versionchanged|deprecated|exercise|solution|\.callout)"
    r"[\w-]*\}"
)
"""MyST and Quarto directives whose body is ordinary prose; any other braced name after a fence is code."""
_WRAPPER_START = 800
"""How far into the file a ```markdown fence may open and still be a wrapper, in characters."""


def wrapper(text: str, start: int) -> int:
    """Start of a line that opens a ```markdown fence around most of the file, else -1.

    Chat models wrap a whole document so; its content is the document and no sample of code. Fences inside
    pair up first, so that the wrapper does not end at the first block of code in it.
    """
    opened = _WRAPPER.search(text, start, start + _WRAPPER_START)
    if not opened:
        return -1
    mark, inside = opened[1], ""
    end = len(text)
    for match in _ANY_FENCE.finditer(text, opened.end()):
        bare = not match[2].strip()
        if inside:
            if bare and match[1].startswith(inside):
                inside = ""
        elif bare and match[1].startswith(mark):
            end = match.start()
            break
        else:
            inside = match[1]
    line = text.rfind("\n", 0, opened.start()) + 1
    return line if end - opened.end() > (len(text) - start) // 2 else -1


def script_end(text: str, start: int) -> int:
    """End of an MDX ``import``/``export`` block: a blank line outside brackets."""
    depth = 0
    position = start
    for line in io.StringIO(text[start : start + 20_000], newline=""):
        if not line.strip() and depth <= 0:
            break
        position += len(line)
        depth += sum(map(line.count, "{([")) - sum(map(line.count, "})]"))
    return position
