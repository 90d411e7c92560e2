"""Pairs to word pieces, and batches of one size whose rows are of like length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.grounding.pairs import Pair

STEP = 16


class Batch(NamedTuple):
    """Tensors of a batch; see ``Network.forward``."""

    ids: Tensor
    sides: Tensor
    lengths: Tensor
    labels: Tensor


class Encoded(NamedTuple):
    """Word pieces of pairs."""

    ids: list[list[int]]
    sides: list[list[int]]
    labels: list[int]


def encode(tokenizer: Tokenizer, found: Sequence[Pair], pieces: int) -> Encoded:
    """Word pieces of pairs; of a premise that is too long the end is cut off (training only)."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(pieces, strategy="only_first")
    kept, encodings = [], []
    for start in range(0, len(found), 4096):
        part = [p for p in found[start : start + 4096] if len(p.hypothesis) < 2 * pieces]
        kept += part
        encodings += tokenizer.encode_batch([(p.premise, p.hypothesis) for p in part])
    return Encoded([e.ids for e in encodings], [e.type_ids for e in encodings], [p.label for p in kept])


def batches(encoded: Encoded, size: int, generator: random.Random | None) -> Iterator[Batch]:
    """Batches of rows of like length, padded to a multiple of ``STEP``; in random order, or from short to long."""
    order = list(range(len(encoded.ids)))
    if generator:
        generator.shuffle(order)
    order.sort(key=lambda i: -(-len(encoded.ids[i]) // (STEP // 2)))
    chunks = [order[i : i + size] for i in range(0, len(order), size)]
    if generator:
        chunks = [c for c in chunks if len(c) == size]
        generator.shuffle(chunks)
    for chunk in chunks:
        yield collate(encoded, chunk)


def collate(encoded: Encoded, chunk: Sequence[int]) -> Batch:
    """The tensors of the rows with the given numbers."""
    lengths = [len(encoded.ids[i]) for i in chunk]
    width = -(-max(lengths) // STEP) * STEP
    ids, sides = (
        torch.zeros(len(chunk), width, dtype=torch.long),
        torch.zeros(len(chunk), width, dtype=torch.long),
    )
    for row, i in enumerate(chunk):
        ids[row, : lengths[row]] = torch.tensor(encoded.ids[i])
        sides[row, : lengths[row]] = torch.tensor(encoded.sides[i])
    labels = torch.tensor([encoded.labels[i] for i in chunk])
    return Batch(ids, sides, torch.tensor(lengths), labels)
