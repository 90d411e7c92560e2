"""The report, version 1: these classes are its schema (``auditor schema`` prints it)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from auditor.findings import STRICT, Claim, Finding, Measurement, Severity

VERSION: Final = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """The program that made the report."""

    __pydantic_config__ = STRICT

    name: str = "auditor"
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What was audited."""

    __pydantic_config__ = STRICT

    kind: Literal["document", "model"]
    name: str
    format: str | None = None
    sha256: str | None = field(default=None, metadata={"description": "of the file's bytes"})
    revision: str | None = field(default=None, metadata={"description": "of a model"})
    characters: int | None = field(
        default=None, metadata={"ge": 0, "description": "length of the extracted text"}
    )
    pages: int | None = field(default=None, metadata={"ge": 1})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One prompt put to a model and what it answered."""

    __pydantic_config__ = STRICT

    id: str
    prompt: str
    response: str
    scores: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What was found in one subject. A subject that could not be read whole is ``failed``."""

    __pydantic_config__ = STRICT

    subject: Subject
    status: Literal["complete", "failed"] = "complete"
    error: str | None = None
    problems: tuple[str, ...] = field(
        default=(), metadata={"description": "parts that could not be read, e.g. broken rows"}
    )
    findings: tuple[Finding, ...] = ()
    claims: tuple[Claim, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInfo:
    """What a rule is, for readers of the report who do not have the program."""

    __pydantic_config__ = STRICT

    id: str
    title: str
    severity: Severity
    help: str
    docs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Totals. Findings that are suppressed or only mentioned are counted apart from the rest."""

    __pydantic_config__ = STRICT

    subjects: int = 0
    failed: int = 0
    skipped: int = field(
        default=0, metadata={"description": "files in walked folders whose type is not read"}
    )
    findings: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    mentioned: int = 0
    suppressed: int = 0
    by_rule: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that one run found."""

    __pydantic_config__ = STRICT

    version: Literal["1"] = VERSION
    tool: Tool
    started: datetime
    seconds: float | None = field(default=None, metadata={"ge": 0, "description": "duration of the run"})
    settings: dict[str, Any] = field(default_factory=dict)
    rules: tuple[RuleInfo, ...] = ()
    audits: tuple[Audit, ...] = ()
    summary: Summary = field(default_factory=Summary)

    @classmethod
    def from_json(cls, data: bytes | str) -> Report:
        """Reads a report of version 1.

        Raises:
            ReportError: If it is none; says where it differs from the schema.
        """
        from auditor.reports.json import read

        return read(data)

    def to_json(self) -> str:
        """The report as JSON, version 1."""
        from auditor.reports.json import dump

        return dump(self)

    def findings(self) -> list[Finding]:
        """All findings of all subjects, in order."""
        return [finding for audit in self.audits for finding in audit.findings]
