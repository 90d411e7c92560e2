"""A model that needs no weights: a text is the sum of random directions of its words."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from auditor.sources.lexical import tokens

Vectors = npt.NDArray[np.float32]


class WordEmbedder:
    """Texts with the same words have the same vector; counts the texts that it was given."""

    def __init__(self, name: str = "words", dimension: int = 24) -> None:
        self.name = name
        self.dimension = dimension
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        made = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            made[row] = sum((direction(word, self.dimension) for word in tokens(text)), made[row]) + 1e-3
        return made / np.linalg.norm(made, axis=1, keepdims=True)


@cache
def direction(word: str, dimension: int) -> Vectors:
    generator = np.random.default_rng(zlib.crc32(word.encode()))
    return generator.standard_normal(dimension).astype(np.float32)


MILL = "The mill burned in 1871. It was rebuilt with a steam engine. Forty people worked there."
SEOUL = "서울의 인구는 약 940만 명이다. 한강이 도시를 가로지른다. 지하철은 1974년에 개통했다."
CATS = "Cats sleep most of the day. A kitten sleeps longer than its mother does."


def write(folder: Path, **texts: str) -> None:
    """Writes files whose time lies well in the past, as that of most files does."""
    import os

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - 10_000_000_000))
