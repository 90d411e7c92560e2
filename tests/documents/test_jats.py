from __future__ import annotations

import pytest
from hypothesis import given, settings

from auditor.documents import DocumentError, Role
from tests.patience import patience

from .reading import blocks, damaged, outcome, read, texts, written_at

ARTICLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2//EN" "JATS.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front>
<journal-meta><journal-id>JX</journal-id></journal-meta>
<article-meta><title-group><article-title>Une é title</article-title></title-group>
<contrib-group><contrib><name><surname>Kim</surname><given-names>A</given-names></name></contrib>
</contrib-group>
<abstract><p>The abstract &amp; its &alpha; text.</p></abstract></article-meta></front>
<body><sec><title>Introduction</title>
<p>In summary, the <italic>management</italic> of<fn><p>A note at the foot.</p></fn>
   bilateral 한국어 iatrogenic I&#8217;m very sorry <xref>1</xref>.</p>
<p><bold>Bold</bold> start.</p>
<fig><label>Figure 1</label><caption><title>A caption</title><p>Caption text</p></caption></fig>
<disp-quote><p>Quoted words.</p></disp-quote>
<table-wrap><table><tr><td>a1</td><td>b1</td></tr></table></table-wrap>
<code>x  = 1
  y</code></sec></body>
<back><ref-list><title>References</title><ref><label>1</label><mixed-citation><name><surname>Lee</surname>
<given-names>B</given-names></name><article-title>On it</article-title><year>2020</year></mixed-citation>
</ref></ref-list></back></article>
"""


def test_blocks_come_in_order_with_notes_after_their_paragraph() -> None:
    found = blocks(read(ARTICLE, "a.xml"))
    assert found[found.index("Une é title") :] == [
        "Une é title",
        "Kim A",
        "The abstract & its α text.",
        "Introduction",
        "In summary, the management of bilateral 한국어 iatrogenic I’m very sorry 1.",
        "A note at the foot.",
        "Bold start.",
        "Figure 1",
        "A caption",
        "Caption text",
        "Quoted words.",
        "a1",
        "b1",
        "x  = 1\n  y",
        "References",
        "1",
        "Lee B On it 2020",
    ]


@pytest.mark.parametrize(
    ("phrase", "written"),
    [
        ("summary", "summary, the <italic>"),
        ("bilateral", "bilateral 한국어"),
        ("iatrogenic", "iatrogenic I&#8217;m"),
        ("’m", "&#8217;m very"),
        ("very sorry", "very sorry <xref>"),
        ("A note", "A note at the foot.</p></fn>"),
        ("Caption text", "Caption text</p>"),
        ("On it", "On it</article-title>"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_places_point_into_the_source(phrase: str, written: str, ending: str) -> None:
    assert written_at(read(ARTICLE.replace("\n", ending), "a.xml"), phrase).startswith(written)


def test_roles() -> None:
    document = read(ARTICLE, "a.xml")
    assert {"Une é title", "Introduction", "References"} == set(texts(document, Role.HEADING))
    assert texts(document, Role.FOOTNOTE) == ["A note at the foot."]
    assert texts(document, Role.CAPTION) == ["A caption\n\nCaption text"]
    assert texts(document, Role.QUOTATION) == ["Quoted words."]
    assert texts(document, Role.TABLE) == ["a1\n\nb1"]
    assert texts(document, Role.CODE) == ["x  = 1\n  y"]
    assert texts(document, Role.REFERENCES)[0] == "References\n\n1\n\nLee B On it 2020"
    assert "Kim A" in texts(document, Role.METADATA)


def test_places_and_text_of_other_encodings() -> None:
    article = ARTICLE.replace("UTF-8", "ISO-8859-1").replace("한국어", "às")
    document = read(article.encode("latin-1"), "a.nxml")
    assert written_at(document, "iatrogenic").startswith("iatrogenic I&#8217;m")
    assert read(ARTICLE.encode("utf-16"), "a.xml").text == read(ARTICLE, "a.xml").text


def test_other_vocabularies_are_read_as_blocks() -> None:
    tei = "<TEI><text><body><p>One <hi>two</hi> three.</p><lg><l>A</l><l>B</l></lg></body></text></TEI>"
    assert blocks(read(tei, "a.xml")) == ["One two three.", "A", "B"]
    records = "<records><r><title>First</title><v>x y</v></r><r><v>z</v></r></records>"
    assert blocks(read(records, "a.xml")) == ["First", "x y", "z"]


def test_declared_entities_are_expanded_and_their_place_is_the_reference() -> None:
    document = read('<!DOCTYPE x [<!ENTITY who "Kim Lee">]>\n<x>By &who; today</x>', "a.xml")
    assert document.text == "By Kim Lee today"
    assert written_at(document, "Kim").startswith("&who;")
    assert written_at(document, "today") == "today</x>"


def _laughs() -> str:
    levels = "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9))
    return f'<!DOCTYPE x [<!ENTITY a "lol">{levels}]><x>&i;</x>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (_laughs(), "expansion bomb"),
        (f'<!DOCTYPE x [<!ENTITY a "{"A" * 9999}">]><x>{"&a;" * 100_000}</x>', "amplification|more text"),
        (f'<!DOCTYPE x [<!ENTITY a "{"A" * 20_000}">]><x>&a;</x>', "20,000 characters"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>', "external entity 'a'"),
        ("<a>" * 100_000, "deeper than 200"),
        (ARTICLE[:900], "cut off"),
        (ARTICLE.replace("</italic>", ""), "not well-formed XML: mismatched tag at line 11"),
        ("just words", "not well-formed"),
    ],
)
def test_what_is_refused(content: str, reason: str) -> None:
    found, seconds = outcome(content.encode(), "a.xml")
    assert isinstance(found, DocumentError)
    assert seconds < patience(2)
    with pytest.raises(DocumentError, match=reason):
        raise found


def test_a_dtd_that_is_elsewhere_is_not_followed() -> None:
    document = read(
        '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/e"> %e;]><x>&beta; and &odd; t</x>', "a.xml"
    )
    assert document.text == "β and &odd; t"


def test_large_articles_take_linear_time() -> None:
    body = ARTICLE[ARTICLE.index("<sec>") : ARTICLE.index("</body>")]
    big = ARTICLE.replace(body, body * 3000)
    found, seconds = outcome(big.encode(), "a.xml")
    assert not isinstance(found, DocumentError)
    assert seconds < patience(8)


@given(damaged(ARTICLE.encode()))
@settings(max_examples=200, deadline=None)
def test_damage_never_raises_anything_else(content: bytes) -> None:
    outcome(content, "a.xml")
