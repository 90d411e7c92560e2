"""A user's own rules, and every way in which their file can be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor import detector
from auditor.detectors.boilerplate import custom
from auditor.detectors.boilerplate.custom import RuleFileError, register_file
from auditor.documents import from_text
from auditor.findings import Severity, Status

GOOD = """# House rules
[[rule]]
id = "house/no-lorem"
title = "Lorem ipsum left in"
severity = "error"
help = "Replace the filler text."

[[rule.phrase]]
match = ["lorem ipsum( dolor)?"]

[[rule]]
id = "house/todo"
title = "To do"

[[rule.phrase]]
match = ["muss noch ergänzt werden"]
language = "de"
[[rule.phrase]]
match = ["tbd ?:", "추후 작성"]
language = "any"
"""


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(detector, "_registry", dict(detector.all_detectors(plugins=False)))
    custom._read.cache_clear()
    yield
    custom._read.cache_clear()


def write(tmp_path: Path, content: str | bytes) -> str:
    path = tmp_path / "rules.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def found(text: str, rule: str) -> list[tuple[str, Status | None]]:
    check = detector.all_detectors(plugins=False)[rule].check
    return [(f.excerpt, f.status) for f in check(from_text(text))]


def test_rules_are_registered_and_find(tmp_path: Path):
    rules = register_file(write(tmp_path, GOOD))
    assert [(r.id, r.severity) for r in rules] == [
        ("house/no-lorem", Severity.ERROR),
        ("house/todo", Severity.WARNING),
    ]
    assert rules[0].help == "Replace the filler text."
    assert found("So, Lorem\nipsum dolor it is.", "house/no-lorem") == [("Lorem\nipsum dolor", Status.LEAKED)]
    assert found("Kapitel 2 muss noch ergänzt werden.", "house/todo") == [
        ("muss noch ergänzt werden", Status.LEAKED)
    ]
    assert found("본문은 추후 작성", "house/todo") == [("추후 작성", Status.LEAKED)]
    assert found("Glorem ipsum", "house/no-lorem") == []


@pytest.mark.parametrize(
    "text",
    ["We say “lorem ipsum” here.", "We say `lorem ipsum` here.", "> lorem ipsum", "```\nlorem ipsum\n```"],
)
def test_quotations_and_code_are_mentions(tmp_path: Path, text: str):
    register_file(write(tmp_path, GOOD))
    assert found(text, "house/no-lorem") == [("lorem ipsum", Status.MENTIONED)]


def test_two_rules_of_one_document_do_not_mix(tmp_path: Path):
    register_file(write(tmp_path, GOOD))
    document = from_text("lorem ipsum, tbd: more")
    table = detector.all_detectors(plugins=False)
    assert [f.excerpt for f in table["house/no-lorem"].check(document)] == ["lorem ipsum"]
    assert [f.excerpt for f in table["house/todo"].check(document)] == ["tbd:"]


def test_registering_twice_is_harmless(tmp_path: Path):
    path = write(tmp_path, GOOD)
    assert register_file(path) == register_file(path)


HEAD = '[[rule]]\nid = "house/a"\ntitle = "A"\n'
PHRASE = "[[rule.phrase]]\n"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("", 0, "holds no [[rule]]"),
        ("rule = 3", 0, "holds no [[rule]]"),
        ("rule = [3]", 0, "must be a table"),
        ("[[rule]\n", 1, "is not TOML"),
        ('# fine\n[[rule]]\nid = "house/a\n', 3, "is not TOML"),
        (b"# fine\n# caf\xe9\n", 2, "is not UTF-8"),
        (HEAD, 2, "rule house/a has no [[rule.phrase]]"),
        (HEAD + PHRASE, 2, "needs match = [patterns]"),
        (HEAD + PHRASE + 'match = "lorem"', 2, "needs match = [patterns]"),
        (HEAD + PHRASE + "match = []", 2, "rule house/a has no [[rule.phrase]] with a match"),
        (HEAD + "phrase = 3", 2, "phrase a [[rule.phrase]] table"),
        (HEAD + "phrase = [3]", 2, "needs match = [patterns]"),
        (HEAD + PHRASE + "match = [\n  'fine words',\n  7]", 7, "pattern 7 is not text"),
        (HEAD + PHRASE + "match = [\n  'fine words',\n  'lorem (ipsum']", 7, "not a regular expression"),
        (HEAD + PHRASE + "match = [\n  'fine words',\n  'lorem .*']", 7, "repeats without a bound"),
        (HEAD + PHRASE + "match = ['Lorem']", 5, "capital letters"),
        (HEAD + PHRASE + "match = ['(lorem ){2,3}']", 5, "repeats a group"),
        (HEAD + PHRASE + 'match = ["\\\\blorem"]', 5, "an anchor"),
        (HEAD + PHRASE + "match = ['.{1,3}']", 5, "no whole word"),
        (HEAD + PHRASE + "match = ['']", 0, "no whole word"),
        (HEAD + PHRASE + "match = ['lorem [[a]']", 5, "escape the character"),
        (HEAD + PHRASE + 'match = ["lorem"]\nlanguage = "xx"', 6, "language 'xx' is not one of any, en"),
        (HEAD + PHRASE + 'match = ["lorem"]\nlanguage = ["en"]', 0, "is not one of any, en"),
        (HEAD + PHRASE + 'match = ["lorem"]\nstrength = "strong"', 2, "unknown key 'strength'"),
        (HEAD + 'colour = "red"', 2, "unknown key 'colour'"),
        (HEAD + 'severity = "fatal"', 2, "'fatal'"),
        ('[[rule]]\nid = "House Rule"\ntitle = "A"', 2, "not of the form family/name"),
        ('[[rule]]\nid = "boilerplate/mine"\ntitle = "A"', 2, "the family 'boilerplate' is taken"),
        ('[[rule]]\nid = "house/a"', 2, "needs an id and a title"),
        ('[[rule]]\ntitle = "A"', 0, "needs an id and a title"),
        ('[[rule]]\nid = 3\ntitle = "A"', 2, "needs an id and a title"),
        (HEAD + "help = 3\n" + PHRASE + "match = ['lorem']", 2, "help"),
        (HEAD + PHRASE + "match = ['lorem']\n" + HEAD + PHRASE + "match = ['ipsum']", 2, "is there twice"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, content: str | bytes, line: int, reason: str):
    path = write(tmp_path, content)
    with pytest.raises(RuleFileError) as caught:
        register_file(path)
    error = caught.value
    assert reason in error.reason
    assert (error.path, error.line) == (path, line)
    assert str(error) == (f"{path}:{line}: {error.reason}" if line else f"{path}: {error.reason}")
    assert "\n" not in str(error)


def test_a_missing_file(tmp_path: Path):
    with pytest.raises(RuleFileError, match="cannot be read: No such file"):
        register_file(str(tmp_path / "none.toml"))


def test_a_folder(tmp_path: Path):
    with pytest.raises(RuleFileError, match="cannot be read"):
        register_file(str(tmp_path))


def test_a_huge_file(tmp_path: Path):
    with pytest.raises(RuleFileError, match="larger than 1 MiB"):
        register_file(write(tmp_path, "#" * (1 << 20) + "\n"))


def test_deep_nesting(tmp_path: Path):
    with pytest.raises(RuleFileError, match="is not TOML"):
        register_file(write(tmp_path, "a = " + "[" * 5000 + "]" * 5000))


def test_no_rule_of_a_faulty_file_is_registered(tmp_path: Path):
    with pytest.raises(RuleFileError):
        register_file(write(tmp_path, GOOD + '\n[[rule]]\nid = "house/last"\ntitle = "L"\n'))
    assert "house/no-lorem" not in detector.all_detectors(plugins=False)


def test_two_files_may_not_define_one_rule(tmp_path: Path):
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    for file in (first, second):
        file.write_text(GOOD, encoding="utf-8")
    with detector.scope():
        register_file(str(first))
        with pytest.raises(RuleFileError, match=r"b\.toml: the rule .* is already defined in .*a\.toml"):
            register_file(str(second))
