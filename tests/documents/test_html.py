from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents import DocumentError, Role
from auditor.documents.markup import Text, Tokenizer
from tests.patience import patience

from .reading import blocks, damaged, outcome, place, read, texts, written_at

PAGE = """<!DOCTYPE html>
<html><head><title>A page &amp; more</title>
<meta name="description" content="What it is about"><style>p { color: red }</style></head>
<body><h1>Results</h1>
<p>In summary, the <b>management</b> of
   bilateral <img alt="A picture of x" src="x.png"> iatrogenic I&rsquo;m very sorry.<br>Next line</p>
<script>if (a < b) alert("<p>no text</p>")</script><!-- a comment --><template><p>hidden</p></template>
<blockquote>Quoted words</blockquote>
<pre>x = 1
  y = 2</pre>
<ul><li>one<li>two</ul>
<table><caption>Table 1</caption><tr><td>a1<td>b1</table>
<p>After a < b &amp;&amp; c<textarea placeholder="Type here">typed</textarea>
<h2>References</h2><p>[1] A reference<h2>Appendix</h2><p>The end</p></body></html>
"""


def test_blocks_come_in_order_and_scripts_styles_and_comments_do_not() -> None:
    assert blocks(read(PAGE, "a.html")) == [
        "A page & more",
        "What it is about",
        "Results",
        "In summary, the management of bilateral iatrogenic I’m very sorry.\nNext line",
        "A picture of x",
        "Quoted words",
        "x = 1\n  y = 2",
        "one",
        "two",
        "Table 1",
        "a1",
        "b1",
        "After a < b && c",
        "Type here",
        "typed",
        "References",
        "[1] A reference",
        "Appendix",
        "The end",
    ]


@pytest.mark.parametrize(
    ("phrase", "written"),
    [
        ("summary", "summary, the <b>"),
        ("bilateral", "bilateral <img"),
        ("iatrogenic", "iatrogenic I&rsquo;m"),
        ("’m", "&rsquo;m very"),
        ("very sorry", "very sorry.<br>"),
        ("picture of", 'picture of x" src'),
        ("about", 'about"><style>'),
        ("y = 2", "y = 2</pre>"),
        ("&& c", "&amp;&amp; c<text"),
        ("Appendix", "Appendix</h2>"),
    ],
)
def test_places_point_into_the_source(phrase: str, written: str) -> None:
    assert written_at(read(PAGE, "a.html"), phrase).startswith(written)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_places_hold_for_every_line_ending(ending: str) -> None:
    document = read(PAGE.replace("\n", ending), "a.html")
    location = place(document, "iatrogenic I’m very")
    assert (location.line, location.column) == (6, 53)


def test_roles() -> None:
    document = read(PAGE, "a.html")
    assert texts(document, Role.HEADING) == ["Results", "References", "Appendix"]
    assert texts(document, Role.QUOTATION) == ["Quoted words"]
    assert texts(document, Role.CODE) == ["x = 1\n  y = 2"]
    assert texts(document, Role.CAPTION) == ["Table 1"]
    assert texts(document, Role.TABLE) == ["Table 1\n\na1\n\nb1"]
    assert texts(document, Role.REFERENCES) == ["References\n\n[1] A reference"]
    assert "What it is about" in texts(document, Role.METADATA)


def test_sections_are_known_by_class_id_and_role() -> None:
    document = read(
        '<p>Body</p><div class="x reflist">Ref 1</div><section role="doc-endnotes"><p>Note</p></section>'
        '<ol id="references"><li>Ref 2</ol>',
        "a.html",
    )
    assert texts(document, Role.REFERENCES) == ["Ref 1", "Ref 2"]
    assert texts(document, Role.FOOTNOTE) == ["Note"]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    document = read("<table><tr><td>Prose<table><tr><td>cell</table></table>", "a.html")
    assert texts(document, Role.TABLE) == ["cell"]
    assert not texts(read('<table role="presentation"><tr><td>Prose</table>', "a.html"), Role.TABLE)


def test_forgotten_end_tags_do_not_nest() -> None:
    document = read("<p>a<p>b" * 2000 + "<font>c" * 2000, "a.html")
    assert document.text.startswith("a\n\nb\n\na")


def test_inline_elements_do_not_cut_words() -> None:
    assert read("<p>un<b>break</b>able <i>x</i>\n<i>y</i>", "a.html").text == "unbreakable x y"


def test_text_of_a_truncated_page_is_kept() -> None:
    assert read("<p>Read me <a href='http", "a.html").text.startswith("Read me")


def test_xhtml_has_empty_elements_and_cdata() -> None:
    page = (
        "<?xml version='1.0'?><html><head><title/></head><body><p>a &amp; <![CDATA[b < c]]></p></body></html>"
    )
    assert read(page, "a.xhtml").text == "a & b < c"


@pytest.mark.parametrize("name", ["euc-kr", "EUC-KR", "ks_c_5601-1987"])
def test_the_declared_encoding_is_used(name: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={name}"><p>죄송하지만 저는</p>'
    document = read(page.encode("cp949"), "a.html")
    assert document.text == "죄송하지만 저는"
    assert document.encoding == "cp949"


def test_nesting_has_a_bound() -> None:
    with pytest.raises(DocumentError, match="deeper than 200"):
        read("<div>" * 100_000 + "x", "a.html")


HOSTILE = [
    *(
        "<![",
        "<!--",
        "<a ",
        "<",
        "</",
        "<a b='",
        "<div>",
        "&amp",
        "&#1",
        "<?",
        "<title>",
        "<script>",
        "<a =",
        "<p>",
    ),
    *(
        "<h1>a",
        "<img alt=x>",
        "<table>a</table>",
        "<svg>",
        "<![CDATA[",
        "a\n  ",
        "<b>x</b> ",
        "<br>",
        "</a",
        "<p x",
    ),
    *(
        "<h1>References</h1>",
        "<q>a</q>",
        "<a b=\"'",
        "<!doctype ",
        "a<!---->",
        "</div>",
        "<textarea>",
        "</title",
    ),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_two_megabytes_of_hostile_markup_take_linear_time(unit: str) -> None:
    size = 2_000_000
    _, seconds = outcome((unit * (size // len(unit))).encode(), "a.html")
    assert seconds < patience(5)


def test_a_million_attributes_and_a_deep_page_of_short_elements() -> None:
    _, seconds = outcome(b"<a " + b"q=1 " * 500_000 + b">x", "a.html")
    assert seconds < patience(5)
    _, seconds = outcome(b"<q>" * 199 + b"<q>x</q>" * 200_000, "a.html")
    assert seconds < patience(8)


def test_a_number_of_a_million_digits_is_no_trouble() -> None:
    assert read("<p>x &#" + "1" * 1_000_000 + "; y", "a.html").text == "x \ufffd y"


@given(damaged(PAGE.encode()))
@settings(max_examples=150, deadline=None)
def test_damage_never_raises_anything_else(content: bytes) -> None:
    outcome(content, "a.html")


@given(
    st.lists(
        st.sampled_from([*HOSTILE, "x", " ", "</p>", "</q>", "</table>", "'", '"', ">", "&lt;"]), max_size=30
    )
)
@settings(max_examples=200, deadline=None)
def test_literal_text_is_always_where_its_place_says(pieces: list[str]) -> None:
    page = "".join(pieces) + "\nEnd of it."
    found, _ = outcome(page.encode(), "a.html")
    if isinstance(found, DocumentError):
        return
    for match in re.finditer("[xaE]", found.text):
        location = found.location(match.start(), match.end())
        assert location.line is not None and location.column is not None
        assert found.raw_line(location.line)[location.column - 1] == match[0]


@given(st.text(alphabet="<>!-/ab=\"'[]?& \n", max_size=60), st.booleans())
@settings(max_examples=300, deadline=None)
def test_tokens_are_in_order_and_inside_the_page(page: str, xml: bool) -> None:
    position = 0
    for token in Tokenizer(page, xml=xml):
        assert position <= token.start < len(page) + 1
        position = token.end if isinstance(token, Text) else token.start + 1
        assert position <= len(page)
