"""One self-contained HTML page that can be sent by mail, read offline and printed."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from auditor.findings import Finding, Severity, Verdict
from auditor.reports.beside import beside
from auditor.reports.interface import RenderOptions
from auditor.reports.model import Audit, Report
from auditor.reports.summary import failure_lines, state, totals
from auditor.reports.text import encodable, percent, shorten, visible, web_address

_STATES = ("open", "uncertain", "mentioned", "suppressed")
_EXCERPT = 700
_HIDDEN = re.compile(r"⟨U\+[0-9A-F]{4,6}⟩")


class HtmlRenderer:
    """A page that loads nothing: its policy allows its own style and script, by their hashes, and no more."""

    name = "html"
    suffixes = (".html", ".htm")

    def render(self, report: Report, *, options: RenderOptions) -> str:
        """HTML 5. Findings that do not count are in it, hidden by its filter unless ``verbose``."""
        css, script = _asset("report.css"), _asset("report.js")
        page = _template().render(
            report=report,
            summary=report.summary,
            totals=totals(report),
            failures=failure_lines(report),
            documents=[audit for audit in report.audits if audit.findings or audit.claims],
            clean=[
                audit
                for audit in report.audits
                if not (audit.findings or audit.claims) and audit.status == "complete"
            ],
            rules=sorted(report.rules, key=lambda rule: -report.summary.by_rule.get(rule.id, 0)),
            addresses={rule.id: address for rule in report.rules if (address := web_address(rule.docs))},
            filters=_filters(report, options.verbose),
            settings=json.dumps(report.settings, ensure_ascii=False, indent=2, default=str)
            if report.settings
            else "",
            css=Markup(css),  # the package's own files
            script=Markup(script),
            policy=_policy(css, script),
        )
        return encodable(page).rstrip() + "\n"


RENDERER = HtmlRenderer()


def _filters(report: Report, verbose: bool) -> list[tuple[str, list[tuple[str, int, bool]]]]:
    levels = Counter(finding.severity for finding in report.findings())
    states = Counter(state(finding) for finding in report.findings())
    return [
        ("Severity", [(level.value, levels[level], True) for level in Severity]),
        ("Status", [(s, states[s], verbose or s in _STATES[:2]) for s in _STATES if states[s]]),
    ]


def _policy(css: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(css)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return files("auditor.reports").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "beside": beside,
        "marked": _marked,
        "verdicts": _verdicts,
        "middle": lambda text: shorten(" ".join(text.split()), _EXCERPT),
        "percent": percent,
        "state": state,
        "where": _where,
    }
    return environment.from_string(_asset("report.html.j2"))


def _verdicts(audit: Audit) -> list[tuple[str, int]]:
    """How many claims of an audit got each verdict, in the order in which they matter."""
    numbers = Counter(claim.verdict for claim in audit.claims)
    order = ("contradicted", "unsupported", "not-checked", "supported", "not-a-claim")
    return [(name, numbers[Verdict(name)]) for name in order if numbers[Verdict(name)]]


def _marked(text: str) -> Markup:
    """Escaped text whose hidden characters are visible and set apart."""
    shown = str(escape(visible(text)))
    return Markup(_HIDDEN.sub(lambda match: f'<span class="hidden-character">{match[0]}</span>', shown))


def _where(finding: Finding) -> str:
    place = finding.location
    if place is None:
        return ""
    where = [f"page {place.page}"] if place.page is not None else []
    where += [f"line {place.line}, column {place.column}"] if place.line is not None else []
    where += [place.part] if place.part is not None else []
    return ", ".join(where) or f"character {place.start + 1:,}"
