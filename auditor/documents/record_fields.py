"""Which fields of a row (JSONL, CSV) hold the text that somebody will read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.documents.spelled import words

USUAL = frozenset(
    words(
        "text content body response responses answer answers output outputs completion completions message"
        " abstract review description summary translation generated_text generation generations prediction"
        " predictions reply paragraph article comment caption chosen rejected model_output model_response"
        " assistant bot value document passage sentence title"
    )
)
"""Names (lower case) of fields that hold text."""
_LETTERS = re.compile(r"[^\W\d_]")
_SCRIPTS_WITHOUT_SPACES = re.compile(r"[぀-ヿ㐀-鿿가-힣฀-๿]")
PROBLEMS = 20
"""Most rows named one by one as broken; the rest is counted."""


def is_usual(name: str) -> bool:
    """Whether a field of this name usually holds text."""
    return name.strip().lower().replace("-", "_").replace(" ", "_") in USUAL


def is_prose(value: str) -> bool:
    """Whether a value reads like text, not like an id, a number, a date, a path or a label."""
    head = value[:400].strip()
    if len(head) < 8 or head.startswith(("http://", "https://", "{", "/")):
        return False
    if len(_SCRIPTS_WITHOUT_SPACES.findall(head)) >= 6:
        return True
    return head.count(" ") >= 2 and len(_LETTERS.findall(head)) * 2 > len(head)


def has_letters(value: str) -> bool:
    """Whether a value is more than a number or a sign: what is read where nothing in a file is prose."""
    return bool(_LETTERS.search(value))


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names for a message, in their order, shortened where there are many or long ones."""
    unique = list(dict.fromkeys(" ".join(name.split())[:40] for name in names))
    return ", ".join(unique[:most]) + (f" and {len(unique) - most} more" if len(unique) > most else "")


def shortened(problems: list[str]) -> tuple[str, ...]:
    """The first problems and a count of the others."""
    more = len(problems) - PROBLEMS
    return (*problems[:PROBLEMS], f"and {more} more broken rows") if more > 0 else tuple(problems)
