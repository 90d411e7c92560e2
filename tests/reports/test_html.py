from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from auditor.findings import Severity
from auditor.reports.html import RENDERER
from auditor.reports.interface import RenderOptions
from auditor.reports.model import Report, RuleInfo

from .conftest import make

VOID = {"meta", "br", "input", "link", "img", "hr"}


class Page(HTMLParser):
    """Elements with their attributes; fails where an element is not closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    return RENDERER.render(report, options=RenderOptions())


def test_documents_add_no_elements(page: str):
    elements = Page(page).elements
    assert [tag for tag, _ in elements].count("script") == 1
    assert "img" not in {tag for tag, _ in elements}
    assert not any(name.startswith("on") for _, attributes in elements for name in attributes)
    assert '<html lang="en">' in page


def test_it_loads_nothing(page: str):
    for tag, attributes in Page(page).elements:
        assert not {"src", "srcset", "style", "action"} & set(attributes)
        assert tag != "link"
        assert "href" not in attributes or (tag == "a" and str(attributes["href"]).startswith("https://"))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    assert "url(" not in style[1]
    assert "@import" not in style[1]


@pytest.mark.parametrize("tag", ["style", "script"])
def test_the_policy_allows_exactly_what_is_there(page: str, tag: str):
    content = re.search(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    assert content
    digest = b64encode(sha256(content[1].encode()).digest()).decode()
    policy = next(
        a["content"] for t, a in Page(page).elements if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert f"{tag}-src 'sha256-{digest}'" in policy.replace("&#39;", "'")
    assert policy.startswith("default-src 'none';")


def test_only_web_addresses_are_links():
    info = RuleInfo(id="a/b", title="T", severity=Severity.NOTE, help="", docs="javascript:alert(1)")
    assert "javascript" not in RENDERER.render(make(rules=(info,)), options=RenderOptions())


def test_findings_that_do_not_count_are_filtered_unless_verbose(report: Report, page: str):
    def checked(text: str) -> set[str | None]:
        return {a["value"] for tag, a in Page(text).elements if tag == "input" and "checked" in a}

    assert checked(page) == {"error", "warning", "note", "open", "uncertain"}
    verbose = RENDERER.render(report, options=RenderOptions(verbose=True))
    assert checked(verbose) == checked(page) | {"mentioned", "suppressed"}
    states = [a.get("data-state") for tag, a in Page(page).elements if tag == "article"]
    assert states.count("suppressed") == 2
    assert states.count("mentioned") == 1


def test_text_keeps_its_place_beside_the_leak(page: str):
    assert (
        'began with “</bdi><mark><bdi>As an AI language model</bdi></mark><bdi class="context">”, as' in page
    )
