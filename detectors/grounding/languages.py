"""Which language a text is in, as far as a verifier's reach depends on it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from auditor.detectors.grounding.checks.words import word_lists

_SCRIPTS: Final = {
    "Korean": r"[가-힣]",
    "Japanese": r"[぀-ヿ]",
    "Chinese": r"[一-鿿]",
    "Russian": r"[а-яё]",
    "Arabic": r"[؀-ۿ]",
    "Greek": r"[α-ω]",
    "Hebrew": r"[א-ת]",
    "Thai": r"[ก-๛]",
    "Hindi": r"[ऀ-ॿ]",
}


@lru_cache(maxsize=4096)
def language(text: str) -> str | None:
    """English name of the language that a text seems to be in, None where it shows too little."""
    letters = re.findall(r"[^\W\d_]", text)
    if not letters:
        return None
    for name, letter in _SCRIPTS.items():
        share = len(re.findall(letter, text, re.IGNORECASE)) / len(letters)
        if share >= 0.3 or (name == "Japanese" and share >= 0.15):
            return name
    found = re.findall(r"[^\W\d_]+", text.casefold())
    scores = {name: sum(word in frequent for word in found) for name, frequent in _frequent().items()}
    best = max(scores, key=lambda name: scores[name])
    rest = max(score for name, score in scores.items() if name != best)
    return best if scores[best] >= 2 and scores[best] > rest else None


@cache
def _frequent() -> dict[str, frozenset[str]]:
    """Words that are frequent in one language and rare in the others written in Latin letters."""
    return {name: frozenset(row) for name, row in word_lists()["frequent"].items()}
