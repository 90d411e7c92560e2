"""What the examples hold is found: which rules, where, and nothing in the two that have no leak."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from auditor import documents
from auditor.engine import Task, run_task
from auditor.findings import Finding, Status
from auditor.reports.model import Audit

EXAMPLES = Path(__file__).parents[1] / "examples"
SPLICE = (
    "I'm very sorry, but I don't have access to real-time information or patient-specific data, as I am "
    "an AI language model. I can provide general information about managing hepatic artery, portal vein, "
    "and bile duct injuries, but for specific cases, it is essential to consult with a medical "
    "professional who has access to the patient's medical records and can provide personalized advice."
)
SPLICED = {"refusal", "self-identification", "knowledge-cutoff"}
LEAKED = {
    "radiology.txt": SPLICED,
    "radiology.pdf": SPLICED,
    "radiology.docx": SPLICED,
    "korean-guide.md": {"opener", "closer"} | SPLICED,
    "project/README.md": {"opener", "closer"},
    "translated-docs.md": {"editor-talk"},
    "rate_limiter.py": {"opener"},
    "analysis.ipynb": {"knowledge-cutoff"},
    "press-release.html": {"interface-residue", "markdown-residue", "placeholder"},
    "survey.tex": {"tool-marker", "tracking-link"},
    "catalogue.jsonl": {"prompt-echo", "chat-template"},
    "style-guide.md": set(),
    "clean.txt": set(),
    "make_examples.py": set(),
    "grounded/answer.md": set(),
    "grounded/answer-ko.md": set(),
    "grounded/sources/harbour-report.md": set(),
    "grounded/sources/council-minutes.html": set(),
    "grounded/sources/도서관-보고서.md": set(),
}


def audit(name: str) -> Audit:
    found = run_task(Task(str(EXAMPLES / name), select=("boilerplate",)))
    assert (found.status, found.error, found.problems) == ("complete", None, ())
    return found


def leaked(found: Audit) -> list[Finding]:
    return [finding for finding in found.findings if finding.status is Status.LEAKED]


def test_every_example_is_listed() -> None:
    files = {
        p.relative_to(EXAMPLES).as_posix() for p in EXAMPLES.rglob("*") if p.is_file() and p.suffix != ".pyc"
    }
    assert files == LEAKED.keys()


@pytest.mark.parametrize("name", LEAKED)
def test_rules_found_as_leaked(name: str) -> None:
    found = {rule for finding in leaked(audit(name)) for rule in (finding.rule, *finding.also)}
    assert found == {f"boilerplate/{rule}" for rule in LEAKED[name]}


def test_quotations_are_reported_but_do_not_count() -> None:
    findings = audit("style-guide.md").findings
    assert len(findings) >= 7
    assert all(finding.status is Status.MENTIONED and not finding.counts for finding in findings)


@pytest.mark.parametrize("suffix", ["txt", "pdf", "docx"])
def test_splice_has_its_exact_span(suffix: str) -> None:
    name = f"radiology.{suffix}"
    (finding,) = leaked(audit(name))
    document = documents.load(EXAMPLES / name)
    place = finding.location
    assert place is not None
    assert document.text[place.start : place.end] == finding.excerpt
    assert " ".join(finding.excerpt.split()) == SPLICE
    assert document.text[: place.start].endswith("management of bilateral iatrogenic ")
    assert document.text[place.end :].lstrip().startswith("An arterial phase")
    assert "breaks off a sentence" in finding.message
    assert finding.severity == "error"


def test_splice_has_its_line_in_the_text_file() -> None:
    place = leaked(audit("radiology.txt"))[0].location
    lines = (EXAMPLES / "radiology.txt").read_text(encoding="utf-8").splitlines()
    first = next(i for i, line in enumerate(lines, 1) if "I'm very sorry" in line)
    last = next(i for i, line in enumerate(lines, 1) if "personalized advice." in line)
    assert place is not None
    assert (place.line, place.column) == (first, lines[first - 1].index("I'm very sorry") + 1)
    assert (place.end_line, place.end_column) == (last, lines[last - 1].index("advice.") + len("advice.") + 1)
    assert place.page is None


def test_splice_has_its_page_in_the_pdf() -> None:
    place = leaked(audit("radiology.pdf"))[0].location
    assert place is not None
    assert (place.page, place.line) == (2, None)


def test_lines_of_the_other_examples() -> None:
    for name, line in (
        ("rate_limiter.py", 7),
        ("translated-docs.md", 13),
        ("survey.tex", 9),
        ("korean-guide.md", 6),
    ):
        place = leaked(audit(name))[0].location
        assert place is not None
        assert place.line == line, name


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_examples", EXAMPLES / "make_examples.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_binary_examples_are_what_the_script_makes(suffix: str) -> None:
    maker = _maker()
    made = {"pdf": maker.make_pdf, "docx": maker.make_docx}[suffix]
    data = made()
    assert made() == data
    kept = documents.load(EXAMPLES / f"radiology.{suffix}")
    assert documents.load_bytes(data, kept.name).text == kept.text
