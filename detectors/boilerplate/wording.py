"""The words before, in and after a passage, weighed for and against its being left behind by a model.

Cue lists know the common ways of quoting and reporting; this knows the rest, in every language that it was
fitted on ("the reviewer noticed", "작성자에게", "mit freundlichen Grüßen"). ``training/boilerplate/fit_status``
makes the weights.
"""

from __future__ import annotations

from array import array
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import sqrt
from zlib import crc32

from auditor.detectors.boilerplate.features import CJK_START, TOKEN
from auditor.detectors.boilerplate.folding import fold
from auditor.detectors.boilerplate.passages import Passage
from auditor.documents import Document

FILE = "wording.bin"
BUCKETS = 1 << 16
SCALE = 4.0
REACH = 160
"""Characters before and after a passage that are looked at."""
_MOST = 24


def features(document: Document, passage: Passage) -> list[int]:
    """Bucket numbers of the words and pairs in and around a passage, repeats kept."""
    text = document.text
    before = _tokens(text[max(0, passage.start - REACH) : passage.start])[-_MOST:]
    inside = _tokens(text[passage.start : passage.end])
    after = _tokens(text[passage.end : passage.end + REACH])[:_MOST]
    names: set[str] = set()
    for mark, tokens in (("b", before), ("i", inside), ("a", after)):
        names.update(f"{mark}:{token}" for token in tokens)
        names.update(f"{mark}2:{one} {two}" for one, two in pairwise(tokens))
    names.update(f"c:{token}" for token in before + after)
    names.update(f"n:{token}" for token in before[-3:])
    names.update(f"m:{token}" for token in after[:3])
    return sorted(crc32(name.encode("utf-8", "replace")) % BUCKETS for name in names)


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    for token in TOKEN.findall(fold(text).text):
        if CJK_START.match(token):
            found += [token[i : i + n] for n in (2, 3) for i in range(len(token) - n + 1)]
        else:
            found.append("0" if token[0].isdigit() else token)
    return found


def wording(document: Document, passage: Passage, scale: float) -> float:
    """Log-odds that the words add.

    Args:
        document: The document.
        passage: The passage in it.
        scale: Log-odds of one step of the packaged weights.
    """
    found = features(document, passage)
    weights = _weights()
    return scale * SCALE * sum(weights[i] for i in found) / sqrt(len(found) or 1)


@cache
def _weights() -> array[int]:
    content = files("auditor.corpora").joinpath("boilerplate", FILE).read_bytes()
    if len(content) != BUCKETS:
        raise ValueError(f"{FILE} holds {len(content)} weights, not {BUCKETS}; fit it again")
    return array("b", content)
