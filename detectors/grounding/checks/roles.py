"""Who does what to whom in an English sentence, by spaCy's dependency parse."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from auditor.detectors.grounding.checks.words import stem_of
from auditor.detectors.grounding.language import english

Token = Any
_RELATIVE = frozenset({"who", "which", "that"})
# Verbs that say the same of their two sides.
_SAME = {
    "portray": "play",
    "murder": "kill",
    "assassinate": "kill",
    "shoot": "kill",
    "author": "write",
    "compose": "write",
    "pen": "write",
    "establish": "found",
    "create": "make",
    "produce": "make",
    "beat": "defeat",
    "acquire": "buy",
    "purchase": "buy",
    "teach": "tutor",
    "replace": "succeed",
    "attack": "assault",
    "accuse": "blame",
    "recruit": "hire",
    "appoint": "name",
}


class Link(NamedTuple):
    """A verb with the heads of its two sides.

    Attributes:
        verb: Its lemma.
        doer: Stem of who does it, empty where the sentence does not name anybody.
        target: Stem of whom or what it is done to, empty where there is none.
        span: From the first of the named words to the end of the last.
    """

    verb: str
    doer: str
    target: str
    span: tuple[int, int]


@lru_cache(maxsize=4096)
def links(text: str) -> tuple[Link, ...]:
    """The verbs of a sentence with their sides; the passive is turned into the active.

    "Gone Girl is a film directed by David Fincher and starring Ben Affleck" gives (direct, fincher, girl) and
    (star, girl, affleck).
    """
    nlp = english()
    return tuple(_links(nlp(text))) if nlp else ()


def _links(doc: Token) -> Iterator[Link]:
    for verb in doc:
        if verb.pos_ != "VERB":
            continue
        doer, target = _sides(verb)
        for one in _named(doer):
            for other in _named(target):
                tokens = [token for token in (one, other) if token is not None]
                if tokens:
                    low = min(token.idx for token in tokens)
                    high = max(token.idx + len(token.text) for token in tokens)
                    lemma = verb.lemma_.lower()
                    yield Link(_SAME.get(lemma, lemma), _stem(one), _stem(other), (low, high))


def _sides(verb: Token) -> tuple[Token | None, Token | None]:
    """Doer and target of a verb; a verb joined to another, or hung on a noun, borrows what it lacks."""
    doer = _child(verb, "nsubj")
    target = _child(verb, "nsubjpass") or _child(verb, "dobj")
    agents = [c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")]
    passive = verb.tag_ == "VBN" and (bool(agents) or _child(verb, "nsubjpass") is not None)
    if passive and agents:
        doer = _child(agents[0], "pobj")
    if passive and target is None and verb.dep_ in ("acl", "relcl"):
        target = verb.head
    elif not passive and doer is None and verb.dep_ == "acl" and verb.tag_ == "VBG":
        doer = verb.head
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and (doer is None or target is None):
        first_doer, first_target = _sides(verb.head)
        was_passive = verb.head.tag_ == "VBN" and verb.tag_ == "VBN"
        first = verb.head
        while first.dep_ == "conj" and first.head.pos_ == "VERB":
            first = first.head
        if passive:
            target = target or (first_target if was_passive else first_doer)
        elif verb.tag_ == "VBG" and verb.head.tag_ == "VBN" and first.dep_ in ("acl", "relcl"):
            doer = doer or first_target
        else:
            doer = doer or first_doer
    return doer, target


def _child(token: Token, dependency: str) -> Token | None:
    return next((child for child in token.children if child.dep_ == dependency), None)


def _named(token: Token | None) -> list[Token | None]:
    """The noun with what is joined to it and what it is said to be: of "X is a film", X too."""
    if token is not None and token.lower_ in _RELATIVE and token.head.dep_ == "relcl":
        token = token.head.head
    if token is None or token.pos_ not in ("NOUN", "PROPN", "NUM", "X", "ADJ"):
        return [None]
    found = [token]
    for one in found:
        found += [child for child in one.children if child.dep_ in ("conj", "appos") and child.i > one.i]
    if token.dep_ == "appos":
        found.append(token.head)
    copula = token.head
    if token.dep_ == "attr" and copula.lemma_ == "be":
        subject = _child(copula, "nsubj")
        found += [subject] if subject is not None else []
    return found


def _stem(token: Token | None) -> str:
    return stem_of(token.text) if token is not None else ""
