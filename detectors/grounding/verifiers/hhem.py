"""HHEM-2.1-Open, Vectara's hallucination evaluation model, without its remote code: ``hhem``.

The published model is the encoder of Flan-T5-base with a head of two outputs for each token; its own class puts
the pair into a fixed prompt and reads the first token (model card of vectara/hallucination_evaluation_model).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.detectors.grounding.verifiers.cross_encoder import CrossEncoder, Encoded
from auditor.detectors.grounding.verifiers.interface import VerifierError
from auditor.detectors.grounding.verifiers.settings import Running

if TYPE_CHECKING:
    import torch

NAME, FOUNDATION = "vectara/hallucination_evaluation_model", "google/flan-t5-base"
LONGEST = 2048
"""Tokens read in one pass. T5 counts distances instead of positions and has no limit; memory has."""
PREFIX = "t5."
"""What the published weights put before the names of ``T5ForTokenClassification``."""


class HHEM(CrossEncoder):
    """Probability that a hypothesis is consistent with a premise; it does not tell contradicted from not found."""

    def encode(self, premises: Sequence[str], hypotheses: Sequence[str]) -> list[Encoded]:
        """Puts each pair into the prompt that the model was trained on; its first token is the padding token."""
        prompts = [
            f"{self._tokenizer.pad_token} Determine if the hypothesis is true given the premise?\n\n"
            f"Premise: {premise}\n\nHypothesis: {hypothesis}"
            for premise, hypothesis in zip(premises, hypotheses, strict=True)
        ]
        found = self._tokenizer(prompts, padding=False, truncation=False, verbose=False)
        return [Encoded(ids) for ids in found["input_ids"]]

    def judge(self, output: Any, batch: Sequence[Encoded]) -> torch.Tensor:
        """Softmax over the first token's two outputs, of which the second means consistent."""
        del batch
        found: torch.Tensor = output.logits[:, 0, :].float().softmax(-1)
        rows: torch.Tensor = found.new_zeros(found.shape[0], 3)
        rows[:, 0], rows[:, 2] = found[:, 1], found[:, 0]
        return rows


def load_hhem(name: str, running: Running, *, foundation: str | None = None) -> HHEM:
    """Loads the weights into the architecture that ``transformers`` has.

    Args:
        name: Folder or name on the hub; empty for the published one.
        running: How to run it.
        foundation: Folder or name of Flan-T5-base, of which the configuration and the tokeniser are used (not
            the weights); None for the model's own folder where it holds them, else the published one.

    Raises:
        VerifierError: If something is missing, damaged, or not this model.
    """
    from auditor.detectors.grounding.verifiers import hub

    name = name or NAME
    if foundation is None:
        foundation = name if _whole(Path(name)) else FOUNDATION
    state = hub.state(name, "model.safetensors", download=running.download)
    tokens = hub.tokenizer(foundation, download=running.download)
    settings = hub.config(foundation, download=running.download)
    running = replace(running, max_length=running.max_length or LONGEST)
    return HHEM("hhem", tokens, _model(name, settings, state), running)


def _whole(folder: Path) -> bool:
    """Whether a folder holds a tokeniser and a T5's own configuration; the published one needs code to be read."""
    if not Path(folder, "tokenizer.json").is_file():
        return False
    try:
        settings = json.loads(Path(folder, "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(settings, dict) and settings.get("model_type") == "t5"


def _model(name: str, settings: Any, state: dict[str, torch.Tensor]) -> Any:
    from transformers import T5ForTokenClassification

    if settings.model_type != "t5":
        raise VerifierError(f"{name}: its foundation is {settings.model_type}, not t5; pass foundation=")
    settings.num_labels = 2
    model = T5ForTokenClassification(settings)
    if any(key.startswith(PREFIX) for key in state):
        state = {key[len(PREFIX) :]: value for key, value in state.items() if key.startswith(PREFIX)}
    try:
        report = model.load_state_dict(state, strict=False)
    except RuntimeError as error:
        raise VerifierError(f"{name} does not fit its foundation: pass foundation= ({error})") from error
    # The input embedding is one tensor with two names, of which a file holds either.
    shared = any(key.endswith(("shared.weight", "embed_tokens.weight")) for key in state)
    lacking = [key for key in report.missing_keys if not (shared and key.endswith("embed_tokens.weight"))]
    if lacking or report.unexpected_keys:
        odd = ", ".join([*lacking, *report.unexpected_keys][:3])
        raise VerifierError(
            f"{name} is not HHEM-2.1: {odd} missing or unexpected; give the folder of that model"
        )
    return model
