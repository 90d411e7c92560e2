"""Keys: words, word pairs and short runs of CJK characters that a paragraph must hold for a phrase to match.

Looking a paragraph's words up in a table of keys costs the same however many phrases there are; a pattern
itself runs only where one of its keys was seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Protocol

from auditor.detectors.boilerplate.patterns import EDGE, END, START, PatternError, required

CJK = "\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_CJK_RUN = re.compile(f"[{CJK}]+")
HAS_CJK = re.compile(f"[{CJK}]")


class _Parting(dict[int, str | int | None]):
    """Translation that leaves only words: letters, underscores, and ``[`` or ``<`` at the start of one."""

    def __missing__(self, point: int) -> str | int | None:
        char = chr(point)
        letter = char.isalpha() and not HAS_CJK.match(char)
        self[point] = found = point if letter else " "
        return found


_PARTING = _Parting(
    {ord("'"): None, ord("_"): "_", ord("["): " [", ord("<"): " <", ord("†"): " † ", ord("¦"): "¦"}
)
_COMMON_WORDS = """
a about also an and any are as at be been but by can could do does for from had has have he her here his
how i if in into is it its just know like made make may me more my need new no not of on one only or
other our out over point provide request response see should so some such text than that the their them
then there these they this time to up use used using was we were what when where which who will with
would you your let its im data code please help write name content output context model system file
following number value information que para con por los las una como est les des pour avec dans une und
der die das mit für ein eine não com uma per che del для что это как bir ve için yang dan untuk dengan
của và cho các من في على de la le el il en se es un на не в и с о я вы bu da ini di saya anda tôi bạn là
không có một je vous tu ich sie du zu auf ist ti si mi le puedo posso peux kann ao do os eu você te lo
su más ya sí e o a
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def words(text: str) -> list[str]:
    """Words of folded text: letters and underscores, with ``[``, ``<`` or ``<|`` before them."""
    if "<|" in text:
        text = text.replace("<|", "<¦")
    found = text.translate(_PARTING).split()
    if "_" in text:  # around a word they are emphasis
        found = [word for part in found if (word := part.strip("_"))]
    return found


def runs(text: str) -> list[str]:
    """Runs of CJK characters."""
    return _CJK_RUN.findall(text)


def keys(pattern: str, *, bounded: tuple[bool, bool] = (True, True)) -> tuple[tuple[str, ...], ...]:
    """The best few sets of keys for a pattern: rare in ordinary text.

    Args:
        pattern: A checked pattern over folded text.
        bounded: Whether a match must start, and end, at a word boundary.

    Returns:
        Sets of keys (``word``, ``word word`` or a run of two to four CJK characters); a match holds at least
        one key of each set.

    Raises:
        PatternError: If some way through the pattern offers none.
    """
    sets = set()
    for strings in required(pattern):
        offers = [sorted(_offers(string, bounded), key=commonness) for string in strings]
        if all(offers):
            sets.add(tuple(sorted({found[0] for found in offers})))
            sets.add(tuple(sorted({_another(found) for found in offers})))
    if not sets:
        raise PatternError(
            "some way through it has no whole word (or two CJK characters) to look for; add one"
        )
    return tuple(sorted(sets, key=lambda found: (sum(map(commonness, found)), found))[:MOST_SETS])


def _another(offers: Sequence[str]) -> str:
    """The best key that shares no word with the best of all, or that one again."""
    taken = set(offers[0].split())
    return next((key for key in offers if taken.isdisjoint(key.split())), offers[0])


def _offers(string: str, bounded: tuple[bool, bool]) -> Iterator[str]:
    core = string.strip(START + END + EDGE)
    for run in runs(core):
        for size in (2, 3, 4):
            yield from (run[i : i + size] for i in range(len(run) - size + 1))
    found = words(core)
    left_whole = string[:1] == EDGE or (string[:1] == START and (bounded[0] or core[:1] in "[<"))
    right_whole = string[-1:] == EDGE or (string[-1:] == END and bounded[1])
    if found and _in_word(core[:1]) and not left_whole:
        found = found[1:]
    if found and _in_word(core[-1:]) and not right_whole:
        found = found[:-1]
    yield from (word for word in found if len(word) > 1 or word == "†")
    yield from map(" ".join, pairwise(found))


def _in_word(char: str) -> bool:
    """Whether a word goes on across this character, so that one cut here may be part of a longer one."""
    return char in ("'", "_") or (char.isalpha() and not HAS_CJK.match(char))


def commonness(key: str) -> float:
    """A rough share of ordinary paragraphs that hold the key; only the order of keys matters."""
    if HAS_CJK.match(key):
        return 0.15 ** len(key) * 8
    share = 1.0
    for word in key.split(" "):
        share *= 0.2 if word in _COMMON else 0.3 * 0.62 ** (len(word) + 4 * (word[0] in "[<†"))
    return share * (1.5 if " " in key else 1.0)


_words = lru_cache(maxsize=1)(words)
"""The words of the paragraph at hand, which every table of keys asks for."""
Postings = dict[str, list[int]]
Further = Sequence[Sequence[str]]
MOST_SETS = 3


def postings(entries: Sequence[Sequence[Sequence[str]]]) -> tuple[Postings, list[Further]]:
    """From phrases to keys and back.

    Args:
        entries: For each phrase its sets of keys; phrases are known by their position.

    Returns:
        The phrases of each key of a first set, and the further sets of each phrase.
    """
    table: Postings = {}
    for number, entry in enumerate(entries):
        for key in entry[0]:
            table.setdefault(key, []).append(number)
    return table, [entry[1:] for entry in entries]


class Table(Protocol):
    """Something that finds the phrases that a paragraph may hold."""

    def phrases(self, text: str) -> set[int]:
        """Numbers of the phrases worth trying on folded text."""
        ...


class KeyTable:
    """Finds the phrases that a paragraph may hold.

    Args:
        table: The phrases of each key.
        further: Gives for a phrase the sets of keys of each of which one must be there too.
    """

    _WARM = 30

    def __init__(self, table: Postings, further: Callable[[int], Further]) -> None:
        self._table = table
        self._further = further
        self._first: frozenset[str] | None = None
        self._asked = 0

    def phrases(self, text: str) -> set[int]:
        """Numbers of the phrases whose keys the text holds.

        Args:
            text: Folded text, or raw text in lower case where folding would not change its words.
        """
        found = _words(text)
        present = set(found)
        if self._pairs_wanted(present):
            present.update(map(" ".join, pairwise(found)))
        if not text.isascii() and (found_runs := runs(text)):
            for size in (2, 3, 4):
                present.update(run[i : i + size] for run in found_runs for i in range(len(run) - size + 1))
        hits = {number for key in self._table.keys() & present for number in self._table[key]}
        return {number for number in hits if self._all(number, present)}

    def _all(self, number: int, present: set[str]) -> bool:
        return not any(present.isdisjoint(keys) for keys in self._further(number))

    def _pairs_wanted(self, present: set[str]) -> bool:
        """Whether any word begins a key. The set that tells is made once a long text has shown to need it."""
        if self._first is None:
            self._asked += 1
            if self._asked < self._WARM:
                return True
            self._first = frozenset(key.partition(" ")[0] for key in self._table)
        return not self._first.isdisjoint(present)


@cache
def _wide() -> re.Pattern[str]:
    """Compiled when first needed: such a class takes as long as loading the index."""
    return re.compile("[\u0250-\u1dff\u2c00-\ua71f\ua800-\ufb00\uff00-\uffef]")


def wide(text: str) -> bool:
    """Whether a text holds a character of another script than Latin."""
    return not text.isascii() and _wide().search(text) is not None


def split(table: Postings) -> tuple[Postings, Postings]:
    """Parts a table into keys in Latin letters and in other scripts, so that a text loads what it needs."""
    latin = {key: numbers for key, numbers in table.items() if not wide(key)}
    return latin, {key: numbers for key, numbers in table.items() if key not in latin}
