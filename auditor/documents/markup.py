"""Cuts HTML and XHTML into tags and text with their offsets, in one pass.

The standard library's ``html.parser`` gives lines and columns only and, in many releases of Python 3.11 and
3.12, takes quadratic time over unclosed comments, declarations and tags. This follows the tokenisation of the
HTML standard as far as the text of a page depends on it, looks at no character more than a few times, and
never fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"<(?=[a-zA-Z/!?])")
_LETTER = re.compile(r"[a-zA-Z]")
_BARE = re.compile(r"</?([a-zA-Z][^\s/>]*+)>")
_TAG_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
_ATTRIBUTE = re.compile(r"[\s/]*+(?:(=[^\s/>=]*+|[^\s/>=]++)(?:\s*+(=)\s*+)?+)?+")
_UNQUOTED = re.compile(r"[^\s>]*+")
_RAW = frozenset({"script", "style", "noscript", "iframe", "noembed", "noframes", "xmp"})
_ESCAPABLE = frozenset({"title", "textarea"})
_CLOSES = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW | _ESCAPABLE}
_FOREIGN = frozenset({"svg", "math"})
_KEPT = frozenset(
    {
        *("alt", "aria-label", "charset", "class", "content", "epub:type", "id", "itemprop", "label", "name"),
        *("placeholder", "property", "role", "summary", "title", "type", "value"),
    }
)
"""The attributes that are kept; a page with a million others costs time but no memory."""


@dataclass(slots=True)
class Tag:
    """A start or an end tag."""

    name: str
    start: int
    attributes: dict[str, tuple[int, int]]
    """Start and end of each value that is kept."""
    closing: bool = False
    empty: bool = False
    """Whether it is written ``<br/>``; means something in XML only."""


@dataclass(slots=True)
class Text:
    """``markup[start:end]`` is text; ``literal`` where entities in it are not decoded (CDATA, script)."""

    start: int
    end: int
    literal: bool = False
    inside: str = ""
    """Name of the element whose whole raw content this is (``script``, ``style`` …), else empty."""


class Tokenizer:
    """Tokens of a page.

    Args:
        markup: The page.
        xml: Whether it is XHTML: ``<title/>`` is empty, CDATA sections are text, prefixes are dropped.
    """

    def __init__(self, markup: str, *, xml: bool = False) -> None:
        self._markup = markup
        self._xml = xml
        self._foreign = 0

    def __iter__(self) -> Iterator[Tag | Text]:
        markup, position = self._markup, 0
        while position < len(markup):
            found = _MARK.search(markup, position)
            start = found.start() if found else len(markup)
            if start > position:
                yield Text(position, start)
            if not found:
                return
            after = markup[start + 1]
            if after in "!?":
                position, text = self._declaration(start)
                if text:
                    yield text
            elif after == "/" and not _LETTER.match(markup, start + 2):
                position = self._past(">", start)
            else:
                tag, position = self._tag(start)
                if tag is None:  # the page ends inside it
                    yield Text(start, len(markup))
                    return
                yield tag
                if tag.name in _FOREIGN or tag.name in _CLOSES:
                    content = self._content(tag, position)
                    if content.end > position:
                        yield content
                    position = content.end

    def _past(self, mark: str, start: int) -> int:
        found = self._markup.find(mark, start)
        return len(self._markup) if found < 0 else found + len(mark)

    def _declaration(self, start: int) -> tuple[int, Text | None]:
        """A comment, a CDATA section, a doctype or a processing instruction."""
        markup = self._markup
        if markup.startswith("<!--", start):
            if markup.startswith((">", "->"), start + 4):
                return self._past(">", start), None
            return self._past("-->", start + 4), None
        if markup.startswith("<![CDATA[", start) and (self._xml or self._foreign):
            end = self._past("]]>", start)
            return end, Text(start + 9, max(start + 9, end - 3), literal=True)
        return self._past("?>" if self._xml and markup[start + 1] == "?" else ">", start), None

    def _content(self, tag: Tag, start: int) -> Text:
        """The content of an element that has no tags inside; empty for any other."""
        name = tag.name
        if name in _FOREIGN:
            self._foreign = max(self._foreign + (-1 if tag.closing else not tag.empty), 0)
        if name in _FOREIGN or tag.closing or (tag.empty and (self._xml or self._foreign)):
            return Text(start, start)
        found = _CLOSES[name].search(self._markup, start)
        end = found.start() if found else len(self._markup)
        return Text(start, end, literal=name in _RAW, inside=name if name in _RAW else "")

    def _tag(self, start: int) -> tuple[Tag | None, int]:
        """The tag at ``start`` and where it ends; no tag where the page ends inside it."""
        markup = self._markup
        closing = markup[start + 1] == "/"
        if bare := _BARE.match(markup, start):
            name = bare[1].lower()
            return Tag(name.rpartition(":")[2] if self._xml else name, start, {}, closing), bare.end()
        match = _TAG_NAME.match(markup, start + 1 + closing)
        if match is None:
            return None, start
        name, position = match[0].lower(), match.end()
        attributes: dict[str, tuple[int, int]] = {}
        while markup[position : position + 1] != ">":
            attribute = _ATTRIBUTE.match(markup, position)
            assert attribute is not None
            position = attribute.end()
            if attribute[2]:
                bounds = self._value(position)
                if bounds is None:
                    return None, start
                key = attribute[1].lower()
                if key in _KEPT:
                    attributes.setdefault(key, bounds)
                position = bounds[1] + (markup[bounds[1] : bounds[1] + 1] in ("'", '"'))
            if position >= len(markup):
                return None, start
        empty = markup[position - 1] == "/"
        if self._xml:
            name = name.rpartition(":")[2]
        return Tag(name, start, attributes, closing, empty), position + 1

    def _value(self, position: int) -> tuple[int, int] | None:
        quote = self._markup[position : position + 1]
        if quote in ("'", '"') and quote:
            end = self._markup.find(quote, position + 1)
            return None if end < 0 else (position + 1, end)
        match = _UNQUOTED.match(self._markup, position)
        assert match is not None
        return match.span()
