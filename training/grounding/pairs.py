"""Labelled pairs of premise and hypothesis from the public sets, and which of them may not be trained on."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

SUPPORTED, CONTRADICTED, NOT_FOUND, NOT_SUPPORTED = range(4)
"""``NOT_SUPPORTED`` says that a set tells no more than that: contradicted or not found."""

MEASURED = (
    "grounding/fever_symmetric",
    "grounding/wice_claim",
    "grounding/fool_me_twice",
    "grounding/qags_cnndm",
    "grounding/qags_xsum",
    "grounding/summedits",
    "grounding/shroom",
    "grounding/falke_pairs",
    "grounding/factcheckgpt_stance",
    "nli/breaking_nli",
    "nli/negation_nli",
    "nli/pawsx_en",
)
"""Sets to measure on: no sentence of theirs is trained on."""

LICENCES = {
    "cad_snli": "Apache-2.0, CC BY-SA 4.0",
    "climate_fever": "none stated",
    "contractnli_span": "CC BY 4.0",
    "covidfact": "none stated",
    "entailmentbank": "Apache-2.0",
    "factcc_synth_1k": "MIT (of the copy)",
    "factcg_cg2c": "MIT",
    "fever_dev": "CC BY-SA 3.0",
    "fever_nli": "CC BY-SA 3.0",
    "fib_cnn_dm": "CC BY 4.0",
    "fib_xsum_factcc": "CC BY 4.0",
    "fib_xsum_fib": "CC BY 4.0",
    "fib_xsum_fir": "CC BY 4.0",
    "fib_xsum_mfma": "CC BY 4.0",
    "folio": "CC BY-SA 4.0",
    "healthver": "none stated",
    "help": "CC BY-SA 4.0",
    "infotabs": "Apache-2.0",
    "lingnli": "none stated; premises of MNLI",
    "mnli_dev_m": "mixed, all open",
    "monli": "none stated",
    "mpe": "none stated",
    "q2_wow": "MIT",
    "rte": "none stated",
    "scifact": "none stated",
    "semiauto_nli": "CC BY-SA 3.0",
    "snli_devtest": "CC BY-SA 4.0",
}
"""What each set that is trained on is licensed under."""

_THREE = {
    "entailment": SUPPORTED,
    "supports": SUPPORTED,
    "contradiction": CONTRADICTED,
    "refutes": CONTRADICTED,
    "neutral": NOT_FOUND,
    "not_enough_info": NOT_FOUND,
}
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_KEPT = re.compile(r"[a-z0-9]+")
_KEY = 40


class Pair(NamedTuple):
    """A premise and a hypothesis with their label, the set and the group that they come from."""

    premise: str
    hypothesis: str
    label: int
    source: str
    group: str


def rows(data: Path, name: str, *splits: str) -> Iterator[dict[str, Any]]:
    """The rows of a set, of the named splits or all.

    Args:
        data: The folder with ``grounding/`` and ``nli/``.
        name: Such as ``nli/mnli_dev_m``.
        splits: None for all.
    """
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if not splits or row["split"] in splits:
                yield row


def pairs(data: Path, name: str, *splits: str) -> Iterator[Pair]:
    """The labelled pairs of a set; its label is three-way where the set has such."""
    for row in rows(data, name, *splits):
        three = str(row.get("label3")).lower()
        two = SUPPORTED if row["label"] == 1 else NOT_SUPPORTED
        label = _THREE.get(three, two)
        yield Pair(
            tidy(row["document"]),
            tidy(row["claim"]),
            label,
            name.partition("/")[2],
            str(row["group"]),
        )


def tidy(text: str) -> str:
    """Text without the traces of a tokeniser: brackets by name, quotation marks in two strokes."""
    for old, new in (
        ("Â£", "£"),
        ("-LRB-", "("),
        ("-RRB-", ")"),
        ("-LSB-", "["),
        ("-RSB-", "]"),
        ("``", '"'),
        ("''", '"'),
    ):
        text = text.replace(old, new)
    text = re.sub(r"</?t>", " ", text)
    text = re.sub(r" ([.,;:!?)\]])", r"\1", text)
    return re.sub(r"[ \t]+", " ", text).strip()


def held(source: str, group: str, share: float) -> bool:
    """Whether a group is kept back for the development set: the same answer on every run."""
    return crc32(f"{source}:{group}".encode()) % 10_000 < share * 10_000


def sentence_keys(text: str) -> Iterator[str]:
    """How each sentence of a text begins, letters and digits only; short sentences have no key."""
    for sentence in _SENTENCE.split(text.lower()):
        key = "".join(_KEPT.findall(sentence))[:_KEY]
        if len(key) == _KEY:
            yield key


def measured_keys(data: Path) -> frozenset[str]:
    """The beginnings of all sentences of the measured sets' documents."""
    return frozenset(
        key for name in MEASURED for row in rows(data, name) for key in sentence_keys(tidy(row["document"]))
    )


def clean(found: Iterable[Pair], keys: frozenset[str]) -> Iterator[Pair]:
    """The pairs whose premise shares no sentence with a measured set."""
    for pair in found:
        if keys.isdisjoint(sentence_keys(pair.premise)):
            yield pair
