from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents import DocumentError, LoadOptions
from auditor.documents.csv import _rows, _value
from tests.patience import patience

from .reading import blocks, damaged, outcome, place, read, written_at

TABLE = (
    'id,text,rating\r\n1,"Hello, ""you""\nover there",5\r\n\r\n2,plain words,4\r\n3,,3\r\n'
    '4,"",2\r\n5,last one,1'
)


def test_rows_are_parts_and_places_are_exact() -> None:
    document = read(TABLE, "a.csv")
    assert blocks(document) == ['Hello, "you"\nover there', "plain words", "last one"]
    assert place(document, "plain").part == "row 2"
    assert place(document, "last").part == "row 5"
    location = place(document, "over there")
    assert (location.line, location.column, location.part) == (3, 1, "row 1")
    assert written_at(document, 'you"') == 'you""'
    assert place(document, "last").line == 8


@given(
    st.lists(
        st.lists(st.text(st.sampled_from('ab,;"\n\r \t'), max_size=5), min_size=2, max_size=4),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(",;\t|"),
)
def test_fields_are_those_of_the_standard_library(rows: list[list[str]], delimiter: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    content = file.getvalue()
    problems: list[str] = []
    assert [[_value(content, field) for field in row] for row in _rows(content, delimiter, problems)] == rows
    assert not problems


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    rows = [["id", "answer"], ["1", "some words, and more"], ["2", "others; again"]]
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    assert blocks(read(file.getvalue(), "a.csv")) == ["some words, and more", "others; again"]


def test_tabs_part_the_columns_of_tsv() -> None:
    assert read("text\tn\none, two, three\t1\n", "a.tsv").text == "one, two, three"


def test_without_a_head_prose_is_read() -> None:
    document = read("17,This is a sentence of some length.\n18,And here is another of them.\n", "a.csv")
    assert [place(document, word).part for word in ("sentence", "another")] == ["row 1", "row 2"]


def test_one_column_without_any_delimiter() -> None:
    assert blocks(read("Some words stand here.\nAnd more of them there.\n", "a.csv")) == [
        "Some words stand here.",
        "And more of them there.",
    ]


def test_columns_can_be_chosen() -> None:
    assert read("a,b,text\nx,y,z\n", "a.csv", LoadOptions(text_fields=("B",))).text == "y"
    with pytest.raises(DocumentError, match="has no column 'summary'; the columns are: id, text, rating"):
        read(TABLE, "a.csv", LoadOptions(text_fields=("summary",)))


def test_numbers_are_no_text_and_no_error() -> None:
    assert read("1,2\n3,4\n", "a.csv").text == ""
    assert read("id,species\n1,setosa\n2,virginica\n", "a.csv").text == "setosa\n\nvirginica"


def test_an_open_quotation_mark_costs_one_row() -> None:
    document = read('id,text\n1,"one"\n2,"open words\n3,three words\n', "a.csv")
    assert document.problems == ("row 3: quotation mark that is never closed (line 3)",)
    assert blocks(document) == ["one", "open words", "three words"]


def test_text_pushed_past_the_last_column_is_read() -> None:
    assert blocks(read("id,text\n1,Well, this was not quoted\n", "a.csv")) == ["Well", " this was not quoted"]


def test_huge_fields_and_nulls_are_no_trouble() -> None:
    huge = "many words " * 100_000
    assert len(read(f'id,text\n1,"{huge}"\n', "a.csv").text) == len(huge)
    assert read("id,text\n" + "1,some words\n" * 50 + "2,a\x00b\n", "a.csv").text.endswith("a\x00b")


@pytest.mark.parametrize("piece", ['"\n', '"""x\n', ",", '"', '"x\n\n', 'a"b,', "\r", "x\n", '"",', ";|\t"])
def test_time_is_linear(piece: str) -> None:
    _, seconds = outcome(("a b c d e\n" + piece * (300_000 // len(piece))).encode(), "a.csv")
    assert seconds < patience(4)


@given(damaged(TABLE.encode()))
@settings(max_examples=150, deadline=None)
def test_damage_never_raises_anything_else(content: bytes) -> None:
    outcome(content, "a.csv")
