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
_AROUND: Final = 500
"""Characters before a passage in which it may have been said of whom it speaks."""
# A sentence leans on what stands before it where a pronoun or "the film" stands for a name.
_LEANING: Final = re.compile(
    r"^\W*(?:The|This|That|These|Those|Its|Their|His|Her) "
    r"|\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|his|her|its|their|him|them)\b"
)


def read_in_context(comparison: Comparison, claim: str, passage: Passage, grounds: Grounds) -> Comparison:
    """A comparison less the names that the source gives right before a sentence that leans on them.

    Names that the source has in other places are marked as such.

    Args:
        comparison: The claim beside the passage.
        claim: The claim as the verifier reads it.
        passage: The passage.
        grounds: Where its source is.
    """
    missing = {
        conflict: name
        for conflict in comparison.conflicts
        if conflict.kind == "name" and not conflict.contradicts
        for name in names(claim)
        if (name.start, name.end) == conflict.claim
    }
    if not missing:
        return comparison
    start, end = comparison.nearest
    leaning = _LEANING.search(passage.text[start:end]) is not None
    before = _before(passage, grounds) if leaning else ""
    whole = "\n".join(_text(window.source, grounds) for window in passage.windows)
    kept = []
    for conflict in comparison.conflicts:
        name = missing.get(conflict)
        if name is None or not holds(whole, name):
            kept.append(conflict)
        elif not holds(before, name):
            kept.append(replace(conflict, elsewhere=True))
    return replace(comparison, conflicts=tuple(kept))


def _before(passage: Passage, grounds: Grounds) -> str:
    parts = []
    for window in passage.windows:
        text = _text(window.source, grounds)
        parts += [text[:_HEAD], text[max(window.start - _AROUND, 0) : window.start]]
    return "\n".join(parts)


def _text(source: str, grounds: Grounds) -> str:
    text = grounds.memo.get(f"text {source}") or grounds.index.text(source)
    grounds.memo[f"text {source}"] = text
    assert isinstance(text, str)
    return text
