"""Pairs made from sets that have no short three-way pairs themselves: FEVER, summaries, several premises."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from training.grounding.pairs import CONTRADICTED, NOT_FOUND, NOT_SUPPORTED, SUPPORTED, Pair, held, pairs
from training.grounding.windows import sentences, window, words

DEV_SHARE = 0.1
FIB = ("fib_xsum_fib", "fib_xsum_factcc", "fib_xsum_fir", "fib_xsum_mfma")
SCIENCE = ("climate_fever", "covidfact", "healthver", "scifact")
SCIENCE_DEV_SHARE = 0.2
FIB_LONG = ("fib_cnn_dm_factcc", "fib_cnn_dm_fir", "fib_cnn_dm_mfma")


def fever(data: Path, generator: random.Random, *, development: bool = False) -> list[Pair]:
    """FEVER's pairs with "not found" pairs made: the claim with other evidence on its subject.

    Args:
        data: The folder with the sets.
        generator: Chooses the other evidence.
        development: Give the held tenth instead of what is trained on.
    """
    found = [
        p
        for p in pairs(data, "grounding/fever_nli", "train")
        if held(p.source, p.group, DEV_SHARE) == development
    ]
    if not development:
        found = [
            p._replace(label=CONTRADICTED if p.label == NOT_SUPPORTED else p.label)
            for p in pairs(data, "grounding/fever_dev")
        ] + found
    return found + not_found(found, generator)


def not_found(found: Sequence[Pair], generator: random.Random) -> list[Pair]:
    """About half as many pairs as given, each a claim with evidence that another claim on the same subject had."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, pair in enumerate(found):
        for name in sorted(_names(pair.hypothesis)):
            by_name[name].append(number)
    made = []
    for number in generator.sample(range(len(found)), len(found) * 2 // 3):
        pair = found[number]
        options = {
            other
            for name in _names(pair.hypothesis)
            if 2 <= len(by_name[name]) <= 60
            for other in by_name[name]
            if found[other].group != pair.group and not _alike(found[other].premise, pair.premise)
        }
        if options:
            other = generator.choice(sorted(options))
        elif generator.random() < 0.15:
            other = generator.randrange(len(found))
        else:
            continue
        if not _answered(pair.hypothesis, found[other].premise):
            made.append(pair._replace(premise=found[other].premise, label=NOT_FOUND))
    return made


def _names(text: str) -> set[str]:
    return {w.strip(".,'\"()") for w in text.split() if w[:1].isupper() and len(w) > 3}


def _content(text: str) -> set[str]:
    return {w.strip(".,'\"();:").lower() for w in text.split() if len(w) > 3 or w[:1].isdigit()}


def _alike(one: str, other: str) -> bool:
    """Whether two evidences say much the same."""
    left, right = _content(one), _content(other)
    return len(left & right) > 0.5 * min(len(left), len(right))


def _answered(claim: str, premise: str) -> bool:
    """Whether nearly all words of the claim occur in the premise, so that it may well bear the claim out."""
    asked = _content(claim)
    return len(asked & _content(premise)) > 0.7 * len(asked)


def windowed(found: Iterable[Pair], count: int, most: int = 90) -> Iterator[Pair]:
    """The pairs with the premise cut to the sentences nearest to the hypothesis, at most ``most`` words of them."""
    for pair in found:
        yield pair._replace(premise=window(pair.premise, pair.hypothesis, count=count, most=most))


def faithful_or_not(data: Path, generator: random.Random | None) -> list[Pair]:
    """Summaries of one sentence against windows of their articles: as many faithful ones as not.

    Args:
        data: The folder with the sets.
        generator: Chooses the windows' sizes and the unfaithful ones; None gives the held groups, four sentences each.
    """
    positive, negative = [], []
    seen = set()
    for name in FIB:
        for pair in pairs(data, f"grounding/{name}"):
            key = (pair.group, pair.hypothesis.lower())
            if key not in seen and held("fib", pair.group, DEV_SHARE) == (generator is None):
                seen.add(key)
                (positive if pair.label == SUPPORTED else negative).append(pair)
    if generator is None:
        return list(windowed(positive + negative, 4))
    generator.shuffle(negative)
    made = []
    for count in (3, 4, 5):
        made += list(windowed(positive, count, 110))
        made += list(windowed(negative[count::6][: len(positive)], count, 110))
    return made


def summary_sentences(data: Path) -> Iterator[Pair]:
    """The sentences of longer summaries: supported in a faithful one, not where the unfaithful twin differs."""
    faithful: dict[str, set[str]] = defaultdict(set)
    every = [
        p for n in FIB_LONG for p in pairs(data, f"grounding/{n}") if not held("fib", p.group, DEV_SHARE)
    ]
    for pair in every:
        if pair.label == SUPPORTED:
            faithful[pair.group].update(sentences(pair.hypothesis))
    seen = set()
    for pair in every:
        for sentence in sentences(pair.hypothesis):
            label = SUPPORTED if sentence in faithful[pair.group] else NOT_SUPPORTED
            if pair.group in faithful and (pair.group, sentence) not in seen and len(sentence.split()) > 3:
                seen.add((pair.group, sentence))
                premise = window(pair.premise, sentence)
                yield Pair(premise, sentence, label, "fib_cnn_dm", pair.group)


def multi_hop(data: Path, *, development: bool = False) -> Iterator[Pair]:
    """FactCG's claims over two documents, those whose documents are not long."""
    for pair in pairs(data, "grounding/factcg_cg2c"):
        if len(pair.premise.split()) <= 130 and held(pair.source, pair.group, DEV_SHARE) == development:
            yield pair


def evidence(data: Path, name: str, *, development: bool = False) -> Iterator[Pair]:
    """Claims on health and climate with a few sentences of evidence; a fifth, by claim, is held."""
    for pair in windowed(pairs(data, f"grounding/{name}"), 4, 110):
        if held(pair.source, pair.hypothesis, SCIENCE_DEV_SHARE) == development:
            yield pair


def entailment_bank(data: Path, generator: random.Random) -> list[Pair]:
    """Claims that need all of several premises, half of them with the premise missing that says most of the claim."""
    made = []
    for pair in pairs(data, "nli/entailmentbank"):
        parts = [part.strip() for part in pair.premise.split(". ") if part.strip()]
        generator.shuffle(parts)
        if len(parts) > 1 and generator.random() < 0.5:
            asked = words(pair.hypothesis)
            parts.remove(max(parts, key=lambda part: len(words(part) & asked)))
            pair = pair._replace(label=NOT_FOUND)
        made.append(pair._replace(premise=". ".join(parts) + "."))
    return made


def distracted(found: Sequence[Pair], generator: random.Random) -> list[Pair]:
    """The pairs with a sentence or two of other premises before or after; the label stays."""
    made = []
    for pair in found:
        if len(pair.premise.split()) > 50:
            continue
        others = [generator.choice(found) for _ in range(generator.choice((1, 2)))]
        if any(_answered(pair.hypothesis, other.premise) for other in others):
            continue
        texts = [pair.premise, *(" ".join(sentences(other.premise)[:1]) for other in others)]
        generator.shuffle(texts)
        made.append(pair._replace(premise=" ".join(texts)))
    return made
