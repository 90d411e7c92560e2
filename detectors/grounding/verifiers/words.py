"""The words of a text with their contextual embeddings, and how rare each is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COMMON = """
a an the this that these those it its he she they them his her their we our us you your i my me him
and or but nor so if than then as of in on at to for from by with about into over after before between
during through under is are was were be been being am has have had having do does did doing will would
can could may might shall should must there here which who whom whose what when where how why all any both
each some such only own same too very just also s t d ll re ve
그 이 저 것 수 등 및 또 또는 그리고 그러나 하지만 있는 있다 하는 했다 한다 된다 된 위해 대한 대해
"""
_DENIALS = """
not no never none nothing neither nor cannot without hardly
않다 않는다 않았다 않은 않고 아니다 아니라 아닌 없다 없는 없이 없었다 못
"""
COMMON = frozenset(_COMMON.split())
"""Words that carry no content of their own, English and Korean."""
DENIALS = frozenset(_DENIALS.split())
UNKNOWN = 100
"""Id of the piece that stands for what BERT's vocabulary lacks, as many Korean syllables."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text.

    Attributes:
        forms: Words in lower case, in order.
        vectors: Mean of the contextual embeddings of each word's pieces, unit length (0 where one is
            unknown), shape (words, size), float16.
        rarity: Weight of each word by how rare its pieces are, 0 for words without content, shape (words,).
        whole: Mean over all words, unit length, shape (size,), float32.
        known: The words once each.
        heads: Every beginning of two letters or more of every word.
        denied: How many words deny.
        pieces: In how many pieces the text was read.
    """

    forms: tuple[str, ...]
    vectors: NDArray[np.float16]
    rarity: NDArray[np.float32]
    whole: NDArray[np.float32]
    known: frozenset[str]
    heads: frozenset[str]
    denied: int
    pieces: int

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        return int(self.vectors.nbytes) + 80 * (len(self.forms) + len(self.heads))


@cache
def _thousands() -> re.Pattern[str]:
    return re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:(?<=n)['’]t(?![^\W_]))?|[^\W_]+")


def align(parts: Sequence[tuple[str, list[int], Any, NDArray[np.float32]]]) -> Words:
    """Puts the pieces of one text together.

    Args:
        parts: Of each piece the text, its tokens' ids, their spans in the text, and their states, shape
            (tokens, size), float32.

    Returns:
        Its words, one more time for each further piece that holds it too.
    """
    import numpy as np

    forms: list[str] = []
    vectors: list[NDArray[np.float32]] = []
    rarity: list[float] = []
    for text, ids, spans, states in parts:
        token = 0
        for match in _word().finditer(text):
            while token < len(spans) and spans[token][1] <= match.start():
                token += 1
            last = token
            while last < len(spans) and spans[last][0] < match.end():
                last += 1
            if last == token:
                continue
            form = match.group().lower().replace("’", "'")
            if form[0].isdigit():
                form = _thousands().sub("", form)
            forms.append(form)
            known = UNKNOWN not in ids[token:last]
            vectors.append(states[token:last].mean(axis=0) if known else np.zeros_like(states[0]))
            rarity.append(0.0 if form in COMMON or form in DENIALS else _rarity(form, ids[token:last]))
    size = parts[0][3].shape[1]
    block = np.stack(vectors) if vectors else np.zeros((0, size), dtype=np.float32)
    mean = block.mean(axis=0) if vectors else np.zeros(size, dtype=np.float32)
    return Words(
        forms=tuple(forms),
        vectors=_unit(block).astype(np.float16),
        rarity=np.array(rarity, dtype=np.float32),
        whole=_unit(mean[None])[0],
        known=frozenset(forms),
        heads=frozenset(form[:end] for form in set(forms) for end in range(2, len(form) + 1)),
        denied=sum(form in DENIALS or form.endswith("n't") for form in forms),
        pieces=len(parts),
    )


def _rarity(form: str, ids: Sequence[int]) -> float:
    """BERT's vocabulary is ordered by frequency: a late entry is rare, and a word in many pieces rarer still."""
    if not form[0].isascii() or UNKNOWN in ids:
        return 1.0
    rank = max(max(ids) - 1_000, 0) / 30_000
    return 0.4 + rank + 0.2 * min(len(ids) - 1, 3)


def _unit(block: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    lengths = np.linalg.norm(block, axis=-1, keepdims=True)
    unit: NDArray[np.float32] = block / np.maximum(lengths, 1e-9)
    return unit
