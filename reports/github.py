"""GitHub workflow commands: annotations on the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.findings import Finding, Severity
from auditor.reports.interface import RenderOptions
from auditor.reports.model import Audit, Report
from auditor.reports.summary import state, worst_first
from auditor.reports.text import encodable, one_line, percent, shorten, visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_EXCERPT = 300


class GithubRenderer:
    """One command a line, the worst first: GitHub shows only the first ten of each level in a step."""

    name = "github"
    suffixes = ()

    def render(self, report: Report, *, options: RenderOptions) -> str:
        """Documents that could not be audited come before the findings."""
        lines = [line for audit in report.audits for line in _failures(audit)]
        lines += [_finding(audit, finding) for audit, finding in worst_first(report, verbose=options.verbose)]
        return encodable("".join(f"{line}\n" for line in lines))


RENDERER = GithubRenderer()


def _failures(audit: Audit) -> Iterator[str]:
    name = _path(audit.subject.name)
    if audit.status == "failed":
        yield _command(
            "error", {"file": name, "title": "Could not be audited"}, audit.error or "no reason given"
        )
    for problem in audit.problems:
        yield _command("warning", {"file": name, "title": "Audited only in part"}, problem)


def _finding(audit: Audit, finding: Finding) -> str:
    place = finding.location
    properties: dict[str, str | int | None] = {"file": _path(place.path if place else audit.subject.name)}
    if place and place.line is not None:
        properties |= {"line": place.line, "col": place.column, "endLine": place.end_line}
        if place.end_line == place.line:  # GitHub takes columns only within one line
            properties["endColumn"] = place.end_column
    properties["title"] = one_line(finding.rule)
    notes = [percent(finding.confidence)]
    if place and place.page is not None:
        notes.insert(0, f"page {place.page}")
    if state(finding) != "open":
        notes.append(state(finding))
    message = f"{finding.message} ({', '.join(notes)})"
    if finding.excerpt:
        message += f": “{shorten(one_line(finding.excerpt), _EXCERPT)}”"
    return _command(_COMMANDS[finding.severity], properties, message)


def _command(name: str, properties: dict[str, str | int | None] | dict[str, str], message: str) -> str:
    pairs = ",".join(
        f"{key}={_property(str(value))}" for key, value in properties.items() if value is not None
    )
    return f"::{name} {pairs}::{_data(visible(message))}"


def _path(name: str) -> str:
    return visible(name).removeprefix("./")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
