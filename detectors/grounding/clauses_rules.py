"""English clauses by words alone, where no parser is installed."""

from __future__ import annotations

import re
from functools import cache

from auditor.detectors.grounding.clauses import Clause, allowed, trimmed

CONDITIONAL = re.compile(
    r"\b(?:if|unless|whether|provided that|either|neither|nor|not only|suppose|otherwise)\b", re.IGNORECASE
)
"""Words that make a sentence a condition or a choice, which is never cut."""


@cache
def _rule() -> re.Pattern[str]:
    finite = (
        r"(?:is|are|was|were|has|have|had|will|can|became|remains|employs|includes|contains|rose|fell|grew)"
    )
    return re.compile(
        rf"(?P<joint>,? (?:and|but) )(?P<bare>{finite} \w)"
        rf"|(?P<own>, (?:and|but|while|whereas) )(?=(?:(?:the|it|he|she|they|its|his|her|their|this|these|there|a|an"
        rf"|[A-Z]\w+) )(?:[\w'’-]+ ){{0,5}}(?:{finite}|\w+ed)\b)"
    )


@cache
def _first_verb() -> re.Pattern[str]:
    return re.compile(
        r"^(?P<subject>[^,;:]{2,80}?) (?:is|are|was|were|has|have|had|will|can|became|\w{3,}ed|rose|fell|grew) "
    )


def by_rules(text: str) -> list[Clause]:
    """Clauses by words alone: only where the second part shows its verb, and the subject is plain to see."""
    whole = [Clause(0, len(text))]
    if CONDITIONAL.search(text) or re.search(r"\b(?:not|no|never|than)\b|n['’]t\b", text):
        return whole
    first = _first_verb().match(text)
    cuts = list(_rule().finditer(text))
    if not cuts or not allowed(text, [cut.start() for cut in cuts]):
        return whole
    pieces, start, lead = [], 0, ""
    for cut in cuts:
        if cut["bare"] and (first is None or cut.start() <= first.end()):
            continue
        end = cut.start()
        pieces.append(trimmed(text, start, end, lead))
        start = cut.start("bare") if cut["bare"] else cut.end()
        lead = first["subject"] if cut["bare"] and first else ""
    pieces.append(trimmed(text, start, len(text), lead))
    return pieces if all(len(text[p.start : p.end].split()) > 2 for p in pieces) else whole
