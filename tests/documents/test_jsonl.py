from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents import DocumentError, LoadOptions
from auditor.documents.json_positions import JsonError, JsonString, parse
from tests.patience import patience

from .reading import blocks, damaged, outcome, place, read, written_at

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


def plain(value: Any) -> Any:
    """What the decoder keeps of a value: no numbers."""
    if isinstance(value, (str, JsonString)):
        return str(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else None


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_the_decoder_agrees_with_the_standard_library(
    value: Any, ascii_only: bool, indent: int | None
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert plain(parse(text)) == plain(json.loads(text))


@given(st.text(st.sampled_from('{}[],:"\\u0e9ntrfalsx1-.+ \n\t'), max_size=24))
def test_the_decoder_refuses_what_the_standard_library_refuses(text: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        with pytest.raises(JsonError) as caught:
            parse(text)
        assert 0 <= caught.value.position <= len(text)
    else:
        parse(text)


@given(st.text(max_size=20), st.booleans())
def test_every_character_of_a_string_has_its_place(text: str, ascii_only: bool) -> None:
    line = json.dumps({"text": "x" + text, "id": 1}, ensure_ascii=ascii_only)
    document = read(line.encode("utf-8", "surrogatepass") if ascii_only else line, "a.jsonl")
    assert document.text == "x" + text
    for offset, character in enumerate(document.text):
        raw = line[document._source.raw(offset) :]
        assert raw[0] in (character, "\\")


ROWS = """{"id": 1, "text": "First \\n \\u00e9 \\ud83d\\ude00 row"}

not json
{"id": 2, "text": "Second row", "title": "Its title", "prompt": "what the user asked for"}
{"id": 3, "text": "cut
{"id": 4, "messages": [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hi there"}]}
"""


def test_rows_are_parts_and_broken_ones_are_listed() -> None:
    document = read(ROWS, "a.jsonl")
    assert blocks(document) == ["First \n é 😀 row", "Second row", "Its title", "Hello", "Hi there"]
    assert document.problems == (
        "row 2: not JSON: expected a value (column 1)",
        "row 4: not JSON: string without an end or with a bad escape (column 19)",
    )
    assert place(document, "First").part == "row 1"
    assert place(document, "Second").part == place(document, "Its title").part == "row 3"
    assert place(document, "Hi there").part == "row 5 messages[1]"
    location = place(document, "Second")
    assert (location.line, location.column) == (4, 20)
    assert written_at(document, "😀 row").startswith("\\ud83d\\ude00 row")


def test_answers_deep_in_a_row_are_found() -> None:
    row = {
        "custom_id": "a",
        "response": {"body": {"choices": [{"message": {"role": "assistant", "content": "deep"}}]}},
    }
    chat = {"conversations": [{"from": "gpt", "value": "shared"}]}
    document = read(json.dumps(row) + "\n" + json.dumps(chat), "a.jsonl")
    assert place(document, "deep").part == "row 1 response.body.choices[0].message"
    assert place(document, "shared").part == "row 2 conversations[0].value"


def test_without_a_usual_name_prose_is_read_and_without_prose_every_word() -> None:
    assert (
        read('{"id": "a-b-c", "note": "words that make a sentence"}', "a.jsonl").text
        == "words that make a sentence"
    )
    assert read('{"id": "7", "name": "Ann"}', "a.jsonl").text == "Ann"
    assert read('{"id": 7}', "a.jsonl").text == ""


def test_fields_can_be_chosen() -> None:
    options = LoadOptions(text_fields=("a.b", "c"))
    document = read('{"a": {"b": "one"}, "c": ["two", "three"], "text": "no"}', "a.jsonl", options)
    assert blocks(document) == ["one", "two", "three"]
    with pytest.raises(DocumentError, match=r"has no field 'summary' in any row; the fields are: id, text"):
        read('{"id": 1, "text": "x"}\n{"text": "y"}', "a.jsonl", LoadOptions(text_fields=("summary",)))


def test_an_array_is_read_as_its_elements() -> None:
    document = read('[\n  {"text": "one"},\n  {"text": "two"}\n]\n', "a.jsonl")
    assert (place(document, "two").part, place(document, "two").line) == ("row 2", 3)


def test_nothing_but_broken_rows_is_an_error() -> None:
    with pytest.raises(DocumentError, match=r"row 1: not JSON: expected a value \(column 1\)"):
        read("nope\nnope\n", "a.jsonl")
    with pytest.raises(DocumentError, match="nested deeper than 200"):
        read('{"a":' * 100_000, "a.jsonl")


def test_many_broken_rows_are_counted() -> None:
    problems = read('{"text": "x"}\n' + "bad\n" * 500, "a.jsonl").problems
    assert len(problems) == 21
    assert problems[-1] == "and 480 more broken rows"


@pytest.mark.parametrize(
    "piece", ['{"a":"\\n"}\n', '"x"\n', "[", '{"text":"\\u00e9', '{"a":1,', "\\", '"', '{"a":{"a":1}}\n']
)
def test_time_is_linear(piece: str) -> None:
    _, seconds = outcome((piece * (300_000 // len(piece))).encode(), "a.jsonl")
    assert seconds < patience(4)


@given(damaged(ROWS.encode()))
@settings(max_examples=150, deadline=None)
def test_damage_never_raises_anything_else(content: bytes) -> None:
    outcome(content, "a.jsonl")
