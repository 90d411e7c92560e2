from __future__ import annotations

import pytest

from auditor.reports.model import Audit, Report, Subject
from auditor.reports.summary import failure_lines, summary_line, totals
from auditor.reports.text import one_line, percent, shorten, visible, web_address

from .conftest import make


def failed(name: str = "a.pdf") -> Audit:
    return Audit(subject=Subject(kind="document", name=name), status="failed", error="is encrypted")


def test_totals(report: Report, clean: Report):
    assert totals(report) == "3 errors, 2 warnings, 1 note in 4 of 6 documents; 1 could not be audited"
    assert totals(clean) == "No findings in 1 document"
    assert totals(make()) == "No findings in 0 documents"


def test_what_could_not_be_audited_never_reads_as_clean(clean: Report):
    assert totals(make(failed())) == "1 document could not be audited"
    assert totals(make(*clean.audits, failed())) == "No findings in 1 document; 1 could not be audited"


def test_summary_line_says_what_is_not_shown(report: Report):
    line = summary_line(report)
    assert line.endswith("; 1 mention and 2 suppressed not shown (--verbose).")
    assert "2 files of other types passed over" in line
    assert "not shown" not in summary_line(report, verbose=True)


def test_failure_lines(report: Report):
    assert failure_lines(report) == [
        "paper.pdf: audited only in part: page 7 holds an image without text",
        "locked.pdf: could not be audited: is encrypted; remove the password",
    ]


def test_visible():
    assert visible("a\u202eb\x1b\u200b\ue200\U000e0041") == "a⟨U+202E⟩b⟨U+001B⟩⟨U+200B⟩⟨U+E200⟩⟨U+E0041⟩"
    assert visible("نمی\u200cخواهم 👩\u200d🔬 한국어\n") == "نمی\u200cخواهم 👩\u200d🔬 한국어\n"


def test_one_line():
    assert one_line(" a\r\n\tb\u2028c ") == "a b c"


@pytest.mark.parametrize("limit", range(6, 40))
def test_shorten(limit: int):
    text = "abcdefghijklmnopqrstuvwxyz"
    shown = shorten(text, limit)
    assert len(shown) <= limit
    assert shown == text or (shown[0] == "a" and " … " in shown and shown[-1] == "z")


def test_percent_says_certain_only_where_it_is():
    assert [percent(p) for p in (0.0, 0.424, 0.999, 1.0)] == ["0 %", "42 %", "99 %", "100 %"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a b", "", "//x", 'https://x"onclick="y'])
def test_web_address_refuses(address: str):
    assert web_address(address) is None
