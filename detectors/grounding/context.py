"""Names that a passage leaves out because its source has given them before: "She opened the bridge in 1932"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from auditor.detectors.grounding.checks.names import holds, names
from auditor.detectors.grounding.checks.passage import Comparison

if TYPE_CHECKING:
    from auditor.detectors.grounding.evidence import Passage
    from auditor.sources.grounds import Grounds

_HEAD: Final = 400
"""Characters at the beginning of a source that say what it is about."""
_AROUND: Final = 1200
"""Characters before a passage in which it may have been said of whom it speaks."""
# A sentence leans on what stands before it where a pronoun or "the film" stands for a name.
_LEANING: Final = re.compile(
    r"^\W*(?:The|This|That|These|Those|Its|Their|His|Her) "
    r"|\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|his|her|its|their|him|them)\b"
)


def read_in_context(comparison: Comparison, claim: str, passage: Passage, grounds: Grounds) -> Comparison:
    """A comparison less the names that the source gives right before a sentence that leans on them.

    Args:
        comparison: The claim beside the passage.
        claim: The claim as the verifier reads it.
        passage: The passage.
        grounds: Where its source is.
    """
    missing = [c for c in comparison.conflicts if c.kind == "name"]
    start, end = comparison.nearest
    if not missing or not _LEANING.search(passage.text[start:end]):
        return comparison
    before = _before(passage, grounds)
    known = [
        conflict
        for conflict in missing
        if any(holds(before, name) for name in names(claim) if (name.start, name.end) == conflict.claim)
    ]
    if not known:
        return comparison
    return replace(comparison, conflicts=tuple(c for c in comparison.conflicts if c not in known))


def _before(passage: Passage, grounds: Grounds) -> str:
    parts = []
    for window in passage.windows:
        text = grounds.memo.setdefault(f"text {window.source}", None) or grounds.index.text(window.source)
        grounds.memo[f"text {window.source}"] = text
        assert isinstance(text, str)
        parts += [text[:_HEAD], text[max(window.start - _AROUND, 0) : window.start]]
    return "\n".join(parts)
