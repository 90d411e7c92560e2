from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings

from auditor.documents import DocumentError, Limits, LoadOptions, Role

from .reading import blocks, damaged, outcome, place, read, texts

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The book</dc:title></metadata>'
    '<manifest><item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="a" href="text/chapter%201.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="i" href="cover.jpg" media-type="image/jpeg"/></manifest>'
    '<spine><itemref idref="i"/><itemref idref="a"/><itemref idref="b"/></spine></package>'
)


def chapter(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
        f"<body>{body}</body></html>"
    )


def book(**changes: str | None) -> bytes:
    members: dict[str, str | None] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": PACKAGE,
        "OEBPS/text/chapter 1.xhtml": chapter("<h1>One</h1><p>First&#160;words, <q>quoted</q>.</p>"),
        "OEBPS/two.xhtml": chapter("<section epub:type='bibliography'><p>A reference</p></section>"),
        **changes,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            if content is not None:
                archive.writestr(name, content)
    return buffer.getvalue()


def test_chapters_are_read_in_the_order_of_the_spine() -> None:
    document = read(book(), "a.epub")
    assert blocks(document) == ["One", "First\u00a0words, quoted.", "A reference", "The book"]
    assert place(document, "First").part == "chapter 1.xhtml"
    assert place(document, "A reference").part == "two.xhtml"
    assert place(document, "First").line is None
    assert document.text[slice(*document.part_bounds(document.text.index("First")))].startswith("One")


def test_roles() -> None:
    document = read(book(), "a.epub")
    assert texts(document, Role.HEADING) == ["One"]
    assert texts(document, Role.QUOTATION) == ["quoted"]
    assert texts(document, Role.REFERENCES) == ["A reference"]
    assert texts(document, Role.METADATA) == ["The book"]


def encryption(algorithm: str, uri: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
        f'<e:EncryptionMethod Algorithm="{algorithm}"/><e:CipherData><e:CipherReference URI="{uri}"/>'
        "</e:CipherData></e:EncryptedData></encryption>"
    )


def test_protected_books_are_refused_and_scrambled_fonts_are_not() -> None:
    aes = encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/two.xhtml")
    with pytest.raises(DocumentError, match="protected by DRM"):
        read(book(**{"META-INF/encryption.xml": aes}), "a.epub")
    fonts = encryption("http://www.idpf.org/2008/embedding", "OEBPS/f.otf")
    assert read(book(**{"META-INF/encryption.xml": fonts}), "a.epub").text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (book(**{"OEBPS/two.xhtml": None}), "lacks its part OEBPS/two.xhtml"),
        (book(**{"META-INF/container.xml": None}), "lacks its part META-INF/container.xml"),
        (book(**{"OEBPS/book.opf": PACKAGE.replace('idref="b"', 'idref="z"')}), "lacks the chapter 'z'"),
        (book(**{"OEBPS/book.opf": PACKAGE[:200]}), "cut off"),
        (book(**{"OEBPS/two.xhtml": "x" * 3_000_000}), "unfolds more than 200 times"),
        (book(**{"OEBPS/two.xhtml": chapter("<div>" * 1000)}), "deeper than 200"),
        (book()[:-40], "damaged or cut off"),
    ],
)
def test_what_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read(content, "a.epub")


def test_chapters_share_one_bound_on_text() -> None:
    with pytest.raises(DocumentError, match="unfolds to more than the limit"):
        read(book(), "a.epub", LoadOptions(limits=Limits(max_text=900)))


@given(damaged(book()))
@settings(max_examples=200, deadline=None)
def test_damage_never_raises_anything_else(content: bytes) -> None:
    outcome(content, "a.epub")


@given(damaged(PACKAGE.encode()))
@settings(max_examples=100, deadline=None)
def test_a_damaged_package_never_raises_anything_else(content: bytes) -> None:
    outcome(book(**{"OEBPS/book.opf": content.decode("latin-1")}), "a.epub")
