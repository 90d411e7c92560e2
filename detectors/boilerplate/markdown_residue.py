"""Markdown left where nothing renders it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.detector import detector
from auditor.documents import Document, Role
from auditor.findings import Finding, Rule, Severity, Status

MARKDOWN_RESIDUE = Rule(
    "boilerplate/markdown-residue",
    "Markdown in a format that does not render it",
    Severity.NOTE,
    help="Turn the marks into the format's own headings, bold text and lists, or delete them.",
)

UNRENDERED = frozenset({"docx", "pdf", "latex", "html", "epub", "jats"})
"""Formats in which Markdown marks are shown to the reader as they stand."""
_MARKS = re.compile(
    r"(?P<heading>^[ \t]*#{2,6}[ \t]+(?=\w)[^\n#]{2,80}$)"
    r"|(?P<bold>(?<![\w*])\*\*(?=[^\s*])[^*\n]{2,120}?(?<=[^\s*])\*\*(?![\w*]))"
    r"|(?P<link>\[[^\]\n]{2,80}\]\(https?://[^\s)]{4,200}\))"
    r"|(?P<fence>^[ \t]*```\w*[ \t]*$)",
    re.MULTILINE,
)
_FENCE_FILE = re.compile(r"\s*```(?:markdown|md)[ \t]*\r?\n")
_CERTAIN = {"heading": 0.8, "bold": 0.85, "link": 0.8, "fence": 0.9}


@detector(MARKDOWN_RESIDUE)
def markdown_residue(document: Document) -> Iterator[Finding]:
    """Yields the marks themselves; in Markdown files, a fence that swallows the whole text."""
    text = document.text
    if document.format in ("markdown", "text"):
        opening = _FENCE_FILE.match(text)
        if opening and text.rstrip().endswith("```") and text.count("```") % 2 == 0:
            start = opening.start() + len(opening.group()) - len(opening.group().lstrip())
            yield MARKDOWN_RESIDUE.at(
                document,
                start,
                opening.end(),
                status=Status.LEAKED,
                confidence=0.9,
                severity=Severity.WARNING,
                message="The whole text stands in a ```markdown fence, as a chat model hands it over",
            )
        return
    if document.format not in UNRENDERED or not any(mark in text for mark in ("**", "##", "](", "```")):
        return
    for match in _MARKS.finditer(text):
        if not document.has_role(Role.CODE, match.start()) and match.lastgroup:
            yield MARKDOWN_RESIDUE.at(
                document, *match.span(), status=Status.LEAKED, confidence=_CERTAIN[match.lastgroup]
            )
