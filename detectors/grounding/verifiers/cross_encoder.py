"""Models that read premise and hypothesis together: batches, pieces and order, the same for all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from auditor.detectors.grounding.verifiers.batching import by_length, pad, pick_device, pick_dtype
from auditor.detectors.grounding.verifiers.interface import VerifierError
from auditor.detectors.grounding.verifiers.pieces import best, cut, weakest
from auditor.detectors.grounding.verifiers.settings import Running

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray

AT_ONCE = 4096
"""Pairs that are held as tokens at a time."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One pair as a model reads it.

    Attributes:
        ids: Token ids.
        types: Segment of each token, where the model wants it.
        claim: First and one past the last token of the hypothesis, for models that judge each token.
    """

    ids: list[int]
    types: list[int] | None = None
    claim: tuple[int, int] = (0, 0)


class CrossEncoder(ABC):
    """A verifier that reads each pair in one pass of a transformer.

    A subclass says how a pair becomes tokens (``encode``) and what the model's output means (``judge``).

    Args:
        name: What the user calls it.
        tokenizer: A fast tokeniser of ``transformers``.
        model: The model; it is put on the device, in the number format that ``running`` asks for.
        running: How to run it.

    Attributes:
        name: What the user calls it.
        split: How many pairs so far were read in pieces.
        max_length: Tokens in one pass.
        dtype: Number format of the weights, as ``torch`` calls it.
    """

    def __init__(self, name: str, tokenizer: Any, model: Any, running: Running | None = None) -> None:
        from auditor.detectors.grounding.verifiers.hub import longest, positions

        running = running or Running()
        limit = positions(model.config)
        self.name = name
        self.split = 0
        self.max_length = running.max_length or longest(model.config, tokenizer)
        if limit is not None and self.max_length > limit:
            raise VerifierError(
                f"{name} reads at most {limit} tokens; max_length={self.max_length} is too long"
            )
        self._running = running
        self._tokenizer = tokenizer
        self._device = pick_device(running.device)
        self._model = model.to(self._device, pick_dtype(running.dtype, self._device)).eval()
        self._pad = tokenizer.pad_token_id or 0
        self._special = [token for token in tokenizer.all_special_tokens if len(token) > 2]

    @property
    def dtype(self) -> str:
        """Number format of the weights, as ``torch`` calls it."""
        return str(self._model.dtype).removeprefix("torch.")

    def encode(self, premises: Sequence[str], hypotheses: Sequence[str]) -> list[Encoded]:
        """Turns pairs into tokens, whatever their length: the pair encoding of the model's tokeniser."""
        found = self._tokenizer(
            list(premises), list(hypotheses), padding=False, truncation=False, verbose=False
        )
        types = found.get("token_type_ids")
        return [Encoded(ids, types[i] if types else None) for i, ids in enumerate(found["input_ids"])]

    @abstractmethod
    def judge(self, output: Any, batch: Sequence[Encoded]) -> torch.Tensor:
        """What the model's output says: probabilities of shape (batch, 3), float32."""

    def forward(self, inputs: dict[str, torch.Tensor]) -> Any:
        """Runs the model on padded token ids, attention mask and (where used) segments."""
        return self._model(**inputs)

    def score(self, premises: Sequence[str], hypotheses: Sequence[str]) -> NDArray[np.floating[Any]]:
        """Probabilities for each pair; see ``interface.Verifier.score``.

        Raises:
            ValueError: If there are not as many premises as hypotheses.
            VerifierError: If the model fails or gives what is not a number.
        """
        import numpy as np

        if len(premises) != len(hypotheses):
            raise ValueError(f"{len(premises)} premises for {len(hypotheses)} hypotheses")
        rows = np.empty((len(premises), 3), dtype=np.float32)
        for start in range(0, len(premises), AT_ONCE):
            end = start + AT_ONCE
            rows[start:end] = self._score(
                [self._plain(text) for text in premises[start:end]],
                [self._plain(text) for text in hypotheses[start:end]],
            )
        return rows

    def _plain(self, text: str) -> str:
        """A text in which the model's control tokens are ordinary words: a source must not steer its reader."""
        for token in self._special:
            if token in text:
                text = text.replace(token, f"{token[0]} {token[1:]}")
        return text

    def _score(self, premises: list[str], hypotheses: list[str]) -> NDArray[np.floating[Any]]:
        import numpy as np

        jobs: list[Encoded] = []
        owners: list[tuple[int, int]] = []
        for pair, encoded in enumerate(self.encode(premises, hypotheses)):
            if self._fits(encoded, hypotheses[pair]):
                jobs.append(encoded)
                owners.append((pair, 0))
                continue
            parts = self._pieces(premises[pair], hypotheses[pair])
            self.split += len(parts) > 1
            jobs += [piece for _, piece in parts]
            owners += [(pair, part) for part, _ in parts]
        found = self._run(jobs)
        rows = np.empty((len(premises), 3), dtype=np.float32)
        places = range(len(owners))
        for pair, of_pair in groupby(places, lambda i: owners[i][0]):
            parts_of = [best(found[list(of_part)]) for _, of_part in groupby(of_pair, lambda i: owners[i][1])]
            rows[pair] = weakest(np.stack(parts_of))
        return rows

    def _fits(self, encoded: Encoded, hypothesis: str) -> bool:
        if len(encoded.ids) > self.max_length:
            return False
        room = self._running.premise_tokens
        if room is None or len(encoded.ids) <= room:
            return True
        return len(encoded.ids) - len(self.encode([""], [hypothesis])[0].ids) <= room

    def _pieces(self, premise: str, hypothesis: str) -> list[tuple[int, Encoded]]:
        """Pieces of a pair that fit, each with the number of its part of the hypothesis."""
        frame = len(self.encode([""], [""])[0].ids)
        room = self.max_length - frame
        if room < 8:
            raise VerifierError(f"{self.name}: max_length={self.max_length} leaves no room for a pair")
        tokens = self._offsets(premise)
        parts = cut(hypothesis, self._offsets(hypothesis), room // 2)
        found: list[tuple[int, Encoded]] = []
        for number, part in enumerate(parts):
            left = room - len(self._offsets(part))
            left = min(left, self._running.premise_tokens or left)
            found += [(number, piece) for piece in self._fitting(premise, tokens, part, left)]
        return found

    def _fitting(
        self, premise: str, tokens: Sequence[tuple[int, int]], part: str, room: int
    ) -> list[Encoded]:
        # A piece that begins elsewhere may take a token or two more than it did inside the text.
        while room >= 2:
            pieces = cut(premise, tokens, room, overlap=room // 4)
            encoded = self.encode(pieces, [part] * len(pieces))
            if all(len(piece.ids) <= self.max_length for piece in encoded):
                return encoded
            room -= max(room // 8, 1)
        raise VerifierError(f"{self.name}: a pair does not fit into {self.max_length} tokens even in pieces")

    def _offsets(self, text: str) -> list[tuple[int, int]]:
        found = self._tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        return [(start, end) for start, end in found["offset_mapping"]]

    def _run(self, jobs: Sequence[Encoded]) -> NDArray[np.floating[Any]]:
        import numpy as np
        import torch

        rows = np.empty((len(jobs), 3), dtype=np.float32)
        for places in by_length([len(job.ids) for job in jobs], self._running.batch_tokens):
            batch = [jobs[place] for place in places]
            try:
                with torch.inference_mode():
                    output = self.forward(self._padded(batch))
                    rows[places] = self.judge(output, batch).float().cpu().numpy()
            except (RuntimeError, ValueError, IndexError) as error:
                raise VerifierError(f"{self.name} failed on a batch of {len(batch)}: {error}") from error
        if not np.isfinite(rows).all():
            raise VerifierError(f"{self.name} gave what is not a number; try dtype='float32'")
        return rows

    def _padded(self, batch: Sequence[Encoded]) -> dict[str, torch.Tensor]:
        width = max(len(job.ids) for job in batch)
        inputs = {
            "input_ids": pad((job.ids for job in batch), width, self._pad, self._device),
            "attention_mask": pad(([1] * len(job.ids) for job in batch), width, 0, self._device),
        }
        if batch[0].types is not None:
            inputs["token_type_ids"] = pad((job.types or [] for job in batch), width, 0, self._device)
        return inputs
