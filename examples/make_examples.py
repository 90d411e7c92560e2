"""Makes radiology.pdf and radiology.docx of the passage in radiology.txt; the same bytes every time.

Needs reportlab and python-docx (the ``test`` extra): ``python examples/make_examples.py``.
"""

from __future__ import annotations

import argparse
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
HEADINGS = {"Abstract", "Introduction", "Patients and methods", "Results", "Discussion", "Conclusion"}
RUNNING_HEAD = "Combined vascular and biliary injury"
# Where the words of the passage may be parted at the end of a line.
SYLLABLES = (
    "access ad-vice an-te-ri-al ar-tery bil-i-ary chol-an-gi-og-ra-phy col-lat-er-al com-bined com-puted "
    "con-sult dis-cussed doc-u-mented drain-age es-sen-tial ex-am-i-na-tion gen-eral he-pat-ic "
    "hep-a-ti-co-je-ju-nos-tomy iat-ro-genic imag-ing in-for-ma-tion in-jury in-ju-ries in-ter-val "
    "in-ter-vals lan-guage man-age-ment man-ag-ing med-i-cal op-er-a-tion pa-tient pa-tients "
    "per-son-al-ized pos-te-rior pro-fes-sional pro-vide re-con-structed re-stored seg-ments spe-cific "
    "steno-sis sum-mary su-ture sur-geons ul-tra-sound"
)
PARTS = {word.replace("-", ""): word.split("-") for word in SYLLABLES.split()}

FONT, BOLD, SIZE, LEADING = "Times-Roman", "Times-Bold", 11, 15.2
COLUMN, GUTTER, MARGIN, TOP, FOOT = 228.0, 24.0, 57.0, 100.0, 78.0


def paragraphs() -> list[str]:
    """The passage of radiology.txt, one string a paragraph."""
    text = (HERE / "radiology.txt").read_text(encoding="utf-8")
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def lines(text: str, width: float) -> Iterator[str]:
    """Breaks a paragraph into lines, parting words with a hyphen where that fills a line."""

    def fits(line: str) -> bool:
        return stringWidth(line, FONT, SIZE) <= width

    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if fits(joined):
            line = joined
            continue
        head, tail = "", word
        bare = word.strip(".,;()")
        for cut in range(1, len(PARTS.get(bare, ()))):
            start = word[: word.index(bare)] + "".join(PARTS[bare][:cut])
            if fits(f"{line} {start}-"):
                head, tail = start + "-", word[len(start) :]
        yield f"{line} {head}".strip()
        line = tail
    yield line


class Page:
    """Two columns on A4 under a running head, filled from the top left."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.number = 0
        self.column = 1
        self.y = 0.0

    def room(self, height: float) -> None:
        """Moves on to the next column or page unless ``height`` points are left."""
        if self.number and self.y - height >= FOOT:
            return
        self.column += 1
        if self.column > 1:
            if self.number:
                self.canvas.showPage()
            self.number, self.column = self.number + 1, 0
            self.canvas.setFont(FONT, 9)
            self.canvas.drawString(MARGIN, A4[1] - 60, RUNNING_HEAD)
            self.canvas.drawRightString(A4[0] - MARGIN, A4[1] - 60, "Example Reports in Imaging 7 (2)")
            self.canvas.drawCentredString(A4[0] / 2, 45, str(40 + self.number))
        self.y = A4[1] - TOP

    def line(self, text: str, *, font: str = FONT, size: float = SIZE, justify: bool = False) -> None:
        """Sets one line of the current column."""
        self.room(LEADING)
        slack = COLUMN - stringWidth(text, font, size)
        space = slack / text.count(" ") if justify and " " in text else 0.0
        self.canvas.setFont(font, size)
        x = MARGIN + self.column * (COLUMN + GUTTER)
        self.canvas.drawString(x, self.y, text, wordSpace=space)
        self.y -= LEADING


def make_pdf() -> bytes:
    """Two columns, running heads, words parted at line ends; the leak stands on page 2."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    title, byline, *body = paragraphs()
    canvas.setTitle(title)
    page = Page(canvas)
    for text in lines(title, COLUMN * 0.8):
        page.line(text, font=BOLD, size=13)
    page.line(byline, font="Times-Italic", size=9)
    page.y -= LEADING
    for paragraph in body:
        if paragraph in HEADINGS:
            page.room(4 * LEADING)
            page.y -= LEADING * 0.6
            page.line(paragraph, font=BOLD, size=11)
            continue
        *most, last = lines(paragraph, COLUMN)
        for text in most:
            page.line(text, justify=True)
        page.line(last)
        page.y -= LEADING * 0.4
    canvas.save()
    return buffer.getvalue()


def make_docx() -> bytes:
    """A manuscript with headings, a table and a comment in its margin."""
    document = Document()
    title, byline, *body = paragraphs()
    document.core_properties.title = title
    document.core_properties.author = "Example"
    document.core_properties.created = document.core_properties.modified = datetime(2024, 3, 1)
    document.add_heading(title, level=0)
    document.add_paragraph(byline).runs[0].italic = True
    for paragraph in body:
        if paragraph in HEADINGS:
            document.add_heading(paragraph, level=1)
            continue
        added = document.add_paragraph(paragraph)
        if paragraph.startswith("Neither patient"):
            comment = document.add_comment(
                added.runs, "Please add the dates of the last visits.", author="Reviewer"
            )
            comment._comment_elm.set(  # the library stamps comments with the time of day
                "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}date", "2024-03-01T00:00:00Z"
            )
            table = document.add_table(rows=1, cols=3)
            for row in (("", "Patient 1", "Patient 2"), ("Time to restored inflow", "6 hours", "1 day")):
                cells = table.rows[0].cells if row[0] == "" else table.add_row().cells
                for cell, text in zip(cells, row, strict=True):
                    cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return dateless(buffer.getvalue())


def dateless(data: bytes) -> bytes:
    """The same archive with every member dated alike."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def main() -> None:
    """Writes both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=HERE)
    folder = parser.parse_args().folder
    (folder / "radiology.pdf").write_bytes(make_pdf())
    (folder / "radiology.docx").write_bytes(make_docx())


if __name__ == "__main__":
    main()
