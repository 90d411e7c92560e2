"""How the packaged weights are rounded: differences from the base model in half a byte a weight.

Fine-tuning moves a weight by some 6 % of its size, so a difference of 4 bits errs less than a whole weight of 8.
Matrices that the base model does not have take one byte a weight.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import torch
from torch import Tensor

SCALE: Final = ".scale"
"""What the name of a matrix's scales ends with."""
GROUP: Final = 64
"""Neighbours in a row that have a scale in common."""
_MOST: Final = 7
_CLIPS: Final = (1.0, 0.9, 0.8, 0.7, 0.6)


def round_off(weights: Mapping[str, Tensor], base: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights as they are written to a file.

    Args:
        weights: What was trained; matrices are rounded, everything else stays float32.
        base: Weights of the base model, by the same names.

    Returns:
        For a matrix of the base model its rounded differences, two a byte, shape (rows, columns / 2), and scales of
        shape (rows, columns / GROUP); for another matrix its bytes and a scale for each row; the rest as it is.
    """
    made: dict[str, Tensor] = {}
    for name, values in weights.items():
        if values.dim() != 2 or len(values) <= 2:
            made[name] = values.clone()
        elif name in base and values.shape[1] % GROUP == 0:
            made[name], made[name + SCALE] = _halves(values - base[name])
        else:
            scale = (values.abs().amax(1) / 127).clamp(min=1e-12)
            made[name] = (values / scale[:, None]).round().clamp(-127, 127).to(torch.int8)
            made[name + SCALE] = scale
    return made


def restore(stored: Mapping[str, Tensor], base: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights from what ``round_off`` gave, float32.

    Raises:
        KeyError: If the base model lacks a matrix.
        RuntimeError: If shapes do not fit.
    """
    made = {}
    for name, values in stored.items():
        if name.endswith(SCALE):
            continue
        scale = stored.get(name + SCALE)
        if scale is None:
            made[name] = values
        elif scale.dim() == 1:
            made[name] = values.float() * scale[:, None]
        else:
            pairs = torch.stack([values & 15, values >> 4], 2).to(torch.int8) - 8
            groups = pairs.reshape(*scale.shape, GROUP).float() * scale.float()[:, :, None]
            made[name] = base[name] + groups.reshape(len(values), -1)
    return made


def _halves(difference: Tensor) -> tuple[Tensor, Tensor]:
    """Numbers of four bits, two a byte, and the scales that err least."""
    rows, columns = difference.shape
    groups = difference.reshape(rows, columns // GROUP, GROUP)
    largest = groups.abs().amax(2, keepdim=True)
    levels = scale = error = torch.empty(0)
    for clip in _CLIPS:
        tried = (largest * clip / _MOST).clamp(min=1e-7).half().float()
        rounded = (groups / tried).round().clamp(-_MOST - 1, _MOST)
        off = ((rounded * tried - groups) ** 2).sum(2, keepdim=True)
        if not error.numel():
            levels, scale, error = rounded, tried, off
            continue
        better = off < error
        levels, scale, error = (
            torch.where(better, new, old) for new, old in ((rounded, levels), (tried, scale), (off, error))
        )
    numbers = (levels.reshape(rows, columns) + 8).to(torch.uint8)
    return numbers[:, 0::2] | (numbers[:, 1::2] << 4), scale.squeeze(2).half()
