"""What is trained on, in which order: short pairs first, then longer evidence and one-fact changes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from training.grounding.changes import changed
from training.grounding.documents import made_pairs
from training.grounding.evidence import (
    SCIENCE,
    distracted,
    entailment_bank,
    evidence,
    faithful_or_not,
    fever,
    multi_hop,
    summary_sentences,
    windowed,
)
from training.grounding.pairs import SUPPORTED, Pair, clean, held, measured_keys, pairs
from training.grounding.parsed import parsed_changes, without_evidence

MNLI_SHARE = 1815 / 9815
"""Share of the MNLI rows, by group, that is only measured on."""

SHORT_WORDS = 36


class Stage(NamedTuple):
    """One part of the training.

    Attributes:
        pairs: What is seen, each once.
        pieces: Most word pieces of a pair.
        rate: Learning rate at its highest; it rises for a short while, then falls in a straight line.
        end: Part of the rate that is left at the end.
    """

    pairs: list[Pair]
    pieces: int
    rate: float
    end: float


def short(data: Path, seed: int) -> Stage:
    """Stage 1: short pairs of natural language inference."""
    generator = random.Random(seed)
    keys = measured_keys(data)
    every_cad = {(p.premise, p.hypothesis) for p in pairs(data, "nli/cad_snli")}
    snli = [p for p in pairs(data, "nli/snli_devtest") if (p.premise, p.hypothesis) not in every_cad]
    parts = (
        _mnli(data),
        list(pairs(data, "nli/cad_snli", "train")),
        snli,
        list(pairs(data, "nli/semiauto_nli", "train")),
        [p for p in fever(data, generator) if len(p.premise.split()) <= SHORT_WORDS],
    )
    mnli, cad, snli, semi, wiki = (list(clean(part, keys)) for part in parts)
    for part in (mnli, cad, snli, semi, wiki):
        generator.shuffle(part)
    return Stage(mnli + cad + snli[::2] + semi[::2] + wiki[:8000], 96, 1e-4, 0.4)


def long(data: Path, seed: int) -> Stage:
    """Stage 2: longer evidence, windows of articles, several premises, one-fact changes, some of stage 1 again."""
    generator = random.Random(seed + 1)
    keys = measured_keys(data)

    def some(found: Iterable[Pair], most: int) -> list[Pair]:
        kept = list(clean(found, keys))
        generator.shuffle(kept)
        return kept[:most]

    wiki = some((p for p in fever(data, generator) if len(p.premise.split()) <= 110), 20_000)
    semi = some(pairs(data, "nli/semiauto_nli", "train"), 6_000)
    tables = some(windowed(pairs(data, "nli/infotabs", "train"), 4), 4_000)
    news = some(faithful_or_not(data, generator), 2_600)
    dialogue = some(pairs(data, "grounding/q2_wow"), 600)
    mnli = some(_mnli(data), 8_000)
    worded = [*news, *dialogue, *wiki[4_000:11_000], *semi[2_000:], *tables[1_500:], *mnli[5_000:]]
    parts = [
        mnli[:6_000],
        some(pairs(data, "nli/cad_snli", "train"), 4_000),
        semi[:2_000],
        wiki[:4_000],
        distracted(wiki[11_000:13_000], generator),
        news,
        some(summary_sentences(data), 600),
        some(windowed(pairs(data, "grounding/factcc_synth_1k"), 3), 800),
        some(multi_hop(data), 1_200),
        dialogue,
        some(pairs(data, "nli/contractnli_span"), 1_000),
        some(pairs(data, "nli/folio", "train"), 900),
        some(entailment_bank(data, generator), 1_800),
        tables[:1_500],
        some(pairs(data, "nli/help"), 600),
        changed([p for p in worded if p.label == SUPPORTED], generator)[:3_600],
    ]
    return Stage([pair for part in parts for pair in part], 192, 8e-5, 0.05)


def _mnli(data: Path, *, measured: bool = False) -> list[Pair]:
    return [p for p in pairs(data, "nli/mnli_dev_m") if held(p.source, p.group, MNLI_SHARE) == measured]


def broad(data: Path, seed: int) -> Stage:
    """Stage 3: more of everything, evidence on science and health, and changes that need a parse."""
    from auditor.detectors.grounding.language import english

    generator = random.Random(seed + 2)
    keys = measured_keys(data)

    def some(found: Iterable[Pair], most: int = 1_000_000) -> list[Pair]:
        kept = list(clean(found, keys))
        generator.shuffle(kept)
        return kept[:most]

    measured = {p.premise for p in _mnli(data, measured=True)}
    ling = some((p for p in pairs(data, "nli/lingnli", "train") if p.premise not in measured), 34_000)
    wiki = some((p for p in fever(data, generator) if len(p.premise.split()) <= 110), 24_000)
    news = some(faithful_or_not(data, generator), 3_000)
    semi = some(pairs(data, "nli/semiauto_nli", "train"), 9_000)
    mnli = some(_mnli(data))
    hops = some(multi_hop(data))
    science = [p for name in SCIENCE for p in some(evidence(data, name), 3_500)]
    dialogue = some(pairs(data, "grounding/q2_wow"))
    worded = [*news, *dialogue, *wiki[:12_000], *semi[4_000:], *science, *hops, *mnli[5_000:], *ling[:8_000]]
    worded = [p for p in worded if p.label == SUPPORTED]
    generator.shuffle(worded)
    parts = [
        ling,
        mnli,
        some(pairs(data, "nli/cad_snli", "train"), 3_000),
        semi[:4_000],
        wiki[12_000:],
        distracted(wiki[:3_000], generator),
        news,
        some(summary_sentences(data)),
        some(windowed(pairs(data, "grounding/factcc_synth_1k"), 3)),
        hops,
        science,
        distracted(science, generator)[:1_500],
        dialogue,
        some(pairs(data, "nli/contractnli_span"), 1_000),
        some(pairs(data, "nli/folio", "train"), 900),
        some(entailment_bank(data, generator)),
        some(windowed(pairs(data, "nli/infotabs", "train"), 4), 2_500),
        some(pairs(data, "nli/help"), 600),
        some(pairs(data, "nli/monli", "train"), 600),
        some(pairs(data, "nli/mpe", "train"), 1_500),
        some(pairs(data, "nli/rte", "train")),
        changed(worded, generator)[:9_000],
        parsed_changes(worded[:9_000], english(), generator),
        without_evidence([p for p in [*news, *hops, *science, *dialogue] if p.label == SUPPORTED], generator),
    ]
    return Stage([pair for part in parts for pair in part], 160, 7e-5, 0.02)


def documents(data: Path, seed: int) -> Stage:
    """Stage 4: claims made from the sentences of documents, and again of what people wrote."""
    from auditor.detectors.grounding.language import english

    generator = random.Random(seed + 3)
    keys = measured_keys(data)

    def some(found: Iterable[Pair], most: int = 1_000_000) -> list[Pair]:
        kept = list(clean(found, keys))
        generator.shuffle(kept)
        return kept[:most]

    measured = {p.premise for p in _mnli(data, measured=True)}
    parts = [
        some((p for p in pairs(data, "nli/lingnli", "train") if p.premise not in measured), 9_000),
        some(_mnli(data), 4_500),
        some(pairs(data, "nli/cad_snli", "train"), 2_500),
        some(pairs(data, "nli/semiauto_nli", "train"), 2_500),
        some((p for p in fever(data, generator) if len(p.premise.split()) <= 110), 9_000),
        some(faithful_or_not(data, generator), 6_000),
        some(summary_sentences(data)),
        some(multi_hop(data)),
        [p for name in SCIENCE for p in some(evidence(data, name), 2_500)],
        some(pairs(data, "grounding/q2_wow")),
        some(entailment_bank(data, generator), 1_000),
        some(pairs(data, "nli/rte", "train")),
        made_pairs(data, english(), generator, 55_000),
    ]
    return Stage([pair for part in parts for pair in part], 160, 6e-5, 0.02)


STAGES: tuple[Callable[[Path, int], Stage], ...] = (short, long, broad, documents)
