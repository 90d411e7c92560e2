"""Changes of claims that need a parse: names and roles exchanged, the passive, numbers written otherwise."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from training.grounding.changes import COUNTED, MONTHS
from training.grounding.pairs import NOT_FOUND, NOT_SUPPORTED, SUPPORTED, Pair
from training.grounding.windows import ranked, sentences, words

_KINDS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "WORK_OF_ART", "EVENT"})
# "X met Y" says the same of both.
_EITHER_WAY = frozenset(
    {"meet", "marry", "join", "face", "fight", "resemble", "equal", "have", "be", "include", "play"}
)
_LONGEST = 5
_ANY = 0.3
"""How often a name is exchanged for one of another document, where the premise has no other of its kind."""

Spacy = Any


def parsed_changes(found: Sequence[Pair], nlp: Spacy, generator: random.Random) -> list[Pair]:
    """Changed pairs, the unchanged ones beside those that were made false.

    Args:
        found: Supported pairs worded by somebody else than the premise.
        nlp: spaCy's English pipeline.
        generator: Chooses.
    """
    claims = list(nlp.pipe([pair.hypothesis for pair in found], batch_size=256))
    premises = [_entities(doc) for doc in nlp.pipe([pair.premise for pair in found], batch_size=256)]
    pool: dict[str, list[str]] = defaultdict(list)
    for entities in premises:
        for kind, text in entities:
            pool[kind].append(text)
    made: list[Pair] = []
    for pair, claim, entities in zip(found, claims, premises, strict=True):
        false = list(false_roles(claim)) or list(_other_names(pair, claim, entities, pool, generator))
        true = [*true_roles(claim), *rewritten(pair.hypothesis, generator)]
        if false:
            made += [pair, _with(pair, generator.choice(false), NOT_SUPPORTED)]
        if true:
            made.append(_with(pair, generator.choice(true), SUPPORTED))
    return made


def without_evidence(found: Sequence[Pair], generator: random.Random) -> list[Pair]:
    """Supported pairs whose nearest sentence is taken out of the premise, where the rest hardly speaks of it."""
    made = []
    for pair in found:
        parts = sentences(pair.premise)
        if len(parts) < 3:
            continue
        order = ranked(pair.hypothesis, parts)
        rest = [parts[n] for n in sorted(order[1 : 1 + generator.choice((2, 3, 4))])]
        asked = words(pair.hypothesis)
        if len(asked & words(" ".join(rest))) < 0.5 * len(asked):
            made.append(pair._replace(premise=" ".join(rest), label=NOT_FOUND))
    return made


def _with(pair: Pair, text: str, label: int) -> Pair:
    return pair._replace(hypothesis=text, label=label, source=f"{pair.source.partition('+')[0]}+parsed")


def _entities(doc: Spacy) -> list[tuple[str, str]]:
    return [(e.label_, e.text) for e in doc.ents if e.label_ in _KINDS and len(e.text) > 2]


def _other_names(
    pair: Pair,
    claim: Spacy,
    entities: Sequence[tuple[str, str]],
    pool: dict[str, list[str]],
    generator: random.Random,
) -> Iterator[str]:
    """The claim with one name exchanged for another of its kind: of the same premise, or of any."""
    for entity in claim.ents:
        if entity.label_ not in _KINDS or entity.text.split()[-1] not in pair.premise:
            continue
        own = set(entity.text.split())
        rivals = [
            text
            for kind, text in entities
            if kind == entity.label_ and text not in pair.hypothesis and not own & set(text.split())
        ]
        if not rivals and pool and generator.random() < _ANY:
            others = generator.choices(pool[entity.label_] or [""], k=3)
            rivals = [t for t in others if t and t not in pair.premise and t not in pair.hypothesis]
        if rivals:
            text = pair.hypothesis
            yield text[: entity.start_char] + generator.choice(rivals) + text[entity.end_char :]


def false_names(pair: Pair, claim: Spacy, premise: Spacy, generator: random.Random) -> Iterator[str]:
    """The claim with one name exchanged for another of its kind in the premise, both as spaCy's Doc."""
    yield from _other_names(pair, claim, _entities(premise), {}, generator)


def _sides(claim: Spacy) -> Iterator[tuple[str, str, str, str, str]]:
    """(before, first noun phrase, between, second noun phrase, after) of active clauses and of passives with "by"."""
    chunks = {token.i: chunk for chunk in claim.noun_chunks for token in chunk}
    text = claim.text
    for verb in claim:
        if verb.pos_ != "VERB" or verb.lemma_.lower() in _EITHER_WAY:
            continue
        first = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        agent = next((c for c in verb.children if c.dep_ == "agent"), None)
        second = next((c for c in (agent or verb).children if c.dep_ in ("dobj", "pobj")), None)
        if first is None or second is None or (agent is None) == (first.dep_ == "nsubjpass"):
            continue
        a, b = chunks.get(first.i), chunks.get(second.i)
        if a is None or b is None or a.end > verb.i or b.start <= verb.i:
            continue
        if a.root.pos_ == "PRON" or b.root.pos_ == "PRON" or max(len(a), len(b)) > _LONGEST:
            continue
        if any(c.dep_ in ("conj", "relcl", "acl") for root in (a.root, b.root) for c in root.children):
            continue
        yield (
            text[: a.start_char],
            a.text,
            text[a.end_char : b.start_char],
            b.text,
            text[b.end_char :],
        )


def false_roles(claim: Spacy) -> Iterator[str]:
    """The claim with subject and object exchanged, or an active verb made passive or back without that."""
    for before, a, between, b, after in _sides(claim):
        yield before + _head(b, before) + between + _tail(a) + after
        if re.fullmatch(r" \w+ed ", between):
            # "X directed Y" said as "X was directed by Y"
            yield f"{before}{a} was{between}by {b}{after}"
        elif passive := re.fullmatch(r" (?:was|were|is|are) (\w+ed) by ", between):
            yield f"{before}{a} {passive[1]} {b}{after}"


def true_roles(claim: Spacy) -> Iterator[str]:
    """Active to passive and back, for regular verbs without an object that follows or a particle."""
    for before, a, between, b, after in _sides(claim):
        if re.fullmatch(r" \w+ed ", between) and before == "":
            was = "were" if re.search(r"(?:[^s]s|men|people)$", b) and b[0].islower() else "was"
            yield f"{_head(b, before)} {was}{between}by {_tail(a)}{after}"
        elif (passive := re.fullmatch(r" (?:was|were|is|are) (\w+ed) by ", between)) and before == "":
            yield f"{_head(b, before)} {passive[1]} {_tail(a)}{after}"


def _head(text: str, before: str) -> str:
    return text if before else text[:1].upper() + text[1:]


def _tail(text: str) -> str:
    """A noun phrase that stood at the beginning: its article becomes small."""
    first, space, rest = text.partition(" ")
    small = first in ("The", "A", "An", "Some", "Many", "Several", "His", "Her", "Their", "Its", "All", "One")
    return (first.lower() if small else first) + space + rest


def rewritten(text: str, generator: random.Random) -> list[str]:
    """The text with a number or date written otherwise, or rounded and said so."""
    made = []
    for match in re.finditer(r"\d[\d,.]*\d|\d", text):
        before, digits, after = text[: match.start()], match[0], text[match.end() :]
        plain = digits.replace(",", "")
        if after.startswith("%"):
            made.append(before + digits + generator.choice((" percent", " per cent", " %")) + after[1:])
        elif re.match(r" per ?cent", after):
            made.append(before + digits + "%" + re.sub(r"^ per ?cent", "", after))
        elif plain.isdigit() and 1 <= int(plain) <= len(COUNTED) and re.match(r" [a-z]", after):
            if before.rstrip()[-1:].isalpha() and not before.rstrip().endswith(tuple(MONTHS)):
                made.append(before + COUNTED[int(plain) - 1] + after)
        elif plain.isdigit() and int(plain) >= 2500 and not before.endswith(("$", "£", "€")):
            made.append(before + (plain if "," in digits else f"{int(plain):,}") + after)
            size = 10 ** (len(plain) - 2)
            about = generator.choice(("about", "around", "roughly", "nearly"))
            if not before.rstrip().endswith(("about", "around", "than", "nearly", "over", "least")):
                made.append(f"{before}{about} {round(int(plain) / size) * size:,}{after}")
    for number, name in enumerate(COUNTED, 1):
        if match := re.search(rf"(?<=[a-z] ){name}(?= [a-z]+s\b)", text):
            made.append(text[: match.start()] + str(number) + text[match.end() :])
    if match := re.search(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}}),? (\d{{4}})", text):
        made.append(text[: match.start()] + f"{match[2]} {match[1]} {match[3]}" + text[match.end() :])
    elif match := re.search(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})", text):
        made.append(text[: match.start()] + f"{match[2]} {match[1]}, {match[3]}" + text[match.end() :])
    return made
