"""Windows, words and vectors of one source as bytes, and back."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from auditor.sources.interface import Window
from auditor.sources.ranking import Words

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Spans:
    """Where the windows of a source and their sentences lie in its text.

    Attributes:
        ends: Number of sentences of all windows up to and with each.
        sentences: Start and end of each sentence of each window, shape (sentences, 2).
    """

    ends: npt.NDArray[np.int64]
    sentences: npt.NDArray[np.uint32]

    def window(self, number: int, source: str, text: str) -> Window:
        """Window ``number`` (from 0) of a source with this text."""
        first = int(self.ends[number - 1]) if number else 0
        spans = tuple((int(s), int(e)) for s, e in self.sentences[first : int(self.ends[number])])
        start, end = spans[0][0], spans[-1][1]
        return Window(source, start, end, text[start:end], spans)


@dataclass(frozen=True, slots=True)
class Packed:
    """What is stored of a source's windows: numbers with the lowest byte first."""

    spans: bytes
    words: bytes
    vectors: bytes

    @property
    def check(self) -> int:
        """CRC-32 of it all: SQLite itself does not see a flipped bit."""
        return zlib.crc32(self.vectors, zlib.crc32(self.words, zlib.crc32(self.spans)))


def pack(windows: Sequence[Window], vectors: npt.NDArray[np.float32]) -> Packed:
    """Windows with their vectors, which are kept to eleven bits (float16)."""
    sizes = np.array([len(window.sentences) for window in windows], "<u4")
    sentences = np.array([span for window in windows for span in window.sentences], "<u4")
    words = Words.of(window.text for window in windows)
    parts = (words.sizes.astype("<u4"), words.terms.astype("<u4"), words.counts)
    return Packed(
        sizes.tobytes() + sentences.tobytes(),
        zlib.compress(b"".join(part.tobytes() for part in parts), 1),
        vectors.astype("<f2").tobytes(),
    )


def unpack_spans(data: bytes, windows: int) -> Spans:
    """The places of so many windows."""
    sizes = np.frombuffer(data, "<u4", windows)
    sentences = np.frombuffer(data, "<u4", offset=4 * windows).reshape(-1, 2)
    return Spans(np.cumsum(sizes, dtype=np.int64), sentences.astype(np.uint32))


def unpack_words(data: bytes, windows: int) -> Words:
    """The words of so many windows."""
    plain = zlib.decompress(data)
    sizes = np.frombuffer(plain, "<u4", windows).astype(np.int32)
    number = int(sizes.sum())
    terms = np.frombuffer(plain, "<u4", number, 4 * windows).astype(np.uint32)
    return Words(terms, np.frombuffer(plain, np.uint8, number, 4 * (windows + number)), sizes)


def unpack_vectors(data: bytes, windows: int) -> npt.NDArray[np.float32]:
    """The vectors of so many windows, shape (windows, dimension)."""
    return np.frombuffer(data, "<f2").reshape(windows, -1).astype(np.float32)
