"""How a local model is run: what every verifier with weights of its own can be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dtype = Literal["auto", "float32", "bfloat16", "float16"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Options of a local model.

    Attributes:
        max_length: Tokens of premise and hypothesis together that one pass reads; None for what the model
            allows. Longer pairs are read in pieces.
        premise_tokens: Tokens of premise that one piece holds at most, where a model was trained on shorter
            ones than it can read.
        batch_tokens: Tokens in one batch, padding included: what bounds the memory.
        device: ``cpu``, ``cuda``, ``cuda:1`` …; ``auto`` takes a CUDA device where there is one.
        dtype: Number format of the weights. ``auto`` takes bfloat16 where the processor has instructions for
            it, else float32. In float32 a score does not depend on what else is in the batch (to 1e-4);
            bfloat16 keeps eight bits of a number, and scores may differ in the second decimal.
        download: Whether a model that is not on this machine may be fetched from the Hugging Face hub.
    """

    max_length: int | None = None
    premise_tokens: int | None = None
    batch_tokens: int = 8192
    device: str = "auto"
    dtype: Dtype = "auto"
    download: bool = False
