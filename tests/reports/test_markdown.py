from __future__ import annotations

from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from auditor.findings import Severity
from auditor.reports.interface import RenderOptions
from auditor.reports.markdown import LIMIT, RENDERER, code, prose
from auditor.reports.model import Audit, Report, Subject

from .conftest import HOSTILE, finding, make, on_line

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


class Tags(HTMLParser):
    """The elements of a page, and its text outside code."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.text = ""
        self._code = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self._code += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag == "code"

    def handle_data(self, data: str) -> None:
        self.text += "" if self._code else data


def many(number: int, documents: int = 1) -> Report:
    def audit(path: str) -> Audit:
        found = [
            finding("a/b", Severity.ERROR, HOSTILE, on_line(path, i, HOSTILE, i + 1, 1))
            for i in range(number)
        ]
        return Audit(subject=Subject(kind="document", name=path), findings=tuple(found))

    return make(*(audit(f"<b>@{i}</b>.txt") for i in range(documents)))


@pytest.mark.parametrize("verbose", [True, False])
@pytest.mark.parametrize("number", [1, 30])
def test_documents_cannot_act_on_the_site(report: Report, verbose: bool, number: int):
    for each in (report, many(number)):
        page = MARKDOWN.render(RENDERER.render(each, options=RenderOptions(verbose=verbose)))
        tags = Tags(page)
        assert not tags.names & {"script", "img", "a", "em", "b"}
        assert not set("@#") & set(tags.text)


@pytest.mark.parametrize("text", ["a`b", "`", "``x", "x``", "a | b", "<b>", "a\nb", "\\`", "&lt;", " "])
def test_code_shows_the_text_as_it_is(text: str):
    page = MARKDOWN.render(f"x {code(text)} y")
    shown = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert page == (f"<p>x <code>{shown}</code> y</p>\n" if shown else "<p>x  y</p>\n")


def test_plain_words_stay_plain():
    assert prose("It breaks off a sentence (“so”).") == "It breaks off a sentence (“so”)."
    assert prose("by @me in http://x.y") == "by `@me` in `http://x.y`"


def test_all_findings_are_folded_below_the_worst():
    text = RENDERER.render(many(12), options=RenderOptions())
    assert "**The worst 10 of 12 findings**" in text
    fold = text[text.index("<details>") :]
    assert fold.count("\n- `") == 12


def test_size_is_limited_and_the_rest_counted():
    report = many(40, documents=30)
    text = RENDERER.render(report, options=RenderOptions())
    assert len(text) <= LIMIT
    assert text.count("<details>") == text.count("</details>") > 0
    listed = text.count("\n- `")
    assert f"*{report.summary.findings - listed:,} findings left out" in text
