"""JavaScript and TypeScript with JSX, and files that mix markup and code (Vue, Svelte, PHP)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from auditor.documents.code_languages import CSS, PHP
from auditor.documents.code_scanner import Kind, Prose, scan
from auditor.documents.spelled import words

_STRING = r'"(?:[^"\\\n]|\\(?s:.))*+"?|' + r"'(?:[^'\\\n]|\\(?s:.))*+'?"
_SCRIPT = re.compile(
    r"(?P<line>//[^\n]*+)|(?P<block>/\*(?:[^*]|\*(?!/))*+(?:\*/)?)"
    rf"|(?P<string>{_STRING})|(?P<tick>`)|(?P<open>\{{)|(?P<shut>\}})|(?P<slash>/)|(?P<angle><(?=[A-Za-z>]))"
)
_REGEX = re.compile(r"/(?:[^/\\\n\[]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n]){0,300}+\])++/[a-z]*")
_TEMPLATE = re.compile(r"(?P<skip>\\(?s:.))|(?P<code>\$\{)|(?P<end>`)")
_TAG = re.compile(r"""(?P<skip>"[^"]*+"?|'[^']*+'?)|(?P<code>\{)|(?P<alone>/>)|(?P<end>>)""")
_CHILD = re.compile(r"(?P<end></[\w.:-]*[ \t\r\n]*>)|(?P<tag><(?=[A-Za-z>]))|(?P<code>\{)")
_GENERIC = re.compile(r"<\w+(?:,|[ \t]+extends\b)")
_OPERAND_DUE = re.compile(
    r"(?:^|[(,=:\[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|void|throw|new|default|do|else))$"
)
_NAME = re.compile(r"</?([\w.:-]*)")
_INLINE = frozenset(
    words(
        "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup"
        " time u var wbr"
    )
)
_MARKUP = re.compile(
    r"(?P<comment><!--)|(?P<tag></?[A-Za-z][\w.:-]*(?:[^<>\"'{}]|\"[^\"]*\"|'[^']*'|\{[^{}]*\})*+>)"
    r"|(?P<code>\{\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}\}|\{[^{}\n]*+\})|(?P<other><[!?][^<>]*+>)"
)
_SECTION = re.compile(r"<(script|style)\b[^<>]*+>", re.IGNORECASE)


def scan_script(code: str, start: int = 0, end: int | None = None, *, jsx: bool = True) -> Iterator[Prose]:
    """Comments and the text of JSX elements.

    A stack of modes follows code inside templates, attributes and elements; nothing recurses.
    """
    end = len(code) if end is None else end
    modes: list[tuple[str, int]] = [("script", 0)]
    position = start
    while position < end:
        mode, depth = modes[-1]
        pattern = {"script": _SCRIPT, "template": _TEMPLATE, "tag": _TAG, "children": _CHILD}[mode]
        match = pattern.search(code, position, end)
        if mode == "children":
            yield Prose(Kind.TEXT, position, position, match.start() if match else end)
        if match is None:
            return
        kind = match.lastgroup
        opened, position = match.span()
        if mode == "script":
            if kind == "line":
                yield Prose(Kind.LINE, opened, opened + 2, position - (code[position - 1] == "\r"))
            elif kind == "block":
                closed = position - 2 if code.endswith("*/", opened + 2, position) else position
                yield Prose(Kind.BLOCK, opened, opened + 2, closed)
            elif kind == "slash":
                regex = _REGEX.match(code, opened, end) if _operand_due(code, opened) else None
                position = regex.end() if regex else position
            elif kind == "angle":
                if jsx and _operand_due(code, opened) and not _GENERIC.match(code, opened):
                    yield Prose(Kind.BREAK, opened, opened, opened)
                    modes.append(("tag", 0))
            elif kind == "tick":
                modes.append(("template", 0))
            elif kind == "open":
                modes[-1] = (mode, depth + 1)
            elif kind == "shut":
                if depth:
                    modes[-1] = (mode, depth - 1)
                elif len(modes) > 1:
                    modes.pop()
        elif kind == "code":
            modes.append(("script", 0))
        elif kind == "tag":
            if not _is_inline(code, opened):
                yield Prose(Kind.BREAK, opened, opened, opened)
            modes.append(("tag", 0))
        elif kind == "end" and mode == "tag":
            modes[-1] = ("children", 0)
        elif kind in ("end", "alone"):
            if mode == "children" and not _is_inline(code, opened):
                yield Prose(Kind.BREAK, opened, opened, opened)
            modes.pop()


def _operand_due(code: str, position: int) -> bool:
    """Whether a slash or an angle at ``position`` starts a regular expression or an element."""
    return bool(_OPERAND_DUE.search(code[max(0, position - 60) : position].rstrip()))


def _is_inline(code: str, position: int) -> bool:
    name = _NAME.match(code, position)
    return name is not None and name[1].lower() in _INLINE


def scan_markup(code: str, start: int = 0, end: int | None = None) -> Iterator[Prose]:
    """Text and comments of HTML-like markup; tags, ``{expressions}``, scripts and styles are left out."""
    end = len(code) if end is None else end
    position = start
    while match := _MARKUP.search(code, position, end):
        opened = match.start()
        yield Prose(Kind.TEXT, position, position, opened)
        position = match.end()
        if match["comment"]:
            close = code.find("-->", position, end)
            stop = end if close < 0 else close
            yield Prose(Kind.BLOCK, opened, position, stop)
            position = end if close < 0 else close + 3
        elif match["tag"] and not _is_inline(code, opened):
            yield Prose(Kind.BREAK, opened, opened, opened)
    yield Prose(Kind.TEXT, position, position, end)


def scan_component(code: str, start: int = 0, end: int | None = None) -> Iterator[Prose]:
    """A Vue or Svelte component, or a page of HTML: markup around ``<script>`` and ``<style>``."""
    end = len(code) if end is None else end
    position = start
    while section := _SECTION.search(code, position, end):
        yield from scan_markup(code, position, section.start())
        yield Prose(Kind.BREAK, section.start(), section.start(), section.start())
        close = re.compile(f"</{section[1]}", re.IGNORECASE).search(code, section.end(), end)
        stop = close.start() if close else end
        if section[1].lower() == "script":
            yield from scan_script(code, section.end(), stop)
        else:
            yield from scan(code, CSS, section.end(), stop)
        position = stop
    yield from scan_markup(code, position, end)


def scan_php(code: str) -> Iterator[Prose]:
    """PHP inside its tags, markup outside."""
    position = 0
    while (opened := code.find("<?", position)) >= 0:
        yield from scan_component(code, position, opened)
        yield Prose(Kind.BREAK, opened, opened, opened)
        close = code.find("?>", opened)
        stop = len(code) if close < 0 else close
        yield from scan(code, PHP, opened + 2, stop)
        position = stop + 2
    if position < len(code):
        yield from scan_component(code, position)


SCRIPTS: dict[str, Callable[[str], Iterator[Prose]]] = {
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx", ".tsx"), scan_script),
    ".ts": lambda code: scan_script(code, jsx=False),
    ".vue": scan_component,
    ".svelte": scan_component,
    ".php": scan_php,
}
