from __future__ import annotations

import io
import struct
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK
from hypothesis import given, settings

from auditor.documents import Document, DocumentError, Limits, LoadOptions, Role
from tests.patience import patience

from .reading import blocks, damaged, outcome, place, read, texts

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A document with this body; other parts by kind (``footnotes``, ``styles`` …)."""
    namespaces = (
        f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    )
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>' for kind in parts
    )
    relations += f'<Relationship Id="x" Type="{RELATIONS}/footnotes" TargetMode="External" Target="http://a.invalid/f"/>'
    members: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {namespaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
        **{
            f"word/{kind}.xml": f"<w:{kind} {namespaces}>{content}</w:{kind}>"
            for kind, content in parts.items()
        },
    }
    return archive(members)


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def body(content: str) -> Document:
    return read(word(content), "a.docx")


def saved() -> bytes:
    document = docx.Document()
    document.add_heading("The title", 0)
    document.add_heading("Methods", 1)
    splice = document.add_paragraph("In summary, the management of bilateral iatro")
    splice.add_run("genic ").bold = True
    splice.add_run("I'm very sorry")
    document.add_paragraph("Quoted words", style="Quote")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "a1"
    table.cell(1, 1).text = "b2"
    document.add_paragraph("A caption", style="Caption")
    broken = document.add_paragraph("before ")
    broken.add_run().add_break(WD_BREAK.PAGE)
    broken.add_run("after the break")
    document.sections[0].header.paragraphs[0].text = "Running head"
    document.add_comment(broken.runs[0], text="A comment", author="A. Editor")
    document.add_heading("References", 1)
    document.add_paragraph("[1] A reference")
    document.add_heading("Appendix", 1)
    document.add_paragraph("The end")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


SAVED = saved()


def test_a_saved_document() -> None:
    document = read(SAVED, "a.docx")
    assert blocks(document)[:13] == [
        "The title",
        "Methods",
        "In summary, the management of bilateral iatrogenic I'm very sorry",
        "Quoted words",
        "a1",
        "b2",
        "A caption",
        "before \nafter the break",
        "References",
        "[1] A reference",
        "Appendix",
        "The end",
        "A comment",
    ]
    assert texts(document, Role.HEADING) == ["The title", "Methods", "References", "Appendix"]
    assert texts(document, Role.QUOTATION) == ["Quoted words"]
    assert texts(document, Role.TABLE) == ["a1", "b2"]
    assert texts(document, Role.CAPTION) == ["A caption"]
    assert texts(document, Role.REFERENCES) == ["References\n\n[1] A reference"]
    assert texts(document, Role.COMMENT) == ["A comment"]


def test_pages_and_parts() -> None:
    document = read(SAVED, "a.docx")
    assert [place(document, text).page for text in ("Methods", "before", "after", "The end")] == [1, 1, 2, 2]
    comment, head = place(document, "A comment"), place(document, "Running head")
    assert (comment.part, comment.page) == ("comments", None)
    assert (head.part, head.page) == ("header", None)
    assert place(document, "Methods").line is None


def test_no_page_is_given_where_the_file_marks_none() -> None:
    assert place(body(paragraph(run("words"))), "words").page is None


def test_pages_of_the_last_layout_win_over_the_authors_breaks() -> None:
    rendered = "<w:r><w:lastRenderedPageBreak/></w:r>"
    document = body(
        paragraph(run("one"), '<w:r><w:br w:type="page"/></w:r>')
        + paragraph(rendered, run("two"))
        + paragraph(run("still two "), rendered, run("three"))
    )
    assert [place(document, word).page for word in ("one", "two", "still", "three")] == [1, 2, 2, 3]


def test_changes_are_read_as_if_accepted() -> None:
    document = body(
        paragraph(
            run("keep "),
            f"<w:ins>{run('inserted ')}</w:ins>",
            "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>",
            f"<w:moveFrom>{run('moved')}</w:moveFrom>",
            run("end"),
        )
        + paragraph(run("A sentence whose "), properties="<w:rPr><w:del/></w:rPr>")
        + paragraph(run("end was deleted."))
    )
    assert blocks(document) == ["keep inserted end", "A sentence whose end was deleted."]


def test_special_characters() -> None:
    document = body(
        paragraph(
            run("a\u00adb"),
            "<w:r><w:softHyphen/><w:noBreakHyphen/><w:t>c</w:t><w:tab/><w:t>d</w:t><w:br/><w:t>e</w:t>"
            '<w:sym w:font="Symbol" w:char="F0B0"/><w:sym w:char="03B1"/></w:r>',
            properties='<w:tabs><w:tab w:val="left"/></w:tabs>',
        )
    )
    assert document.text == "ab-c\td\neα"


def test_text_boxes_come_once_and_after_their_paragraph() -> None:
    box = paragraph(run("In the box"))
    document = body(
        paragraph(
            run("Before "),
            f"<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{box}</w:txbxContent></mc:Choice>"
            f"<mc:Fallback><w:txbxContent>{box}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>",
            '<w:r><wp:docPr descr="What the picture shows"/></w:r>',
            run("and after."),
        )
    )
    assert blocks(document) == ["Before and after.", "In the box", "What the picture shows"]
    assert texts(document, Role.METADATA) == ["What the picture shows"]


def test_notes() -> None:
    document = read(
        word(
            paragraph(run("Body"), "<w:r><w:footnoteReference/></w:r>"),
            footnotes=f'<w:footnote w:type="separator">{paragraph(run("-"))}</w:footnote>'
            f"<w:footnote>{paragraph(run('At the foot'))}</w:footnote>",
            endnotes=f"<w:endnote>{paragraph(run('At the end'))}</w:endnote>",
        ),
        "a.docx",
    )
    assert blocks(document) == ["Body", "At the foot", "At the end"]
    assert texts(document, Role.FOOTNOTE) == ["At the foot", "At the end"]
    assert place(document, "At the end").part == "endnotes"


def test_styles_are_known_by_name_and_inheritance() -> None:
    styles = (
        '<w:style w:styleId="b1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="mine"><w:name w:val="Mine"/><w:basedOn w:val="b1"/></w:style>'
        '<w:style w:styleId="loop"><w:name w:val="Loop"/><w:basedOn w:val="loop"/></w:style>'
        '<w:style w:styleId="sc"><w:name w:val="Source Code"/></w:style>'
        '<w:style w:styleId="v"><w:name w:val="Verbatim Char"/></w:style>'
    )
    document = read(
        word(
            paragraph(run("Heading"), properties='<w:pStyle w:val="mine"/>')
            + paragraph(run("Loop"), properties='<w:pStyle w:val="loop"/>')
            + paragraph(run("x = 1"), properties='<w:pStyle w:val="sc"/>')
            + paragraph(
                run("call "), '<w:r><w:rPr><w:rStyle w:val="v"/></w:rPr><w:t>f()</w:t></w:r>', run(" now")
            )
            + paragraph(run("By outline"), properties='<w:outlineLvl w:val="1"/>'),
            styles=styles,
        ),
        "a.docx",
    )
    assert texts(document, Role.HEADING) == ["Heading", "By outline"]
    assert texts(document, Role.CODE) == ["x = 1", "f()"]


def test_strict_documents_and_other_prefixes() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    content = (
        f'<n:document xmlns:n="{strict}"><n:body><n:p><n:r><n:t>Words</n:t></n:r></n:p></n:body></n:document>'
    )
    assert read(archive({"word/document.xml": content}), "a.docx").text == "Words"


def encrypted() -> bytes:
    data = bytearray(word(paragraph(run("x"))))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            flags = struct.unpack_from("<H", data, at + offset)[0]
            struct.pack_into("<H", data, at + offset, flags | 1)
            at = data.find(mark, at + 4)
    return bytes(data)


def bomb() -> bytes:
    return word(paragraph(run("A" * 30_000_000)))


def laughs() -> bytes:
    content = '<!DOCTYPE x [<!ENTITY a "lol">]>'
    content += f'<w:document xmlns:w="{W}"><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>'
    return archive({"word/document.xml": content})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SAVED[:-100], "damaged or cut off"),
        (SAVED[: len(SAVED) // 2], "damaged or cut off"),
        (archive({"word/other.xml": "<a/>"}), "no word/document.xml"),
        (encrypted(), "is encrypted"),
        (bomb(), "unfolds more than 200 times"),
        (laughs(), "document type declaration"),
        (word("<w:sdt>" * 1000), "deeper than 200"),
        (word("<w:p>"), "not well-formed"),
        (archive({"word/document.xml": "<a/>"}, zipfile.ZIP_BZIP2), "packs word/document.xml by a method"),
        (archive({f"word/{i}": "" for i in range(20_001)}), "more than 20,000 members"),
        (word(""), "holds no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted or old binary"),
    ],
)
def test_what_is_refused(content: bytes, reason: str) -> None:
    found, seconds = outcome(content, "a.docx")
    assert isinstance(found, DocumentError)
    assert seconds < patience(3)
    with pytest.raises(DocumentError, match=reason):
        raise found


def test_parts_share_one_bound_on_size() -> None:
    with pytest.raises(DocumentError, match="unfolds to more than the limit"):
        read(SAVED, "a.docx", LoadOptions(limits=Limits(max_text=20_000)))


def test_long_documents_are_fast() -> None:
    content = "".join(
        paragraph(run(f"Words of paragraph {i}, "), run(f"{i * i % 977}.")) for i in range(20_000)
    )
    found, seconds = outcome(word(content), "a.docx")
    assert not isinstance(found, DocumentError)
    assert seconds < patience(5)


@given(damaged(SAVED))
@settings(max_examples=150, deadline=None)
def test_damage_never_raises_anything_else(content: bytes) -> None:
    outcome(content, "a.docx")


@given(damaged(paragraph(run("one"), "<w:r><w:tab/></w:r>", properties='<w:pStyle w:val="b"/>').encode() * 3))
@settings(max_examples=150, deadline=None)
def test_damaged_xml_never_raises_anything_else(content: bytes) -> None:
    outcome(word(content.decode("latin-1")), "a.docx")
