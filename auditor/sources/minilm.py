"""The packaged sentence encoder in plain torch: a third of the time that general libraries take to be imported.

The network is BERT's encoder (Devlin et al. 2019) with mean pooling over the tokens, as all-MiniLM-L6-v2
(Reimers and Gurevych 2019; Wang et al. 2020) is published; a test holds its vectors against those of
sentence-transformers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from auditor.sources.interface import IndexProblem

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

BATCH_TOKENS: Final = 4096
"""Tokens of one batch, padding included: larger ones leave the processor's caches."""


class MiniLM:
    """A BERT-like encoder read from a folder with ``model.safetensors`` and ``tokenizer.json``.

    Attributes:
        name: What the model is called.
        dimension: Length of a vector.
        fingerprint: Tells these weights from others.
    """

    def __init__(self, folder: Path, name: str, fingerprint: str) -> None:
        """Reads the weights.

        Raises:
            IndexProblem: If torch is missing or the folder is not such a model.
        """
        try:
            import torch
            from safetensors.torch import load_file
            from tokenizers import Tokenizer
        except ImportError as error:
            raise IndexProblem(f"{error.name} is missing: pip install 'auditor[grounding]'") from error
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.name = name
        self.fingerprint = fingerprint
        self.dimension: int = config["hidden_size"]
        self._heads: int = config["num_attention_heads"]
        self._layers: int = config["num_hidden_layers"]
        self._eps: float = config["layer_norm_eps"]
        self._torch: Any = torch
        self._weights: dict[str, Any] = load_file(folder / "model.safetensors")
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        limits = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
        self._most: int = limits["max_seq_length"]

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors of texts, shape (n, dimension). A text too long for one pass is the mean of its pieces."""
        import numpy as np

        pieces, owners = self._pieces(texts)
        order = sorted(range(len(pieces)), key=lambda i: (len(pieces[i]), i))
        sums = np.zeros((len(texts), self.dimension), np.float32)
        with self._torch.inference_mode():
            for batch in _batches([len(pieces[i]) for i in order]):
                chosen = [order[i] for i in batch]
                vectors = self._forward([pieces[i] for i in chosen])
                for row, i in enumerate(chosen):
                    sums[owners[i]] += vectors[row] * len(pieces[i])
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        made: npt.NDArray[np.float32] = sums / np.maximum(lengths, 1e-12)
        return made

    def _pieces(self, texts: Sequence[str]) -> tuple[list[list[int]], list[int]]:
        """Token ids that fit one pass each, with the mark of beginning and end, and whose they are."""
        first, last = (self._tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
        room = self._most - 2
        pieces: list[list[int]] = []
        owners: list[int] = []
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]  # lone surrogates
        for owner, found in enumerate(self._tokenizer.encode_batch(clean, add_special_tokens=False)):
            ids = found.ids
            for start in range(0, max(len(ids), 1), room):
                pieces.append([first, *ids[start : start + room], last])
                owners.append(owner)
        return pieces, owners

    def _forward(self, pieces: Sequence[Sequence[int]]) -> npt.NDArray[np.float32]:
        torch, functional = self._torch, self._torch.nn.functional
        longest = max(map(len, pieces))
        ids = torch.zeros((len(pieces), longest), dtype=torch.long)
        mask = torch.zeros((len(pieces), longest), dtype=torch.bool)
        for row, piece in enumerate(pieces):
            ids[row, : len(piece)] = torch.tensor(piece)
            mask[row, : len(piece)] = True
        hidden = self._embed(ids, longest)
        seen = None if bool(mask.all()) else mask[:, None, None, :]
        for layer in range(self._layers):
            at = f"encoder.layer.{layer}."
            mixed = self._attend(hidden, seen, at + "attention.")
            inner = functional.gelu(self._linear(mixed, at + "intermediate.dense"))
            hidden = self._norm(self._linear(inner, at + "output.dense") + mixed, at + "output.LayerNorm")
        weights = mask[:, :, None].to(hidden.dtype)
        pooled = functional.normalize((hidden * weights).sum(1) / weights.sum(1), dim=1)
        vectors: npt.NDArray[np.float32] = pooled.numpy()
        return vectors

    def _embed(self, ids: Any, longest: int) -> Any:
        table = self._weights
        words = table["embeddings.word_embeddings.weight"][ids]
        places = table["embeddings.position_embeddings.weight"][:longest]
        kind = table["embeddings.token_type_embeddings.weight"][0]
        return self._norm(words + places + kind, "embeddings.LayerNorm")

    def _attend(self, hidden: Any, seen: Any, at: str) -> Any:
        rows, longest, width = hidden.shape
        shape = (rows, longest, self._heads, width // self._heads)
        query, key, value = (
            self._linear(hidden, f"{at}self.{part}").view(shape).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mixed = self._torch.nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=seen)
        mixed = mixed.transpose(1, 2).reshape(rows, longest, width)
        return self._norm(self._linear(mixed, at + "output.dense") + hidden, at + "output.LayerNorm")

    def _linear(self, hidden: Any, at: str) -> Any:
        return self._torch.nn.functional.linear(
            hidden, self._weights[at + ".weight"], self._weights[at + ".bias"]
        )

    def _norm(self, hidden: Any, at: str) -> Any:
        weight, bias = self._weights[at + ".weight"], self._weights[at + ".bias"]
        return self._torch.nn.functional.layer_norm(hidden, (hidden.shape[-1],), weight, bias, self._eps)


def _batches(lengths: Sequence[int]) -> list[range]:
    """Runs of ascending lengths whose padded size stays within the budget."""
    made, start = [], 0
    for i, length in enumerate(lengths):
        if i > start and length * (i + 1 - start) > BATCH_TOKENS:
            made.append(range(start, i))
            start = i
    if start < len(lengths):
        made.append(range(start, len(lengths)))
    return made
