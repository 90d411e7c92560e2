"""The phrase syntax: what is allowed, how long a match can take, which strings every match must hold."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MAX_STRINGS = 320
"""Largest set of alternative strings that is multiplied out."""
MAX_PATHS = 5_000_000
MAX_REPEAT = 120
START, END, EDGE = "\x02", "\x03", "\x01"
"""In required strings: the two ends of the pattern, and a place inside it that surely parts words."""

Strings = frozenset[str]


class PatternError(ValueError):
    """A pattern that is not allowed; the text says why."""


def parse(pattern: str) -> Any:
    """Parses a pattern.

    Raises:
        PatternError: If it is not a regular expression.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a class that a later Python may read otherwise, such as "[[a]"
            return _parser.parse(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(f"not a regular expression: {error}") from error
    except Warning as warning:
        raise PatternError(f"not a plain regular expression: {warning}; escape the character") from warning


def required(pattern: str) -> list[Strings]:
    """Sets of strings: every match contains at least one string of each set, as far as its words go.

    This is the prefilter analysis of RE2 (Cox, "Regular Expression Matching with a Trigram Index", 2012):
    exact strings are multiplied out along a sequence until there are too many, then the set is put aside.
    Digits and punctuation only part words and are written as spaces.

    Args:
        pattern: A regular expression over folded text.

    Returns:
        The sets. ``START`` and ``END`` stand at the ends of the pattern, ``EDGE`` where words are surely
        parted; the outermost words of a string without them may be cut off.
    """
    exact, sets = _sequence(parse(pattern))
    return sets if exact is None else [frozenset(START + s + END for s in exact)]


def _sequence(nodes: Any) -> tuple[Strings | None, list[Strings]]:
    """The exact set of strings of a sequence (None if unknown or too many) and the sets put aside."""
    run: Strings = frozenset({START})
    sets: list[Strings] = []
    broken = False
    for op, value in nodes:
        exact, inner_sets = _node(op, value)
        sets += inner_sets
        if exact is not None and len(run) * len(exact) <= MAX_STRINGS:
            run = frozenset(a + b for a in run for b in exact)
            continue
        broken = True
        parts_next = exact is not None and all(_parts(s[:1]) for s in exact)
        sets.append(frozenset(s + EDGE for s in run) if parts_next else run)
        parted = all(_parts(s[-1:]) for s in run)
        run = frozenset({""}) if exact is None else frozenset((EDGE if parted else "") + s for s in exact)
    if not broken:
        return frozenset(s.removeprefix(START) for s in run), []
    return None, [*sets, frozenset(s + END for s in run)]


def _parts(char: str) -> bool:
    """Whether a character can be no part of a word: space, or a CJK character beside Latin ones."""
    return char == " " or "\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af"


def _node(op: Any, value: Any) -> tuple[Strings | None, list[Strings]]:
    if op is sre.LITERAL:
        return frozenset({_level(chr(value))}), []
    if op is sre.IN:
        return _class(value), []
    if op is sre.SUBPATTERN:
        return _inner(_sequence(value[3]))
    if op is sre.BRANCH:
        return _branch([_inner(_sequence(branch)) for branch in value[1]])
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return _repeat(*value)
    return None, []


def _level(char: str) -> str:
    """Digits and punctuation part words, save those that words are told apart by."""
    return char if char.isalpha() or char in "'_[<|†" else " "


def _class(items: Any) -> Strings | None:
    chars: set[str] = set()
    for op, value in items:
        if op is sre.LITERAL:
            chars.add(_level(chr(value)))
        elif (op is sre.CATEGORY and value in (sre.CATEGORY_DIGIT, sre.CATEGORY_SPACE)) or (
            op is sre.RANGE and "0" <= chr(value[0]) <= chr(value[1]) <= "9"
        ):
            chars.add(" ")
        else:
            return None
    return frozenset(chars) if len(chars) <= 6 else None


def _inner(found: tuple[Strings | None, list[Strings]]) -> tuple[Strings | None, list[Strings]]:
    """The ends of a group are not the ends of the pattern."""
    exact, sets = found
    return exact, [frozenset(s.strip(START + END) for s in strings) for strings in sets]


def _branch(parts: Sequence[tuple[Strings | None, list[Strings]]]) -> tuple[Strings | None, list[Strings]]:
    known = [exact for exact, _ in parts if exact is not None]
    if len(known) == len(parts):
        return frozenset().union(*known), []
    joined: set[str] = set()
    for exact, sets in parts:
        # One set of each branch: the one whose shortest string is longest serves best.
        offers = [s for s in (*sets, exact) if s]
        if not offers:
            return None, []
        joined |= max(offers, key=lambda strings: min(map(len, strings)))
    return None, [frozenset(joined)]


def _repeat(low: int, high: int, body: Any) -> tuple[Strings | None, list[Strings]]:
    exact, sets = _inner(_sequence(body))
    if exact == frozenset({" "}):  # any number of characters that part words is as good as one
        return frozenset({" "} if low else {"", " "}), []
    if (low, high) == (0, 1):
        return (exact | {""} if exact is not None else None), []
    if low == high == 1:
        return exact, sets
    return None, sets if low else []


_REFUSED = {
    "AT": r"an anchor (^, $ or \b)",
    "ASSERT": "look-around",
    "ASSERT_NOT": "look-around",
    "GROUPREF": "a back-reference",
    "GROUPREF_EXISTS": "a conditional group",
}


def check(pattern: str) -> None:
    """Refuses patterns that could run long or never match folded text.

    Raises:
        PatternError: On unbounded repeats, repeated groups, look-around, back-references, anchors, capitals,
        or
            more than ``MAX_PATHS`` ways through the pattern.
    """
    if re.sub(r"\\.", "", pattern) != re.sub(r"\\.", "", pattern).lower():
        raise PatternError("has capital letters; phrases are matched in lower case")
    if _paths(parse(pattern)) > MAX_PATHS:
        raise PatternError("has too many ways to match; use fewer or shorter gaps and alternatives")


def _paths(nodes: Any) -> int:
    """Upper bound on the number of ways a backtracking matcher can walk through a sequence at one place."""
    total = 1
    for op, value in nodes:
        if op in (sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY):
            continue
        if op is sre.SUBPATTERN:
            total *= _paths(value[3])
        elif op is sre.BRANCH:
            total *= _branch_paths(value[1])
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            total *= _repeat_paths(*value)
        else:
            what = _REFUSED.get(str(op), str(op).lower().replace("_", " "))
            raise PatternError(f"uses {what}, which is not allowed")
    return total


def _branch_paths(branches: Sequence[Any]) -> int:
    """Of plain strings only those that begin one another can match at one place; else every branch counts."""
    strings = [_literal(branch) for branch in branches]
    plain = [s for s in strings if s is not None]
    chain = max((sum(s.startswith(other) for other in plain) for s in plain), default=0)
    return chain + sum(_paths(branch) for branch, s in zip(branches, strings, strict=True) if s is None)


def _literal(nodes: Any) -> str | None:
    if all(op is sre.LITERAL for op, _ in nodes):
        return "".join(chr(value) for _, value in nodes)
    return None


def _repeat_paths(low: int, high: int, body: Any) -> int:
    if high == 1:
        return _paths(body) + (low == 0)
    if high > MAX_REPEAT:
        raise PatternError(f"repeats without a bound, or more than {MAX_REPEAT} times")
    if len(body) != 1 or body[0][0] not in (sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY):
        raise PatternError(
            "repeats a group; only single characters and classes may repeat, groups may be optional"
        )
    return int(high - low + 1)
