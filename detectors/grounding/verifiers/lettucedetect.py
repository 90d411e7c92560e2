"""Token classifiers in the manner of LettuceDetect (Kovács and Recski, 2025): ``lettucedetect:NAME_OR_FOLDER``.

The model reads the prompt that the answer came from, then the answer, and says of each token of the answer
whether the prompt bears it out.
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

LONGEST = 4096
"""Tokens in one pass that the published models were made for."""
SUMMARY = "Summarize the following text:\npassage 1: {premise}\noutput:"
QUESTION = (
    "Briefly answer the following question:\n{question}\nBear in mind that your response should be strictly based "
    "on the following 1 passages:\npassage 1: {premise}\nIn case the passages do not contain the necessary "
    'information to answer the question, please reply with: "Unable to answer based on given passages."\noutput:'
)
"""The two prompts of the training data (RAGTruth; Niu et al., 2024)."""


class LettuceDetect(CrossEncoder):
    """A claim is as well supported as its worst token; contradicted and not found are not told apart.

    Args:
        name: What the user calls it.
        tokenizer: Its tokeniser.
        model: A ``…ForTokenClassification`` whose second output means unsupported.
        running: How to run it.
        question: What the text answers; None for a text that answers none.
    """

    def __init__(
        self,
        name: str,
        tokenizer: Any,
        model: Any,
        running: Running | None = None,
        *,
        question: str | None = None,
    ) -> None:
        super().__init__(name, tokenizer, model, running)
        self.question = self._plain(question) if question else None

    def encode(self, premises: Sequence[str], hypotheses: Sequence[str]) -> list[Encoded]:
        """Pairs of prompt and claim, and where the claim's tokens are."""
        template = QUESTION if self.question else SUMMARY
        # Not str.format: braces in a passage are its own.
        head, tail = template.replace("{question}", self.question or "", 1).split("{premise}")
        prompts = [f"{head}{premise}{tail}" for premise in premises]
        found = self._tokenizer(prompts, list(hypotheses), padding=False, truncation=False, verbose=False)
        types = found.get("token_type_ids")
        encoded = []
        for place, ids in enumerate(found["input_ids"]):
            mine = [i for i, part in enumerate(found.sequence_ids(place)) if part == 1]
            claim = (mine[0], mine[-1] + 1) if mine else (0, 0)
            encoded.append(Encoded(ids, types[place] if types else None, claim))
        return encoded

    def judge(self, output: Any, batch: Sequence[Encoded]) -> torch.Tensor:
        """The highest probability of being unsupported among a claim's tokens; a claim without any is not found."""
        found: torch.Tensor = output.logits.float().softmax(-1)[..., 1]
        rows: torch.Tensor = found.new_zeros(found.shape[0], 3)
        for place, encoded in enumerate(batch):
            start, end = encoded.claim
            worst = found[place, start:end].max() if end > start else found.new_ones(())
            rows[place, 0], rows[place, 2] = 1 - worst, worst
        return rows


def load_lettucedetect(name: str, running: Running, *, question: str | None = None) -> LettuceDetect:
    """Loads a token classifier from a folder or the local cache.

    Args:
        name: Folder, or name on the hub, e.g. ``KRLabsOrg/lettucedect-base-modernbert-en-v1``.
        running: How to run it.
        question: What the text answers, where it answers a question.

    Raises:
        VerifierError: If it cannot be loaded, or is not a classifier with two outputs.
    """
    from auditor.detectors.grounding.verifiers import hub

    tokens = hub.tokenizer(name, download=running.download)
    model = hub.model("AutoModelForTokenClassification", name, download=running.download)
    if model.config.num_labels != 2:
        outputs = model.config.num_labels
        raise VerifierError(f"{name} has {outputs} outputs a token; needed are two: supported, unsupported")
    limit = min(hub.longest(model.config, tokens), LONGEST)
    running = replace(running, max_length=running.max_length or limit)
    return LettuceDetect(f"lettucedetect:{name}", tokens, model, running, question=question)
