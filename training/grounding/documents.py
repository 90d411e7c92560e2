"""Claims made from sentences of documents by parse: true ones, and the same with one fact changed.

A sentence, or a part of it that stands by itself (a clause, an apposition, a relative clause, the sentence without
its adjuncts), is reworded: numbers written otherwise, active for passive, another word for the same. What comes out
is supported by the sentences around its place; changed in one fact it is not. Both sides go through the same
rewording, so that nothing but the document tells them apart.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from auditor.detectors.grounding.clauses_english import by_parse
from training.grounding.changes import CHANGES
from training.grounding.pairs import (
    NOT_FOUND,
    NOT_SUPPORTED,
    SUPPORTED,
    Pair,
    held,
    measured_keys,
    pairs,
    sentence_keys,
)
from training.grounding.parsed import false_names, false_roles, rewritten, true_roles
from training.grounding.strength import stronger, swapped_numbers
from training.grounding.synonyms import reworded
from training.grounding.windows import ranked, sentences, words

SETS = (
    "fib_xsum_fib",
    "fib_xsum_factcc",
    "fib_xsum_fir",
    "fib_cnn_dm_factcc",
    "fib_cnn_dm_fir",
    "factcc_synth_1k",
    "factcg_cg2c",
    "q2_wow",
)
DEV_SHARE = 0.1
_SHORTEST, _LONGEST = 6, 45
_LEAST_WORDS = 5
_NOT_DROPPED = re.compile(r"\b(not|n't|no|never|only|if|unless|without|except|until|all|every|any)\b|n't")
_OPENING = re.compile(r"^(?:And|But|However|Also|So|Yet|Meanwhile|Then|Now|Indeed|Moreover)\b,? ")
_CUT = re.compile(
    r"\b(?:U\.S|U\.K|Dr|Mr|Mrs|Ms|Sgt|Gen|Lt|St|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Inc|Corp|Co|[A-Z])\.$"
)
_BATCH = 512
_WHO = frozenset({"who", "which"})

Spacy = Any


class Place(NamedTuple):
    """A sentence in a document."""

    document: tuple[str, ...]
    number: int
    source: str
    group: str


def documents(data: Path) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """(sentences, set, group) of every document once, but for held ones and what a measured set holds too."""
    keys = measured_keys(data)
    seen: set[str] = set()
    for name in SETS:
        kind = "fib" if name.startswith("fib") else name
        source = "fib_cnn_dm" if name.startswith("fib_cnn_dm") else name
        for pair in pairs(data, f"grounding/{name}"):
            own = frozenset(sentence_keys(pair.premise))
            if held(kind, pair.group, DEV_SHARE) or not own or not own.isdisjoint(keys) or own & seen:
                continue
            seen |= own
            yield tuple(sentences(pair.premise)), source, pair.group


def made_pairs(data: Path, nlp: Spacy, generator: random.Random, most: int) -> list[Pair]:
    """About ``most`` pairs, half of them not supported.

    Args:
        data: The folder with the sets.
        nlp: spaCy's English pipeline.
        generator: Chooses.
        most: How many are wanted.
    """
    places = [
        Place(document, number, source, group)
        for document, source, group in documents(data)
        for number, sentence in enumerate(document)
        if _is_whole(sentence)
    ]
    generator.shuffle(places)
    made: list[Pair] = []
    for start in range(0, len(places), _BATCH):
        if len(made) >= most:
            break
        made += _of_sentences(places[start : start + _BATCH], nlp, generator)
    return made


def _is_whole(sentence: str) -> bool:
    fits = _SHORTEST <= len(sentence.split()) <= _LONGEST
    return fits and sentence[0].isupper() and sentence[-1] in ".!" and not _CUT.search(sentence)


def _of_sentences(places: Sequence[Place], nlp: Spacy, generator: random.Random) -> Iterator[Pair]:
    """The pairs of a batch: each step for all of it, as the parser is faster that way."""
    chosen = []
    docs = nlp.pipe((place.document[place.number] for place in places), batch_size=128)
    for place, doc in zip(places, docs, strict=True):
        options = [o for o in dict.fromkeys(parts(doc)) if len(o.split()) >= _LEAST_WORDS]
        options = [o for o in options if "?" not in o and o.count('"') % 2 == 0]
        text = _with_name(place, _OPENING.sub("", generator.choice(options)), nlp) if options else None
        if text:
            chosen.append((place, text[:1].upper() + text[1:]))
    docs = nlp.pipe([text for _, text in chosen], batch_size=128)
    claims = [_reworded(doc, generator) for doc in docs]
    premises = [_premise(place, claim, generator) for (place, _), claim in zip(chosen, claims, strict=True)]
    parsed = nlp.pipe(claims, batch_size=128)
    named = nlp.pipe(premises, batch_size=64, disable=["parser", "tagger", "lemmatizer", "attribute_ruler"])
    for (place, _), claim, premise in zip(chosen, parsed, named, strict=True):
        pair = Pair(premise.text, claim.text, SUPPORTED, f"{place.source}+made", place.group)
        false = _false(pair, claim, premise, generator)
        if not false:
            continue
        yield pair
        yield pair._replace(hypothesis=false[0], label=false[1])
        rest = _without(place, claim.text, generator)
        if rest and generator.random() < 0.25:
            yield pair._replace(premise=rest, label=NOT_FOUND)


def parts(doc: Spacy) -> Iterator[str]:
    """The sentence, and what it says besides: clauses, appositions, relative clauses, itself without adjuncts."""
    text = doc.text
    yield text
    for clause in by_parse(doc):
        piece = text[clause.start : clause.end].strip(" ,;.")
        yield _sentence(f"{clause.lead} {piece}" if clause.lead else piece)
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    if root is None or root.pos_ not in ("VERB", "AUX"):
        return
    if not _NOT_DROPPED.search(text):
        yield from _shorter(doc, root)
    yield from _appositions(doc, root)
    yield from _relative_clauses(doc)


def _shorter(doc: Spacy, root: Spacy) -> Iterator[str]:
    """Without what stands before the subject, between commas, or in brackets; without the last phrase."""
    text = doc.text
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return
    start = doc[subject.left_edge.i].idx
    if subject.left_edge.i > 1 and doc[subject.left_edge.i - 1].text == ",":
        yield _sentence(text[start:])
    bare = re.sub(r" \([^()]*\)", "", text)
    if bare != text:
        yield bare
    for child in reversed(list(root.children)):
        if child.dep_ in ("prep", "npadvmod", "advmod") and child.i > root.i:
            left, right = child.left_edge.i, child.right_edge.i
            if right >= len(doc) - 2 and left > root.i + 2:
                yield _sentence(text[: doc[left].idx])
            elif left > root.i + 2 and doc[left - 1].text != ",":
                end = doc[right + 1].idx if right + 1 < len(doc) else len(text)
                yield _sentence(text[: doc[left].idx] + text[end:])


def _appositions(doc: Spacy, root: Spacy) -> Iterator[str]:
    """What an apposition says of its noun: of "Anna Bergmann, the mayor," that she is the mayor."""
    was = "was" if root.tag_ == "VBD" else "is"
    for token in doc:
        head = token.head
        between = doc[head.right_edge.i].text if head.right_edge.i < len(doc) else ""
        fits = token.dep_ == "appos" and head.pos_ in ("PROPN", "NOUN") and token.i > head.i + 1 and between
        if not fits or token.pos_ == head.pos_ == "PROPN" or any(c.dep_ == "conj" for c in head.children):
            continue
        name = doc[head.left_edge.i : head.i + 1]
        said = doc[token.left_edge.i : token.right_edge.i + 1]
        if name[0].pos_ in ("PROPN", "DET") and said[0].pos_ in ("DET", "NOUN", "ADJ") and len(said) > 1:
            yield _sentence(f"{name.text} {was} {said.text}")


def _relative_clauses(doc: Spacy) -> Iterator[str]:
    """What a relative clause says of its noun: of "the bridge, which opened in 1932," that it did."""
    for verb in doc:
        if verb.dep_ != "relcl" or verb.head.pos_ not in ("PROPN", "NOUN"):
            continue
        who = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if who is None or who.lower_ not in _WHO or who.i != verb.left_edge.i:
            continue
        # Without a comma the clause says which one is meant, and "a man who" stays open.
        if doc[who.i - 1].text != "," or verb.head.i > who.i:
            continue
        noun = doc[verb.head.left_edge.i : verb.head.i + 1]
        rest = doc[who.i + 1 : verb.right_edge.i + 1]
        if len(rest) > 2 and noun[0].pos_ in ("PROPN", "DET"):
            yield _sentence(f"{noun.text} {rest.text}")


def _sentence(text: str) -> str:
    text = text.strip(" ,;:-–—.")
    return f"{text[:1].upper()}{text[1:]}."


def _with_name(place: Place, text: str, nlp: Spacy) -> str | None:
    """The claim with its pronoun replaced by the one person of the sentence before; None where it stays unclear."""
    match = re.match(r"(He|She|His|Her) ", text)
    if not match:
        return None if re.match(r"(It|They|This|That|These|Those|Their|Its|We|I|You) ", text) else text
    if not place.number:
        return None
    people = {e.text for e in nlp(place.document[place.number - 1]).ents if e.label_ == "PERSON"}
    person = next(iter(people)) if len(people) == 1 else ""
    if not person or not re.fullmatch(r"[A-Z][\w.'-]+( [A-Z][\w.'-]+)+", person):
        return None
    owns = "'s" if match[1] == "His" or (match[1] == "Her" and nlp(text)[0].tag_ == "PRP$") else ""
    return f"{person}{owns} {text[match.end() :]}"


def _reworded(doc: Spacy, generator: random.Random) -> str:
    """The claim with another word order, other words and other figures for the same, each now and then."""
    text: str = doc.text
    turned = list(true_roles(doc))
    if turned and generator.random() < 0.6:
        text = generator.choice(turned)
    if generator.random() < 0.6:
        text = reworded(text, generator)
    figures = rewritten(text, generator)
    if figures and generator.random() < 0.35:
        text = generator.choice(figures)
    return text


def _premise(place: Place, claim: str, generator: random.Random) -> str:
    """One to four sentences around the place, sometimes with others of the document that are near to the claim."""
    before, after = generator.choice(((0, 0), (1, 0), (1, 1), (2, 1), (1, 2), (3, 0), (0, 2)))
    chosen = set(range(max(place.number - before, 0), min(place.number + after + 1, len(place.document))))
    if claim.split()[0] not in place.document[place.number] and place.number:
        chosen.add(place.number - 1)  # the name stands there
    if generator.random() < 0.3:
        chosen |= set(ranked(claim, list(place.document))[:3])
    return " ".join(place.document[n] for n in sorted(chosen))


def _without(place: Place, claim: str, generator: random.Random) -> str | None:
    """The sentences of the document nearest to the claim, but for its own, where they hardly speak of it."""
    rest = [s for n, s in enumerate(place.document) if n != place.number]
    if len(rest) < 3:
        return None
    order = ranked(claim, rest)[: generator.choice((2, 3))]
    text = " ".join(rest[n] for n in sorted(order))
    asked = words(claim)
    return text if len(asked & words(text)) < 0.5 * len(asked) else None


def _false(pair: Pair, claim: Spacy, premise: Spacy, generator: random.Random) -> tuple[str, int] | None:
    """The claim with one fact changed; what is changed in many claims is taken less often."""
    options: list[tuple[tuple[str, int], float]] = []
    for kind, (change, weight) in CHANGES.items():
        if kind == "name":  # goes by capitals alone; the parse knows better
            continue
        if found := change(pair, generator):
            options.append((found, weight))
    options += [((text, NOT_SUPPORTED), 2.5) for text in false_roles(claim)][:2]
    options += [((text, NOT_SUPPORTED), 2.0) for text in false_names(pair, claim, premise, generator)][:1]
    options += [((text, NOT_SUPPORTED), 3.0) for text in swapped_numbers(pair.hypothesis)]
    options += [((text, NOT_SUPPORTED), 1.5) for text in stronger(pair.hypothesis)]
    options = [o for o in options if o[0][0] != pair.hypothesis and o[0][0] not in pair.premise]
    if not options or (max(w for _, w in options) < 1 and generator.random() < 0.7):
        return None
    return generator.choices([o for o, _ in options], [w for _, w in options])[0]
