"""SARIF 2.1.0, for code-scanning services and editors."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from auditor.findings import Severity
from auditor.reports.interface import RenderOptions
from auditor.reports.model import Audit, Report, RuleInfo
from auditor.reports.sarif_result import BASE, artifact_location, result
from auditor.reports.text import json_escaped, visible, web_address

Json = dict[str, Any]
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_INFORMATION = "https://auditor.readthedocs.io"
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
# How often a rule's findings are right; a single finding's own probability is its rank.
_PRECISION = {Severity.ERROR: "high", Severity.WARNING: "medium", Severity.NOTE: "low"}


class SarifRenderer:
    """One run with every finding; those that do not count are marked as suppressed or informational."""

    name = "sarif"
    suffixes = (".sarif", ".sarif.json")

    def render(self, report: Report, *, options: RenderOptions) -> str:
        """A SARIF log that is valid against the schema of OASIS."""
        log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
        return json_escaped(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


RENDERER = SarifRenderer()


def _run(report: Report) -> Json:
    rules = _rules(report)
    index = {rule.id: i for i, rule in enumerate(rules)}
    artifacts = {audit.subject.name: i for i, audit in enumerate(_documents(report))}
    some_suppressed = any(finding.suppressed for finding in report.findings())
    driver = {
        "name": report.tool.name,
        "version": report.tool.version,
        "semanticVersion": report.tool.version,
        "informationUri": _INFORMATION,
        "rules": [_descriptor(rule) for rule in rules],
    }
    return {
        "tool": {"driver": driver},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {BASE: {"description": {"text": "The folder that the audit ran in."}}},
        "artifacts": [_artifact(audit) for audit in _documents(report)],
        "results": [
            result(audit, finding, index, artifacts.get(audit.subject.name), suppressions=some_suppressed)
            for audit in report.audits
            for finding in audit.findings
        ],
        "columnKind": "unicodeCodePoints",
    }


def _documents(report: Report) -> list[Audit]:
    return [audit for audit in report.audits if audit.subject.kind == "document"]


def _rules(report: Report) -> list[RuleInfo]:
    """The rules of the report, and those that only findings name (as in an older report)."""
    known = {rule.id: rule for rule in report.rules}
    for finding in report.findings():
        stand_in = RuleInfo(id=finding.rule, title=finding.rule, severity=finding.severity, help="", docs="")
        known.setdefault(finding.rule, stand_in)
    return list(known.values())


def _descriptor(rule: RuleInfo) -> Json:
    title = rule.title.rstrip(".") + "."
    docs = web_address(rule.docs)
    markdown = "\n\n".join(filter(None, (f"**{title}**", rule.help, docs and f"[{rule.id}]({docs})")))
    descriptor = {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.replace("/", "-").split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": f"{title} {rule.help}".rstrip()},
        "help": {"text": rule.help or title, "markdown": markdown},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {
            "tags": ["text", rule.id.partition("/")[0]],
            "precision": _PRECISION[rule.severity],
            "problem.severity": _PROBLEM[rule.severity],
        },
    }
    return descriptor | ({"helpUri": docs} if docs else {})


def _artifact(audit: Audit) -> Json:
    subject = audit.subject
    made: Json = {"location": artifact_location(subject.name), "roles": ["analysisTarget"]}
    if subject.sha256:
        made["hashes"] = {"sha-256": subject.sha256}
    facts = {"format": subject.format, "characters": subject.characters, "pages": subject.pages}
    made["properties"] = {key: value for key, value in facts.items() if value is not None}
    return made


def _invocation(report: Report) -> Json:
    notifications = [n for audit in report.audits for n in _notifications(audit)]
    made: Json = {
        "executionSuccessful": not notifications,
        "startTimeUtc": _utc(report.started),
        "toolExecutionNotifications": notifications,
    }
    if report.seconds is not None:
        made["endTimeUtc"] = _utc(report.started + timedelta(seconds=report.seconds))
    return made


def _notifications(audit: Audit) -> Iterable[Json]:
    located: Json = {
        "locations": [{"physicalLocation": {"artifactLocation": artifact_location(audit.subject.name)}}]
    }
    if audit.status == "failed":
        text = f"Could not be audited: {audit.error or 'no reason given'}"
        yield {"level": "error", "message": {"text": visible(text)}, **located}
    for problem in audit.problems:
        yield {
            "level": "warning",
            "message": {"text": visible(f"Audited only in part: {problem}")},
            **located,
        }


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
