"""True batches: texts of like length together, bounded by tokens, on the device and in the format asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from auditor.detectors.grounding.verifiers.interface import VerifierError

if TYPE_CHECKING:
    import torch


def by_length(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Places of texts of like length, longest first, so that a batch that is too large fails at once.

    Args:
        lengths: Tokens of each text.
        budget: Tokens of a batch, padding included; a text longer than that is a batch of its own.
    """
    order = sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True)
    start = 0
    while start < len(order):
        size = max(budget // max(lengths[order[start]], 1), 1)
        yield order[start : start + size]
        start += size


def pad(lines: Iterable[Sequence[int]], width: int, fill: int, device: str) -> torch.Tensor:
    """Lines of token ids as one block of shape (lines, width), filled up at the end."""
    import torch

    block = [[*line, *[fill] * (width - len(line))] for line in lines]
    return torch.tensor(block, dtype=torch.long, device=device)


def pick_device(name: str) -> str:
    """The device that a name stands for; ``auto`` is a CUDA device where there is one."""
    import torch

    return ("cuda" if torch.cuda.is_available() else "cpu") if name == "auto" else name


def pick_dtype(name: str, device: str) -> torch.dtype:
    """The number format that a name stands for; see ``settings.Running.dtype``.

    Raises:
        VerifierError: If there is none of that name.
    """
    import torch

    if name != "auto":
        found = getattr(torch, name, None)
        if not isinstance(found, torch.dtype) or not found.is_floating_point:
            raise VerifierError(f"dtype={name!r} is none; take auto, float32, bfloat16 or float16")
        return found
    if device.startswith("cuda"):
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    native = any(
        getattr(torch.cpu, check, bool)() for check in ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    )
    return torch.bfloat16 if device == "cpu" and native else torch.float32
