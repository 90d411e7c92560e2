"""Structure of reStructuredText, found by one pass over the lines."""

from __future__ import annotations

import io
import re

from auditor.documents.document import Role, RoleSpan
from auditor.documents.plain_structure import REFERENCES
from auditor.documents.spelled import words

_UNDERLINE = re.compile(r"([!-/:-@\[-`{-~])\1*\s*$")
_DIRECTIVE = re.compile(r"\.\.[ \t]+(?:\|[^|\n]{1,80}\|[ \t]+)?([A-Za-z][\w:.+-]*?)::(?:[ \t]+(\S.*))?")
_NOTE = re.compile(r"\.\.[ \t]+\[(#?[^\]\s]{0,80}|\*)\](?:[ \t]|$)")
_ITEM = re.compile(r"(?:[-*+•]|\(?(?:\d{1,9}|[A-Za-z#])[.)])[ \t]+(?=\S)|:[^:\n]{1,80}:(?:[ \t]+(?=\S)|\s*$)")
_GRID = re.compile(r"\+(?:[-=]+\+)+\s*$|=+(?:[ \t]+=+)+\s*$")
_INLINE = re.compile(
    r"``|:(?:code|literal|file|command|program|option|envvar|samp|kbd|[a-z]+:[a-z]+):`[^`\n]{1,300}`"
)
_CODE = frozenset(
    words(
        "code code-block sourcecode highlight literalinclude parsed-literal prompt math raw testcode"
        " doctest testsetup testoutput ipython graphviz digraph graph plot mermaid productionlist autoclass"
        " autofunction automodule automethod jinja uml console code-cell nbplot exec_code"
    )
)
_QUOTED = frozenset(("epigraph", "highlights", "pull-quote"))
_TABLES = frozenset(("csv-table", "list-table", "table", "flat-table"))
_HIDDEN = frozenset(
    ("meta", "toctree", "include", "index", "contents", "highlight", "default-role", "currentmodule")
)


def rst_roles(text: str) -> list[RoleSpan]:
    """Spans of literal blocks, quotation, headings, tables, notes, captions, comments, metadata, references.

    Args:
        text: reStructuredText.

    Returns:
        Spans in no particular order. Time is linear in the length of the text.
    """
    lines = _Lines(text)
    lines.run()
    return lines.spans + _inline(text, lines.spans)


class _Lines:
    """State of the pass; a region is what is indented deeper than the line that opened it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[RoleSpan] = []
        self.region: tuple[int, int, Role | None] | None = None  # start, indent of its opener, role
        self.containers: list[int] = []
        self.literal = False
        self.blank = True
        self.previous: tuple[int, int, str] | None = None  # the line before: start, indent, text
        self.overline = self.table = self.quote = self.doctest = self.docinfo = self.references = -1
        self.caption = (-1, -1)
        self.last = 0

    def run(self) -> None:
        position = 0
        for line in io.StringIO(self.text, newline=""):
            start, position = position, position + len(line)
            body = line.strip()
            if not body:
                self._blank(start)
                continue
            indent = len(line) - len(line.lstrip())
            if "\t" in line[:indent]:
                indent = len(line[:indent].expandtabs(8))
            self._line(body, indent, start, position)
            self.blank = False
            self.last = position
        self._blank(position)
        self._close_region()
        self._close_quote()
        if self.references >= 0:
            self.spans.append(RoleSpan(self.references, position, Role.REFERENCES))

    def _line(self, body: str, indent: int, start: int, end: int) -> None:
        if self.region:
            if indent > self.region[1]:
                self._caption(body, start)
                return
            self._close_region()
        if self.quote >= 0 and self.blank and indent <= self.containers_top():
            self._close_quote()
        if self.table >= 0:
            return
        if self.blank and self.literal:
            self.literal = False
            if indent > (opener := self.previous[1] if self.previous else 0):
                self.region = (start, opener, Role.CODE)
                return
        if self.blank:
            self._block_start(body, indent, start)
        if body.startswith("..") and (body == ".." or body[2] in " \t"):
            self._explicit(body, indent, start, end)
            return
        if self._heading(body, indent, start, end):
            return
        if body.endswith("::"):
            self.literal = True
        self.previous = (start, indent, body)

    def _block_start(self, body: str, indent: int, start: int) -> None:
        while self.containers and indent < self.containers[-1]:
            self.containers.pop()
        if _GRID.match(body):
            self.table = start
        elif body.startswith(">>> "):
            self.doctest = start
        elif item := _ITEM.match(body):
            self.containers.append(indent + item.end())
            if body[0] == ":" and not self.spans and self.previous is None:
                self.docinfo = start
        elif indent > self.containers_top() and self.quote < 0 and self.previous is not None:
            self.quote = start

    def containers_top(self) -> int:
        return self.containers[-1] if self.containers else 0

    def _explicit(self, body: str, indent: int, start: int, end: int) -> None:
        """Directive, footnote, citation, target or comment."""
        self.previous = (start, indent, "")
        role: Role | None = Role.COMMENT
        if found := _DIRECTIVE.match(body):
            name = found[1].lower().rpartition(":")[2]
            role = None
            if name in _CODE:
                role = Role.CODE
            elif name in _QUOTED:
                role = Role.QUOTATION
            elif name in _TABLES:
                role = Role.TABLE
            elif name in _HIDDEN:
                role = Role.METADATA
            elif name == "figure":
                self.caption = (0, -1)
            if role is None:
                # The body of a note is ordinary text, indented as one level.
                self.containers.append(indent + 3)
                if name == "figure":
                    self.region = (start, indent, None)
                return
        elif note := _NOTE.match(body):
            role = Role.FOOTNOTE if note[1][:1] in "#*0123456789" else Role.REFERENCES
        elif body[2:].lstrip().startswith(("_", "__", "|")):
            return
        self.region = (start, indent, role)

    def _heading(self, body: str, indent: int, start: int, end: int) -> bool:
        if _UNDERLINE.match(body) and len(body) >= 3:
            before = self.previous
            if before and not self.blank and before[2] and not _UNDERLINE.match(before[2]):
                opened = self.overline if self.overline >= 0 else before[0]
                self._title(opened, end, before[2])
                self.overline = -1
                self.previous = None if before is None else (start, indent, "")
                return True
            if self.blank:
                self.overline = start
        elif self.blank:
            self.overline = -1
        return False

    def _title(self, start: int, end: int, title: str) -> None:
        self.spans.append(RoleSpan(start, end, Role.HEADING))
        self._close_quote()
        self.containers.clear()
        if self.references >= 0:
            self.spans.append(RoleSpan(self.references, start, Role.REFERENCES))
            self.references = -1
        if len(title) < 80 and REFERENCES.fullmatch(title):
            self.references = start

    def _caption(self, body: str, start: int) -> None:
        """The first paragraph of a figure that is not its options."""
        if self.caption[1] < 0 <= self.caption[0] and self.blank and body[0] != ":":
            self.caption = (start, start)

    def _blank(self, start: int) -> None:
        if self.caption[1] > 0:
            self.spans.append(RoleSpan(self.caption[0], start, Role.CAPTION))
            self.caption = (-1, -1)
        for name, role in (("table", Role.TABLE), ("doctest", Role.CODE), ("docinfo", Role.METADATA)):
            if (opened := getattr(self, name)) >= 0:
                self.spans.append(RoleSpan(opened, start, role))
                setattr(self, name, -1)
        self.blank = True

    def _close_region(self) -> None:
        if self.region:
            start, _, role = self.region
            if role is not None:
                self.spans.append(RoleSpan(start, self.last, role))
            self.region = None
            self.caption = (-1, -1)

    def _close_quote(self) -> None:
        if self.quote >= 0:
            self.spans.append(RoleSpan(self.quote, self.last, Role.QUOTATION))
            self.quote = -1


def _inline(text: str, blocks: list[RoleSpan]) -> list[RoleSpan]:
    """``literals`` and roles such as :code:`x`, outside blocks of code."""
    code = sorted((span.start, span.end) for span in blocks if span.role is Role.CODE)
    spans = []
    position = 0
    i = 0
    while match := _INLINE.search(text, position):
        start, position = match.span()
        while i < len(code) and code[i][1] <= start:
            i += 1
        if i < len(code) and code[i][0] <= start:
            position = max(position, code[i][1])
            continue
        if match.group() == "``":
            close = text.find("``", position, position + 500)
            if close < 0 or "\n\n" in text[position:close]:
                continue
            position = close + 2
        spans.append(RoleSpan(start, position, Role.CODE))
    return spans
