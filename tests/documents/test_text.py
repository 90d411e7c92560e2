from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor.documents import Role
from auditor.documents.plain_structure import plain_roles

from .reading import place, read, texts


def test_text_is_the_file_and_places_are_exact() -> None:
    document = read("one\r\ntwo three\rfour\n", "a.txt")
    assert document.text == document.raw == "one\r\ntwo three\rfour\n"
    location = place(document, "three")
    assert (location.line, location.column, location.end_column) == (2, 5, 10)
    assert place(document, "four").line == 3


def test_a_mark_at_the_start_does_not_shift_the_first_column() -> None:
    assert place(read("\ufeffone two", "a.txt"), "two").column == 5


def test_mail_quotations_fences_headings_and_references() -> None:
    document = read(
        "# Title\n\n> quoted one\n> quoted two\n\n```py\n> code\n# code\n```\nAfter\n\n"
        "Results\n=======\n\nSome text.\n\n"
        "References\n\n1. Smith 2020\n",
        "a.txt",
    )
    assert texts(document, Role.HEADING) == ["# Title", "Results\n======="]
    assert " ".join(texts(document, Role.QUOTATION)) == "> quoted one > quoted two"
    assert texts(document, Role.CODE) == ["```py\n> code\n# code\n```"]
    assert texts(document, Role.REFERENCES) == ["References\n\n1. Smith 2020"]


def test_references_end_at_the_next_heading_and_have_many_names() -> None:
    for name in ("# References", "## 참고문헌", "# Литература", "# Bibliographie"):
        document = read(f"Text\n\n{name}\n\nSmith\n\n# Appendix\n\nMore", "a.txt")
        assert texts(document, Role.REFERENCES) == [f"{name}\n\nSmith"]


def test_an_open_fence_lasts_to_the_end() -> None:
    assert texts(read("a\n\n~~~\nx = 1\n", "a.txt"), Role.CODE) == ["~~~\nx = 1"]


@given(
    st.lists(
        st.sampled_from(["> q", "```", "~~~", "# h", "===", "---", "References", "x", "", " ", "\t>", "a\r"])
    )
)
def test_spans_lie_inside_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    for span in plain_roles(text):
        assert 0 <= span.start < span.end <= len(text)
