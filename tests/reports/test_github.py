from __future__ import annotations

from auditor.findings import Severity
from auditor.reports.github import RENDERER
from auditor.reports.interface import RenderOptions
from auditor.reports.model import Audit, Report, Subject

from .conftest import finding, make, place


def lines(report: Report, **options: bool) -> list[str]:
    return RENDERER.render(report, options=RenderOptions(**options)).splitlines()


def test_every_line_is_one_command(report: Report):
    shown = lines(report)
    assert len(shown) == report.summary.findings + 2
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in shown)


def test_the_worst_come_first(report: Report):
    levels = [line.split()[0] for line in lines(report)[2:]]
    assert levels == ["::error"] * 3 + ["::warning"] * 2 + ["::notice"]


def test_properties_and_data_are_escaped():
    where = place("a,b:c%.txt", 0, 3, line=2, column=3, end_line=2, end_column=6)
    found = finding("a/b", Severity.NOTE, "x", where, message="50 %\r\n::error::forged")
    audit = Audit(subject=Subject(kind="document", name="a,b:c%.txt"), findings=(found,))
    assert lines(make(audit)) == [
        "::notice file=a%2Cb%3Ac%25.txt,line=2,col=3,endLine=2,endColumn=6,title=a/b"
        "::50 %25%0D%0A::error::forged (97 %25): “x”"
    ]


def test_columns_end_only_on_the_same_line(report: Report):
    spanning = next(line for line in lines(report) if "endLine=2" in line)
    assert "endColumn" not in spanning
