from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from auditor.findings import Location, Severity
from auditor.reports.interface import RenderOptions
from auditor.reports.model import Audit, Report, RuleInfo, Subject
from auditor.reports.sarif import RENDERER
from auditor.reports.sarif_result import artifact_location

from .conftest import finding, make, place

SCHEMA = Path(__file__).parents[1] / "data" / "schemas" / "sarif-2.1.0-rtm.5.json"


@pytest.fixture(scope="module")
def validator() -> Draft4Validator:
    return Draft4Validator(
        json.loads(SCHEMA.read_text(encoding="utf-8")), format_checker=Draft4Validator.FORMAT_CHECKER
    )


def run(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(RENDERER.render(report, options=RenderOptions()))["runs"][0]
    return found


def test_it_is_valid_against_the_standard(report: Report, clean: Report, validator: Draft4Validator):
    model = Audit(
        subject=Subject(kind="model", name="m"), findings=(finding("a/b", Severity.NOTE, "", None),)
    )
    for each in (report, clean, make(), make(model, rules=(), seconds=None)):
        validator.validate(json.loads(RENDERER.render(each, options=RenderOptions())))


def test_results_point_at_their_rule_and_document(report: Report):
    made = run(report)
    rules, artifacts = made["tool"]["driver"]["rules"], made["artifacts"]
    for result in made["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        where = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifacts[where["index"]]["location"]["uri"] == where["uri"]
    assert artifacts[0]["hashes"] == {"sha-256": "ab" * 32}


def test_findings_that_do_not_count_say_so(report: Report):
    results = run(report)["results"]
    kinds = [(r["kind"], r["level"], [s["kind"] for s in r["suppressions"]]) for r in results[:6]]
    assert kinds == [
        ("fail", "error", []),
        ("fail", "warning", []),
        ("fail", "note", []),
        ("informational", "none", []),
        ("fail", "warning", ["inSource"]),
        ("fail", "warning", ["external"]),
    ]


def test_a_place_without_lines_is_told_by_page(report: Report):
    result = run(report)["results"][6]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["charOffset"], region["charLength"], result["properties"]["page"]) == (2048, 24, 3)
    assert "startLine" not in region
    assert "page 3" in result["message"]["text"]


def test_offsets_are_of_the_file_or_not_given(report: Report):
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in run(report)["results"]]
    assert regions[0]["charOffset"] == 120  # plain text: the text is the file
    assert "charOffset" not in regions[-1]  # Markdown: it need not be


def test_an_end_before_the_start_is_left_out():
    where = place("a.html", 5, 3, line=4, column=9, end_line=4, end_column=9)
    audit = Audit(
        subject=Subject(kind="document", name="a.html", format="html"),
        findings=(finding("a/b", Severity.NOTE, "abc", where),),
    )
    region = run(make(audit))["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 4, "startColumn": 9, "snippet": {"text": "abc"}}


def test_a_run_that_is_not_complete_was_not_successful(report: Report, clean: Report):
    invocation = run(report)["invocations"][0]
    assert invocation["executionSuccessful"] is False
    levels = [(n["level"], n["message"]["text"]) for n in invocation["toolExecutionNotifications"]]
    assert levels == [
        ("warning", "Audited only in part: page 7 holds an image without text"),
        ("error", "Could not be audited: is encrypted; remove the password"),
    ]
    assert run(clean)["invocations"][0]["executionSuccessful"] is True


@pytest.mark.parametrize(
    ("name", "uri", "based"),
    [
        ("a b/ü#?.txt", "a%20b/%C3%BC%23%3F.txt", True),
        ("./a.txt", "a.txt", True),
        ("c:d.txt", "c%3Ad.txt", True),
        ("<stdin>", "%3Cstdin%3E", True),
        ("/tmp/a b.txt", "file:///tmp/a%20b.txt", False),
        (r"C:\texts\a b.txt", "file:///C:/texts/a%20b.txt", False),
    ],
)
def test_paths_become_uris(name: str, uri: str, based: bool):
    made = artifact_location(name)
    assert made["uri"] == uri
    assert ("uriBaseId" in made) is based


def test_only_web_addresses_are_links():
    info = RuleInfo(id="a/b", title="T", severity=Severity.NOTE, help="", docs="javascript:alert(1)")
    made = run(make(rules=(info,)))["tool"]["driver"]["rules"][0]
    assert "helpUri" not in made
    assert "javascript" not in json.dumps(made)


def test_links_in_messages_are_inert():
    where = Location(path="a.txt", start=0, end=1, line=1, column=1)
    found = finding("a/b", Severity.NOTE, "x", where, message="see [here](1) and [no]")
    audit = Audit(subject=Subject(kind="document", name="a.txt"), findings=(found,))
    assert run(make(audit))["results"][0]["message"]["text"] == r"see \[here\](1) and [no]"
