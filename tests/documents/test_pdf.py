from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from reportlab.lib import pdfencrypt
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from auditor.documents import Document, DocumentError, Limits, LoadOptions, Role
from tests.patience import patience

from .reading import blocks, damaged, outcome, place, read, texts

HEIGHT, WIDTH = 792, 612
LEADING = 12
PROSE = (
    "The treatment of patients with a long history of this disease is often delayed, and the reasons for the "
    "delay have been studied in many places without a clear result so far. We asked all who came to the "
    "clinic in one year what had kept them from coming earlier, and found that most of them had not known "
    "where they should go. "
)
SPLICE = (
    "In summary, the management of bilateral iatrogenic I'm very sorry, but I don't have access to real-time "
    "information or patient-specific data, as I am an AI language model."
)


def pdf(draw: Callable[[Canvas], None], **options: Any) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, **options)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def lines(
    canvas: Canvas,
    content: Sequence[str],
    x: float = 72,
    y: float = 600,
    size: float = 10,
    font: str = "Times-Roman",
) -> float:
    """Draws lines from ``y`` downwards; gives the height of the next one."""
    canvas.setFont(font, size)
    for line in content:
        canvas.drawString(x, y, line)
        y -= LEADING
    return y


def wrapped(text: str, width: float, size: float = 10, font: str = "Times-Roman") -> list[str]:
    """Breaks text into lines of at most ``width`` points."""
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if pdfmetrics.stringWidth(longer, font, size) > width and found[-1]:
            found.append(word)
        else:
            found[-1] = longer
    return found


def page_of(*content: str, **options: Any) -> Document:
    return read(pdf(lambda canvas: lines(canvas, content, **options) and None), "a.pdf")


def test_a_phrase_over_two_lines_reads_as_one_sentence() -> None:
    text = page_of(*wrapped(SPLICE, 250)).text
    assert text == SPLICE


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("the management of bi-", "lateral iatrogenic injuries of it", "of bilateral iatrogenic"),
        ("as was shown for the non-", "European part of the population", "the non-European part"),
        ("in the years between 2019-", "2021 there were very few of them", "2019-2021 there"),
        ("without any access to real-", "time information about it all", "to real-time information"),
        ("the rules are in the code-of-", "conduct of the project itself", "code-of-conduct"),
        ("a dash at the end of the line —", "and the sentence goes on after it", "line — and"),
        ("it was found in each of the of\ufb01ces", "of the ministry that were searched", "of\ufb01ces of"),
    ],
)
def test_line_ends(above: str, below: str, joined: str) -> None:
    above, joined = above.replace("\ufb01", "fi"), joined.replace("\ufb01", "fi")
    text = page_of("A first line that is long enough to be the column", above, below).text
    assert joined in text
    assert "\n" not in text


def test_paragraphs_are_told_by_indents_and_gaps() -> None:
    first, second, third = (
        wrapped(PROSE, 300),
        wrapped("Another " + PROSE, 300),
        wrapped("A third " + PROSE, 300),
    )

    def draw(canvas: Canvas) -> None:
        y = lines(canvas, first)
        y = lines(canvas, second[:1], x=90, y=y)
        y = lines(canvas, second[1:], y=y)
        lines(canvas, third, y=y - 8)

    assert [block[:7] for block in blocks(read(pdf(draw), "a.pdf"))] == ["The tre", "Another", "A third"]


def two_columns(by_rows: bool, columns: int = 2) -> bytes:
    """A title over all columns, then one text that fills one column after the other, and a note under all."""
    step = 468 / columns
    content = wrapped(PROSE * 2 + SPLICE, step - 20)
    content += [""] * (-len(content) % columns)
    rows = len(content) // columns
    stacks = [content[i * rows : (i + 1) * rows] for i in range(columns)]

    def draw(canvas: Canvas) -> None:
        lines(
            canvas,
            wrapped("A title of the same size as the text, over the whole width of the page", 468),
            y=640,
        )
        if by_rows:
            for row in range(rows):
                for column, stack in enumerate(stacks):
                    lines(canvas, stack[row : row + 1], x=72 + column * step, y=620 - row * LEADING)
        else:
            for column, stack in enumerate(stacks):
                lines(canvas, stack, x=72 + column * step, y=620)
        lines(
            canvas,
            wrapped(
                "Below the columns there is one more line, over the whole width of the page as the title is.",
                468,
            ),
            y=300,
        )

    return pdf(draw)


@pytest.mark.parametrize("by_rows", [True, False])
@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_after_the_other(by_rows: bool, columns: int) -> None:
    found = blocks(read(two_columns(by_rows, columns), "a.pdf"))
    assert found[0].startswith("A title of the same size")
    assert found[-1].startswith("Below the columns")
    assert " ".join(found[1:-1]).replace("\n", " ") == PROSE * 2 + SPLICE
    assert any(SPLICE in block for block in found)


def test_wide_spaces_of_justified_lines_make_no_columns() -> None:
    content = wrapped(PROSE, 300)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 10)
        for row, line in enumerate(content):
            words = line.split()
            if row % 3 == 1:
                words = words[:-2]  # as where a long word did not fit
            spare = 300 - sum(pdfmetrics.stringWidth(word, "Times-Roman", 10) for word in words)
            x = 72.0
            for word in words:
                canvas.drawString(x, 600 - row * LEADING, word)
                x += pdfmetrics.stringWidth(word, "Times-Roman", 10) + spare / max(len(words) - 1, 1)

    found = blocks(read(pdf(draw), "a.pdf"))
    assert len(found) == 1
    assert found[0].startswith("The treatment of patients with a long history")


def journal() -> bytes:
    """Four pages with running heads and numbers, one sentence over pages 1 and 2, and things in between."""
    first, second = wrapped(PROSE + SPLICE, 400)[:-1], wrapped(PROSE + SPLICE, 400)[-1:]

    def edges(canvas: Canvas, number: int) -> None:
        lines(canvas, ["Journal of Examples" if number % 2 else "Kim and Lee"], x=250, y=750, size=8)
        lines(canvas, [str(100 + number)], x=300, y=40, size=8)

    def draw(canvas: Canvas) -> None:
        edges(canvas, 1)
        lines(canvas, ["Results and more"], y=660, size=16, font="Times-Bold")
        y = lines(canvas, first, y=630)
        lines(canvas, ["1 A note at the foot of the page, in smaller letters."], y=y - 20, size=7)
        canvas.showPage()
        edges(canvas, 2)
        lines(canvas, ["Figure 1. What the picture shows."], y=700, size=8)
        y = lines(canvas, second, y=600)
        lines(canvas, wrapped("Then another paragraph begins. " + PROSE, 400), y=y - 20)
        canvas.showPage()
        edges(canvas, 3)
        lines(canvas, ["References"], y=660, size=16, font="Times-Bold")
        lines(canvas, ["[1] Lee B. On the delay. 2020.", "[2] Kim A. On the clinic. 2021."], y=630)
        canvas.showPage()
        edges(canvas, 4)
        lines(canvas, ["Appendix A"], y=660, size=16, font="Times-Bold")
        lines(canvas, wrapped("What did not fit. " + PROSE, 400), y=630)
        canvas.showPage()

    return pdf(draw)


JOURNAL = journal()


def test_sentences_go_on_over_pages_past_heads_notes_and_captions() -> None:
    document = read(JOURNAL, "a.pdf")
    assert SPLICE in document.text
    found = blocks(document)
    assert found[0] == "Results and more"
    assert found[1] == (PROSE + SPLICE)
    assert found[2:4] == [
        "1 A note at the foot of the page, in smaller letters.",
        "Figure 1. What the picture shows.",
    ]
    assert found[-2:] == ["Journal of Examples", "Kim and Lee"]
    assert not any(block.strip().isdigit() for block in found)


def test_pages() -> None:
    document = read(JOURNAL, "a.pdf")
    phrases = (
        "Results",
        "In summary",
        "A note",
        "Figure 1.",
        "another paragraph",
        "[1] Lee",
        "Appendix",
        "Kim and Lee",
    )
    assert [place(document, phrase).page for phrase in phrases] == [1, 1, 1, 2, 2, 3, 4, 2]
    assert place(document, "Results").line is None
    assert place(document, "Kim and Lee").part == "running head"


def test_roles() -> None:
    document = read(JOURNAL, "a.pdf")
    assert texts(document, Role.HEADING) == ["Results and more", "References", "Appendix A"]
    assert texts(document, Role.CAPTION) == ["Figure 1. What the picture shows."]
    (references,) = texts(document, Role.REFERENCES)
    assert references.startswith("References") and "[2] Kim A." in references and "Appendix" not in references


def test_text_that_two_pages_share_in_their_body_is_kept_twice() -> None:
    def draw(canvas: Canvas) -> None:
        for _ in range(2):
            lines(canvas, wrapped(PROSE, 400), y=720)
            canvas.showPage()

    assert read(pdf(draw), "a.pdf").text.count("The treatment of patients") == 2


def test_bullets_stay_with_their_text() -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(5):
            lines(canvas, [f"The text of item {row} of the list"], x=100, y=600 - 20 * row)
        for row in range(5):
            lines(canvas, ["\u2022"], x=80, y=600 - 20 * row)

    assert blocks(read(pdf(draw), "a.pdf")) == [f"• The text of item {row} of the list" for row in range(5)]


@pytest.mark.parametrize(
    ("font", "content", "text"),
    [
        (
            "STSong-Light",
            ["作为一个人工智能语言模型，我", "无法访问实时信息。"],
            "作为一个人工智能语言模型，我无法访问实时信息。",
        ),
        (
            "HeiseiMin-W3",
            ["申し訳ありませんが、リアルタ", "イムの情報にはアクセスできません。"],
            "リアルタイムの情報",
        ),
        ("HYSMyeongJo-Medium", ["죄송하지만 저는 실시간 정보에", "접근할 수 없습니다."], "정보에 접근할 수"),
        # A file that writes the spaces at line ends breaks a word where there is none.
        (
            "HYSMyeongJo-Medium",
            ["죄송하지만 저는 실시간 ", "정보에 접근할 수 없습", "니다."],
            "실시간 정보에 접근할 수 없습니다.",
        ),
    ],
)
def test_scripts_without_spaces_between_words(font: str, content: list[str], text: str) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    assert text in page_of(*content, font=font).text


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_turned_pages_read_like_others(rotation: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        turn = {90: (90, WIDTH, 0), 180: (180, WIDTH, HEIGHT), 270: (270, 0, HEIGHT)}[rotation]
        canvas.translate(*turn[1:])
        canvas.rotate(turn[0])
        lines(canvas, wrapped(PROSE + SPLICE, 300), y=500)

    assert read(pdf(draw), "a.pdf").text == PROSE + SPLICE


def no_pages() -> bytes:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return data + b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def picture(canvas: Canvas) -> None:
    canvas.rect(100, 100, 200, 200, fill=1)


def many(canvas: Canvas) -> None:
    for number in range(5):
        lines(canvas, [f"Page {number} has these words"])
        canvas.showPage()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf(many, encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0)), "is encrypted; "),
        (JOURNAL[: len(JOURNAL) // 2], "is cut off"),
        (JOURNAL[:-30], "is cut off"),
        (b"%PDF-1.4\n" + b"nothing to be read here " * 50 + b"%%EOF", "is damaged or cut off"),
        (no_pages(), "no pages"),
        (pdf(picture), "no text .*OCR"),
        (pdf(many), "5 pages, over the limit of 4"),
        (b"PK no pdf", "is not PDF"),
    ],
)
def test_what_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read(content, "a.pdf", LoadOptions(limits=Limits(max_pages=4)))


def test_text_has_a_bound() -> None:
    with pytest.raises(DocumentError, match="more text than the limit"):
        read(pdf(many), "a.pdf", LoadOptions(limits=Limits(max_text=60)))


def test_an_owner_password_does_not_keep_readers_out() -> None:
    owned = pdf(many, encrypt=pdfencrypt.StandardEncryption("", ownerPassword="secret"))
    assert "Page 0 has these words" in read(owned, "a.pdf").text


def test_hundreds_of_pages_a_second() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(100):
            for column in (72, 320):
                lines(canvas, wrapped(PROSE * 4, 220), x=column, y=700)
            lines(canvas, [f"{number}"], y=40)
            canvas.showPage()

    found, seconds = outcome(pdf(draw), "a.pdf")
    assert not isinstance(found, DocumentError)
    assert seconds < patience(3)


def test_a_page_of_scattered_words_takes_no_square_time() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 3)
        for i in range(12_000):
            canvas.drawString((i * 7919) % WIDTH, (i * 104_729) % HEIGHT, f"w{i}")

    found, seconds = outcome(pdf(draw), "a.pdf")
    assert not isinstance(found, DocumentError)
    assert seconds < patience(5)


@given(damaged(JOURNAL))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damage_never_raises_anything_else(content: bytes) -> None:
    outcome(content, "a.pdf")


@given(damaged(pdf(many, pageCompression=0)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_contents_never_raise_anything_else(content: bytes) -> None:
    outcome(content + b"\n%%EOF", "a.pdf")
