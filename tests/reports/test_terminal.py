from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from auditor.findings import Severity
from auditor.reports.interface import RenderOptions
from auditor.reports.model import Audit, Report, Subject
from auditor.reports.terminal import RENDERER

from .conftest import KOREAN, finding, make, on_line

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def lines(report: Report, **options: object) -> list[str]:
    return RENDERER.render(report, options=RenderOptions(**options)).splitlines()  # type: ignore[arg-type]


def test_markers_stand_under_the_leak(report: Report):
    shown = lines(report)
    at = next(i for i, line in enumerate(shown) if KOREAN in line)
    assert shown[at].startswith(f"    {KOREAN}")
    assert shown[at + 1] == "    " + "^" * cell_len(KOREAN)  # twice as wide as it is long, mostly
    at = next(i for i, line in enumerate(shown) if "iatrogenic" in line)
    start = shown[at + 1].index("^")
    assert shown[at][start:].startswith("I'm very sorry")


def test_piped_output_is_findings_only(report: Report):
    shown = lines(report)
    heads = [line for line in shown if not line.startswith("    ")]
    assert len(heads) == report.summary.findings
    assert heads[0].startswith("drafts/radiology case.txt:12:57: error boilerplate/refusal: ")
    assert not any("locked.pdf" in line or "not shown" in line for line in shown)


def test_summary_can_be_asked_for(report: Report):
    assert lines(report, summary=True)[-1].startswith("3 errors, ")
    assert not any("locked.pdf" in line for line in lines(report, colour=True, summary=False))


def test_colour_underlines_exactly_the_leak(report: Report):
    shown = "\n".join(lines(report, colour=True))
    assert (
        "\x1b[4;31mI'm very sorry, but I don't have access to real-time information.\x1b[0m Surgical" in shown
    )
    assert "\x1b[1;31mlocked.pdf: could not be audited: is encrypted; remove the password\x1b[0m" in shown


def test_escape_sequences_and_markup_of_documents_are_inert(report: Report):
    shown = "\n".join(lines(report, colour=True))
    assert "[bold]x[/bold]" in shown
    assert "\x1b" not in ANSI.sub("", shown)
    assert "\x1b[31mred" not in shown


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("leak", ["I cannot help with that. " * 20, KOREAN * 10, "short"])
def test_excerpts_fit_the_width(width: int, leak: str):
    where = on_line("a.txt", 0, leak, 1, 1)
    found = finding("a/b", Severity.ERROR, leak, where, before="words and " * 8, after=" and words" * 8)
    report = make(Audit(subject=Subject(kind="document", name="a.txt"), findings=(found,)))
    for colour in (True, False):
        excerpt = [line for line in lines(report, width=width, colour=colour) if leak[:3] in line][-1]
        assert cell_len(ANSI.sub("", excerpt)) <= width
        assert leak.strip()[-1] in excerpt


def test_a_line_break_in_a_name_cannot_forge_a_line():
    audit = Audit(
        subject=Subject(kind="document", name="a\nb.txt:1:1: error"), status="failed", error="no\nway"
    )
    shown = lines(make(audit), summary=True)
    assert shown[0] == "a b.txt:1:1: error: could not be audited: no way"
