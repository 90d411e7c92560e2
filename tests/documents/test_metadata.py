"""What loaders read of a file's own description."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from auditor.documents import from_text
from auditor.documents.dates import partial_date
from auditor.documents.metadata import LONGEST, front_matter, gathered, html_head, jats_front
from auditor.documents.registry import load_bytes
from tests.patience import patience


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-03-05", "2021-03-05"),
        ("2021-03-05T10:20:30Z", "2021-03-05"),
        ("D:20210305102030+09'00'", "2021-03-05"),
        ("D:2021", "2021"),
        ("20210305", "2021-03-05"),
        ("2021/3/5", "2021-03-05"),
        ("2021. 3. 5.", "2021-03-05"),
        ("2021년 3월 5일", "2021-03-05"),
        ("2021년 3월", "2021-03"),
        ("2021-03", "2021-03"),
        ("March 5, 2021", "2021-03-05"),
        ("5th March 2021", "2021-03-05"),
        ("Mar. 2021", "2021-03"),
        ("03/05/2021", "2021"),
        ("2021-17-45", "2021"),
        ("\\today", ""),
        ("12345", ""),
    ],
)
def test_partial_date(text: str, date: str):
    assert partial_date(text) == date


def test_front_matter_in_yaml():
    text = '---\ntitle: "On Kites: a history"\nauthors:\n  - name: Mina Oh\n    email: m@example.org\n  - Jo Park\ndate: 2021-03-05\n'
    text += "lang: en # of the text\ndoi: https://doi.org/10.5555/kites.7\n---\n# Other\n"
    assert from_text(text, format="markdown").metadata == {
        "title": "On Kites: a history",
        "authors": "Mina Oh; Jo Park",
        "date": "2021-03-05",
        "doi": "10.5555/kites.7",
        "language": "en",
    }


def test_front_matter_in_toml_and_lists():
    text = '+++\ntitle = \'연 이야기\'\nauthors = ["김철수", "이영희"]\ndate = 2021-03-05T00:00:00Z\n[extra]\nx = 1\n+++\nText.\n'
    assert front_matter(text) == {"title": "연 이야기", "authors": "김철수; 이영희", "date": "2021-03-05"}


def test_first_heading_is_the_title_where_there_is_no_front_matter():
    assert front_matter("# How kites fly #\n\nText.") == {"title": "How kites fly"}
    assert front_matter("Text\n\n# Later\n") == {}


def test_html_prefers_what_is_meant_for_citation():
    page = """<!doctype html><html lang="ko"><head><title>Kites &amp; wind | Site</title>
    <meta name="citation_title" content="Kites &amp; wind"><meta name="citation_author" content="Oh, Mina">
    <meta name=citation_author content="Park, Jo"><meta property='article:published_time' content='2021-03-05T01:02'>
    <meta name="citation_doi" content="10.5555/kites.7"><meta name="author" content="Webmaster"></head>
    <body><title>no</title><meta name="citation_isbn" content="9780306406157"></body></html>"""
    assert from_text(page, format="html").metadata == {
        "title": "Kites & wind",
        "authors": "Oh, Mina; Park, Jo",
        "date": "2021-03-05",
        "doi": "10.5555/kites.7",
        "language": "ko",
    }


def test_jats():
    article = """<article xml:lang="en"><front><journal-meta><journal-title>Wind</journal-title></journal-meta>
    <article-meta><article-id pub-id-type="pmid">1</article-id><article-id pub-id-type="doi">10.5555/k.7</article-id>
    <title-group><article-title>How <italic>kites</italic> fly</article-title></title-group>
    <contrib-group><contrib contrib-type="author"><name><surname>Oh</surname><given-names>Mina</given-names></name></contrib>
    <contrib contrib-type="author"><collab>Kite Club</collab></contrib>
    <contrib contrib-type="editor"><name><surname>Ed</surname></name></contrib></contrib-group>
    <pub-date><day>5</day><month>3</month><year>2021</year></pub-date></article-meta></front>
    <body><p>Text.</p></body></article>"""
    assert from_text(article, format="jats").metadata == {
        "title": "How kites fly",
        "authors": "Oh, Mina; Kite Club",
        "date": "2021-03-05",
        "doi": "10.5555/k.7",
        "language": "en",
        "journal": "Wind",
    }


def test_latex():
    text = r"""\documentclass{article}
\title[Short]{How \emph{kites}
fly\thanks{Funded.}}
\author{Mina Oh \and Jo Park}
\date{March 2021}
\begin{document}\maketitle Text.\end{document}"""
    assert from_text(text, format="latex").metadata == {
        "title": "How kites fly",
        "authors": "Mina Oh; Jo Park",
        "date": "2021-03",
    }


def test_docx():
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f"<w:document {w}><w:body><w:p><w:r><w:t>Hi</w:t></w:r></w:p></w:body></w:document>",
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="r"><Relationship Id="a" Type="{kind}" Target="docProps/core.xml"/></Relationships>',
        )
        archive.writestr(
            "docProps/core.xml",
            '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Kites</dc:title><dc:creator>Mina Oh</dc:creator>'
            "<dcterms:created>2021-03-05T01:02:03Z</dcterms:created></cp:coreProperties>",
        )
    found = load_bytes(target.getvalue(), "a.docx").metadata
    assert found == {"title": "Kites", "authors": "Mina Oh", "date": "2021-03-05"}


def test_epub():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "p.opf",
            '<package xmlns:dc="d"><metadata><dc:title>Kites</dc:title><dc:creator>Mina Oh</dc:creator><dc:language>ko</dc:language>'
            "<dc:identifier>urn:isbn:9780306406157</dc:identifier><dc:date>2021</dc:date></metadata>"
            '<manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>',
        )
        archive.writestr("c.xhtml", "<html><body><p>Text.</p></body></html>")
    assert load_bytes(target.getvalue(), "a.epub").metadata == {
        "title": "Kites",
        "authors": "Mina Oh",
        "date": "2021",
        "isbn": "9780306406157",
        "language": "ko",
    }


def test_pdf():
    data = (Path(__file__).parents[2] / "examples" / "radiology.pdf").read_bytes()
    title = load_bytes(data, "radiology.pdf").metadata["title"]
    assert title.startswith("Combined vascular and biliary injury after laparoscopic cholecystectomy")


def test_pdf_and_its_placeholder_titles():
    assert gathered([("Title", "Kites"), ("Author", "Mina Oh"), ("CreationDate", "D:20210305")]) == {
        "title": "Kites",
        "authors": "Mina Oh",
        "date": "2021-03-05",
    }
    assert gathered([("Title", "Microsoft Word - kites_final2.docx")]) == {}
    assert (
        gathered([("Title", "Untitled"), ("Author", "anonymous"), ("CreationDate", "D:20000101000000Z")])
        == {}
    )


def test_names_are_parted_but_never_torn():
    assert gathered([("author", "Oh, Mina")])["authors"] == "Oh, Mina"
    assert gathered([("author", "Mina Oh, Jo Park and Ann Lee")])["authors"] == "Mina Oh; Jo Park; Ann Lee"
    assert gathered([("author", "https://example.org/mina")]) == {}


def test_values_are_bounded():
    assert len(gathered([("title", "x" * 10_000)])["title"]) == LONGEST
    start = time.perf_counter()
    html_head("<meta " * 300_000)
    html_head("<meta name='" * 300_000)
    jats_front("<article-meta>" + "<contrib>" * 100_000)
    front_matter("---\n" + "author:\n" + "- x\n" * 300_000)
    assert time.perf_counter() - start < patience(1)
