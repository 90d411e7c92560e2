"""One-fact changes of claims: a number, year, unit or name of the same document, a negation, an antonym.

Only claims are changed that are borne out and worded by somebody else than the premise, so that the true side is as
reworded as the false one: otherwise a model learns that what stands verbatim is true and what is reworded is false.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from training.grounding.pairs import CONTRADICTED, NOT_SUPPORTED, SUPPORTED, Pair

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
PEOPLES = [
    "American",
    "British",
    "English",
    "French",
    "German",
    "Italian",
    "Spanish",
    "Dutch",
    "Swedish",
    "Canadian",
    "Australian",
    "Indian",
    "Chinese",
    "Japanese",
    "Korean",
    "Russian",
    "Irish",
    "Scottish",
    "Welsh",
    "Danish",
    "Norwegian",
    "Polish",
    "Brazilian",
    "Mexican",
    "Greek",
    "Turkish",
]
COUNTED = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
UNITS = (
    ("million", "billion"), ("thousand", "million"), ("hundred", "thousand"), ("kilometres", "metres"),
    ("miles", "kilometres"), ("hours", "minutes"), ("days", "weeks"), ("weeks", "months"), ("months", "years"),
    ("kg", "tonnes"), ("metres", "feet"), ("pounds", "dollars"), ("£", "$"), ("€", "$"), ("seconds", "minutes"),
)  # fmt: skip
ANTONYMS = (
    ("first", "last"), ("before", "after"), ("won", "lost"), ("win", "lose"), ("increased", "decreased"),
    ("rose", "fell"), ("rise", "fall"), ("more", "fewer"), ("largest", "smallest"), ("highest", "lowest"),
    ("oldest", "youngest"), ("older", "younger"), ("north", "south"), ("east", "west"), ("northern", "southern"),
    ("eastern", "western"), ("male", "female"), ("born", "buried"), ("began", "ended"), ("start", "end"),
    ("opened", "closed"), ("open", "closed"), ("accepted", "rejected"), ("accept", "reject"), ("inside", "outside"),
    ("above", "below"), ("husband", "wife"), ("brother", "sister"), ("father", "mother"), ("son", "daughter"),
    ("man", "woman"), ("men", "women"), ("boy", "girl"), ("old", "young"), ("guilty", "innocent"), ("early", "late"),
    ("earlier", "later"), ("minimum", "maximum"), ("majority", "minority"), ("success", "failure"), ("up", "down"),
    ("always", "never"), ("all", "none of the"), ("most", "few"), ("with", "without"), ("legal", "illegal"),
    ("public", "private"), ("sold", "bought"), ("arrived", "left"), ("best", "worst"), ("better", "worse"),
    ("higher", "lower"), ("longer", "shorter"), ("larger", "smaller"), ("faster", "slower"), ("at least", "at most"),
    ("allowed", "forbidden"), ("must", "need not"), ("alive", "dead"), ("married", "divorced"), ("only", "also"),
    ("included", "excluded"), ("includes", "excludes"), ("successful", "unsuccessful"), ("win", "lose"),
)  # fmt: skip
_VERB = re.compile(
    r"\b(is|are|was|were|has been|have been|had been|will|can|could|would|should|must|may|has|have|had)\b"
)
_PAST = re.compile(r"\b([a-z]{3,}ed)\b")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_NAME = re.compile(r"[A-Z][\w'’-]+(?: (?:of |the |de |van )?[A-Z][\w'’-]+)*")
_FIXED = frozenset([*MONTHS, *DAYS, *PEOPLES])

Change = Callable[[Pair, random.Random], tuple[str, int] | None]


def number(pair: Pair, generator: random.Random) -> tuple[str, int] | None:
    """Another number of the premise that looks alike, or one near by."""
    found = [m for m in _NUMBER.finditer(pair.hypothesis) if m[0] in pair.premise]
    if not found:
        return None
    match = generator.choice(found)
    others = sorted(
        {n for n in _NUMBER.findall(pair.premise) if _alike(n, match[0]) and n not in pair.hypothesis}
    )
    there = bool(others) and generator.random() < 0.6
    new = generator.choice(others) if there else _near(match[0], generator)
    return (_put(pair.hypothesis, match, new), CONTRADICTED) if new and new not in pair.hypothesis else None


def _alike(one: str, other: str) -> bool:
    return one != other and len(one) == len(other) and ("." in one) == ("." in other)


def _near(text: str, generator: random.Random) -> str | None:
    digits = text.replace(",", "")
    if not digits.isdigit() or len(digits) > 9:
        return None
    value = int(digits)
    if len(digits) == 4 and "," not in text and 1000 < value < 2100:
        return str(value + generator.choice((-30, -12, -10, -3, -2, -1, 1, 2, 3, 7, 10, 20)))
    new = generator.choice(
        (value + 1, value + 2, value * 2, value * 3, value * 10, max(value // 2, 1), value + 10)
    )
    return f"{new:,}" if "," in text else str(new)


def listed(pair: Pair, generator: random.Random) -> tuple[str, int] | None:
    """Another month, weekday, nationality or number in words."""
    options = []
    for names in (MONTHS, DAYS, PEOPLES, COUNTED):
        for name in names:
            match = re.search(rf"\b{name}\b", pair.hypothesis)
            if match and name in pair.premise:
                options.append((match, [n for n in names if n not in pair.hypothesis and n != name]))
    if not options:
        return None
    match, names = generator.choice(options)
    there = [n for n in names if n in pair.premise]
    return _put(pair.hypothesis, match, generator.choice(there or names)), CONTRADICTED


def unit(pair: Pair, generator: random.Random) -> tuple[str, int] | None:
    """Another unit or magnitude beside the same number."""
    return _either_way(pair, UNITS, generator)


def antonym(pair: Pair, generator: random.Random) -> tuple[str, int] | None:
    """The contrary of one word."""
    return _either_way(pair, ANTONYMS, generator)


def _either_way(
    pair: Pair, table: tuple[tuple[str, str], ...], generator: random.Random
) -> tuple[str, int] | None:
    options = []
    for one, other in table:
        for old, new in ((one, other), (other, one)):
            match = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", pair.hypothesis)
            if match and new not in pair.hypothesis:
                options.append((match, new))
    if not options:
        return None
    match, new = generator.choice(options)
    return _put(pair.hypothesis, match, new), CONTRADICTED


def negation(pair: Pair, generator: random.Random) -> tuple[str, int] | None:
    """Not inserted after, or taken from, the first auxiliary; "did not" before a past tense now and then."""
    text = pair.hypothesis
    if re.search(r"\bnot\b|n't\b|\bnever\b|\bno\b", text):
        new = re.sub(r"\bnot |\bnever ", "", text, count=1)
        return (new, CONTRADICTED) if new != text else None
    match = _VERB.search(text)
    if match:
        first, _, rest = match[0].partition(" ")
        word = generator.choice(("not", "not", "never")) if first != "can" else "not"
        return _put(text, match, f"{first} {word} {rest}".strip()), CONTRADICTED
    match = _PAST.search(text)
    if match and text[: match.start()].strip():
        return _put(text, match, f"never {match[0]}"), CONTRADICTED
    return None


def name(pair: Pair, generator: random.Random) -> tuple[str, int] | None:
    """Another name of the premise in place of one that premise and claim share."""
    here = [
        m
        for m in _NAME.finditer(pair.hypothesis)
        if m[0] in pair.premise and m[0] not in _FIXED and len(m[0]) > 3
    ]
    starts = {s[0] for s in re.finditer(r"(?:^|[.!?] )([A-Z][\w'’-]+)", pair.premise)}
    there = [
        n
        for n in dict.fromkeys(_NAME.findall(pair.premise))
        if n not in pair.hypothesis and n not in _FIXED and len(n) > 3 and n.split()[0] not in starts
    ]
    if not here:
        return None
    match = generator.choice(here)
    size = match[0].count(" ")
    options = [
        n
        for n in there
        if abs(n.count(" ") - size) <= 1 and not set(n.split()) & set(pair.hypothesis.split())
    ]
    if not options:
        return None
    return _put(pair.hypothesis, match, generator.choice(options)), NOT_SUPPORTED


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


CHANGES: dict[str, tuple[Change, float]] = {
    "number": (number, 3.0),
    "listed": (listed, 2.0),
    "unit": (unit, 2.0),
    "name": (name, 2.0),
    "antonym": (antonym, 1.0),
    "negation": (negation, 0.6),
}
"""Each change with its weight where several are possible: the rarer, the heavier."""


def changed(found: list[Pair], generator: random.Random) -> list[Pair]:
    """One changed pair for each supported pair that some change fits, the supported pair beside it.

    Args:
        found: Pairs; other labels are passed over.
        generator: Chooses among the changes.
    """
    made = []
    for pair in found:
        if pair.label != SUPPORTED:
            continue
        options = [(c, w) for change, w in CHANGES.values() if (c := change(pair, generator))]
        # A verb can be negated in nearly every claim; most of these are passed over, or "not" would mean "false".
        if not options or (len(options) == 1 and options[0][1] < 1 and generator.random() < 0.7):
            continue
        text, label = generator.choices([c for c, _ in options], [w for _, w in options])[0]
        made += [pair, pair._replace(hypothesis=text, label=label, source=f"{pair.source}+changed")]
    return made
