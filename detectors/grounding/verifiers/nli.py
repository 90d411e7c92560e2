"""Natural-language-inference models of ``transformers``: ``nli:NAME_OR_FOLDER``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from auditor.detectors.grounding.verifiers.cross_encoder import CrossEncoder, Encoded
from auditor.detectors.grounding.verifiers.interface import CONTRADICTED, NOT_FOUND, SUPPORTED, VerifierError
from auditor.detectors.grounding.verifiers.settings import Running

if TYPE_CHECKING:
    import torch

_NOT_FOUND = """
neutral not_entailment not_entailed non_entailment not_found not_enough_info nei not_supported unsupported inconsistent
"""
NAMES = {
    SUPPORTED: ("entailment", "entailed", "entails", "supported", "supports", "support", "consistent"),
    CONTRADICTED: ("contradiction", "contradicted", "contradicts", "refuted", "refutes", "refute"),
    NOT_FOUND: tuple(_NOT_FOUND.split()),
}
"""What models call the columns, in lower case with underscores."""
_COLUMN = {name: column for column, names in NAMES.items() for name in names}


class NLI(CrossEncoder):
    """A sequence classifier that was trained on premise and hypothesis.

    Args:
        name: What the user calls it.
        tokenizer: Its tokeniser.
        model: A ``…ForSequenceClassification``.
        columns: For each output of the model its column: supported, contradicted or not found.
        running: How to run it.
    """

    def __init__(
        self, name: str, tokenizer: Any, model: Any, columns: Sequence[int], running: Running | None = None
    ) -> None:
        super().__init__(name, tokenizer, model, running)
        self.columns = tuple(columns)

    def judge(self, output: Any, batch: Sequence[Encoded]) -> torch.Tensor:
        """Softmax of the logits, put into the columns; what the model cannot say stays 0."""
        del batch
        found: torch.Tensor = output.logits.float().softmax(-1)
        rows: torch.Tensor = found.new_zeros(found.shape[0], 3)
        for place, column in enumerate(self.columns):
            rows[:, column] += found[:, place]
        return rows


def load_nli(name: str, running: Running, *, labels: Sequence[str] | Mapping[str, str] | None = None) -> NLI:
    """Loads a classifier from a folder or the local cache.

    Args:
        name: Folder, or name on the hub.
        running: How to run it.
        labels: What each output means, in the model's order (``["contradiction", "neutral", "entailment"]``), or
            by the model's own name of it (``{"LABEL_0": "supported", …}``); None reads it from the model.

    Raises:
        VerifierError: If the model cannot be loaded, or it is not clear what its outputs mean.
    """
    from auditor.detectors.grounding.verifiers import hub

    settings = hub.config(name, download=running.download)
    own = [str(settings.id2label[place]) for place in sorted(settings.id2label)]
    columns = read_labels(name, own, labels)
    tokens = hub.tokenizer(name, download=running.download)
    model = hub.model("AutoModelForSequenceClassification", name, download=running.download)
    return NLI(f"nli:{name}", tokens, model, columns, running)


def read_labels(
    name: str, own: Sequence[str], labels: Sequence[str] | Mapping[str, str] | None = None
) -> tuple[int, ...]:
    """The column of each of a model's outputs.

    Args:
        name: The model, for messages.
        own: What it calls its outputs, in order.
        labels: What the user says that they mean; see ``load_nli``.

    Returns:
        One of the columns of ``Verifier.score`` for each output.

    Raises:
        VerifierError: If an output's meaning is unknown, two mean the same, or none means supported.
    """
    said: Sequence[str] = own
    if isinstance(labels, Mapping):
        said = [labels.get(label, label) for label in own]
    elif labels is not None:
        said = list(labels)
    columns = [_COLUMN.get(re.sub(r"[\s\-]+", "_", label.strip().lower())) for label in said]
    clear = len(columns) == len(own) >= 2 and None not in columns and len(set(columns)) == len(columns)
    if not clear or SUPPORTED not in columns:
        raise VerifierError(
            f"{name} does not say which output means what: its labels are {', '.join(own)}"
            + (f", those given {', '.join(said)}" if labels is not None else "")
            + f"; pass labels= with {len(own)} of supported, contradicted and not_found in the model's order"
        )
    return tuple(column for column in columns if column is not None)
