"""PDF, read with pdfium."""

from __future__ import annotations

import contextlib
import re
from collections import deque
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw as pdfium

from auditor.documents.builder import DocumentBuilder
from auditor.documents.document import Document
from auditor.documents.interface import LoadOptions, Source
from auditor.documents.metadata import gathered
from auditor.documents.pdf_flow import PdfFlow
from auditor.documents.pdf_furniture import WINDOW, Furniture, PageLines
from auditor.documents.pdf_layout import read_lines
from auditor.documents.pdf_lines import paragraphs, writes_spaces
from auditor.documents.pdf_order import reading_order

_NO_PAGES = re.compile(rb"/Count\s{1,8}0\b")
_A_PAGE = re.compile(rb"/Type\s{0,8}/Page\b")
_TAIL = 1 << 16


class PdfLoader:
    """PDF documents that have a text layer, in reading order and by page.

    Columns are read one after the other, hyphens at line ends are mended, sentences that go on in the next
    column or page are joined, running heads and feet follow the body (once each), page numbers are left out.
    """

    name = "pdf"
    suffixes = (".pdf",)

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one PDF.

        Raises:
            DocumentError: If it is encrypted, damaged, cut off, has no pages, or too many, or too much text.
                (No text at all is reported by the caller: the document is empty then.)
        """
        if b"%%EOF" not in source.data[-_TAIL:]:
            # pdfium would mend it and leave out the pages that are gone.
            raise source.error("is cut off: its end-of-file mark is missing")
        builder = DocumentBuilder()
        with _opened(source) as pdf:
            count = len(pdf)
            if count == 0:
                raise source.error("has no pages")
            if count > options.limits.max_pages:
                raise source.error(f"has {count:,} pages, over the limit of {options.limits.max_pages:,}")
            _write(_pages(pdf, source, options.limits.max_text), builder)
            metadata = gathered(pdf.get_metadata_dict(skip_empty=True).items())
        return builder.build(source, self.name, metadata=metadata)


@contextlib.contextmanager
def _opened(source: Source) -> Iterator[pypdfium2.PdfDocument]:
    try:
        pdf = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        # pdfium refuses it without setting an error: the code is then that of an earlier file.
        if _NO_PAGES.search(source.data) and not _A_PAGE.search(source.data):
            raise source.error("has no pages") from error
        code = pdfium.FPDF_GetLastError() if error.err_code is None else error.err_code
        if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise source.error("is encrypted; save it without a password") from error
        raise source.error("is damaged or cut off: no readable PDF") from error
    try:
        yield pdf
    finally:
        pdf.close()


def _pages(pdf: pypdfium2.PdfDocument, source: Source, limit: int) -> Iterator[PageLines]:
    length = 0
    for number in range(1, len(pdf) + 1):
        try:
            page = pdf[number - 1]
        except pypdfium2.PdfiumError as error:
            raise source.error(f"is damaged: page {number} cannot be read") from error
        try:
            text_page = page.get_textpage()
            try:
                length += max(text_page.count_chars(), 0)
                if length > limit:
                    raise source.error(f"holds more text than the limit of {limit / 1e6:,.0f} MB")
                yield PageLines(number, page.get_height(), read_lines(page, text_page))
            finally:
                text_page.close()
        except pypdfium2.PdfiumError as error:
            raise source.error(f"is damaged: the text of page {number} cannot be read") from error
        finally:
            page.close()


def _write(pages: Iterator[PageLines], builder: DocumentBuilder) -> None:
    """Writes page after page, each seen beside its neighbours: what they share at the edges is no prose."""
    flow, furniture = PdfFlow(builder), Furniture()
    near: deque[PageLines] = deque()
    at = 0  # index in ``near`` of the page to be written next
    for page in pages:
        near.append(page)
        if len(near) - at > WINDOW:
            at = _turn(near, at, flow, furniture)
    while at < len(near):
        at = _turn(near, at, flow, furniture)
    flow.finish()
    furniture.write(builder)


def _turn(near: deque[PageLines], at: int, flow: PdfFlow, furniture: Furniture) -> int:
    """Writes one page; returns the index of the next."""
    page = near[at]
    lines = furniture.without(page, near)
    flow.keeps_spaces = writes_spaces(lines)
    found = [
        paragraph
        for block in reading_order(lines)
        for paragraph in paragraphs(block, page.number, keeps_spaces=flow.keeps_spaces)
    ]
    flow.measure(found)
    for paragraph in found:
        flow.add(paragraph)
    if at < WINDOW:
        return at + 1
    near.popleft()
    return at


LOADER = PdfLoader()
