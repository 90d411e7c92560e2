"""Source code: its comments, docstrings and the text of its markup are the document, all else is left out.

One scanner driven by tables reads every language. The standard library's ``tokenize`` would read Python
more strictly but gives up at the first error, and samples of code that do not compile are common in what is
audited.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from auditor.documents.builder import DocumentBuilder
from auditor.documents.code_languages import BY_NAME, BY_SUFFIX, MAKE, Language
from auditor.documents.code_scanner import Kind, Prose, scan
from auditor.documents.code_script import SCRIPTS
from auditor.documents.code_yaml import scan_yaml
from auditor.documents.document import Document, Role
from auditor.documents.encoding import decode
from auditor.documents.interface import LoadOptions, Source
from auditor.documents.plain_structure import plain_roles
from auditor.documents.spelled import Spelled

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.MULTILINE)
_MARKS = re.compile(r"[/#!;%*\-'|:]*[ \t]?")
_STARS = re.compile(r"[ \t]*(?:\*+(?!\S*\*)[ \t]?)?")
_INDENT = re.compile(r"[ \t]*")
_RULE = re.compile(r"[\W_]*")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_CODE = re.compile(r"``[^`\n]{1,300}``|`[^`\n]{1,300}`|^[ \t]*(?:>>>|\.\.\.) [^\n]*\n?", re.MULTILINE)


class CodeLoader:
    """Comments, docstrings, JSX and template text. A file that has none is a document without text."""

    name = "code"
    suffixes = (
        *(
            ".py",
            ".pyi",
            ".js",
            ".mjs",
            ".cjs",
            ".jsx",
            ".ts",
            ".tsx",
            ".vue",
            ".svelte",
            ".java",
            ".kt",
            ".scala",
        ),
        *(
            ".c",
            ".h",
            ".cc",
            ".cpp",
            ".hpp",
            ".cs",
            ".go",
            ".rs",
            ".swift",
            ".php",
            ".rb",
            ".sh",
            ".bash",
            ".r",
        ),
        *(".sql", ".lua", ".pl", ".jl", ".dart", ".yaml", ".yml", ".toml", ".css", ".scss"),
    )

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one source file; raises DocumentError where it is binary."""
        cookie = _COOKIE.search(source.data[:200])
        code, encoding = decode(source, cookie[1].decode("ascii") if cookie else None)
        builder = DocumentBuilder()
        base = source.name.replace("\\", "/").rpartition("/")[2].lower()
        add_prose(builder, Spelled.identity(code), scan_by_name(code, source.suffix, base))
        return builder.build(source, self.name, raw=code, encoding=encoding)


def scan_by_name(code: str, suffix: str, base: str = "") -> Iterable[Prose]:
    """The prose of source code whose language the file name tells; ``#`` comments where it does not."""
    if suffix in SCRIPTS:
        return SCRIPTS[suffix](code)
    if suffix in (".yaml", ".yml"):
        return scan_yaml(code)
    language: Language = BY_SUFFIX.get(suffix) or BY_NAME.get(base) or MAKE
    return scan(code, language)


def add_prose(builder: DocumentBuilder, code: Spelled, found: Iterable[Prose]) -> None:
    """Appends what a scanner found: comment signs taken off, a sentence over several lines in one piece."""
    writer = _Writer(builder, code)
    for prose in found:
        writer.add(prose)
    writer.finish()


class _Writer:
    def __init__(self, builder: DocumentBuilder, code: Spelled) -> None:
        self.builder = builder
        self.code = code
        self.first = len(builder)
        self.fresh = True  # nothing in the current paragraph yet
        self.previous = -1  # end of the line comment before
        self.line = 0  # start of the line that `seen` is on
        self.seen = 0
        self.column = (-1, False)
        self.docs: list[tuple[int, int]] = []

    def add(self, prose: Prose) -> None:
        if prose.kind is Kind.LINE:
            self._line(prose)
            return
        self.previous = -1
        if prose.kind is Kind.BREAK:
            self._paragraph()
        elif prose.kind is Kind.TEXT:
            self._lines(prose.start, prose.end, _INDENT, keep_edges=True)
        else:
            self._paragraph()
            start = len(self.builder)
            end = prose.start + len(self.code.text[prose.start : prose.end].rstrip(" \t\r\n*"))
            self._lines(prose.start, end, _STARS if prose.kind is Kind.BLOCK else _INDENT)
            self.docs.append((start, len(self.builder)))
            self._paragraph()

    def _line(self, prose: Prose) -> None:
        text = self.code.text
        found = text.rfind("\n", self.seen, prose.opened)
        feeds = text.count("\n", self.seen, prose.opened) if found >= 0 else 0
        if found >= 0:
            self.line = found + 1
        indent = prose.opened - self.line
        alone = indent < 400 and not text[self.line : prose.opened].strip()
        goes_on = (
            self.previous == self.seen
            and feeds == 1
            and alone
            and (self.column[1] or self.column[0] == indent)
        )
        self.column = (indent, alone and (self.column[1] or not goes_on))
        self.seen = self.previous = prose.end
        lead = _MARKS.match(text, prose.start, prose.end)
        start = lead.end() if lead else prose.start
        if not goes_on or _RULE.fullmatch(text, start, min(prose.end, start + 400)):
            self._paragraph()
        elif not self.fresh:
            self.code.add_to(self.builder, found, found + 1)
        self._write(start, prose.end)

    def _lines(self, start: int, end: int, margin: re.Pattern[str], keep_edges: bool = False) -> None:
        """Lines of a block, each without its margin; blank lines part paragraphs."""
        text = self.code.text
        first = True
        while start < end:
            feed = text.find("\n", start, end)
            stop = end if feed < 0 else feed
            body = start
            if not (keep_edges and first) and (found := margin.match(text, start, stop)):
                body = found.end()
            if not text[body:stop].strip():
                if keep_edges and (first or feed < 0):
                    if not self.fresh and body < stop:
                        self.code.add_to(self.builder, body, body + 1)
                elif not first:
                    self._paragraph()
            else:
                self._write(body, stop)
            if feed >= 0 and not self.fresh:
                self.code.add_to(self.builder, feed, feed + 1)
            first = False
            start = stop + 1

    def _write(self, start: int, end: int) -> None:
        text = self.code.text
        while end > start and text[end - 1] in "\r\n":
            end -= 1
        if self.fresh and not text[start:end].strip():
            return
        if self.fresh:
            self.builder.block()
        self.fresh = False
        for entity in _ENTITY.finditer(text, start, end) if "&" in text[start:end] else ():
            if (decoded := html.unescape(entity.group())) != entity.group():
                self.code.add_to(self.builder, start, entity.start())
                self.code.add_as(self.builder, decoded, entity.start())
                start = entity.end()
        self.code.add_to(self.builder, start, end)

    def _paragraph(self) -> None:
        self.fresh = True

    def finish(self) -> None:
        """Marks samples of code inside the comments."""
        text = self.builder.text
        for match in _CODE.finditer(text, self.first):
            self.builder.mark(*match.span(), Role.CODE)
        for start, end in self.docs:
            if "```" in (doc := text[start:end]):
                for span in plain_roles(doc):
                    if span.role is Role.CODE:
                        self.builder.mark(start + span.start, start + span.end, span.role)


LOADER = CodeLoader()
