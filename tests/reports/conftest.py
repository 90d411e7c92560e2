from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from auditor.findings import (
    Claim,
    Evidence,
    Finding,
    Interval,
    Location,
    Measurement,
    Relation,
    Severity,
    Status,
    Suppression,
    Verdict,
)
from auditor.reports.build import summarise
from auditor.reports.model import Audit, Report, RuleInfo, Subject, Tool

STARTED = datetime(2025, 3, 14, 9, 26, 53, tzinfo=UTC)
DOCS = "https://auditor.readthedocs.io/rules"
HOSTILE = (
    "\x1b[31mred\x1b[0m [bold]x[/bold] \u202egnp.exe <script>alert(1)</script> </script> | ` @octocat #1 "
    "![i](http://e.example/i.png) ::error::x %0A &lt; \x00 ]]> {{ 7*7 }}"
)


def rule(name: str, title: str, severity: Severity, help: str = "Delete the passage.") -> RuleInfo:
    return RuleInfo(id=name, title=title, severity=severity, help=help, docs=f"{DOCS}/{name}/")


RULES = (
    rule("boilerplate/knowledge-cutoff", "Statement of a model's knowledge cut-off", Severity.ERROR),
    rule("boilerplate/opener", "Assistant's opening line", Severity.WARNING, ""),
    rule("boilerplate/placeholder", "Placeholder never filled in", Severity.WARNING, "Fill it in."),
    rule("boilerplate/refusal", "Refusal left in the text", Severity.ERROR),
)
GROUNDING_RULES = (
    rule("grounding/contradicted", "Claim that the sources contradict", Severity.ERROR),
    rule("grounding/number", "Number that the source gives otherwise", Severity.ERROR),
)


def place(path: str, start: int, length: int, **more: Any) -> Location:
    return Location(path=path, start=start, end=start + length, **more)


def on_line(path: str, start: int, text: str, line: int, column: int) -> Location:
    end = {"end_line": line, "end_column": column + len(text)}
    return place(path, start, len(text), line=line, column=column, **end)


def finding(rule: str, severity: Severity, text: str, where: Location | None, **more: Any) -> Finding:
    base = {"confidence": 0.97, "message": "Left in the text.", "fingerprint": f"{len(text):032x}"}
    return Finding(rule=rule, severity=severity, excerpt=text, location=where, **(base | more))


REFUSAL = "I'm very sorry, but I don't have access to real-time information."
KOREAN = "물론입니다! 아래는 요청하신 초록입니다."


def _radiology() -> Audit:
    path = "drafts/radiology case.txt"
    return Audit(
        subject=Subject(kind="document", name=path, format="text", sha256="ab" * 32, characters=5120),
        findings=(
            finding(
                "boilerplate/refusal",
                Severity.ERROR,
                REFUSAL,
                on_line(path, 120, REFUSAL, 12, 57),
                message="Refusal left in the text; it breaks off a sentence.",
                before="In summary, the management of bilateral iatrogenic ",
                after=" Surgical repair was planned for the following week.",
                also=("boilerplate/knowledge-cutoff",),
                confidence=0.999,
            ),
            finding(
                "boilerplate/opener",
                Severity.WARNING,
                KOREAN,
                on_line(path, 400, KOREAN, 30, 1),
                confidence=0.81,
                after=" 연구의 목적은",
            ),
            finding(
                "boilerplate/knowledge-cutoff",
                Severity.NOTE,
                "as of my last update",
                on_line(path, 600, "as of my last update", 41, 5),
                status=Status.UNCERTAIN,
                confidence=0.42,
            ),
            finding(
                "boilerplate/refusal",
                Severity.NOTE,
                "As an AI language model",
                on_line(path, 900, "As an AI language model", 52, 9),
                status=Status.MENTIONED,
                confidence=0.9,
                before="The reply began with “",
                after="”, as the survey notes.",
            ),
            finding(
                "boilerplate/placeholder",
                Severity.WARNING,
                "[Your Name]",
                on_line(path, 1000, "[Your Name]", 60, 1),
                suppressed=Suppression(kind="inline", reason="a form letter"),
            ),
            finding(
                "boilerplate/placeholder",
                Severity.WARNING,
                "[insert date]",
                on_line(path, 1100, "[insert date]", 61, 1),
                suppressed=Suppression(kind="baseline", reason="accepted before"),
            ),
        ),
    )


def _others() -> tuple[Audit, ...]:
    evidence = Evidence(
        source="guide.txt", quote="Knowledge ends in 2023.", relation=Relation.RELATED, score=0.7
    )
    hostile = 'x"><img src=x onerror=alert(1)>\n@team: 50%,a.md'
    pdf = place("paper.pdf", 2048, 24, page=3)
    note = place("notes.docx", 77, 40, part="footnotes")
    return (
        Audit(
            subject=Subject(kind="document", name="paper.pdf", format="pdf", characters=9000, pages=12),
            problems=("page 7 holds an image without text",),
            findings=(
                finding(
                    "boilerplate/knowledge-cutoff",
                    Severity.ERROR,
                    "my knowledge\nwas cut off",
                    pdf,
                    evidence=(evidence,),
                ),
            ),
        ),
        Audit(
            subject=Subject(kind="document", name="notes.docx", format="docx"),
            findings=(
                finding(
                    "boilerplate/refusal", Severity.ERROR, "I cannot help. " * 60, note, excerpt_cut=True
                ),
            ),
        ),
        Audit(
            subject=Subject(kind="document", name=hostile, format="markdown"),
            findings=(
                finding(
                    "boilerplate/opener",
                    Severity.WARNING,
                    HOSTILE,
                    place(hostile, 0, len(HOSTILE), line=1, column=1, end_line=2, end_column=4),
                    message=f"Found {HOSTILE}",
                    before="<b>",
                    after="\u2066</b>",
                ),
            ),
        ),
        Audit(
            subject=Subject(kind="document", name="clean.txt", format="text", sha256="cd" * 32, characters=10)
        ),
        Audit(
            subject=Subject(kind="document", name="locked.pdf"),
            status="failed",
            error="is encrypted; remove the password",
        ),
    )


def _answer() -> Audit:
    """A document held against sources: one claim of each verdict."""
    path, source = "answer.md", "minutes/2024.html"
    wrong = "The bridge cost 3 million pounds."
    held = "It was opened in May 2019."
    passage = on_line(source, 40, "The bridge cost 8 million pounds,", 4, 3)
    against = Evidence(
        source=source,
        location=passage,
        quote="The bridge cost 8 million pounds,\nmore than <b>planned</b>.",
        relation=Relation.CONTRADICTS,
        score=0.97,
    )
    for_it = Evidence(
        source="report.pdf",
        location=place("report.pdf", 900, 45, page=2),
        quote="The mayor opened the new bridge in May 2019.",
        relation=Relation.SUPPORTS,
        score=0.91,
    )
    claims = (
        Claim(
            text=wrong,
            location=on_line(path, 0, wrong, 1, 1),
            verdict=Verdict.CONTRADICTED,
            probability=0.03,
            reason="“3 million pounds” where the source has “8 million pounds”",
            evidence=(against,),
        ),
        Claim(
            text=held,
            location=on_line(path, 40, held, 2, 1),
            verdict=Verdict.SUPPORTED,
            probability=0.91,
            evidence=(for_it,),
        ),
        Claim(
            text="painted it green.",
            location=on_line(path, 80, "painted it green.", 3, 20),
            verdict=Verdict.UNSUPPORTED,
            probability=0.12,
            lead="The council",
        ),
        Claim(
            text="다리는 아름답다.",
            location=on_line(path, 120, "다리는 아름답다.", 4, 1),
            verdict=Verdict.NOT_CHECKED,
            probability=0.0,
            reason="the claim is in Korean, the sources in English",
        ),
        Claim(
            text="Would you like more?",
            location=on_line(path, 140, "Would you like more?", 5, 1),
            verdict=Verdict.NOT_A_CLAIM,
            probability=0.0,
            reason="question: asks",
        ),
    )
    score = Measurement(
        name="grounding/score",
        value=1 / 3,
        interval=Interval(low=0.0615, high=0.7923, method="Wilson"),
        n=3,
        bad="low",
    )
    return Audit(
        subject=Subject(kind="document", name=path, format="markdown", sha256="ef" * 32, characters=160),
        problems=("1 claim not checked: the claim is in Korean, the sources in English",),
        claims=claims,
        measurements=(score,),
        findings=(
            finding(
                "grounding/number",
                Severity.ERROR,
                wrong,
                on_line(path, 0, wrong, 1, 1),
                message="“3 million pounds” where the source has “8 million pounds” (minutes/2024.html:4:3)",
                also=("grounding/contradicted",),
                evidence=(against,),
            ),
        ),
    )


def make(*audits: Audit, skipped: int = 0, **more: Any) -> Report:
    base: dict[str, Any] = {
        "tool": Tool(version="1.2.3"),
        "started": STARTED,
        "seconds": 1.25,
        "rules": RULES,
    }
    return Report(**(base | more), audits=audits, summary=summarise(audits, skipped=skipped))


@pytest.fixture(scope="session")
def report() -> Report:
    """One of everything: levels, statuses, suppressions, pages, parts, failures, scripts, hostile text."""
    return make(_radiology(), *_others(), skipped=2, settings={"select": [], "fail_on": "error"})


@pytest.fixture(scope="session")
def grounded() -> Report:
    """A document held against sources."""
    return make(_answer(), rules=GROUNDING_RULES)


@pytest.fixture(scope="session")
def clean() -> Report:
    return make(Audit(subject=Subject(kind="document", name="clean.txt", format="text")))
