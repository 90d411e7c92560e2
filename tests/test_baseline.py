from __future__ import annotations

import json
import time

import pytest

from auditor import baseline
from auditor.baseline import BaselineError, suppress_inline
from auditor.detector import Detector
from auditor.documents import from_text
from auditor.engine import audit_document
from auditor.findings import Rule, Severity
from auditor.reports.build import build
from tests.patience import patience

WORD = Rule("fake/word", "The word LEAK", Severity.ERROR)
OTHER = Rule("fake/other", "The word LEAK too", Severity.NOTE)


def detectors(*rules: Rule) -> list[Detector]:
    def made(rule):
        def check(document):
            start = document.text.find("LEAK")
            while start >= 0:
                yield rule.at(document, start, start + 4, confidence=0.9)
                start = document.text.find("LEAK", start + 1)

        return Detector(rule, check)

    return [made(rule) for rule in rules or (WORD,)]


def audit(text: str, name: str = "a.txt", format: str = "text"):
    return audit_document(from_text(text, name, format), detectors())


def reasons(text: str, format: str = "text") -> list[str | None]:
    return [f.suppressed.reason if f.suppressed else None for f in audit(text, format=format).findings]


class TestInline:
    @pytest.mark.parametrize(
        ("comment", "reason"),
        [
            ("<!-- auditor: ignore[fake/word] -- quoted from the interview -->", "quoted from the interview"),
            ("# auditor: ignore[fake] -- a test", "a test"),
            ("/* auditor: ignore[all]: a sample */", "a sample"),
            ("{# auditor:ignore[other/x, fake/*] — 인용 #}", "인용"),
            ("% auditor: ignore[fake/word] -- see #12 ", "see #12"),
        ],
    )
    def test_on_the_line_or_the_line_before(self, comment, reason):
        assert reasons(f"LEAK {comment}\n\nLEAK") == [reason, None]
        assert reasons(f"{comment}\nLEAK\nLEAK") == [reason, None]

    @pytest.mark.parametrize(
        "comment",
        [
            "auditor: ignore[fake/word]",
            "auditor: ignore[fake/word] --",
            "<!-- auditor: ignore[fake/word] -- -->",
            "auditor: ignore[] -- why",
            "auditor: ignore[other] -- why",
            "auditor: ignore fake/word -- why",
        ],
    )
    def test_without_a_reason_or_for_another_rule_it_has_no_effect(self, comment):
        assert reasons(f"LEAK {comment}") == [None]

    def test_it_is_read_from_the_raw_file(self):
        text = "Some text.\n\n<!-- auditor: ignore[fake] -- quoted -->\nLEAK\n"
        assert reasons(text, "markdown") == ["quoted"]

    def test_it_covers_rules_that_were_joined(self):
        document = from_text("LEAK  # auditor: ignore[fake/other] -- why")
        (finding,) = audit_document(document, detectors(WORD, OTHER)).findings
        assert finding.also == ("fake/other",)
        assert finding.suppressed.reason == "why"

    def test_long_lines_with_many_findings_take_linear_time(self):
        text = "LEAK " * 3000 + " " * 200_000 + "auditor: " * 20_000
        document = from_text(text)
        findings = audit_document(document, detectors()).findings
        started = time.monotonic()
        assert len(list(suppress_inline(document, findings))) == 3000
        assert time.monotonic() - started < patience(2)


class TestFile:
    def test_what_was_accepted_does_not_count_and_what_is_new_does(self, tmp_path):
        path = tmp_path / "sub" / "baseline.json"
        assert baseline.save(build([audit("one LEAK\n\ntwo LEAK")]), path) == 2
        moved = audit("a new paragraph\n\none LEAK\n\ntwo leaks\n\nLEAK\n\nLEAK")
        (after,) = baseline.apply([moved], baseline.read(path))
        assert [f.counts for f in after.findings] == [False, False, True]
        assert after.findings[0].suppressed.kind == "baseline"
        assert build([after]).summary.suppressed == 2

    def test_another_file_is_another_finding(self, tmp_path):
        path = tmp_path / "baseline.json"
        baseline.save(build([audit("LEAK", "a.txt")]), path)
        (after,) = baseline.apply([audit("LEAK", "b.txt")], baseline.read(path))
        assert after.findings[0].counts

    def test_writing_again_keeps_what_was_accepted_and_is_still_there(self, tmp_path):
        path = tmp_path / "baseline.json"
        baseline.save(build([audit("LEAK")]), path)
        again = build(baseline.apply([audit("LEAK LEAK")], baseline.read(path)))
        assert baseline.save(again, path) == 2

    def test_inline_suppressions_are_not_in_it(self, tmp_path):
        path = tmp_path / "baseline.json"
        assert baseline.save(build([audit("LEAK auditor: ignore[all] -- why")]), path) == 0

    def test_a_person_can_read_it(self, tmp_path):
        path = tmp_path / "baseline.json"
        baseline.save(build([audit("LEAK")]), path)
        (entry,) = json.loads(path.read_text())["findings"].values()
        assert entry == {"rule": "fake/word", "path": "a.txt", "excerpt": "LEAK"}

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (None, r"No such file or directory; write one with --write-baseline"),
            (b"{", r"not a baseline file"),
            (b"\xff", r"not a baseline file"),
            (b"[" * 200_000, r"not a baseline file"),
            (b'{"version": 2, "findings": {}}', r"not a baseline file of version 1"),
            (b'{"version": 1, "findings": []}', r"not a baseline file of version 1"),
            (b"[]", r"not a baseline file of version 1"),
        ],
    )
    def test_what_is_no_baseline_is_an_error(self, tmp_path, content, message):
        path = tmp_path / "baseline.json"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(BaselineError, match=message):
            baseline.read(path)
