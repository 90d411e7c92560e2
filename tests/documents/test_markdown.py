from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents import Role
from auditor.documents.markdown_structure import markdown_roles
from tests.patience import patience

from .reading import damaged, outcome, place, read, texts

PAGE = """---
title: A page
---
# Head

Words with `code` and ``a ` b``
over `two
lines` end, \\`not code\\` and `C:\\` too.

> quoted words
goes on lazily

> [!NOTE]
> an alert is the author speaking

- item

  still the item

      indented code in the item

text

    indented code

    more of it

Setext
------

| a | b |
|---|:-:|
| c | d |

Figure 1: A caption
of two lines

[^1]: A footnote
    that goes on

```python
x = "`"
```

> ~~~
> code in a quotation
> ~~~

<!-- a comment
# no heading
-->

!!! note
    Prose of an admonition

<blockquote>said in HTML</blockquote>

## References

1. Smith 2020

## Appendix

The end
"""


def test_the_text_is_the_file() -> None:
    document = read(PAGE, "a.md")
    assert document.text == document.raw == PAGE
    assert place(document, "Smith 2020").line == PAGE[: PAGE.index("Smith")].count("\n") + 1


def test_each_role_is_found() -> None:
    document = read(PAGE, "a.md")
    assert texts(document, Role.METADATA) == ["---\ntitle: A page\n---"]
    assert texts(document, Role.HEADING) == ["# Head", "Setext\n------", "## References", "## Appendix"]
    assert texts(document, Role.CODE) == [
        "`code`",
        "``a ` b``",
        "`two\nlines`",
        "`C:\\`",
        "indented code in the item",
        "indented code\n\n    more of it",
        '```python\nx = "`"\n```',
        "> ~~~\n> code in a quotation\n> ~~~",
    ]
    assert texts(document, Role.QUOTATION) == [
        "> quoted words\ngoes on lazily",
        "> ~~~\n> code in a quotation\n> ~~~",
        "<blockquote>said in HTML</blockquote>",
    ]
    assert texts(document, Role.TABLE) == ["| a | b |\n|---|:-:|\n| c | d |"]
    assert texts(document, Role.CAPTION) == ["Figure 1: A caption\nof two lines"]
    assert texts(document, Role.FOOTNOTE) == ["[^1]: A footnote\n    that goes on"]
    assert texts(document, Role.COMMENT) == ["<!-- a comment\n# no heading\n-->"]
    assert texts(document, Role.REFERENCES) == ["## References\n\n1. Smith 2020"]


def test_line_ends_of_windows_change_nothing() -> None:
    here = read(PAGE, "a.md")
    there = read(PAGE.replace("\n", "\r\n"), "a.md")
    assert [(span.role, there.text[span.start : span.end].replace("\r\n", "\n")) for span in there.roles] == [
        (span.role, here.text[span.start : span.end]) for span in here.roles
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+++\nt = 1\n+++\nx", ["+++\nt = 1\n+++"]),
        ("---\ntitle: x\n...\nx", ["---\ntitle: x\n..."]),
        ("---\n\nA rule, no front matter\n\n---\nx", []),
        ("---\ntitle: never closed\n", []),
        ("text\n\n---\na: b\n---\n", []),
    ],
)
def test_front_matter(text: str, expected: list[str]) -> None:
    assert texts(read(text, "a.md"), Role.METADATA) == expected


WRAPPED = """# Title

Some words of the document that somebody wrote.

```bash
ls
```

> a quote

More words.
"""


@pytest.mark.parametrize("opening", ["```markdown\n", "```md\n", "Sure, here is the page:\n\n```Markdown\n"])
@pytest.mark.parametrize("closing", ["```\n", "", "```\n\nLet me know if you need more!\n"])
def test_a_fence_round_the_whole_file_is_no_code(opening: str, closing: str) -> None:
    document = read(opening + WRAPPED + closing, "a.md")
    assert texts(document, Role.CODE) == ["```bash\nls\n```"]
    assert texts(document, Role.QUOTATION) == ["> a quote"]
    assert texts(document, Role.HEADING) == ["# Title"]


def test_a_sample_of_markdown_is_code() -> None:
    text = "Write this:\n\n```markdown\n# Sample\n```\n\n" + "Many words follow it here. " * 20
    assert texts(read(text, "a.md"), Role.CODE) == ["```markdown\n# Sample\n```"]


def test_containers_with_indented_prose_hold_no_code() -> None:
    text = '=== "Tab"\n\n    Words in a tab\n\nTerm\n\n:   Words of a definition\n\n    and more\n\n'
    text += "1. one\n\n   para\n\n    para\n"
    assert texts(read(text, "a.md"), Role.CODE) == []


def test_directives_with_prose_are_prose_and_chunks_are_code() -> None:
    text = "```{note}\nWords of a note\n```\n\n```{r setup, echo=FALSE}\nx <- 1\n```\n\n"
    text += "::: {.callout-tip}\nA tip\n:::\n"
    assert texts(read(text, "a.qmd"), Role.CODE) == ["```{r setup, echo=FALSE}\nx <- 1\n```"]


def test_mdx() -> None:
    text = "import { A } from 'a'\nexport const b = {\n\n  c: 1,\n}\n\n"
    text += "<A>\n\n    Words in a component\n\n</A>\n\n{/* hidden */}\n"
    document = read(text, "a.mdx")
    assert texts(document, Role.CODE) == ["import { A } from 'a'\nexport const b = {\n\n  c: 1,\n}"]
    assert texts(document, Role.COMMENT) == ["{/* hidden */}"]


def test_code_spans_do_not_leave_their_paragraph() -> None:
    assert texts(read("a ` b\n\nc ` d\n\n- e ` f\n- g ` h\n", "a.md"), Role.CODE) == []


def test_a_reference_list_under_an_underlined_title() -> None:
    document = read("Text\n\nReferences\n----------\n\nSmith\n\nEnd\n---\n\nWords\n", "a.md")
    assert texts(document, Role.REFERENCES) == ["References\n----------\n\nSmith"]
    assert texts(document, Role.HEADING) == ["References\n----------", "End\n---"]


def test_comments_and_fences_inside_each_other() -> None:
    document = read("```html\n<!-- code -->\n```\n\n<!-- `x`\n```\n-->\n\nwords `y`\n", "a.md")
    assert texts(document, Role.CODE) == ["```html\n<!-- code -->\n```", "`y`"]
    assert texts(document, Role.COMMENT) == ["<!-- `x`\n```\n-->"]


HOSTILE = [
    *(
        "`",
        "`` ```",
        "> ",
        ">",
        "<!--x ",
        "- ",
        "<pre x\n",
        "<q>\n",
        "```markdown\n",
        "|-",
        "{/*",
        "[^a]: x\n",
        "\t",
    ),
    *("---\na: b\n", "***", "    x\n\n", "* > ", "![", "~~~\n>", "\\`", "1. ", ": x\n", "!!! a\n", '=== "\n'),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    start = time.process_time()
    markdown_roles(text)
    assert time.process_time() - start < patience(2)


@given(
    st.lists(
        st.sampled_from(
            [*HOSTILE, "\n", "\n\n", "x", "References\n", "```\n", "> [!NOTE]\n", "-->", "</pre>"]
        )
    )
)
@settings(max_examples=300, deadline=None)
def test_spans_lie_inside_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for mdx in (False, True):
        for span in markdown_roles(text, mdx=mdx):
            assert 0 <= span.start < span.end <= len(text)


@given(damaged(PAGE.encode()))
@settings(max_examples=100, deadline=None)
def test_damage_never_raises_anything_else(content: bytes) -> None:
    outcome(content, "a.md")
