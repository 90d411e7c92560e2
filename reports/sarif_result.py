"""One finding as a SARIF result."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from auditor.findings import Finding, Location, Status
from auditor.reports.model import Audit
from auditor.reports.text import visible

Json = dict[str, Any]
BASE = "SRCROOT"
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_LINK = re.compile(r"\[([^\[\]]*)\]\(")


def result(
    audit: Audit, finding: Finding, rules: Mapping[str, int], artifact: int | None, *, suppressions: bool
) -> Json:
    """A finding as a result object.

    Args:
        audit: The audit it belongs to.
        finding: The finding.
        rules: Index of each rule in the driver.
        artifact: Index of the document among the run's artifacts.
        suppressions: Whether any result of the run is suppressed; then every result has to say so of itself.
    """
    mentioned = finding.status is Status.MENTIONED
    made: Json = {
        "ruleId": finding.rule,
        "ruleIndex": rules[finding.rule],
        # A result that is no failure has no level, says the standard.
        "kind": "informational" if mentioned else "fail",
        "level": "none" if mentioned else finding.severity.value,
        "message": {"text": _message(finding)},
        "locations": [_location(audit, finding, artifact)],
        "rank": round(finding.confidence * 100, 1),
        "properties": _properties(finding),
    }
    if finding.fingerprint:
        made["partialFingerprints"] = {"auditorFingerprint/v1": finding.fingerprint}
    if finding.evidence:
        made["relatedLocations"] = [_evidence(finding, i) for i in range(len(finding.evidence))]
    if suppressions:
        made["suppressions"] = _suppressions(finding)
    return made


def artifact_location(name: str, index: int | None = None) -> Json:
    """Where a document is: relative to the folder of the run where its path is, percent-encoded."""
    windows = _DRIVE.match(name) is not None
    path = name.replace("\\", "/") if windows or os.sep == "\\" else name
    encoded = quote(path.encode("utf-8", "surrogatepass"), safe="/:" if windows else "/")
    if path.startswith("/"):
        made: Json = {"uri": f"file://{encoded}"}
    elif windows:
        made = {"uri": f"file:///{encoded}"}
    else:
        made = {"uri": encoded.removeprefix("./"), "uriBaseId": BASE}
    return made if index is None else {**made, "index": index}


def _message(finding: Finding) -> str:
    place = finding.location
    where = [f"page {place.page}"] if place and place.page is not None else []
    where += [place.part] if place and place.part is not None else []
    text = f"{finding.message} ({', '.join(where)})" if where else finding.message
    return _plain(text)


def _plain(text: str) -> str:
    """Text for a message, in which ``[text](1)`` would be read as a link."""
    return _LINK.sub(r"\\[\1\\](", visible(text))


def _location(audit: Audit, finding: Finding, artifact: int | None) -> Json:
    place = finding.location
    if audit.subject.kind == "model" or place is None:
        return {
            "logicalLocations": [
                {"fullyQualifiedName": visible(audit.subject.name), "kind": audit.subject.kind}
            ]
        }
    index = artifact if place.path == audit.subject.name else None
    region = _region(place, exact=audit.subject.format == "text")
    if finding.excerpt and not finding.excerpt_cut:
        region["snippet"] = {"text": finding.excerpt}
    return {"physicalLocation": {"artifactLocation": artifact_location(place.path, index), "region": region}}


def _region(place: Location, *, exact: bool) -> Json:
    """A region by line and column; by offset too if the text is the file (``exact``) or has no lines."""
    region: Json = {}
    if place.line is not None:
        region = {"startLine": place.line, "startColumn": place.column or 1}
        end = (place.end_line or place.line, place.end_column or 0)
        if end > (place.line, place.column or 1):
            region |= {"endLine": end[0], "endColumn": end[1]}
    if exact or place.line is None:
        region |= {"charOffset": place.start, "charLength": place.end - place.start}
    return region


def _evidence(finding: Finding, number: int) -> Json:
    evidence = finding.evidence[number]
    text = f"{evidence.source} ({evidence.relation.value}): {evidence.quote}"
    made: Json = {"id": number, "message": {"text": _plain(text)}}
    if evidence.location is not None:
        where = artifact_location(evidence.location.path)
        made["physicalLocation"] = {
            "artifactLocation": where,
            "region": _region(evidence.location, exact=False),
        }
    return made


def _suppressions(finding: Finding) -> list[Json]:
    if finding.suppressed is None:
        return []
    kind = "inSource" if finding.suppressed.kind == "inline" else "external"
    return [{"kind": kind, "status": "accepted", "justification": visible(finding.suppressed.reason)}]


def _properties(finding: Finding) -> Json:
    place = finding.location
    made: Json = {"confidence": finding.confidence}
    if finding.status is not None:
        made["status"] = finding.status.value
    if place is not None:
        # Offsets into the extracted text, which for HTML, PDF and the like is not the file.
        made["text"] = {"start": place.start, "end": place.end}
        made |= {
            key: value for key, value in (("page", place.page), ("part", place.part)) if value is not None
        }
    if finding.also:
        made["also"] = list(finding.also)
    return made
