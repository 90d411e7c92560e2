from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import auditor

pytestmark = pytest.mark.usefixtures("fake", "here")


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(report: auditor.Report) -> list[str]:
    return [audit.subject.name for audit in report.audits]


def test_everything_public_is_there():
    for name in auditor.__all__:
        assert getattr(auditor, name) is not None
        assert name in dir(auditor)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        auditor.nothing  # noqa: B018


def test_scan_takes_one_path_or_many():
    write("a.txt", "a LEAK"), write("sub/b.md", "text")
    assert names(auditor.scan("a.txt")) == ["a.txt"]
    assert names(auditor.scan(Path("sub"))) == ["sub/b.md"]
    report = auditor.scan(["sub", Path("a.txt")], select=["fake"])
    assert names(report) == ["sub/b.md", "a.txt"]
    (finding,) = report.findings()
    assert (finding.rule, finding.severity, str(finding.location)) == ("fake/word", "error", "a.txt:1:3")
    assert (report.summary.errors, report.summary.subjects) == (1, 2)
    assert {rule.id for rule in report.rules} == {"fake/act", "fake/mild", "fake/word"}
    assert report.seconds >= 0


def test_scan_reads_no_configuration_unless_told():
    write("auditor.toml", 'ignore = ["fake/word"]'), write("a.txt", "a LEAK")
    assert len(auditor.scan("a.txt", select=["fake"]).findings()) == 1
    assert auditor.scan("a.txt", select=["fake"], config="auditor.toml").findings() == []


def test_scan_options():
    write("a.txt", "LEAK"), write("b.foo", "LEAK"), write("c.md", "LEAK"), write(".gitignore", "c.md")
    assert names(auditor.scan(".", include=["*.foo"])) == ["b.foo"]
    assert names(auditor.scan(".", exclude=["a.*"], gitignore=False)) == ["c.md"]
    report = auditor.scan("a.txt", max_file_size="2 B", timeout=5)
    assert "over the limit" in report.audits[0].error
    assert auditor.scan("b.foo", format="markdown").audits[0].subject.format == "markdown"
    write("d.jsonl", '{"good": "LEAK", "bad": "LEAK"}\n')
    assert len(auditor.scan("d.jsonl", select=["fake"], text_fields=["good"]).findings()) == 1


def test_scan_with_more_processes_gives_the_same():
    for number in range(6):
        write(f"{number}.txt", "LEAK " * number + "text")
    one, two = (auditor.scan(".", select=["fake"], jobs=jobs) for jobs in (1, 2))
    assert one.audits == two.audits


def test_scan_with_a_baseline():
    write("a.txt", "LEAK")
    from auditor import baseline

    baseline.save(auditor.scan("a.txt", select=["fake"]), "baseline.json")
    assert auditor.scan("a.txt", select=["fake"], baseline="baseline.json").summary.findings == 0


RULES = """
[[rule]]
id = "house/lorem"
title = "Filler"
severity = "warning"
[[rule.phrase]]
match = ["lorem ipsum"]
"""


def test_own_rules_hold_for_one_scan():
    write("house.toml", RULES), write("a.txt", "Here is Lorem ipsum.")
    for jobs in (1, 2):
        write("b.txt", "Lorem ipsum")
        found = auditor.scan(["a.txt", "b.txt"], select=["house"], rule_files="house.toml", jobs=jobs)
        assert [f.rule for f in found.findings()] == ["house/lorem"] * 2
    with pytest.raises(auditor.UnknownRuleError):
        auditor.scan("a.txt", select=["house"])
    write("bad-house.toml", RULES.replace("lorem ipsum", "(a+"))
    with pytest.raises(auditor.ConfigError, match=r"bad-house.toml:7: pattern"):
        auditor.scan("a.txt", rule_files=["bad-house.toml"])


def test_wrong_arguments_are_told():
    write("a.txt", "text")
    for wrong in ({"jobs": 0}, {"timeout": -1}, {"max_file_size": "big"}, {"exclude": ["!"]}):
        with pytest.raises(auditor.ConfigError, match=next(iter(wrong)).replace("_", "-")):
            auditor.scan("a.txt", **wrong)
    with pytest.raises(auditor.ConfigError, match="no rule is left to run"):
        auditor.scan("a.txt", ignore=["all"])
    with pytest.raises(auditor.BaselineError):
        auditor.scan("a.txt", baseline="nothing.json")


def test_scan_text():
    report = auditor.scan_text("a LEAK", select=["fake"])
    (finding,) = report.findings()
    assert (finding.location.start, finding.location.end) == (2, 6)
    page = auditor.scan_text("<p>a <b>LEAK</b></p>", format="html", name="page.html", select=["fake"])
    assert str(page.findings()[0].location) == "page.html:1:9"
    with pytest.raises(auditor.DocumentError, match="is empty"):
        auditor.scan_text("")


def test_importing_the_package_imports_nothing_of_weight():
    code = (
        "import sys, auditor; auditor.__version__; assert not {'click', 'pydantic', 'dataclasses'} & "
        "(sys.modules.keys() - before)"
    )
    subprocess.run([sys.executable, "-c", f"import sys; before = set(sys.modules); {code}"], check=True)


def test_a_scan_of_text_imports_nothing_that_it_does_not_need():
    write("a.txt", "A page of plain text. I'm sorry, but as an AI language model I cannot do that.")
    heavy = {"torch", "spacy", "transformers", "numpy", "lxml", "pypdfium2", "pydantic"}
    heavy |= {"jinja2", "rich", "pathspec"}
    code = "import sys, auditor; auditor.scan('a.txt', select=['boilerplate']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = done.stdout.split()
    assert "auditor.detectors.boilerplate.refusal" in loaded
    assert heavy.isdisjoint(loaded)
