"""Markdown where nothing renders it."""

from __future__ import annotations

import pytest

from auditor.detectors.boilerplate.markdown_residue import UNRENDERED, markdown_residue
from auditor.documents import from_text
from auditor.documents.document import Document, Role, RoleSpan
from auditor.findings import Severity, Status

BODY = "Rain fell.\n\n## Main results\n\nIt was **very wet** in [Leeds](https://leeds.example/rain).\n\n```python\nx\n```\n"


def marks(text: str, format: str, roles: tuple[RoleSpan, ...] = ()) -> list[str]:
    return [finding.excerpt for finding in markdown_residue(Document("a", text, format=format, roles=roles))]


@pytest.mark.parametrize("format", sorted(UNRENDERED))
def test_marks_in_formats_that_show_them(format: str):
    expected = ["## Main results", "**very wet**", "[Leeds](https://leeds.example/rain)", "```python", "```"]
    assert marks(BODY, format) == expected


@pytest.mark.parametrize("format", ["markdown", "text", "notebook", "code", "rst", "csv", "jsonl"])
def test_none_where_they_are_rendered_or_usual(format: str):
    assert marks(BODY, format) == []


def test_findings_are_notes():
    (finding,) = markdown_residue(Document("a", "It was **very wet** today.", format="docx"))
    assert finding.severity is Severity.NOTE and finding.status is Status.LEAKED


@pytest.mark.parametrize(
    "text",
    [
        "2 ** 3 ** 4 and a**b",
        "p < 0.05 (**), p < 0.01 (***)",
        "See [1](2) and [a](#b).",
        "#hashtag ## and C## code",
        "A footnote** and another** here",
        "** not bold **",
        "Call f(**kwargs) and g(**options)",
    ],
)
def test_what_only_looks_like_it(text: str):
    assert marks(text, "docx") == []


def test_code_may_hold_anything():
    text = "The **kwargs of\n\n## a heading\n\nend"
    assert marks(text, "html", (RoleSpan(0, len(text), Role.CODE),)) == []


@pytest.mark.parametrize("format", ["markdown", "text"])
def test_a_fence_around_the_whole_text(format: str):
    text = "\n```markdown\n# Title\n\nRain fell.\n```\n"
    (finding,) = markdown_residue(from_text(text, format=format))
    assert finding.excerpt == "```markdown\n"
    assert (finding.severity, finding.status) == (Severity.WARNING, Status.LEAKED)


@pytest.mark.parametrize(
    "text",
    [
        "```python\nx = 1\n```\n",
        "```markdown\n# Sample\n```\n\nThat was a sample.\n",
        "A sample:\n\n```markdown\n# Title\n```\n",
    ],
)
def test_an_ordinary_fence_is_none(text: str):
    assert marks(text, "markdown") == []
