"""``auditor.verify`` and ``auditor.verify_many``: answers held against the sources that they were made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from auditor.detector import choose
from auditor.documents import Document, from_text
from auditor.engine import audit_document
from auditor.findings import Claim, Finding, Interval
from auditor.reports.model import Audit
from auditor.sources.grounds import DEFAULT_VERIFIER, Grounds

if TYPE_CHECKING:
    from auditor.detectors.grounding.verifiers.interface import Verifier
    from auditor.sources.interface import Index


@dataclass(frozen=True, slots=True)
class Verification:
    """What the sources say of an answer.

    Attributes:
        audit: Everything, as a report has it.
    """

    audit: Audit

    @property
    def score(self) -> float | None:
        """Share of the checked claims that the sources support; None where there was none to check."""
        return next((m.value for m in self.audit.measurements if m.name == "grounding/score"), None)

    @property
    def interval(self) -> Interval | None:
        """The score's confidence interval."""
        return next((m.interval for m in self.audit.measurements if m.name == "grounding/score"), None)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every sentence or clause, those that are no claims too, with verdict and evidence."""
        return self.audit.claims

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a person should look at."""
        return self.audit.findings


def verify(
    answer: str | Document,
    sources: str | Document | Index | Iterable[str | Document | tuple[str, str]],
    *,
    question: str | None = None,
    format: str = "text",
    verifier: str | Verifier = DEFAULT_VERIFIER,
    max_source_age: timedelta | None = None,
) -> Verification:
    """Says of every claim of an answer whether the sources support it, contradict it or are silent.

    Args:
        answer: The text, or a document.
        sources: Texts, documents, pairs of name and text, or an index that ``auditor.sources.open_index`` opened.
        question: What the answer answers.
        format: Syntax of ``answer`` where it is text.
        verifier: Name of a verifier (``"packaged"``, ``"nli:NAME"``, ``"llm:MODEL"`` …), or one that is loaded.
        max_source_age: A claim resting on older sources only is noted as stale.

    Returns:
        Score, claims and findings.

    Raises:
        IndexProblem: If there is nothing to hold the answer against.
        VerifierError: If the verifier cannot be loaded.
        DocumentError: If the answer is empty.

    Example:
        >>> made = auditor.verify("The bridge opened in 1932.", ["The bridge opened in 1923."])  # doctest: +SKIP
        >>> made.claims[0].verdict  # doctest: +SKIP
        <Verdict.CONTRADICTED: 'contradicted'>
    """
    return verify_many(
        [(answer, sources)],
        questions=[question],
        format=format,
        verifier=verifier,
        max_source_age=max_source_age,
    )[0]


def verify_many(
    pairs: Iterable[
        tuple[str | Document, str | Document | Index | Iterable[str | Document | tuple[str, str]]]
    ],
    *,
    questions: Sequence[str | None] | None = None,
    format: str = "text",
    verifier: str | Verifier = DEFAULT_VERIFIER,
    max_source_age: timedelta | None = None,
) -> list[Verification]:
    """Verifies many answers, each against its own sources; the verifier reads them in shared batches.

    Args:
        pairs: Answers with their sources, each as for ``verify``.
        questions: What each answer answers.
        format: Syntax of the answers.
        verifier: As for ``verify``.
        max_source_age: As for ``verify``.

    Returns:
        One verification each, in order.

    Raises:
        IndexProblem: If there is nothing to hold an answer against.
        VerifierError: If the verifier cannot be loaded.
        DocumentError: If an answer is empty.
    """
    from auditor.detectors.grounding.examine import examine_many

    loaded = _verifier(verifier)
    made: list[tuple[Document, Grounds]] = []
    for n, (answer, sources) in enumerate(pairs):
        document = answer if isinstance(answer, Document) else from_text(answer, "<answer>", format)
        question = questions[n] if questions else None
        made.append((document, Grounds(_index(sources), loaded, max_source_age, question=question)))
    examine_many(made)
    detectors = choose(("grounding",))
    return [Verification(audit_document(document, detectors, grounds)) for document, grounds in made]


def _verifier(named: str | Verifier) -> Verifier:
    if not isinstance(named, str):
        return named
    from auditor.detectors.grounding.verifiers.registry import load_verifier

    return load_verifier(named)


def _index(sources: str | Document | Index | Iterable[str | Document | tuple[str, str]]) -> Index:
    from auditor.sources import MemoryIndex

    if isinstance(sources, str | Document):
        return MemoryIndex([sources])
    if hasattr(sources, "search"):
        return sources  # type: ignore[return-value]
    return MemoryIndex(sources)
