"""Whether a sentence is worth checking: claims apart from greetings, questions, refusals and the like."""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Kind(StrEnum):
    """What a sentence does."""

    CLAIM = "claim"
    GREETING = "greeting"
    QUESTION = "question"
    REFUSAL = "refusal"
    HEADING = "heading"
    INSTRUCTION = "instruction"
    OPINION = "opinion"
    CITATION = "citation"
    FRAGMENT = "fragment"
    META = "meta"


REASONS = {
    Kind.GREETING: "greets, thanks or takes leave",
    Kind.QUESTION: "asks",
    Kind.REFUSAL: "says that the answer is not known or not in the documents",
    Kind.INSTRUCTION: "tells the reader what to do",
    Kind.OPINION: "gives the writer's own view",
    Kind.CITATION: "names a source only",
    Kind.META: "talks about the answer itself",
}
_ORDER = (Kind.CITATION, Kind.REFUSAL, Kind.GREETING, Kind.META, Kind.OPINION, Kind.INSTRUCTION)
_MAX = 600
"""Characters of a sentence that patterns look at."""


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    """For each kind, and for "prefix", what matches at the start of a sentence or is searched for in it."""
    data = tomllib.loads((files("auditor.corpora") / "grounding" / "kinds.toml").read_text(encoding="utf-8"))
    table: dict[str, tuple[re.Pattern[str], ...]] = {}
    for kind, groups in data.items():
        forms = []
        for group, patterns in groups.items():
            for pattern in patterns:
                place, _, _ = group.partition("_")
                form = {"start": rf"\A(?:{pattern})", "whole": rf"\A(?:{pattern})\Z"}.get(place, pattern)
                forms.append(form if kind != "prefix" else rf"(?:{pattern})")
        table[kind] = tuple(re.compile(form, re.IGNORECASE) for form in forms)
    return table


@cache
def _quotation() -> re.Pattern[str]:
    return re.compile(
        '“[^“”]{1,400}”|"[^"]{1,400}"|‘[^‘’]{1,300}’(?!\\w)|「[^「」]{1,400}」|«[^«»]{1,400}»|„[^„“”]{1,400}[“”]'
    )


def _folded(text: str) -> str:
    """Straight apostrophes, and quotations emptied: what others said is not what the sentence does."""
    spoken = _quotation().sub(
        lambda m: m.group()[0] + "…" + m.group()[-1] if m.start() else m.group(), text[:_MAX]
    )
    return spoken.replace("’", "'")


@cache
def _question() -> re.Pattern[str]:
    return re.compile(r"[?？؟][\"”’»)\]!.*_\s]*\Z|(?:습니까|ㅂ니까|입니까|인가요|나요|까요|는지요)[.\s]*\Z")


def prefix(text: str) -> int:
    """Length of an opening such as "Based on the provided context, ", which says nothing to be checked."""
    done = 0
    while done < len(text):
        rest = text[done : done + _MAX].replace("’", "'")
        found = next((m for p in _patterns()["prefix"] if (m := p.match(rest)) and m.end()), None)
        if not found or not re.search(r"\w", rest[found.end() :]):
            break
        done += found.end()
    return done


def kind(text: str) -> tuple[Kind, str]:
    """What a sentence does, and why it is thought so.

    Args:
        text: One sentence or clause without marks.

    Returns:
        The kind, and a reason in plain words (empty for a claim).
    """
    folded = _folded(text)
    if _question().search(folded) and not _asked_by_others(text):
        return Kind.QUESTION, REASONS[Kind.QUESTION]
    for candidate in _ORDER:
        if any(pattern.search(folded) for pattern in _patterns()[candidate]):
            return candidate, REASONS[candidate]
    return Kind.CLAIM, ""


def _asked_by_others(text: str) -> bool:
    """Whether the question mark is somebody's who is quoted: He asked "why?"."""
    found = list(_quotation().finditer(text))
    last = found[-1] if found else None
    return last is not None and last.start() > 0 and not text[last.end() :].strip(" .!*_")


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|will|would|may|might|must|shall|should|became?|"
        r"\w{2,}(?:ed|ates?|ises?|izes?|ifies|fy)|rose|fell|grew|won|lost|made|took|gave|left|began|ran|went|came|said|says|held|"
        r"shows?|means?|makes?|takes?|gives?|includes?|contains?|uses?|needs?|works?|lives?|runs?|costs?|reach(?:es)?|plays?|"
        r"kills?|causes?|helps?|leads?|occurs?|goes|comes?|wrote|built|sold|bought|led|found|told|met|set|put|cut|hit|kept)\b",
        re.IGNORECASE,
    )


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(r"(?:[다요죠음함됨임]|니까)[.!\"”’)]*\Z")


def complete(text: str) -> bool:
    """Whether a piece of text says something rather than only naming it, by signs that need no parser."""
    if re.search("[가-힣]", text):
        return bool(_predicate().search(text)) or bool(re.search(r"\d", text)) or len(text.split()) > 8
    if re.search(r"[^\W\d_a-zA-Z]", text) and not text.isascii():
        return len(text) > 12 or bool(re.search(r"\d", text))
    if text.rstrip("\"'”’*_)").endswith((".", "!")) and len(text.split()) > 2:
        return True
    return bool(re.search(r"\d", text)) or bool(_verb().search(text)) or len(text.split()) > 8
