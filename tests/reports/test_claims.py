"""Claims, their evidence and the grounding score, in every format."""

from __future__ import annotations

import json
import re

import pytest
from syrupy.assertion import SnapshotAssertion

from auditor.reports.beside import beside
from auditor.reports.interface import RenderOptions
from auditor.reports.model import Report
from auditor.reports.registry import NAMES, renderer
from auditor.reports.summary import grounding_line


def rendered(name: str, report: Report, **options: object) -> str:
    return renderer(name).render(report, options=RenderOptions(**options))


@pytest.mark.parametrize("name", ["html", "markdown", "terminal", "junit", "sarif"])
def test_output(name: str, grounded: Report, snapshot: SnapshotAssertion):
    assert rendered(name, grounded, summary=True) == snapshot


@pytest.mark.parametrize("name", NAMES)
def test_every_format_says_what_the_source_has(name: str, grounded: Report):
    text = rendered(name, grounded)
    assert "3 million pounds" in text
    assert "8 million pounds" in text
    assert "minutes/2024.html" in text


def test_json_has_every_claim_with_offsets_on_both_sides(grounded: Report):
    (audit,) = json.loads(rendered("json", grounded))["audits"]
    assert [claim["verdict"] for claim in audit["claims"]] == [
        *("contradicted", "supported", "unsupported", "not-checked", "not-a-claim"),
    ]
    wrong = audit["claims"][0]
    (evidence,) = wrong["evidence"]
    assert (wrong["location"]["start"], wrong["location"]["end"]) == (0, len(wrong["text"]))
    assert (evidence["location"]["start"], evidence["location"]["path"]) == (40, "minutes/2024.html")
    assert wrong["probability"] == 0.03
    (score,) = audit["measurements"]
    assert (score["name"], score["n"]) == ("grounding/score", 3)
    assert score["interval"]["low"] < score["value"] < score["interval"]["high"]


def test_the_score_in_one_line(grounded: Report, clean: Report):
    (audit,) = grounded.audits
    assert grounding_line(audit) == (
        "answer.md: 1 of 3 claims supported (33 %, 95 % interval 6 % to 79 %), "
        "1 contradicted, 1 unsupported, 1 not checked"
    )
    assert grounding_line(clean.audits[0]) == ""


def test_terminal_has_two_columns_where_there_is_room(grounded: Report):
    wide = rendered("terminal", grounded, width=90, colour=True)
    narrow = rendered("terminal", grounded, width=60, colour=True)
    plain = re.sub(r"\x1b\[[\d;]*m", "", wide)
    (row,) = [line for line in plain.splitlines() if "cost 3 million" in line and "cost 8 million" in line]
    assert row.count("│") == 2
    assert narrow.count("│") == 1  # before the excerpt alone
    assert "cost 8 million" in narrow
    assert max(len(line) for line in plain.splitlines() if "│" in line) <= 90


def test_html_marks_words_that_differ_and_escapes_the_rest(grounded: Report):
    page = rendered("html", grounded)
    assert re.search(r"<mark[^>]*>8</mark> million pounds,\s+more than &lt;b&gt;planned&lt;/b&gt;", page)
    assert "<b>planned" not in page
    assert "the claim is in Korean" in page


@pytest.mark.parametrize(
    ("claim", "passage", "ours", "theirs"),
    [
        ("It cost 3 million.", "It cost 8 million.", ["3"], ["8"]),
        ("It cost 3,214 pounds.", "It cost 3,214 pounds in all.", [], []),
        ("The council approved it.", "The council rejected it, they say.", ["approved"], ["rejected"]),
        ("공사비는 168억 원이었다.", "공사비는 186억 원이었다.", ["168"], ["186"]),
        ("Nothing is here.", "", ["Nothing", "is", "here"], []),
    ],
)
def test_words_that_differ(claim: str, passage: str, ours: list[str], theirs: list[str]):
    made = beside(claim, passage)
    assert "".join(text for text, _ in made.claim) == claim
    assert "".join(text for text, _ in made.passage) == passage
    assert [word for text, marked in made.claim if marked for word in re.findall(r"\w[\w,]*", text)] == ours
    assert [
        word for text, marked in made.passage if marked for word in re.findall(r"\w[\w,]*", text)
    ] == theirs


def test_claims_survive_saving(grounded: Report):
    assert Report.from_json(rendered("json", grounded)) == grounded
