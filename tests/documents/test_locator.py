from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.documents import Document, from_text
from auditor.documents.document import Marks, SourceMap
from auditor.documents.locator import Locator


@given(st.text(st.sampled_from("ab \n\r"), min_size=1, max_size=40), st.data())
def test_a_locator_tells_the_same_after_a_journey(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = Document("a.txt", text, raw=text, pages=Marks([0, 9], [1, None]), parts=Marks([3], ["notes"]))
    read = Locator.from_bytes(document.locator.to_bytes(), "a.txt")
    assert read == document.locator
    assert read.location(start, end) == document.location(start, end)


def test_places_that_go_back_survive() -> None:
    source = SourceMap()
    for text, raw, step in ((0, 50, 1), (4, 10, 0), (9, 70, 1)):
        source.add(text, raw, step)
    document = Document("a", "x" * 20, raw="y\n" * 60, source=source)
    read = Locator.from_bytes(document.locator.to_bytes(), "b")
    assert [read.location(i, i + 1).line for i in (0, 5, 12)] == [26, 6, 37]
    assert read.location(0, 1).path == "b"


def test_loaded_documents_keep_their_places() -> None:
    document = from_text("<h1>One</h1>\n<p>A &amp; B</p>\n<p>C</p>", "a.html", "html")
    read = Locator.from_bytes(document.locator.to_bytes(), "a.html")
    for offset in range(len(document.text)):
        assert read.location(offset, offset + 1) == document.location(offset, offset + 1)


def test_a_million_lines_are_small() -> None:
    assert len(Document("a", "x", raw="line of text\n" * 1_000_000).locator.to_bytes()) < 50_000


@pytest.mark.parametrize("data", [b"", b"junk", zlib.compress(b"{}\n"), zlib.compress(b'{"version":9}\n')])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="locator"):
        Locator.from_bytes(data, "a")
