"""Every rule has its page, every page its rule, and the examples on the pages are judged as the pages say."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from auditor.detector import all_detectors
from auditor.documents import from_text
from auditor.engine import audit_document
from auditor.findings import Finding, Status
from auditor.sources.grounds import Grounds
from auditor.sources.memory import MemoryIndex

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "rules"
FAMILIES = ("boilerplate/", "citations/", "consistency/", "grounding/")
OWN = {name: found for name, found in all_detectors(plugins=False).items() if name.startswith(FAMILIES)}
SUFFIXES = {"python": "example.py", "markdown": "example.md"}
CHECKS = [found for found in OWN.values() if found.check]
# "Source: …" and "Text: …", each at the start of a line.
PARTS = re.compile(r"^(?:Source|Text): ", re.MULTILINE)
FENCE = re.compile(r"^(`{3,})(\w+)\n(.*?)\n\1$", re.MULTILINE | re.DOTALL)


def page(rule: str) -> str:
    return (PAGES / f"{rule}.md").read_text(encoding="utf-8")


def section(rule: str, heading: str) -> str:
    """The text under a heading, up to the next heading outside of the examples."""
    text = page(rule)
    found, not_found = headings(rule)
    following = {found: not_found, not_found: "How to fix"}[heading]
    start = text.index(f"\n## {heading}\n")
    return text[start : text.index(f"\n## {following}\n")]


def headings(rule: str) -> tuple[str, str]:
    """Headings over what the rule finds, and over what it leaves alone."""
    if rule.startswith("boilerplate/"):
        return "Leaks", "Not leaks, and why"
    return "Found", "Not found, and why"


def examples(which: int) -> list[tuple[str, str, str]]:
    return [(rule, m[2], m[3]) for rule in OWN for m in FENCE.finditer(section(rule, headings(rule)[which]))]


def findings(rule: str, language: str, text: str) -> list[Finding]:
    """What counts in an example: everything that is not merely mentioned.

    The pages of ``grounding`` give sources before the text, and speak of their own rule only. No model is asked: words
    in common and the typed checks decide.
    """
    kind = "code" if language == "python" else language
    if rule.startswith("grounding/"):
        *sources, text = (part.strip() for part in PARTS.split(text) if part.strip())
        documents = [from_text(source, f"source-{n}.md", "markdown") for n, source in enumerate(sources, 1)]
        grounds = Grounds(MemoryIndex(documents), max_age=timedelta(days=3650))
        audit = audit_document(from_text(text, "example.md", "markdown"), [OWN[rule]], grounds)
    else:
        audit = audit_document(from_text(text, SUFFIXES.get(language, "example"), kind), CHECKS)
    return [finding for finding in audit.findings if finding.status is not Status.MENTIONED]


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    pages = {p.relative_to(PAGES).with_suffix("").as_posix() for p in PAGES.glob("*/*.md")}
    assert pages == OWN.keys()


@pytest.mark.parametrize("rule", OWN)
def test_page_says_what_the_rule_is(rule: str) -> None:
    text, known = page(rule), OWN[rule].rule
    assert text.startswith(f"# {known.title}\n\n`{rule}` · {known.severity}\n")
    found, not_found = headings(rule)
    wanted = ["What it finds", "Why it matters", found, not_found, "How to fix", "How to suppress"]
    assert re.findall(r"^## (.+)$", FENCE.sub("", text), re.M) == wanted
    assert rule in text[text.index("## How to suppress") :]


@pytest.mark.parametrize("rule", OWN)
def test_index_and_navigation_name_the_page(rule: str) -> None:
    known = OWN[rule].rule
    assert f"[`{rule}`]({rule}.md) | {known.severity} | {known.title} |" in (PAGES / "index.md").read_text(
        encoding="utf-8"
    )
    assert f"rules/{rule}.md" in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("rule", "language", "text"), examples(0))
def test_leaks_on_the_page_are_found(rule: str, language: str, text: str) -> None:
    # The classifier alone is not always sure, as its page says.
    enough = {Status.LEAKED, None} | ({Status.UNCERTAIN} if rule == "boilerplate/assistant-voice" else set())
    found = [finding for finding in findings(rule, language, text) if finding.status in enough]
    assert rule in {name for finding in found for name in (finding.rule, *finding.also)}


@pytest.mark.parametrize(("rule", "language", "text"), examples(1))
def test_what_the_page_calls_no_leak_is_none(rule: str, language: str, text: str) -> None:
    leaked = [f for f in findings(rule, language, text) if f.status in (Status.LEAKED, None)]
    assert [f.excerpt for f in leaked] == []
