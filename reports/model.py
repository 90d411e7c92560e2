"""The report, version 1: these models are its schema (``auditor schema`` prints it)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from auditor.findings import Claim, Finding, Measurement, Severity

VERSION: Final = "1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Tool(_Model):
    """The program that made the report."""

    name: str = "auditor"
    version: str


class Subject(_Model):
    """What was audited."""

    kind: Literal["document", "model"]
    name: str
    format: str | None = None
    sha256: str | None = Field(default=None, description="of the file's bytes")
    revision: str | None = Field(default=None, description="of a model")
    characters: int | None = Field(default=None, ge=0, description="length of the extracted text")
    pages: int | None = Field(default=None, ge=1)


class Sample(_Model):
    """One prompt put to a model and what it answered."""

    id: str
    prompt: str
    response: str
    scores: dict[str, float] = Field(default_factory=dict)


class Audit(_Model):
    """What was found in one subject. A subject that could not be read whole is ``failed``."""

    subject: Subject
    status: Literal["complete", "failed"] = "complete"
    error: str | None = None
    problems: tuple[str, ...] = Field(
        default=(), description="parts that could not be read, e.g. broken rows"
    )
    findings: tuple[Finding, ...] = ()
    claims: tuple[Claim, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    samples: tuple[Sample, ...] = ()


class RuleInfo(_Model):
    """What a rule is, for readers of the report who do not have the program."""

    id: str
    title: str
    severity: Severity
    help: str
    docs: str


class Summary(_Model):
    """Totals. Findings that are suppressed or only mentioned are counted apart from the rest."""

    subjects: int = 0
    failed: int = 0
    skipped: int = Field(default=0, description="files in walked folders whose type is not read")
    findings: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    mentioned: int = 0
    suppressed: int = 0
    by_rule: dict[str, int] = Field(default_factory=dict)


class Report(_Model):
    """Everything that one run found."""

    version: Literal["1"] = VERSION
    tool: Tool
    started: datetime
    seconds: float | None = Field(default=None, ge=0, description="duration of the run")
    settings: dict[str, Any] = Field(default_factory=dict)
    rules: tuple[RuleInfo, ...] = ()
    audits: tuple[Audit, ...] = ()
    summary: Summary = Field(default_factory=Summary)

    def findings(self) -> list[Finding]:
        """All findings of all subjects, in order."""
        return [finding for audit in self.audits for finding in audit.findings]
