from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from auditor.documents import DocumentError, Role

from .reading import blocks, damaged, outcome, place, read, texts, written_at

NOTEBOOK: dict[str, Any] = {
    "cells": [
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": ["# Head\n", 'Words with `code` and "marks"\n', "\n", "> a quotation"],
        },
        {
            "cell_type": "code",
            "source": [
                "# a comment that\n",
                "# goes on é\n",
                "x = '# no comment'\n",
                "%matplotlib inline\n",
                "!ls",
            ],
            "outputs": [
                {"output_type": "stream", "name": "stdout", "text": ["some \x1b[31mred\x1b[0m words\n"]},
                {
                    "output_type": "execute_result",
                    "data": {
                        "text/plain": ["<IPython.core.display.HTML object>"],
                        "text/html": ["<p>Hi <b>there</b> &amp; you</p>"],
                        "image/png": "iVBORw0KGgo" * 50,
                    },
                },
                {
                    "output_type": "display_data",
                    "data": {"text/markdown": "**rich** `x`", "text/plain": "poor"},
                },
                {
                    "output_type": "error",
                    "ename": "E",
                    "evalue": "went wrong",
                    "traceback": ["\x1b[0;31m..."],
                },
            ],
        },
        {"cell_type": "code", "source": "%%markdown\nwords of `a cell`", "outputs": []},
        {"cell_type": "raw", "source": "raw words"},
    ],
    "metadata": {"kernelspec": {"language": "python"}},
    "nbformat": 4,
}


@pytest.mark.parametrize("indent", [1, None])
def test_cells_and_outputs_come_in_order(indent: int | None) -> None:
    document = read(json.dumps(NOTEBOOK, indent=indent), "a.ipynb")
    assert [block.strip() for block in blocks(document)] == [
        '# Head\nWords with `code` and "marks"',
        "> a quotation",
        "a comment that\ngoes on é",
        "some red words",
        "Hi there & you",
        "**rich** `x`",
        "went wrong",
        "words of `a cell`",
        "raw words",
    ]
    assert place(document, "quotation").part == "cell 1"
    assert place(document, "red words").part == "cell 2 output"
    assert place(document, "went wrong").part == "cell 2 output"
    assert place(document, "raw words").part == "cell 4"
    assert texts(document, Role.HEADING) == ["# Head"]
    assert texts(document, Role.QUOTATION) == ["> a quotation"]
    assert texts(document, Role.CODE) == ["`code`", "`x`", "`a cell`"]


@pytest.mark.parametrize("indent", [1, None])
@pytest.mark.parametrize(
    ("phrase", "written"),
    [
        ("marks", 'marks\\"'),
        ("a quotation", 'a quotation"'),
        ("goes on", "goes on \\u00e9"),
        ("é", "\\u00e9\\n"),
        ("there", "there</b>"),
        ("& you", "&amp; you"),
        ("words of", "words of `a cell`"),
    ],
)
def test_places_are_those_in_the_json_file(phrase: str, written: str, indent: int | None) -> None:
    assert written_at(read(json.dumps(NOTEBOOK, indent=indent), "a.ipynb"), phrase).startswith(written)


def test_format_three() -> None:
    cells = [
        {"cell_type": "heading", "level": 1, "source": "A heading"},
        {
            "cell_type": "code",
            "language": "python",
            "input": "# comment",
            "outputs": [{"output_type": "pyout", "text": "out"}],
        },
    ]
    document = read(json.dumps({"worksheets": [{"cells": cells}], "nbformat": 3}), "a.ipynb")
    assert blocks(document) == ["A heading", "comment", "out"]
    assert texts(document, Role.HEADING) == ["A heading"]


def test_the_kernel_and_magics_decide_the_language() -> None:
    cells = [
        {"cell_type": "code", "source": "// words\n# none", "outputs": []},
        {"cell_type": "code", "source": "%%bash\n# shell"},
    ]
    notebook = {"cells": cells, "metadata": {"kernelspec": {"language": "javascript"}}}
    assert blocks(read(json.dumps(notebook), "a.ipynb")) == ["words", "shell"]


def test_a_notebook_without_words_is_no_error() -> None:
    assert read('{"cells": []}', "a.ipynb").text == ""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"cells": [\n {"a": }]}', "line 2, column 8: expected a value"),
        ('{"cells": [\n {"a": 1', "line 2, column 9: ends too early"),
        ('{"cells": "abc', "line 1, column 11: string without an end"),
        ('{"cells": []} x', "line 1, column 15: expected the end"),
        ('{"cells": [1 2]}', "expected a comma or a closing bracket"),
        ('{"cells" []}', "expected a colon"),
        ("{1: 2}", "expected a key in quotation marks"),
        ('{"a": 01}', "expected"),
        ('{"a": 1}', "is JSON but not a notebook"),
        ("[" * 100_000, "is nested deeper than 200 levels"),
        ('{"cells": ' * 5000, "is nested deeper than 200 levels"),
    ],
)
def test_damaged_json_names_line_and_column(content: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read(content, "a.ipynb")


def test_odd_shapes_are_passed_over() -> None:
    cells = [
        None,
        1,
        {},
        {"cell_type": 5, "source": 7},
        {"cell_type": "code", "source": [1, "# c"], "outputs": [3, {}, {"data": []}]},
    ]
    assert read(json.dumps({"cells": cells, "metadata": []}), "a.ipynb").text.strip() == "c"


@given(damaged(json.dumps(NOTEBOOK, indent=1).encode()))
@settings(max_examples=150, deadline=None)
def test_damage_never_raises_anything_else(content: bytes) -> None:
    outcome(content, "a.ipynb")
