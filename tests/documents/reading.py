"""Helpers for the tests of loaders: reading from memory, finding phrases, damaging files."""

from __future__ import annotations

import time

from hypothesis import strategies as st

from auditor.documents import Document, DocumentError, LoadOptions, Role
from auditor.documents.registry import load_bytes
from auditor.findings import Location


def read(content: bytes | str, name: str, options: LoadOptions | None = None) -> Document:
    return load_bytes(content.encode() if isinstance(content, str) else content, name, options)


def place(document: Document, phrase: str) -> Location:
    """Where the first occurrence of ``phrase`` stands."""
    start = document.text.index(phrase)
    return document.location(start, start + len(phrase))


def written_at(document: Document, phrase: str) -> str:
    """What the raw file has at the line and column of ``phrase``, to the end of the line."""
    location = place(document, phrase)
    assert location.line is not None and location.column is not None
    return document.raw_line(location.line)[location.column - 1 :]


def texts(document: Document, role: Role) -> list[str]:
    """The spans of a role, without the blank lines round them."""
    return [document.text[span.start : span.end].strip() for span in document.roles if span.role is role]


def blocks(document: Document) -> list[str]:
    return [block for block in document.text.split("\n\n") if block.strip()]


def outcome(
    content: bytes, name: str, options: LoadOptions | None = None
) -> tuple[Document | DocumentError, float]:
    """The document or the error, and the processor's seconds; anything else that is raised fails the test."""
    start = time.process_time()
    try:
        found: Document | DocumentError = load_bytes(content, name, options)
        assert isinstance(found, Document)
        for span in found.roles:
            assert 0 <= span.start < span.end <= len(found.text)
        if found.text:
            found.location(0, len(found.text))
    except DocumentError as error:
        assert "\n" not in error.reason
        found = error
    return found, time.process_time() - start


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """A file with bits flipped, bytes cut out or put in, or its end cut off."""
    data = bytearray(content)
    for _ in range(draw(st.integers(1, 6))):
        if not data:
            break
        at = draw(st.integers(0, len(data) - 1))
        match draw(st.sampled_from(("flip", "cut", "insert", "end"))):
            case "flip":
                data[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[at : at + draw(st.integers(1, 64))]
            case "insert":
                data[at:at] = draw(st.binary(max_size=16))
            case "end":
                del data[at:]
    return bytes(data)
