"""Structure of Markdown, found by one pass over the lines and one over the inline markup.

A line scanner rather than a full parser: it is some ten times faster, keeps exact offsets, and a role that
is off by a line in a corner case does no harm. The rules are CommonMark's, GitHub's and the common
dialects' (MDX, Quarto, MyST, MkDocs admonitions).
"""

from __future__ import annotations

import io
import re

from auditor.documents.document import Role, RoleSpan
from auditor.documents.markdown_dialects import FRONT_MATTER, PROSE_DIRECTIVE, script_end, wrapper
from auditor.documents.markdown_inline import inline_roles
from auditor.documents.plain_structure import REFERENCES

_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})[ \t]*([^\r\n]*)")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,4}(?=\S)|[ \t]*$)")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]|$)")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,100}\]:")
_CONTAINER = re.compile(r'(?:!!!|\?\?\?\+?|={3}[!+]?(?=[ \t]+"))[ \t]+\S|:[ \t]{2,}\S')
_ALERT = re.compile(r"\[!(?!quote|cite)[\w-]+\]", re.IGNORECASE)
_CAPTION = re.compile(r"[*_]{0,3}(?:Figure|Fig\.|Table|그림|표|图|圖|図|表)[ \t]?\d", re.IGNORECASE)
_BOLD = re.compile(r"^(?:\*\*|__)(.{1,60}?)(?:\*\*|__)")
_RAW_HTML = re.compile(r"<(pre|script|style|textarea)(?=[\s>])", re.IGNORECASE)


def markdown_roles(text: str, *, mdx: bool = False) -> list[RoleSpan]:
    """Spans of code, quotation, headings, tables, footnotes, captions, comments, metadata and references.

    Args:
        text: Markdown.
        mdx: Whether indented text is no code and ``import``/``export`` blocks are, as in MDX.

    Returns:
        Spans in no particular order. Time is linear in the length of the text.
    """
    blocks = _Blocks(text, mdx)
    blocks.run()
    return blocks.spans + inline_roles(text, blocks.opaque)


class _Blocks:
    """State of the pass over the lines; offsets are into the whole text, -1 stands for 'not open'."""

    def __init__(self, text: str, mdx: bool) -> None:
        self.text = text
        self.mdx = mdx
        self.spans: list[RoleSpan] = []
        self.opaque: list[tuple[int, int]] = []
        self.blank = True
        self.indent = 0
        self.paragraph = self.caption = self.footnote = self.table = self.quote = self.previous = -1
        self.alert = False
        self.code = (-1, -1)
        self.references = (-1, 7)
        self.transparent: list[str] = []

    def run(self) -> None:
        text = self.text
        position = 0
        if text.startswith(("---", "+++")) and (front := FRONT_MATTER.match(text)):
            position = front.end()
            self.opaque.append((0, position))
            self.spans.append(RoleSpan(0, position, Role.METADATA))
        wrapped = wrapper(text, position)
        skip = position
        position = 0
        fence = ""
        fence_start = 0
        for line in io.StringIO(text, newline=""):
            start, position = position, position + len(line)
            if start < skip:
                continue
            body = line.lstrip(" \t")
            if fence:
                inner = body.lstrip("> \t") if fence[0] == ">" else body
                left_quote = fence[0] == ">" and body[:1] != ">"
                mark = fence.lstrip(">")
                if not left_quote and not (inner.startswith(mark) and not inner.strip().strip(mark[0])):
                    continue
                self._opaque(fence_start, start if left_quote else position)
                fence = ""
                if not left_quote:
                    self.blank = True
                    continue
            if not body or body[0] in "\r\n":
                self._blank(start)
                continue
            if start == wrapped:
                self.transparent.append(body[:3])
                self.opaque.append((start, position))
                continue
            opened = self._line(line, body, start, position)
            if isinstance(opened, str):
                fence, fence_start = opened, start
            else:
                skip = opened
        if fence:
            self._opaque(fence_start, len(text))
        self._end(len(text))

    def _line(self, line: str, body: str, start: int, end: int) -> str | int:
        """Reads one line that is not blank; gives the fence that it opens, or the offset to go on at."""
        indent = len(line) - len(body)
        if "\t" in line[:indent]:
            indent = len(line[:indent].expandtabs(4))
        after_blank, self.blank = self.blank, False
        if after_blank:
            self._leave(indent, body, start)
            if indent - self.indent >= 4 and not self.mdx:
                self.code = (start if self.code[0] < 0 else self.code[0], end)
                self.blank = True
                return end
            self._close_code()
        quoted = body[0] == ">"
        if quoted:
            body = body[len(body) - len(body.lstrip("> \t")) :] or "\n"
            if self.quote < 0:
                self.quote = start
                self.alert = bool(_ALERT.match(body))
            self.previous = start
        first = body[0]
        if first in "-*+0123456789" and (item := _ITEM.match(body)) and not _is_rule(body):
            self._end_paragraph(start)
            if self.quote >= 0 and not quoted:
                self._close_quote(start)
            self.indent = indent + item.end()
            body = body[item.end() :] or "\n"
            first = body[0]
        if first in "`~" and (found := _FENCE.match(body)):
            return self._fence(found, quoted, start, end)
        if quoted:
            return end
        if first.isalpha() and not after_blank:
            # Nearly every line: the paragraph, the lazy end of a quotation, or the table goes on.
            if self.paragraph < 0:
                self.paragraph = start
            self.previous = start
            if self.mdx or len(body) > 60:
                return end
        return self._block(first, body, indent, after_blank, start, end)

    def _block(self, first: str, body: str, indent: int, after_blank: bool, start: int, end: int) -> int:
        if first == "#" and (heading := _HEADING.match(body)):
            self._heading(start, end, len(heading[1]), body)
            return end
        if first in "=-" and self.paragraph >= 0 and self.table < 0 and not body.strip().strip(first):
            opened = self.paragraph
            self._heading(opened, end, 1 if first == "=" else 2, self.text[opened:start])
            return end
        if first in "|:-" and self.table < 0 and self.previous >= 0 and _is_delimiter(body):
            self.table = self.previous
            self.caption = -1
        elif first == "[" and (_FOOTNOTE.match(body) or body.startswith("[//]: #")):
            self._end_paragraph(start)
            if body[1] == "^":
                self.footnote = start
                self.indent = indent + 4
            else:
                self.spans.append(RoleSpan(start, end, Role.COMMENT))
            return end
        elif first in "!?=:" and _CONTAINER.match(body):
            self.indent = indent + 4
            self.paragraph = -1
            return end
        elif first == "<" and (stop := self._html(body, start + (len(self.text[start:end]) - len(body)))):
            return stop
        elif self.mdx and after_blank and indent == 0 and body.startswith(("import ", "export ")):
            stop = script_end(self.text, start)
            self._opaque(start, stop)
            return stop
        self._paragraph(body, after_blank, start)
        return end

    def _paragraph(self, body: str, after_blank: bool, start: int) -> None:
        self.previous = start
        if self.paragraph < 0:
            self.paragraph = start
        if after_blank and len(body) < 60 and REFERENCES.fullmatch(_BOLD.sub(r"\1", body)):
            self.references = (start, 7)
        if after_blank and body[0] in "*_FfTt그표图圖図表" and _CAPTION.match(body):
            self.caption = start

    def _fence(self, found: re.Match[str], quoted: bool, start: int, end: int) -> str | int:
        mark, info = found[1], found[2].strip()
        self._end_paragraph(start)
        self.blank = True
        if self.quote >= 0 and not quoted:
            self._close_quote(start)
        if not info and self.transparent and mark[:3] == self.transparent[-1]:
            self.transparent.pop()
            self.opaque.append((start, end))
            return end
        if PROSE_DIRECTIVE.match(info):
            self.transparent.append(mark[:3])
            self.opaque.append((start, end))
            return end
        return ">" * quoted + mark

    def _html(self, body: str, start: int) -> int:
        """End of a comment or of raw HTML that starts a line, 0 where the line is something else."""
        if body.startswith("<!--"):
            stop = self.text.find("-->", start)
            stop = stop + 3 if stop >= 0 else len(self.text)
            self.opaque.append((start, stop))
            self.spans.append(RoleSpan(start, stop, Role.COMMENT))
            return stop
        if raw := _RAW_HTML.match(body):
            close = re.compile(f"</{raw[1]}[ \t]*>", re.IGNORECASE).search(self.text, start)
            stop = close.end() if close else len(self.text)
            self._opaque(start, stop)
            return stop
        return 0

    def _heading(self, start: int, end: int, level: int, body: str) -> None:
        self._end_paragraph(start)
        self._close_quote(start)
        self.spans.append(RoleSpan(start, end, Role.HEADING))
        if self.references[0] >= 0 and level <= self.references[1]:
            # A setext title is first met as a paragraph: the list then begins where this heading does.
            if self.references[0] < start:
                self.spans.append(RoleSpan(self.references[0], start, Role.REFERENCES))
            self.references = (-1, 7)
        if len(body) < 80 and REFERENCES.fullmatch(body):
            self.references = (start, level)
        self.blank = True

    def _opaque(self, start: int, end: int) -> None:
        self.opaque.append((start, end))
        self.spans.append(RoleSpan(start, end, Role.CODE))

    def _leave(self, indent: int, body: str, start: int) -> None:
        """After a blank line, less indented text leaves the list, the footnote or the admonition."""
        if indent < self.indent and not _ITEM.match(body):
            self.indent = 0 if indent < 2 else min(self.indent, indent)
        if self.footnote >= 0 and indent < 2:
            self._close("footnote", start, Role.FOOTNOTE)

    def _close(self, name: str, end: int, role: Role) -> None:
        start: int = getattr(self, name)
        if 0 <= start < end:
            self.spans.append(RoleSpan(start, end, role))
        setattr(self, name, -1)

    def _close_code(self) -> None:
        if self.code[0] >= 0:
            self._opaque(*self.code)
            self.code = (-1, -1)

    def _close_quote(self, end: int) -> None:
        if self.alert:
            self.quote = -1
        self._close("quote", end, Role.QUOTATION)
        self.alert = False

    def _end_paragraph(self, end: int) -> None:
        self._close("table", end, Role.TABLE)
        self._close("caption", end, Role.CAPTION)
        self.paragraph = self.previous = -1

    def _blank(self, start: int) -> None:
        self._end_paragraph(start)
        self._close_quote(start)
        self.blank = True

    def _end(self, end: int) -> None:
        self._end_paragraph(end)
        self._close_quote(end)
        self._close_code()
        self._close("footnote", end, Role.FOOTNOTE)
        if self.references[0] >= 0:
            self.spans.append(RoleSpan(self.references[0], end, Role.REFERENCES))


def _is_rule(body: str) -> bool:
    """Whether a line is a thematic break (``***``, ``- - -``)."""
    return body[0] in "*-" and len(marks := body.replace(" ", "").strip()) >= 3 and not marks.strip(body[0])


def _is_delimiter(body: str) -> bool:
    """Whether a line is the row of dashes under the head of a table."""
    return "-" in body and "|" in body and not body.strip("|-: \t\r\n")
