"""Writes the paragraphs of a PDF in reading order, across columns and pages."""

from __future__ import annotations

import re
from collections import Counter

from auditor.documents.builder import DocumentBuilder
from auditor.documents.document import Role
from auditor.documents.pdf_lines import Paragraph, seam
from auditor.documents.plain_structure import REFERENCES

_HEADING_RATIO = 1.1
_SAME_SIZE = 0.08
_LONGEST_HEADING = 200
_MOST_HELD = 40
_AFTER_REFERENCES = re.compile(
    r"(?:[\dA-Z][.\d]*\s+)?(?:appendi(?:x|ces)|supplement(?:ary|al)|supporting information|acknowledge?ments?"
    r"|author contributions|funding|about the authors?|부록|附录|附錄|付録|anhang|annexes?|apéndice|anexos?"
    r"|приложение)\b.{0,80}",
    re.IGNORECASE,
)


class PdfFlow:
    """Joins sentences that go on in the next column or page, and marks roles.

    What interrupts an unfinished paragraph (a caption, a footnote in smaller letters) is held until the
    paragraph has gone on.
    """

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._sizes: Counter[int] = Counter()
        self._last: Paragraph | None = None
        self._text: str | None = None  # of the last paragraph, not yet written: its hyphen may have to go
        self._role: Role | None = None
        self._start = 0
        self._page: int | None = None
        self._held: list[Paragraph] = []
        self._references: int | None = None
        self.keeps_spaces = False

    def measure(self, paragraphs: list[Paragraph]) -> None:
        """Takes the letters' sizes of a page into account: most letters are the body's."""
        for paragraph in paragraphs:
            self._sizes[round(paragraph.size * 4)] += len(paragraph.text)

    def add(self, paragraph: Paragraph) -> None:
        """Takes the next paragraph in reading order."""
        if not paragraph.text.strip():
            return
        last = self._last
        if last is None or not self._open(last):
            self._release()
            self._begin(paragraph)
        elif self._continues(last, paragraph):
            self._go_on(paragraph)
        elif self._interrupts(last, paragraph) and len(self._held) < _MOST_HELD:
            self._held.append(paragraph)
        else:
            self._release()
            self._begin(paragraph)

    def finish(self) -> None:
        """Writes what is held and closes the reference list."""
        self._release()
        self._flush()
        self._end_references(len(self._builder))

    def _open(self, last: Paragraph) -> bool:
        """Whether a paragraph seems to go on: prose that does not end as a sentence does."""
        return self._role is None and not last.finished and (last.lines > 1 or last.full or bool(self._held))

    def _continues(self, last: Paragraph, paragraph: Paragraph) -> bool:
        if paragraph.caption or paragraph.bullet or not _same_size(last, paragraph):
            return False
        if self._is_heading(paragraph):
            return False
        first = paragraph.text[0]
        if first.islower() or last.last.hyphen:
            return True
        moved = paragraph.page != last.page or paragraph.first.top < last.last.top
        goes_on = moved and last.full and last.lines > 1 and not paragraph.indented
        return goes_on and (first.isalnum() or first in "(\"'“‘[")

    def _interrupts(self, last: Paragraph, paragraph: Paragraph) -> bool:
        """Whether an open paragraph may go on after this one."""
        if paragraph.page > last.page + 1 or self._is_heading(paragraph):
            return False
        return paragraph.caption or not _same_size(last, paragraph)

    def _is_heading(self, paragraph: Paragraph) -> bool:
        body = self._sizes.most_common(1)[0][0] / 4 if self._sizes else paragraph.size
        return (
            paragraph.size > _HEADING_RATIO * body
            and len(paragraph.text) <= _LONGEST_HEADING
            and paragraph.lines <= 4
            and not paragraph.caption
        ) or REFERENCES.fullmatch(paragraph.text[:_LONGEST_HEADING]) is not None

    def _begin(self, paragraph: Paragraph) -> None:
        self._flush()
        self._builder.block()
        heading = self._is_heading(paragraph)
        if heading and REFERENCES.fullmatch(paragraph.text):
            self._references = len(self._builder) if self._references is None else self._references
        elif self._references is not None and _AFTER_REFERENCES.fullmatch(paragraph.text[:_LONGEST_HEADING]):
            self._end_references(len(self._builder))
        self._role = Role.CAPTION if paragraph.caption else Role.HEADING if heading else None
        self._start = len(self._builder)
        self._hold(paragraph)

    def _go_on(self, paragraph: Paragraph) -> None:
        assert self._last is not None and self._text is not None
        body, glue = seam(self._text, self._last.last, paragraph.text, keeps_spaces=self.keeps_spaces)
        self._builder.add(body + glue)
        self._text = None
        self._hold(paragraph)

    def _hold(self, paragraph: Paragraph) -> None:
        if paragraph.page != self._page:
            self._builder.page(paragraph.page)
            self._page = paragraph.page
        self._last, self._text = paragraph, paragraph.text

    def _flush(self) -> None:
        """Writes the last paragraph to its end."""
        if self._last is None or self._text is None:
            return
        self._builder.add(self._text + ("-" if self._last.last.hyphen else ""))
        self._text = None
        if self._role is not None:
            self._builder.mark(self._start, len(self._builder), self._role)

    def _release(self) -> None:
        """Writes what was held, now that the interrupted paragraph is done."""
        held, self._held = self._held, []
        for paragraph in held:
            self._begin(paragraph)

    def _end_references(self, end: int) -> None:
        if self._references is not None:
            self._builder.mark(self._references, end, Role.REFERENCES)
            self._references = None


def _same_size(a: Paragraph, b: Paragraph) -> bool:
    return abs(a.size - b.size) <= _SAME_SIZE * max(a.size, b.size)
