"""Strings that a phrase pattern describes, with every class, gap and repeat drawn at random."""

from __future__ import annotations

import random
from re import _constants as sre  # type: ignore[attr-defined]
from typing import Any

from auditor.detectors.boilerplate.patterns import parse
from auditor.detectors.boilerplate.phrases import Phrase

# A letter that is part of a word in each script, and no letter of the words around it in particular.
LETTERS = {"ru": "ю", "ar": "ض", "zh": "凸", "ja": "凸", "ko": "뷁"}
LONGEST_GAP = 6


def sample(phrase: Phrase, generator: random.Random) -> str:
    """One string that the pattern of ``phrase`` matches, before folding."""
    return _sequence(parse(phrase.pattern), generator, LETTERS.get(phrase.language, "z"))


def _sequence(nodes: Any, generator: random.Random, letter: str) -> str:
    return "".join(_draw(op, value, generator, letter) for op, value in nodes)


def _draw(op: Any, value: Any, generator: random.Random, letter: str) -> str:
    if op is sre.LITERAL:
        return chr(value)
    if op in (sre.ANY, sre.NOT_LITERAL):
        return letter
    if op is sre.IN:
        return _of_class(value, generator, letter)
    if op is sre.SUBPATTERN:
        return _sequence(value[3], generator, letter)
    if op is sre.BRANCH:
        return _sequence(generator.choice(value[1]), generator, letter)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        low, high, body = value
        times = generator.randint(low, min(high, low + LONGEST_GAP))
        return "".join(_sequence(body, generator, letter) for _ in range(times))
    raise AssertionError(f"the sampler does not know {op}")


def _of_class(items: Any, generator: random.Random, letter: str) -> str:
    if items[0][0] is sre.NEGATE:
        return letter
    op, value = generator.choice(items)
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.RANGE:
        return chr(generator.randint(*value))
    return {sre.CATEGORY_DIGIT: "7", sre.CATEGORY_SPACE: " "}.get(value, letter)
