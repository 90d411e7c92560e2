"""Audits text and language models before they are published or shipped.

>>> import auditor
>>> report = auditor.scan(["paper.pdf", "drafts/"])  # doctest: +SKIP
>>> for finding in report.findings():  # doctest: +SKIP
...     print(finding.location, finding.rule, finding.message)

What is named here is the public API. A detector of your own is written with ``auditor.detector.detector``
(the function is not lifted up here, since its module has the same name).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditor.version import __version__

if TYPE_CHECKING:
    from auditor.api import scan, scan_text
    from auditor.baseline import BaselineError
    from auditor.config_values import ConfigError
    from auditor.detector import PluginError, UnknownRuleError
    from auditor.documents import Document, DocumentError, Role
    from auditor.findings import (
        Claim,
        Evidence,
        Finding,
        Location,
        Measurement,
        Relation,
        Rule,
        Severity,
        Status,
        Suppression,
        Verdict,
    )
    from auditor.reports.model import Audit, Report, Subject, Summary
    from auditor.sources.interface import IndexProblem
    from auditor.verifying import Verification, verify, verify_many

# Where each public name lives: importing the package must not import what a caller does not use (PEP 562).
_HOMES = {
    "auditor.api": ("scan", "scan_text"),
    "auditor.baseline": ("BaselineError",),
    "auditor.config_values": ("ConfigError",),
    "auditor.detector": ("PluginError", "UnknownRuleError"),
    "auditor.documents": ("Document", "DocumentError", "Role"),
    "auditor.findings": (
        *("Claim", "Evidence", "Finding", "Location", "Measurement", "Relation", "Rule"),
        *("Severity", "Status", "Suppression", "Verdict"),
    ),
    "auditor.reports.model": ("Audit", "Report", "Subject", "Summary"),
    "auditor.sources.interface": ("IndexProblem",),
    "auditor.verifying": ("Verification", "verify", "verify_many"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Audit",
    "BaselineError",
    "Claim",
    "ConfigError",
    "Document",
    "DocumentError",
    "Evidence",
    "Finding",
    "IndexProblem",
    "Location",
    "Measurement",
    "PluginError",
    "Relation",
    "Report",
    "Role",
    "Rule",
    "Severity",
    "Status",
    "Subject",
    "Summary",
    "Suppression",
    "UnknownRuleError",
    "Verdict",
    "Verification",
    "__version__",
    "scan",
    "scan_text",
    "verify",
    "verify_many",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'auditor' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
