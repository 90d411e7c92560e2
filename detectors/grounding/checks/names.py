"""Names of people, places and organisations: which of a claim's a passage has, and which it has in another place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from auditor.detectors.grounding.checks.conflict import Conflict
from auditor.detectors.grounding.checks.roles import Link, links
from auditor.detectors.grounding.checks.words import Pairing, stem_of, word_lists, words
from auditor.detectors.grounding.language import english, korean_names

_NEAR = 0.6
_SAID = 0.75
"""Share of a claim's other words in a sentence from which a name elsewhere in the passage does not help."""
_LIGHT = frozenset({"have", "include", "feature", "contain"})  # that say little of who does what
_TOLD = 0.5  # least share of the claim's words for a sentence to tell who did it to whom
_KINDS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "NAME"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_HANGUL = re.compile(r"[가-힣]")
_CAPITALISED = re.compile(
    r"(?<![\w.])[A-ZÀ-Þ][\w'’-]*(?:\s+(?:(?:of|the|de|la|van|von|and)\s+)?[A-ZÀ-Þ][\w'’-]*)*"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its place.

    Attributes:
        start: Offset of its first character.
        end: Offset one past its last.
        text: As written.
        label: ``PERSON``, ``ORG``, ``GPE`` … or ``NAME`` where the kind is not known.
    """

    start: int
    end: int
    text: str
    label: str

    @property
    def stems(self) -> tuple[str, ...]:
        """What tells it from other names: its words less titles and generic ones, unless nothing is left."""
        every = tuple(word.stem for word in words(self.text) if word.stem not in ("the",))
        return tuple(stem for stem in every if stem not in _generic()) or every


@cache
def _generic() -> frozenset[str]:
    """Parts of a name that alone do not tell it from others."""
    return frozenset(map(stem_of, word_lists()["generic-in-names"]["en"]))


@lru_cache(maxsize=4096)
def names(text: str) -> tuple[Name, ...]:
    """The names in a text: spaCy's entities, kiwipiepy's proper nouns; runs of capitals where these are missing."""
    found: list[Name] = []
    if _HANGUL.search(text):
        found += [Name(start, end, text[start:end], "NAME") for start, end in korean_names(text)]
    nlp = english()
    if nlp is None:
        found += _capitalised(text)
    elif re.search(r"[A-Za-z]{2}", text):
        found += [
            Name(entity.start_char, entity.end_char, entity.text, entity.label_)
            for entity in nlp(text).ents
            if entity.label_ in _KINDS
        ]
    return tuple(sorted(found, key=lambda name: name.start))


def _capitalised(text: str) -> Iterator[Name]:
    for match in _CAPITALISED.finditer(text):
        alone = match.start() == 0 and " " not in match.group()
        if not alone and len(match.group()) > 1:
            yield Name(match.start(), match.end(), match.group(), "NAME")


def holds(text: str, name: Name) -> bool:
    """Whether a text has a name: all that tells it from others, its surname, or its initials."""
    there = _vocabulary(text)
    stems = name.stems
    if not stems or all(stem in there for stem in stems):
        return True
    if name.label == "PERSON" and len(stems) > 1 and stems[-1] in there:
        return not _other_first_name(text, name)
    if any(alias in there or (" " in alias and alias in text.casefold()) for alias in _aliases(name.text)):
        return True
    if len(stems) == 1 and len(stems[0]) >= 4 and any(_kin(stems[0], word) for word in there):
        return True
    compact = name.text.casefold().replace(" ", "")
    if _HANGUL.search(compact) and compact in text.casefold().replace(" ", ""):
        return True
    return _initials(name.text) in there or any(
        len(stem) >= 2 and name.text.isupper() and _spells(text, name.text) for stem in stems[:1]
    )


def _aliases(text: str) -> frozenset[str]:
    folded = text.casefold().removeprefix("the ").strip(".")
    return _alias_table().get(folded, frozenset())


@cache
def _alias_table() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("auditor.corpora.grounding").joinpath("aliases.toml").read_text("utf-8"))
    found: dict[str, set[str]] = {}
    for row in table["same"]:
        for name in row:
            found.setdefault(name, set()).update(name if " " in name else stem_of(name) for name in row)
    return {name: frozenset(others) for name, others in found.items()}


@lru_cache(maxsize=4096)
def _vocabulary(text: str) -> frozenset[str]:
    stems = {word.stem for word in words(text)}
    return frozenset(stems | {part for stem in stems for part in stem.split("-")})


def _kin(stem: str, word: str) -> bool:
    """France and French, Korea and Korean: one begins with most of the other."""
    shared = 0
    for a, b in zip(stem, word, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= 4 and shared >= max(len(stem), len(word)) - 3


def _initials(text: str) -> str:
    parts = re.findall(r"[^\W\d_]+", text)
    letters = "".join(part[0] for part in parts if part[0].isupper())
    return letters.casefold() if len(letters) >= 2 and len(parts) >= 2 else "\0"


def _spells(text: str, acronym: str) -> bool:
    """Whether the capitals of some run of words in the text spell the acronym."""
    letters = re.sub(r"[^A-Z]", "", acronym)
    if len(letters) < 2:
        return False
    heads = "".join(word[0] for word in re.findall(r"\b[A-Z][\w'’-]*", text))
    return letters in heads


def _other_first_name(text: str, name: Name) -> bool:
    """Whether the text has the surname behind another first name."""
    parts = name.text.split()
    match = re.search(rf"\b([A-Z][\w'’.-]+)\s+{re.escape(parts[-1])}\b", text)
    if not match:
        return False
    given = match[1].rstrip(".").casefold()
    first = parts[0].rstrip(".").casefold()
    titled = stem_of(given) in _generic()
    return not titled and not (
        given[0] == first[0] and (len(given) == 1 or len(first) == 1 or _kin(given, first))
    )


def name_conflicts(claim: str, window: str, sentence: str, at: int, pairing: Pairing) -> Iterator[Conflict]:
    """Names of the claim that the passage lacks.

    Args:
        claim: The claim.
        window: The whole passage.
        sentence: The sentence of the passage that is nearest to the claim.
        at: Where that sentence begins in the passage.
        pairing: The claim's words beside the sentence's.

    Yields:
        With ``against`` above one half where the sentence says the same of another name of that kind, else with 0.
    """
    away = [name for name in names(claim) if not holds(sentence, name)]
    if not away:
        return
    missing = [name for name in away if not holds(window, name)]
    others = [other for other in names(sentence) if not holds(claim, other)]
    for name in away:
        if name not in missing:
            yield from _elsewhere(name, others, at, pairing)
    for name in missing:
        rival = next((other for other in others if _same_kind(name, other)), None)
        if rival:
            others.remove(rival)
        if rival and _rest_covered(name, pairing) >= _NEAR:
            yield Conflict(
                "name",
                (name.start, name.end),
                (at + rival.start, at + rival.end),
                f"“{name.text}” where the source has “{rival.text}”",
                0.7,
            )
        else:
            yield Conflict("name", (name.start, name.end), None, f"“{name.text}” is not in the passage", 0.0)


def _elsewhere(name: Name, others: list[Name], at: int, pairing: Pairing) -> Iterator[Conflict]:
    """A name that the passage has, but in whose place the sentence that says the rest has another."""
    for other in others:
        same = (
            name.label == other.label
            and _rest_covered(name, pairing) >= _SAID
            and _in_place(name, other, pairing)
        )
        if same:
            others.remove(other)
            yield Conflict(
                "name",
                (name.start, name.end),
                (at + other.start, at + other.end),
                f"“{name.text}” where the source has “{other.text}”",
                0.6,
            )
            return


def _in_place(name: Name, other: Name, pairing: Pairing) -> bool:
    """Whether a word beside the one is the word beside the other, on the same side."""
    source = dict(pairing.pairs)
    ours = [i for i, word in enumerate(pairing.claim) if name.start <= word.start < name.end]
    theirs = [j for j, word in enumerate(pairing.source) if other.start <= word.start < other.end]
    if not ours or not theirs:
        return False
    before = any(source.get(ours[0] - n) == theirs[0] - m for n in (1, 2) for m in (1, 2))
    after = any(source.get(ours[-1] + n) == theirs[-1] + m for n in (1, 2) for m in (1, 2))
    return before or after


def _same_kind(name: Name, other: Name) -> bool:
    kinds = {name.label, other.label}
    return len(kinds) == 1 or kinds <= _PLACES or "NAME" in kinds


def _rest_covered(name: Name, pairing: Pairing) -> float:
    paired = {i for i, _ in pairing.pairs}
    rest = [
        i for i, word in enumerate(pairing.claim) if word.content and not name.start <= word.start < name.end
    ]
    return sum(i in paired for i in rest) / len(rest) if rest else 0.0


def role_conflicts(claim: str, sentence: str, pairing: Pairing) -> Iterator[Conflict]:
    """Who did it to whom, turned round: what the source does the verb to does it in the claim, or the reverse."""
    if english() is None or pairing.coverage < _TOLD:
        return
    for link in links(claim):
        if link.verb in _LIGHT or not link.doer or not link.target or not _speaks_of(pairing, link):
            continue
        theirs = [other for other in links(sentence) if other.verb == link.verb]
        doers, targets = {other.doer for other in theirs if other.target}, {other.target for other in theirs}
        suffers = link.doer in targets and link.doer not in doers
        acts = link.target in doers and link.target not in targets
        whole = any((other.doer, other.target) == (link.doer, link.target) for other in theirs)
        if (suffers or acts) and not whole:
            yield Conflict(
                "role",
                link.span,
                (0, len(sentence)),
                "the source has it the other way round: who did it to whom",
                0.85,
            )
            return


def _speaks_of(pairing: Pairing, link: Link) -> bool:
    """Whether the sentence has one of the two sides: parsing it is worth the time."""
    return any(word.stem in (link.doer, link.target) for word in pairing.source)
