"""A user's own rules: phrases in a TOML file, found by the same machinery as the project's.

[[rule]]
id = "house/no-lorem"
title = "Lorem ipsum left in"
severity = "error"                       # error | warning | note
help = "Replace the filler text."

[[rule.phrase]]
match = ["lorem ipsum( dolor)?"]         # regular expressions over folded text
language = "en"                          # word boundaries as in this language; any: none
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from auditor.detector import Detector, add, all_detectors
from auditor.detectors.boilerplate.patterns import PatternError
from auditor.detectors.boilerplate.phrases import LANGUAGES, Phrase, make
from auditor.detectors.boilerplate.quoting import in_code, quoted
from auditor.detectors.boilerplate.scan import Scanner
from auditor.documents import Document, Role
from auditor.findings import Finding, Rule, Severity, Status

MAX_FILE = 1 << 20
_RULE_KEYS = {"id", "title", "severity", "help", "phrase"}
_PHRASE_KEYS = {"match", "language"}


class RuleFileError(ValueError):
    """A rule file that cannot be used.

    Args:
        path: The file.
        line: 1-based line of the fault, 0 where it is the whole file.
        reason: What is wrong.
    """

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path, self.line, self.reason = path, line, reason


@dataclass(frozen=True)
class _Custom:
    """One rule of a file, with its phrases."""

    rule: Rule
    phrases: tuple[Phrase, ...]
    path: str

    def check(self, document: Document) -> Iterator[Finding]:
        text = document.text
        scanner = document.memo(("custom", self.rule.id), lambda: Scanner.of(self.phrases))
        for match in scanner.matches(text):
            block = match.block
            cited = document.has_role(Role.QUOTATION, match.start) or document.has_role(
                Role.CODE, match.start
            )
            cited = cited or quoted(text, match.start, match.end, block.start, block.end)
            cited = cited or in_code(text, match.start, match.end, block.start, block.end)
            status = Status.MENTIONED if cited else Status.LEAKED
            yield self.rule.at(
                document, match.start, match.end, status=status, confidence=0.3 if cited else 0.9
            )


def register_file(path: str) -> list[Rule]:
    """Reads a rule file and registers its rules; a file is read once.

    Args:
        path: The TOML file.

    Returns:
        The rules, in order.

    Raises:
        RuleFileError: If it cannot be read, is not TOML, or holds an unknown key or a pattern that is not
        allowed.
    """
    rules = _read(path)
    known = all_detectors(plugins=False)
    for custom in rules:
        other = getattr(known[custom.rule.id].check, "__self__", None) if custom.rule.id in known else None
        if isinstance(other, _Custom) and other is not custom and other.path != path:
            raise RuleFileError(path, 0, f"the rule {custom.rule.id} is already defined in {other.path}")
        add(Detector(custom.rule, custom.check), replace=True)
    return [custom.rule for custom in rules]


@cache
def _read(path: str) -> tuple[_Custom, ...]:
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise RuleFileError(path, 0, f"cannot be read: {error.strerror or error}") from error
    if len(raw) > MAX_FILE:
        raise RuleFileError(path, 0, "is larger than 1 MiB; no rule file needs that")
    try:
        text = raw.decode("utf-8")
        content = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise RuleFileError(path, raw[: error.start].count(b"\n") + 1, "is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise RuleFileError(path, _toml_line(str(error)), f"is not TOML: {error}") from error
    except RecursionError as error:
        raise RuleFileError(path, 0, "is not TOML: nested too deeply") from error
    tables = content.get("rule")
    if not isinstance(tables, list) or not tables:
        raise RuleFileError(path, 0, "holds no [[rule]]")
    rules = tuple(_rule(path, text, table) for table in tables)
    names = [custom.rule.id for custom in rules]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise RuleFileError(path, _line_of(text, twice), f"the rule {twice} is there twice")
    return rules


def _toml_line(message: str) -> int:
    words = message.replace(",", "").replace(")", "").split()
    return int(words[words.index("line") + 1]) if "line" in words else 0


def _rule(path: str, text: str, table: Any) -> _Custom:
    if not isinstance(table, dict):
        raise RuleFileError(path, 0, "[[rule]] must be a table")
    name = table.get("id")
    line = _line_of(text, str(name))
    _only(path, line, table, _RULE_KEYS)
    if not isinstance(name, str) or not isinstance(table.get("title"), str):
        raise RuleFileError(path, line, "a [[rule]] needs an id and a title, both text")
    if not isinstance(table.get("help", ""), str) or not isinstance(table.get("phrase", []), list):
        raise RuleFileError(path, line, "help must be text, and phrase a [[rule.phrase]] table")
    try:
        severity = Severity(table.get("severity", "warning"))
        rule = Rule(name, table["title"], severity, table.get("help", ""))
    except ValueError as error:
        raise RuleFileError(path, line, str(error)) from error
    if rule.family == "boilerplate":
        raise RuleFileError(path, line, "the family 'boilerplate' is taken; choose a name of your own")
    phrases = [phrase for entry in table.get("phrase", []) for phrase in _phrases(path, text, rule, entry)]
    if not phrases:
        raise RuleFileError(path, line, f"rule {name} has no [[rule.phrase]] with a match")
    return _Custom(rule, tuple(phrases), path)


def _phrases(path: str, text: str, rule: Rule, entry: Any) -> Iterator[Phrase]:
    if not isinstance(entry, dict) or not isinstance(entry.get("match"), list):
        raise RuleFileError(path, _line_of(text, rule.id), "a [[rule.phrase]] needs match = [patterns]")
    _only(path, _line_of(text, rule.id), entry, _PHRASE_KEYS)
    language = entry.get("language", "en")
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise RuleFileError(
            path, _line_of(text, str(language)), f"language {language!r} is not one of {known}"
        )
    for pattern in entry["match"]:
        if not isinstance(pattern, str):
            raise RuleFileError(path, _line_of(text, str(pattern)), f"pattern {pattern!r} is not text")
        try:
            yield make(rule.id, pattern, language)
        except PatternError as error:
            raise RuleFileError(path, _line_of(text, pattern), f"pattern {pattern!r}: {error}") from error


def _only(path: str, line: int, table: dict[str, Any], allowed: set[str]) -> None:
    if unknown := sorted(table.keys() - allowed):
        raise RuleFileError(path, line, f"unknown key {unknown[0]!r}; known are {', '.join(sorted(allowed))}")


def _line_of(text: str, wanted: str) -> int:
    """Line on which a value stands, plainly or with doubled backslashes; 0 if it is spelt otherwise."""
    plain, doubled = wanted, wanted.replace("\\", "\\\\")
    for spelling in (f'"{doubled}"', f"'{plain}'", plain, doubled):
        if wanted and (place := text.find(spelling)) >= 0:
            return text.count("\n", 0, place) + 1
    return 0
