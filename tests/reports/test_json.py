from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from auditor.reports.interface import RenderOptions
from auditor.reports.json import RENDERER, schema
from auditor.reports.model import Report


def test_round_trip(report: Report):
    text = RENDERER.render(report, options=RenderOptions())
    again = Report.from_json(text)
    assert again == report
    assert RENDERER.render(again, options=RenderOptions()) == text


def test_it_is_valid_against_its_schema(report: Report, clean: Report):
    Draft202012Validator.check_schema(schema())
    validator = Draft202012Validator(schema())
    for each in (report, clean):
        validator.validate(json.loads(RENDERER.render(each, options=RenderOptions())))


def test_the_schema_refuses_what_is_no_report(report: Report):
    data = json.loads(RENDERER.render(report, options=RenderOptions()))
    data["audits"][0]["findings"][0]["severity"] = "fatal"
    assert not Draft202012Validator(schema()).is_valid(data)


def test_text_is_readable(report: Report):
    assert "물론입니다" in RENDERER.render(report, options=RenderOptions())
