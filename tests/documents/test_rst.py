from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents import Role
from auditor.documents.rst_structure import rst_roles
from tests.patience import patience

from .reading import damaged, outcome, place, read, texts

PAGE = """:Author: Somebody
:Date: today

=====
Title
=====

Intro with ``code`` and :code:`more`, and this::

    literal block

    goes on

After it.

.. code-block:: python
   :linenos:

   x = 1

Then he said

   A quotation of
   two lines.

- item

  paragraph of the item

.. note::

   Words of a note

.. a comment
   of two lines

.. figure:: a.png
   :alt: none

   The caption
   of it.

   A legend

Part
----

>>> print(1)
1

+---+---+
| a | b |
+---+---+

term
   its definition

.. [1] A footnote
.. [Smith2020] A reference

.. epigraph::

   Words of another.

References
----------

Smith 2020
"""


def test_the_text_is_the_file() -> None:
    document = read(PAGE, "a.rst")
    assert document.text == PAGE
    assert place(document, "Smith 2020").column == 1


def test_each_role_is_found() -> None:
    document = read(PAGE, "a.rst")
    assert texts(document, Role.METADATA) == [":Author: Somebody\n:Date: today"]
    assert texts(document, Role.HEADING) == ["=====\nTitle\n=====", "Part\n----", "References\n----------"]
    assert texts(document, Role.CODE) == [
        "``code``",
        ":code:`more`",
        "literal block\n\n    goes on",
        ".. code-block:: python\n   :linenos:\n\n   x = 1",
        ">>> print(1)\n1",
    ]
    assert texts(document, Role.QUOTATION) == [
        "A quotation of\n   two lines.",
        ".. epigraph::\n\n   Words of another.",
    ]
    assert texts(document, Role.COMMENT) == [".. a comment\n   of two lines"]
    assert texts(document, Role.CAPTION) == ["The caption\n   of it."]
    assert texts(document, Role.TABLE) == ["+---+---+\n| a | b |\n+---+---+"]
    assert texts(document, Role.FOOTNOTE) == [".. [1] A footnote"]
    assert texts(document, Role.REFERENCES) == [
        ".. [Smith2020] A reference",
        "References\n----------\n\nSmith 2020",
    ]


HOSTILE = [
    "``",
    "`` a\n",
    "=",
    "=-",
    "- ",
    ".. ",
    ":a",
    "+-",
    ".. a:",
    "a::\n\n  ",
    ">>> ",
    "  \n",
    "\t",
    ".. [",
    "|",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece: str) -> None:
    start = time.process_time()
    rst_roles(piece * (300_000 // len(piece)))
    assert time.process_time() - start < patience(2)


@given(
    st.lists(
        st.sampled_from(
            [*HOSTILE, "\n", "\n\n", "x", "References\n===\n", "   ", ".. note::\n", ".. figure:: a\n"]
        )
    )
)
@settings(max_examples=300, deadline=None)
def test_spans_lie_inside_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for span in rst_roles(text):
        assert 0 <= span.start < span.end <= len(text)


@given(damaged(PAGE.encode()))
@settings(max_examples=100, deadline=None)
def test_damage_never_raises_anything_else(content: bytes) -> None:
    outcome(content, "a.rst")
