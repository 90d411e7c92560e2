"""MiniCheck (Tang et al., "MiniCheck: Efficient Fact-Checking of LLMs on Grounding Documents", 2024).

``minicheck:roberta-large``, ``minicheck:deberta-v3-large``, ``minicheck:flan-t5-large``, or a folder of one of
them. Prompt, order of labels and size of pieces are those of the authors' own inference code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from auditor.detectors.grounding.verifiers.cross_encoder import CrossEncoder, Encoded
from auditor.detectors.grounding.verifiers.interface import VerifierError
from auditor.detectors.grounding.verifiers.settings import Running

if TYPE_CHECKING:
    import torch

PUBLISHED = {
    "roberta-large": "lytang/MiniCheck-RoBERTa-Large",
    "deberta-v3-large": "lytang/MiniCheck-DeBERTa-v3-Large",
    "flan-t5-large": "lytang/MiniCheck-Flan-T5-Large",
}
LENGTHS = {"roberta": 512, "deberta-v2": 2048, "t5": 2048}
"""Tokens in one pass, by the architecture."""
PIECES = {"roberta": 400, "deberta-v2": 400, "t5": 700}
"""Tokens of premise in one piece; for T5 about the 500 words of the authors' code."""
NO, YES = 3, 209
"""Ids of the T5 vocabulary whose logits mean not supported and supported."""


class MiniCheck(CrossEncoder):
    """The RoBERTa and DeBERTa models: premise, end mark and claim as one text, two outputs."""

    prefix = ""

    def encode(self, premises: Sequence[str], hypotheses: Sequence[str]) -> list[Encoded]:
        """Joins each pair with the tokeniser's end mark."""
        end = self._tokenizer.eos_token or self._tokenizer.sep_token
        texts = [f"{self.prefix}{p}{end}{h}" for p, h in zip(premises, hypotheses, strict=True)]
        found = self._tokenizer(texts, padding=False, truncation=False, verbose=False)
        types = found.get("token_type_ids")
        return [Encoded(ids, types[i] if types else None) for i, ids in enumerate(found["input_ids"])]

    def judge(self, output: Any, batch: Sequence[Encoded]) -> torch.Tensor:
        """Softmax over two outputs, of which the second means supported."""
        del batch
        return _two(output.logits)


class MiniCheckT5(MiniCheck):
    """The Flan-T5 model: the first token that the decoder would write is one of two."""

    prefix = "predict: "

    def forward(self, inputs: dict[str, torch.Tensor]) -> Any:
        """One step of the decoder."""
        start = inputs["input_ids"].new_zeros(inputs["input_ids"].shape[0], 1)
        return self._model(**inputs, decoder_input_ids=start)

    def judge(self, output: Any, batch: Sequence[Encoded]) -> torch.Tensor:
        """Softmax over the logits of the two tokens."""
        del batch
        return _two(output.logits[:, 0, [NO, YES]])


def _two(logits: torch.Tensor) -> torch.Tensor:
    found = logits.float().softmax(-1)
    rows = found.new_zeros(found.shape[0], 3)
    rows[:, 0], rows[:, 2] = found[:, 1], found[:, 0]
    return rows


def load_minicheck(name: str, running: Running) -> MiniCheck:
    """Loads one of the published models, or a folder that holds one.

    Args:
        name: Key of ``PUBLISHED``, folder, or name on the hub.
        running: How to run it.

    Raises:
        VerifierError: If it cannot be loaded or is of another architecture.
    """
    from auditor.detectors.grounding.verifiers import hub

    place = PUBLISHED.get(name, name)
    architecture = hub.config(place, download=running.download).model_type
    if architecture not in LENGTHS:
        known = ", ".join(PUBLISHED)
        raise VerifierError(
            f"{place} is a {architecture} model; MiniCheck comes as {known}, or use nli:{place}"
        )
    tokens = hub.tokenizer(place, download=running.download)
    kind = "AutoModelForSeq2SeqLM" if architecture == "t5" else "AutoModelForSequenceClassification"
    model = hub.model(kind, place, download=running.download)
    outputs = model.config.num_labels
    if architecture != "t5" and outputs != 2:
        raise VerifierError(f"{place} has {outputs} outputs, MiniCheck 2; use nli:{place}")
    limit = hub.positions(model.config)
    running = replace(
        running,
        max_length=running.max_length or min(LENGTHS[architecture], limit or LENGTHS[architecture]),
        premise_tokens=running.premise_tokens or PIECES[architecture],
    )
    return (MiniCheckT5 if architecture == "t5" else MiniCheck)(f"minicheck:{name}", tokens, model, running)
