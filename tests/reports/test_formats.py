"""Every format as it is, and what holds for all of them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from syrupy.assertion import SnapshotAssertion

from auditor.findings import Severity
from auditor.reports.interface import RenderOptions
from auditor.reports.model import Audit, Report, Subject
from auditor.reports.registry import NAMES, UnknownFormatError, guess, renderer, suffixes

from .conftest import finding, make, place

HIDDEN = ("\x1b", "\x00", "\u202e", "\u2066")


@pytest.mark.parametrize("name", NAMES)
def test_output(name: str, report: Report, snapshot: SnapshotAssertion):
    assert renderer(name).render(report, options=RenderOptions()) == snapshot


@pytest.mark.parametrize("name", ["terminal", "github", "markdown"])
def test_verbose_output(name: str, report: Report, snapshot: SnapshotAssertion):
    text = renderer(name).render(report, options=RenderOptions(verbose=True, summary=True))
    assert text == snapshot
    assert "a form letter" in text or name == "github"


@pytest.mark.parametrize("name", NAMES)
def test_name_and_suffixes_agree_with_the_registry(name: str):
    assert (renderer(name).name, renderer(name).suffixes) == (name, suffixes(name))


@pytest.mark.parametrize("name", NAMES)
def test_hidden_characters_are_shown(name: str, report: Report):
    text = renderer(name).render(report, options=RenderOptions())
    assert not any(character in text for character in HIDDEN)
    assert ("\\u202e" if name in ("json", "sarif") else "⟨U+202E⟩") in text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("colour", [True, False])
def test_lone_surrogates_can_be_written(name: str, colour: bool):
    where = place("a\udcffb.txt", 0, 4)
    found = finding(
        "a/b", Severity.ERROR, "x\ud800y", where, message="m\udfff", before="\ud800", after="\udfff"
    )
    audit = Audit(
        subject=Subject(kind="document", name="a\udcffb.txt"), findings=(found,), problems=("\ud800",)
    )
    text = renderer(name).render(make(audit), options=RenderOptions(colour=colour, verbose=True))
    assert "x" in text
    text.encode("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_to_report(name: str, clean: Report):
    for report in (clean, make()):
        renderer(name).render(report, options=RenderOptions()).encode("utf-8")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.json", "json"),
        ("a.sarif", "sarif"),
        ("out/a.SARIF.json", "sarif"),
        ("a.html", "html"),
        ("a.md", "markdown"),
        ("junit.xml", "junit"),
        ("a.txt", "terminal"),
    ],
)
def test_format_is_guessed_from_the_file_name(path: str, name: str):
    assert guess(path) == name


def test_unknown_formats_are_named():
    with pytest.raises(UnknownFormatError, match=r"'a\.pdf'"):
        guess("a.pdf")
    with pytest.raises(UnknownFormatError, match="'pdf'"):
        renderer("pdf")


def test_a_format_imports_no_other():
    code = (
        "import sys; from auditor.reports.registry import renderer, guess; guess('a.json'); "
        "assert 'auditor.reports.json' not in sys.modules; renderer('json'); "
        "print([m for m in ('rich', 'jinja2', 'xml.etree', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
