from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.documents import Document, Role, RoleSpan
from auditor.documents.document import Marks, SourceMap

LINES = st.lists(st.text(st.characters(exclude_characters="\r\n"), max_size=6), min_size=1, max_size=8)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def test_an_empty_map_is_the_identity() -> None:
    assert SourceMap().raw(7) == 7


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 99), st.booleans()), min_size=1, max_size=12))
def test_a_map_gives_each_character_its_own_place(pieces: list[tuple[int, int, bool]]) -> None:
    source = SourceMap()
    expected: list[int] = []
    for length, raw, literal in pieces:
        source.add(len(expected), raw, int(literal))
        expected += [raw + i * literal for i in range(length)]
    assert [source.raw(i) for i in range(len(expected))] == expected


@given(LINES, ENDS, st.data())
def test_line_and_column_lead_back_to_the_character(lines: list[str], end: str, data: st.DataObject) -> None:
    text = end.join(lines) + "x"
    offset = data.draw(st.integers(0, len(text) - 1))
    location = Document("a.txt", text, raw=text).location(offset, offset + 1)
    assert location.line and location.column
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + len(end))
    assert starts[location.line - 1] + location.column - 1 == offset
    assert text[location.start : location.end] == text[offset]


def test_the_end_of_a_span_is_one_past_its_last_character() -> None:
    text = "one\ntwo three\n"
    location = Document("a.txt", text, raw=text).location(4, 13)
    assert (location.line, location.column, location.end_line, location.end_column) == (2, 1, 2, 10)
    assert str(location) == "a.txt:2:1"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 1), (0, 4)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is not inside a text of 3 characters"):
        Document("a.txt", "abc", raw="abc").location(start, end)


def test_without_a_text_file_there_is_a_page_but_no_line() -> None:
    document = Document("a.pdf", "one two", pages=Marks([0, 4], [1, 2]), parts=Marks([4], ["notes"]))
    location = document.location(4, 7)
    assert (location.line, location.page, location.part) == (None, 2, "notes")
    assert document.line(4) is None
    assert document.raw_line(1) == ""
    assert document.location(0, 3).part is None


def test_parts_bound_what_belongs_together() -> None:
    document = Document("a", "one two six", parts=Marks([0, 4, 8], ["a", "b", "c"]))
    assert document.part_bounds(5) == (4, 8)
    assert document.part_bounds(9) == (8, 11)
    assert Document("a", "one").part_bounds(1) == (0, 3)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8), st.sampled_from(list(Role))), max_size=12))
def test_a_character_has_a_role_exactly_where_a_span_of_it_lies(spans: list[tuple[int, int, Role]]) -> None:
    document = Document("a", "x" * 30, roles=[RoleSpan(start, start + n, role) for start, n, role in spans])
    for offset in range(30):
        expected = {role for start, n, role in spans if start <= offset < start + n}
        assert document.roles_at(offset) == (expected or {Role.BODY})
        assert all(document.has_role(role, offset) == (role in expected) for role in Role)


def test_structure_is_looked_for_once_and_only_when_asked() -> None:
    asked: list[str] = []

    def roles(text: str) -> list[RoleSpan]:
        asked.append(text)
        return [RoleSpan(4, 7, Role.CODE), RoleSpan(0, 7, Role.QUOTATION)]

    document = Document("a", "one two", roles=roles)
    assert document.text and not asked
    assert document.roles[0].role is Role.QUOTATION
    assert document.role_bounds(Role.CODE, 5) == (4, 7)
    assert asked == ["one two"]


def test_utf8_has_one_byte_for_a_lone_surrogate() -> None:
    assert Document("a", "é\ud800x").utf8 == "é?x".encode()


def test_a_memo_is_made_once() -> None:
    document = Document("a", "x")
    made = [document.memo("key", lambda: object()) for _ in range(2)]
    assert made[0] is made[1]


def test_raw_lines_come_without_their_ends() -> None:
    document = Document("a", "x", raw="one\r\ntwo\n")
    assert [document.raw_line(i) for i in (0, 1, 2, 3, 4)] == ["", "one", "two", "", ""]
