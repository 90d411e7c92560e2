"""``auditor.scan`` and ``auditor.scan_text``: the command ``auditor scan`` from Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from auditor.config import settings
from auditor.detector import choose
from auditor.documents import from_text
from auditor.documents.interface import LoadOptions
from auditor.engine import audit_document
from auditor.reports.build import build
from auditor.reports.model import Report
from auditor.scanning import Input, registered
from auditor.scanning import scan as scan_input

StrPath = str | os.PathLike[str]


def scan(
    paths: StrPath | Iterable[StrPath],
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    include: Iterable[str] | None = None,
    exclude: Iterable[str] | None = None,
    gitignore: bool | None = None,
    text_fields: Iterable[str] | None = None,
    format: str | None = None,
    rule_files: StrPath | Iterable[StrPath] | None = None,
    baseline: StrPath | None = None,
    max_file_size: int | str | None = None,
    timeout: float | None = None,
    jobs: int | str = 1,
    config: StrPath | None = None,
    sources: StrPath | Iterable[StrPath] | None = None,
    verifier: str | None = None,
    base_url: str | None = None,
    max_source_age: int | str | None = None,
    online: bool = False,
) -> Report:
    """Audits files and folders.

    Args:
        paths: Files and folders, or one of them. Folders are walked in sorted order; ``-`` is standard input.
        select: Rules to run (``"boilerplate"``, ``"boilerplate/refusal"``); all by default.
        ignore: Rules to leave out.
        include: Read only files of folders that these patterns match (the syntax is that of .gitignore).
        exclude: Leave out files and folders that these patterns match.
        gitignore: Whether .gitignore files are honoured; yes by default.
        text_fields: Fields of JSONL and columns of CSV that hold text; the usual names by default.
        format: Read every document as this (``"markdown"``, ``"jsonl"`` …) whatever it is called.
        rule_files: Your own rule files.
        baseline: File of accepted findings, as ``auditor.baseline.save`` and ``--write-baseline`` write it.
        max_file_size: Largest file read, in bytes or as ``"64MB"``; 16 MiB by default.
        timeout: Longest time for one document, in seconds; 0 for no limit; 60 by default. It can only be kept
            in the main thread, or with ``jobs`` of 2 and more.
        jobs: Number of processes, or ``"auto"``. With more than one, a script must guard its own start by
            ``if __name__ == "__main__":``, as always where processes are spawned.
        config: A configuration file. None reads none: a library call does what its arguments say.
        sources: Folders, files and indexes that claims, quotations and figures are compared with.
        verifier: Model that says whether a source bears a claim out; ``"packaged"`` by default.
        base_url: Address of the endpoint that a verifier ``"llm:MODEL"`` asks.
        max_source_age: Age, in days or as ``"18 months"``, from which a source alone is too old.
        online: Whether listed works are looked up in public registries.

    Returns:
        The report. A document that could not be read is in it as a ``failed`` audit with its reason.

    Raises:
        ConfigError: If an argument, the configuration or a rule file cannot be used.
        UnknownRuleError: If a rule is named that there is not.
        BaselineError: If the baseline cannot be used.

    Example:
        >>> report = auditor.scan("drafts/", select=["boilerplate"])  # doctest: +SKIP
        >>> report.summary.errors  # doctest: +SKIP
        2
    """
    named = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    flags = {
        "select": select,
        "ignore": ignore,
        "include": include,
        "exclude": exclude,
        "gitignore": gitignore,
        "text_fields": text_fields,
        "rules": _texts(rule_files),
        "baseline": None if baseline is None else os.fspath(baseline),
        "max_file_size": max_file_size,
        "timeout": timeout,
        "jobs": jobs,
        "sources": _texts(sources),
        "verifier": verifier,
        "base_url": base_url,
        "max_source_age": max_source_age,
        "online": online or None,
    }
    chosen = settings(flags, file=None if config is None else Path(config))
    return scan_input(Input(named, format, sys.stdin.buffer.read), chosen)[0]


def scan_text(
    text: str,
    *,
    format: str = "text",
    name: str = "<text>",
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    rule_files: StrPath | Iterable[StrPath] | None = None,
    text_fields: Iterable[str] | None = None,
) -> Report:
    """Audits a string.

    Args:
        text: The content, in the syntax of ``format``.
        format: ``"text"``, ``"markdown"``, ``"html"``, ``"latex"``, ``"jsonl"`` …
        name: What to call it in the report.
        select: Rules to run; all by default.
        ignore: Rules to leave out.
        rule_files: Your own rule files.
        text_fields: Fields of JSONL and columns of CSV that hold text.

    Returns:
        The report, with one audit. Offsets of its findings count characters of the extracted text, which for
        ``format="text"`` is ``text`` itself.

    Raises:
        DocumentError: If the text is empty or not of the format.
        ConfigError: If an argument or a rule file cannot be used.
        UnknownRuleError: If a rule is named that there is not.

    Example:
        >>> auditor.scan_text("Certainly! Here is the abstract:").findings()[0].rule  # doctest: +SKIP
        'boilerplate/opener'
    """
    flags = {"select": select, "ignore": ignore, "rules": _texts(rule_files), "text_fields": text_fields}
    chosen = settings(flags)
    document = from_text(text, name, format, LoadOptions(chosen.text_fields))
    with registered(chosen.rules):
        detectors = choose(chosen.select, chosen.ignore)
        audit = audit_document(document, detectors)
    return build([audit], rules=[d.rule for d in detectors], settings=chosen.for_report())


def _texts(paths: StrPath | Iterable[StrPath] | None) -> list[str] | None:
    if paths is None:
        return None
    return [os.fspath(path) for path in ([paths] if isinstance(paths, str | os.PathLike) else paths)]
