from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from auditor.findings import Severity
from auditor.reports.interface import RenderOptions
from auditor.reports.junit import RENDERER
from auditor.reports.model import Audit, Report, Subject

from .conftest import finding, make, place

SCHEMA = Path(__file__).parents[1] / "data" / "schemas" / "junit.xsd"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def tree(report: Report) -> etree._Element:
    return etree.fromstring(RENDERER.render(report, options=RenderOptions()).encode())


def test_it_is_valid_against_the_schema(report: Report, clean: Report, schema: etree.XMLSchema):
    for each in (report, clean, make()):
        schema.assertValid(tree(each))


def test_a_test_for_each_document_and_rule(report: Report):
    suites = tree(report).findall("testsuite")
    assert [suite.get("name") for suite in suites][:3] == [
        "drafts/radiology case.txt",
        "paper.pdf",
        "notes.docx",
    ]
    for suite in suites[:-1]:
        names = [case.get("name") for case in suite.iterfind("testcase")]
        assert names == ["document/read", *(rule.id for rule in report.rules)]
    assert [case.get("name") for case in suites[-1].iterfind("testcase")] == ["document/read"]


def test_only_findings_that_count_fail(report: Report):
    suite = tree(report).find("testsuite")
    assert suite is not None
    failed = {case.get("name") for case in suite.iterfind("testcase") if case.find("failure") is not None}
    assert failed == {"boilerplate/refusal", "boilerplate/opener", "boilerplate/knowledge-cutoff"}
    assert suite.get("failures") == "3"
    text = suite.findtext("testcase[@name='boilerplate/refusal']/failure")
    assert text is not None
    assert text.startswith("drafts/radiology case.txt:12:57: error: Refusal left in the text")
    assert "As an AI language model" not in text


def test_a_document_that_could_not_be_audited_is_an_error(report: Report):
    errors = {
        suite.get("name"): suite.find("testcase/error").get("message")
        for suite in tree(report).iterfind("testsuite")
        if suite.get("errors") != "0"
    }
    assert errors == {
        "paper.pdf": "page 7 holds an image without text",
        "locked.pdf": "is encrypted; remove the password",
    }


def test_several_findings_of_a_rule_are_one_failure():
    where = place("a.txt", 0, 3, line=1, column=1)
    found = [finding("a/b", level, "abc", where, message=level.value) for level in reversed(Severity)]
    audit = Audit(subject=Subject(kind="document", name="a.txt"), findings=tuple(found))
    failure = tree(make(audit, rules=())).find(".//failure")
    assert failure is not None
    assert (failure.get("type"), failure.get("message")) == ("error", "error (and 2 more)")
    assert failure.text is not None
    assert failure.text.count("a.txt:1:1") == 3


def test_characters_that_xml_cannot_hold_are_shown():
    where = place("a.txt", 0, 3)
    found = finding("a/b", Severity.ERROR, "x\x0b\uffff\x00\ud800", where)
    audit = Audit(subject=Subject(kind="document", name="\x01"), findings=(found,))
    root = tree(make(audit))
    assert root.find("testsuite").get("name") == "⟨U+0001⟩"
    assert "⟨U+FFFF⟩⟨U+0000⟩⟨U+D800⟩" in root.findtext(".//failure")
