"""The words every part of the toolkit shares: rules, locations, findings, claims, measurements."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from auditor.documents.document import Document

DOCS_URL = "https://auditor.readthedocs.io/rules"
EXCERPT_LIMIT = 2_000
"""Longest excerpt kept in a finding, in characters; a longer span is cut and says so in ``excerpt_cut``."""

CONTEXT_LIMIT = 80
"""Most text kept before and after an excerpt, in characters."""

# The classes below are plain dataclasses: a scan must not pay for the import of a validation library, which
# takes longer than the scan of a page. `auditor.reports.json` checks what it reads against them; what stands
# in a field's metadata goes into the schema.
_PROBABILITY: Final = {"ge": 0.0, "le": 1.0}
STRICT: Final[Any] = {"extra": "forbid", "json_schema_serialization_defaults_required": True}


def _about(description: str, **bounds: float) -> dict[str, Any]:
    return {"description": description, **bounds}


class Severity(StrEnum):
    """How bad a finding is; SARIF's levels."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for a note, 1 for a warning, 2 for an error."""
        return ("note", "warning", "error").index(self.value)


class Status(StrEnum):
    """Whether boilerplate was left in by oversight or is being talked about."""

    LEAKED = "leaked"
    MENTIONED = "mentioned"
    UNCERTAIN = "uncertain"


class Relation(StrEnum):
    """What a passage of a source says about a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    RELATED = "related"


class Verdict(StrEnum):
    """What the sources say about a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    NOT_A_CLAIM = "not-a-claim"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where in a subject something stands.

    ``document.text[start:end]`` is the excerpt. Line and column count from 1 in the raw file and are absent
    where the file is not text (PDF, DOCX); page counts from 1 and is absent where the file has no pages.
    """

    __pydantic_config__ = STRICT

    path: str
    start: int = field(metadata=_about("character offset into the extracted text", ge=0))
    end: int = field(metadata=_about("character offset into the extracted text, exclusive", ge=0))
    line: int | None = field(default=None, metadata={"ge": 1})
    column: int | None = field(default=None, metadata={"ge": 1})
    end_line: int | None = field(default=None, metadata={"ge": 1})
    end_column: int | None = field(default=None, metadata=_about("exclusive", ge=1))
    page: int | None = field(default=None, metadata={"ge": 1})
    part: str | None = field(
        default=None, metadata=_about("e.g. 'footnotes', 'cell 3', 'row 12', 'chapter2.xhtml'")
    )

    def __str__(self) -> str:
        """``path:line:column``, or ``path:p. 3`` where the file has pages."""
        where = self.path
        if self.line is not None:
            where += f":{self.line}:{self.column}"
        if self.page is not None:
            where += f":p. {self.page}"
        if self.part is not None:
            where += f" ({self.part})"
        return where


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage of a source that bears on a claim."""

    __pydantic_config__ = STRICT

    source: str
    location: Location | None = None
    quote: str
    relation: Relation
    score: float = field(metadata=_PROBABILITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """Why a finding does not count."""

    __pydantic_config__ = STRICT

    kind: Literal["inline", "baseline"]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing in one place that a person should look at."""

    __pydantic_config__ = STRICT

    rule: str
    severity: Severity
    confidence: float = field(metadata=_PROBABILITY)
    message: str
    location: Location | None = None
    excerpt: str = ""
    excerpt_cut: bool = False
    before: str = field(
        default="", metadata=_about("text of the same paragraph just before the excerpt, to show it in")
    )
    after: str = field(default="", metadata=_about("text of the same paragraph just after the span"))
    status: Status | None = None
    also: tuple[str, ...] = field(default=(), metadata=_about("other rules that fired on the same passage"))
    evidence: tuple[Evidence, ...] = ()
    suppressed: Suppression | None = None
    fingerprint: str = field(default="", metadata=_about("stable when lines move; the key of a baseline"))

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence must be a probability, not {self.confidence!r}")

    @property
    def counts(self) -> bool:
        """Whether the finding takes part in exit codes and totals."""
        return self.suppressed is None and self.status is not Status.MENTIONED


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence of the document, or part of one, and what the sources say about it."""

    __pydantic_config__ = STRICT

    text: str
    location: Location
    verdict: Verdict
    probability: float = field(
        metadata=_about("calibrated probability that the sources support it", **_PROBABILITY)
    )
    reason: str = field(
        default="", metadata=_about("what decided, or why it is no claim or could not be checked")
    )
    lead: str = field(default="", metadata=_about("words put in front of a clause that lacks its subject"))
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A confidence interval."""

    __pydantic_config__ = STRICT

    low: float
    high: float
    level: float = field(default=0.95, metadata={"gt": 0, "lt": 1})
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A number measured on a subject, with its uncertainty."""

    __pydantic_config__ = STRICT

    name: str
    value: float
    interval: Interval | None = None
    n: int = field(metadata={"ge": 0})
    bad: Literal["high", "low", "away-from-zero"] = "high"
    groups: dict[str, Measurement] = field(default_factory=dict)
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """What a detector looks for: declared once, at the top of the detector's file.

    Args:
        id: ``family/name``; stable once released.
        title: A few words, for lists and headings.
        severity: The severity of a finding that is certain.
        help: One or two sentences on what to do about it.
    """

    id: str
    title: str
    severity: Severity
    help: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*", self.id):
            raise ValueError(f"rule id {self.id!r} is not of the form family/name in lower case")

    @property
    def family(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """The part of the id after the slash."""
        return self.id.partition("/")[2]

    @property
    def docs(self) -> str:
        """Address of the rule's documentation page."""
        return f"{DOCS_URL}/{self.id}/"

    def at(
        self,
        document: Document,
        start: int,
        end: int,
        *,
        confidence: float,
        message: str = "",
        status: Status | None = None,
        severity: Severity | None = None,
        also: Iterable[str] = (),
        evidence: Iterable[Evidence] = (),
    ) -> Finding:
        """Builds a finding of this rule.

        Args:
            document: The document that was read.
            start: First character of the span, an offset into ``document.text``.
            end: One past the last character.
            confidence: Calibrated probability that the finding is right.
            message: What was found; the rule's title when empty.
            status: For boilerplate: leaked, mentioned or uncertain. What is not leaked becomes a note.
            severity: Overrides the rule's own.
            also: Other rules that fired on the same passage.
            evidence: Passages that bear on it.

        Returns:
            The finding, with its location and fingerprint filled in.
        """
        level = severity or self.severity
        if status in (Status.MENTIONED, Status.UNCERTAIN):
            level = Severity.NOTE
        excerpt = document.text[start : min(end, start + EXCERPT_LIMIT)]
        before, after = context(document, start, end)
        return Finding(
            rule=self.id,
            severity=level,
            confidence=confidence,
            message=message or self.title,
            location=document.location(start, end),
            excerpt=excerpt,
            excerpt_cut=end - start > EXCERPT_LIMIT,
            before=before,
            after=after,
            status=status,
            also=tuple(also),
            evidence=tuple(evidence),
            fingerprint=fingerprint(self.id, document.name, document.text[start:end]),
        )


def context(document: Document, start: int, end: int) -> tuple[str, str]:
    """What stands around ``document.text[start:end]`` in its paragraph and part.

    Returns:
        The text before and the text after, each at most ``CONTEXT_LIMIT`` characters, cut between words if
        the script has spaces.
    """
    low, high = document.part_bounds(start)[0], document.part_bounds(end - 1)[1]
    first, last = max(low, start - CONTEXT_LIMIT), min(high, end + CONTEXT_LIMIT)
    before = _BLANK_LINE.split(document.text[first:start])[-1]
    after = _BLANK_LINE.split(document.text[end:last])[0]
    if len(before) == CONTEXT_LIMIT and first > low:
        before = _PARTIAL_FIRST.sub("", before)
    if len(after) == CONTEXT_LIMIT and last < high:
        after = _PARTIAL_LAST.sub("", after)
    return before, after


# A word that the cut may have gone through; bounded, since a text without spaces has none.
_PARTIAL_FIRST = re.compile(r"\A\S{1,24}(?=\s)")
_PARTIAL_LAST = re.compile(r"(?<=\s)\S{1,24}\Z")
_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n")


def fingerprint(rule: str, path: str, excerpt: str, occurrence: int = 0) -> str:
    """Identity of a finding that survives moved lines, re-wrapping and a change of case.

    Args:
        rule: Rule id.
        path: Name of the document.
        excerpt: The whole text of the span.
        occurrence: 0 for the first such passage in the document, 1 for the next.

    Returns:
        32 hexadecimal digits.
    """
    words = " ".join(excerpt.casefold().split())
    key = "\x1f".join((rule, path, words, str(occurrence)))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
