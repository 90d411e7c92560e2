"""Markdown for a comment on a pull request: totals, the worst findings, the rest folded away."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

from auditor.findings import Finding, Severity
from auditor.reports.interface import RenderOptions
from auditor.reports.model import Audit, Report
from auditor.reports.summary import (
    audit_failures,
    grounding_line,
    place,
    shown,
    state,
    summary_line,
    worst_first,
)
from auditor.reports.text import encodable, one_line, percent, plural, shorten

LIMIT = 60_000
"""Longest comment written, in characters; GitHub takes 65,536."""
_WORST = 10
_EXCERPT = 240
_NAME = 160
_FAILURES = 20
# Words that Markdown, HTML or the site might act on: markup, tags, mentions, references, links, formulas.
_ACTIVE = re.compile(r"[`*_~<>&\[\]|\\@#$/]|:\S|\bwww\.|^[-+=>]|^\d+[.)]$")


class MarkdownRenderer:
    """Short at a glance; whatever a document says is shown inert, as code."""

    name = "markdown"
    suffixes = (".md", ".markdown")

    def render(self, report: Report, *, options: RenderOptions) -> str:
        """GitHub-flavoured Markdown of at most ``LIMIT`` characters, with a note of what was left out."""
        blocks = [_heading(report, options), *_failures(report), *_grounding(report)]
        blocks += [*_totals(report), *_worst(report, options)]
        text, left = "\n".join(blocks), 0
        for audit in _folded(report, options):
            folded = _document(audit, options)
            if left or len(text) + len(folded) > LIMIT - 200:
                left += len(shown(audit, verbose=options.verbose))
            else:
                text += f"\n{folded}"
        if left:
            text += f"\n*{plural(left, 'finding')} left out to keep this short; other formats have all.*\n"
        return encodable(text)


RENDERER = MarkdownRenderer()


def _heading(report: Report, options: RenderOptions) -> str:
    return f"### auditor\n\n{prose(summary_line(report, verbose=options.verbose))}\n"


def _failures(report: Report) -> Iterator[str]:
    lines = [line for audit in report.audits for line in audit_failures(audit)]
    if lines:
        listed = [f"- {prose(shorten(line, _EXCERPT))}" for line in lines[:_FAILURES]]
        if len(lines) > _FAILURES:
            listed.append(f"- and {len(lines) - _FAILURES:,} more")
        yield "**Not audited, or not whole**\n\n" + "\n".join(listed) + "\n"


def _grounding(report: Report) -> Iterator[str]:
    lines = [line for audit in report.audits if (line := grounding_line(audit))]
    if lines:
        listed = [f"- {prose(shorten(line, _EXCERPT))}" for line in lines[:_FAILURES]]
        if len(lines) > _FAILURES:
            listed.append(f"- and {len(lines) - _FAILURES:,} more")
        yield "**Claims against the sources**\n\n" + "\n".join(listed) + "\n"


def _totals(report: Report) -> Iterator[str]:
    counts = Counter((f.rule, f.severity) for f in report.findings() if f.counts)
    if not counts:
        return
    titles = {rule.id: rule.title for rule in report.rules}
    rules = sorted({rule for rule, _ in counts}, key=lambda r: [-counts[r, level] for level in Severity])
    rows = ["| Rule | | Errors | Warnings | Notes |", "|:--|:--|--:|--:|--:|"]
    for rule in rules[:50]:
        numbers = " | ".join(f"{counts[rule, level]:,}" if counts[rule, level] else "" for level in Severity)
        title = prose(_cell(titles.get(rule, "")))
        rows.append(f"| {code(_cell(rule))} | {title} | {numbers} |")
    yield "\n".join(rows) + "\n"


def _worst(report: Report, options: RenderOptions) -> Iterator[str]:
    pairs = worst_first(report, verbose=options.verbose)
    if pairs:
        title = (
            "**Findings**" if len(pairs) <= _WORST else f"**The worst {_WORST} of {len(pairs):,} findings**"
        )
        yield "\n".join([f"{title}\n", *(_item(audit, finding) for audit, finding in pairs[:_WORST])]) + "\n"


def _item(audit: Audit, finding: Finding) -> str:
    where, message = shorten(place(audit, finding), _NAME), shorten(finding.message, _EXCERPT)
    head = f"- **{finding.severity.value}** {code(where)} {prose(message)} ({_details(finding)})"
    lines = [code(shorten(one_line(finding.excerpt), _EXCERPT))] if finding.excerpt else []
    for evidence in finding.evidence[:1]:
        source = shorten(str(evidence.location or evidence.source), _NAME)
        quote = code(shorten(one_line(evidence.quote), _EXCERPT))
        lines.append(f"{code(source)} {evidence.relation.value}: {quote}")
    return "<br>\n  ".join((head, *lines))


def _details(finding: Finding) -> str:
    parts = [code(shorten(finding.rule, _NAME)), percent(finding.confidence)]
    if state(finding) != "open":
        parts.append(state(finding))
    if finding.suppressed:
        parts[-1] += f": {prose(shorten(finding.suppressed.reason, _EXCERPT))}"
    return ", ".join(parts)


def _folded(report: Report, options: RenderOptions) -> list[Audit]:
    """Documents to list in full: none where the worst findings are all there are."""
    audits = [audit for audit in report.audits if shown(audit, verbose=options.verbose)]
    return audits if sum(len(shown(audit, verbose=options.verbose)) for audit in audits) > _WORST else []


def _document(audit: Audit, options: RenderOptions) -> str:
    findings = shown(audit, verbose=options.verbose)
    # A summary is HTML to its end: Markdown is not read there, entities are.
    name = html.escape(shorten(one_line(audit.subject.name), _NAME))
    head = f"<details><summary><code>{name}</code>: {plural(len(findings), 'finding')}</summary>\n"
    return "\n".join([head, *(_row(finding) for finding in findings), "\n</details>\n"])


def _row(finding: Finding) -> str:
    where = ""
    if finding.location:  # the path stands in the heading
        where = str(finding.location).removeprefix(finding.location.path).lstrip(":")
    parts = (code(where), finding.severity.value, _details(finding))
    excerpt = code(shorten(one_line(finding.excerpt), _EXCERPT // 2))
    return f"- {' '.join(filter(None, parts))}" + (f": {excerpt}" if excerpt else "")


def code(text: str) -> str:
    """Text as a code span, where nothing in it acts."""
    text = one_line(text)
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}" if text else ""


def prose(text: str) -> str:
    """Text in which every word that Markdown or the site could act on is a code span."""
    return " ".join(code(word) if _ACTIVE.search(word) else word for word in one_line(text).split())


def _cell(text: str) -> str:
    """One line without pipes, which end a cell even inside code and cannot be escaped after a backslash."""
    return shorten(one_line(text), _NAME).replace("|", "¦")
