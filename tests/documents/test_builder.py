from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor.documents import Role, Source
from auditor.documents.builder import DocumentBuilder

PIECES = st.lists(st.tuples(st.text(max_size=5), st.booleans(), st.booleans()), max_size=20)


@given(PIECES)
def test_every_character_keeps_its_place(pieces: list[tuple[str, bool, bool]]) -> None:
    builder = DocumentBuilder()
    raw = ""
    expected: list[int] = []
    for text, literal, block in pieces:
        if block:
            builder.block()
            expected += [-1] * (len(builder) - len(expected))
        raw += "<"
        builder.add(text, raw=len(raw), literal=literal)
        expected += [len(raw) + i * literal for i in range(len(text))]
        raw += text
    document = builder.build(Source("a", b""), "text", raw=raw + ">")
    assert len(document.text) == len(expected) == len(builder)
    for offset, place in enumerate(expected):
        if place >= 0:
            assert document._source.raw(offset) == place


def test_blocks_are_parted_by_exactly_one_blank_line() -> None:
    builder = DocumentBuilder()
    builder.block()
    builder.add("one\n", raw=0)
    builder.block()
    builder.block()
    builder.add("two", raw=9)
    assert builder.text == "one\n\ntwo"


def test_text_without_a_place_stands_where_the_text_before_it_ended() -> None:
    builder = DocumentBuilder()
    builder.add("ab", raw=5)
    builder.add("…")
    builder.add("c", raw=20)
    document = builder.build(Source("a", b""), "text", raw="." * 30)
    assert [document._source.raw(i) for i in range(4)] == [5, 6, 7, 20]


def test_roles_pages_parts_and_problems_arrive() -> None:
    builder = DocumentBuilder()
    builder.page(3)
    with builder.role(Role.HEADING):
        builder.add("Head", raw=0)
    builder.part("row 1")
    builder.add("body", raw=4)
    builder.mark(4, 4, Role.CODE)
    document = builder.build(
        Source("a", b"xy"), "csv", raw="Headbody", encoding="ascii", problems=("row 2: bad",)
    )
    assert [(span.start, span.end, span.role) for span in document.roles] == [(0, 4, Role.HEADING)]
    assert (document.location(5, 6).page, document.location(5, 6).part) == (3, "row 1")
    assert (document.format, document.encoding, document.problems) == ("csv", "ascii", ("row 2: bad",))
    assert document.sha256 == Source("a", b"xy").sha256


def test_very_many_pieces_are_the_same_text() -> None:
    builder = DocumentBuilder()
    for i in range(20_000):
        builder.add("ab", raw=3 * i)
        if i == 10_000:
            assert len(builder.text) == len(builder)
    assert builder.text == "ab" * 20_000
