"""JUnit XML, for the test pages of CI services: documents are suites, rules are tests."""

from __future__ import annotations

import re
from datetime import UTC
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from auditor.findings import Finding
from auditor.reports.build import worst
from auditor.reports.interface import RenderOptions
from auditor.reports.model import Audit, Report
from auditor.reports.summary import place
from auditor.reports.text import encodable, one_line, percent, visible

_READ = "document/read"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class JunitRenderer:
    """A test for each document and rule that ran: it fails where findings count.

    A document that could not be audited, or not whole, has an error. The form is what Ant's and Jenkins'
    schemas both allow: at most one failure a test, no time zone, a host name.
    """

    name = "junit"
    suffixes = (".xml",)

    def render(self, report: Report, *, options: RenderOptions) -> str:
        """XML 1.0; characters that it cannot hold are shown as ``⟨U+0000⟩``."""
        root = Element("testsuites")
        for number, audit in enumerate(report.audits):
            root.append(_suite(report, audit, number))
        ElementTree.indent(root)
        body = ElementTree.tostring(root, encoding="unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


RENDERER = JunitRenderer()


def _suite(report: Report, audit: Audit, number: int) -> Element:
    name = _name(audit.subject.name)
    cases = _cases(report, audit, name)
    attributes = {
        "name": name,
        "package": name,
        "id": str(number),
        "hostname": "localhost",
        "timestamp": report.started.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": str(sum(case.find("error") is not None for case in cases)),
        "time": "0",
    }
    suite = Element("testsuite", attributes)
    properties = SubElement(suite, "properties")
    for key, value in _facts(report, audit).items():
        SubElement(properties, "property", {"name": key, "value": _legal(str(value))})
    suite.extend(cases)
    SubElement(suite, "system-out")
    SubElement(suite, "system-err")
    return suite


def _facts(report: Report, audit: Audit) -> dict[str, object]:
    subject = audit.subject
    facts = {
        "tool": f"{report.tool.name} {report.tool.version}",
        "format": subject.format,
        "sha256": subject.sha256,
        "revision": subject.revision,
        "mentioned": sum(not f.counts and f.suppressed is None for f in audit.findings),
        "suppressed": sum(f.suppressed is not None for f in audit.findings),
    }
    return {key: value for key, value in facts.items() if value is not None}


def _cases(report: Report, audit: Audit, name: str) -> list[Element]:
    read = _case(name, _READ)
    reasons = ([audit.error or "no reason given"] if audit.status == "failed" else []) + list(audit.problems)
    if reasons:
        kind = "failed" if audit.status == "failed" else "incomplete"
        error = SubElement(read, "error", {"type": kind, "message": _legal(one_line(reasons[0]))})
        error.text = _legal("\n".join(map(one_line, reasons)))
    if audit.status == "failed" and not audit.findings:
        return [read]  # no rule ran
    by_rule: dict[str, list[Finding]] = {rule.id: [] for rule in report.rules}
    for finding in audit.findings:
        by_rule.setdefault(finding.rule, [])
        if finding.counts:
            by_rule[finding.rule].append(finding)
    cases = [read]
    for rule, findings in by_rule.items():
        case = _case(name, _name(rule))
        if findings:
            _fail(case, audit, worst(findings))
        cases.append(case)
    return cases


def _case(document: str, name: str) -> Element:
    return Element("testcase", {"classname": document, "name": name, "time": "0"})


def _fail(case: Element, audit: Audit, findings: list[Finding]) -> None:
    message = one_line(findings[0].message)
    if len(findings) > 1:
        message += f" (and {len(findings) - 1} more)"
    failure = SubElement(case, "failure", {"type": findings[0].severity.value, "message": _legal(message)})
    failure.text = _legal("\n\n".join(_body(audit, finding) for finding in findings))


def _body(audit: Audit, finding: Finding) -> str:
    head = f"{place(audit, finding)}: {finding.severity.value}: {one_line(finding.message)}"
    return "\n".join(filter(None, (f"{head} ({percent(finding.confidence)})", one_line(finding.excerpt))))


def _name(text: str) -> str:
    return _legal(one_line(text)) or "-"


def _legal(text: str) -> str:
    return _ILLEGAL.sub(lambda match: encodable(f"⟨U+{ord(match[0]):04X}⟩"), visible(text))
