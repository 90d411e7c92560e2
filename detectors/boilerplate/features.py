"""Features of a sentence for the assistant-voice classifier: hashed words, word pairs and letter runs.

The same code runs in training and in use. It needs nothing but the standard library.
"""

from __future__ import annotations

import re
from itertools import pairwise
from zlib import crc32

from auditor.detectors.boilerplate.keys import CJK

BUCKETS = 1 << 18
TOKEN = re.compile(rf"[{CJK}]+|(?:(?![{CJK}])[^\W\d])+(?:'[a-z]+)?|\d+|[^\w\s]")
CJK_START = re.compile(f"[{CJK}]")
MAXTOKENS = 60


def features(folded: str) -> list[int]:
    """Bucket numbers of a folded sentence, each once.

    Args:
        folded: Folded text of one sentence; only its first ``MAXTOKENS`` tokens count.

    Returns:
        Sorted numbers below ``BUCKETS``.
    """
    tokens = ["<s>", *(_level(token) for token in TOKEN.findall(folded)[:MAXTOKENS]), "</s>"]
    names = set(tokens)
    names.update(map(" ".join, pairwise(tokens)))
    names.update(map(" ".join, zip(tokens, tokens[1:], tokens[2:], strict=False)))
    names.update(f"{a} _ {c}" for a, c in zip(tokens, tokens[2:], strict=False))
    for token in tokens[1:-1]:
        names.update(_grams(token))
    return sorted({crc32(name.encode("utf-8", "replace")) % BUCKETS for name in names})


def _level(token: str) -> str:
    return "0" if token[0].isdigit() else token


def _grams(token: str) -> list[str]:
    if CJK_START.match(token):
        return [token[i : i + n] for n in (1, 2, 3, 4) for i in range(len(token) - n + 1)]
    if len(token) < 4:
        return []
    marked = f"<{token}>"
    return ["#" + marked[i : i + n] for n in (4, 5) for i in range(len(marked) - n + 1)]
