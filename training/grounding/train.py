"""Trains the packaged verifier: ``python -m training.grounding.train --data DIR --out FOLDER``.

Takes some six hours on two cores. A run that was stopped goes on from its last checkpoint when started
again with the same arguments.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from auditor.detectors.grounding.verifiers.packaged import Network, base_folder, base_names
from training.grounding.encode import Batch, Encoded, batches, encode
from training.grounding.evidence import SCIENCE, evidence, faithful_or_not, fever, multi_hop
from training.grounding.figures import figures
from training.grounding.pairs import NOT_SUPPORTED, Pair, held, pairs
from training.grounding.stages import MNLI_SHARE, STAGES, Stage
from training.grounding.threads import Threads

BATCH = 32
CHECKPOINT_SECONDS = 240
EVALUATE_EVERY = 400
LOG_EVERY = 50
WARM_UP = 0.05
FROZEN = ("words.weight", "positions.weight")


def main() -> None:
    """Trains stage after stage, with checkpoints and a log of the figures on the development set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with the public sets (nli/, grounding/)"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--stages", type=int, default=len(STAGES), help="stop after so many stages")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=600, help="most minutes a stage, from this start on")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    arguments.out.mkdir(parents=True, exist_ok=True)
    Run(arguments.data, arguments.out, arguments.seed, arguments.threads).go(
        arguments.stages, arguments.minutes
    )


def fresh() -> Network:
    """A network with the base model's weights and an untrained head; word and position embeddings are frozen."""
    from safetensors.torch import load_file

    network = Network(dropout=0.1)
    base = load_file(str(base_folder() / "model.safetensors"))
    network.load_state_dict({ours: base[theirs] for ours, theirs in base_names().items()}, strict=False)
    network.words.weight.requires_grad = False
    network.positions.weight.requires_grad = False
    # Dropout inside the layers costs a tenth of the time, and few pairs are seen more than twice.
    for layer in network.layers:
        layer.dropout.p = 0.0
    return network


def loss_of(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross entropy; a pair that is merely not supported asks for the sum of the two other probabilities."""
    logs = functional.log_softmax(logits, 1)
    either = torch.logsumexp(logs[:, 1:], 1)
    exact = logs.gather(1, labels.clamp(max=2)[:, None])[:, 0]
    return -torch.where(labels == NOT_SUPPORTED, either, exact).mean()


def development(data: Path) -> dict[str, list[Pair]]:
    """The held rows: a fifth of MNLI by group, a tenth of the others."""
    return {
        "mnli": [p for p in pairs(data, "nli/mnli_dev_m") if held(p.source, p.group, MNLI_SHARE)],
        "fever": fever(data, random.Random(0), development=True),
        "fib": faithful_or_not(data, None),
        "factcg": list(multi_hop(data, development=True)),
        **{name: list(evidence(data, name, development=True)) for name in SCIENCE},
    }


def kept(path: Path, build: Callable[[], Any]) -> Any:
    """What ``build`` gives, from a file if it is there: making the pairs takes minutes on a busy machine."""
    if not path.exists():
        path.with_suffix(".tmp").write_text(json.dumps(build()), encoding="utf-8")
        path.with_suffix(".tmp").replace(path)
    return _pairs(json.loads(path.read_text(encoding="utf-8")))


def _pairs(value: Any) -> Any:
    """JSON with its lists that were pairs as pairs again."""
    if isinstance(value, dict):
        return {key: _pairs(inner) for key, inner in value.items()}
    if isinstance(value, list):
        pair = len(value) == len(Pair._fields) and isinstance(value[0], str)
        return Pair(*value) if pair else [_pairs(inner) for inner in value]
    return value


def probabilities(network: Network, encoded: Encoded) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities (pairs, 3) and labels, in the order of the batches."""
    network.eval()
    with torch.inference_mode():
        parts = [
            (network(b.ids, b.sides, b.lengths).softmax(1), b.labels) for b in batches(encoded, 64, None)
        ]
    return (
        torch.cat([p for p, _ in parts]).numpy().astype(np.float64),
        torch.cat([labels for _, labels in parts]).numpy(),
    )


class Run:
    """A training run in a folder."""

    def __init__(self, data: Path, out: Path, seed: int, threads: int) -> None:
        self.data, self.out, self.seed = data, out, seed
        self.threads = Threads(threads)
        self.tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
        self.held = {}
        for name, found in kept(out / "development.json", lambda: development(data)).items():
            random.Random(seed).shuffle(found)
            self.held[name] = encode(self.tokenizer, found, 192)
        self.network = fresh()
        self.stage = self.done = 0
        self.optimizer = self._optimizer()
        self.seen: list[float] = []
        self.saved = self.logged = time.monotonic()
        if (out / "checkpoint.pt").exists():
            state = torch.load(out / "checkpoint.pt", weights_only=True)
            self.stage, self.done = state["stage"], state["done"]
            self.network.load_state_dict(state["network"], strict=False)
            self.optimizer.load_state_dict(state["optimizer"])
            self.log(resumed=True)

    def _optimizer(self) -> torch.optim.Optimizer:
        trained = [p for p in self.network.parameters() if p.requires_grad]
        groups = [
            {"params": [p for p in trained if p.dim() > 1], "weight_decay": 0.01},
            {"params": [p for p in trained if p.dim() < 2], "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups, lr=1e-4, fused=True)

    def log(self, **what: Any) -> None:
        """Adds a line to the log."""
        line = {"stage": self.stage + 1, "step": self.done, "time": round(time.time()), **what}
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        print(line, flush=True)

    def save(self, name: str = "checkpoint.pt") -> None:
        """Writes a checkpoint without the frozen embeddings; a stop in the middle leaves the last one whole."""
        state = {
            "stage": self.stage,
            "done": self.done,
            "network": {k: v for k, v in self.network.state_dict().items() if k not in FROZEN},
            "optimizer": self.optimizer.state_dict(),
        }
        torch.save(state, self.out / "checkpoint.tmp")
        (self.out / "checkpoint.tmp").replace(self.out / name)
        self.saved = time.monotonic()

    def evaluate(self, *, whole: bool) -> None:
        """Logs the figures on the development set, or on a part of each of its sets."""
        for name, encoded in self.held.items():
            if not whole:
                encoded = Encoded(*(part[: BATCH * 8] for part in encoded))
            found = figures(*probabilities(self.network, encoded))
            self.log(dev=name, **{k: round(v, 4) for k, v in found.items()})
        self.logged = time.monotonic()

    def go(self, stages: int, minutes: float) -> None:
        """Trains what is left of the first ``stages`` stages, each in at most so many minutes."""
        while self.stage < stages:
            self._train_stage(60 * minutes)
            self.stage, self.done = self.stage + 1, 0
            self.save()

    def _step(self, batch: Batch) -> float:
        self.network.train()
        loss = loss_of(self.network(batch.ids, batch.sides, batch.lengths), batch.labels)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        return loss.item()

    def _train_stage(self, seconds: float) -> None:
        build = STAGES[self.stage]
        stage = Stage(*kept(self.out / f"stage{self.stage + 1}.json", lambda: build(self.data, self.seed)))
        encoded = encode(self.tokenizer, stage.pairs, stage.pieces)
        total = len(encoded.ids) // BATCH
        self.log(steps=total, pairs=len(encoded.ids), pieces=sum(map(len, encoded.ids)))
        order = random.Random(self.seed * 1000 + self.stage * 10)
        begun, skipped = time.monotonic(), self.done
        for number, batch in enumerate(batches(encoded, BATCH, order), 1):
            if number <= skipped:
                continue
            # The share of the steps that is done, or of the time, if that is short.
            share = max(number / total, skipped / total + (time.monotonic() - begun) / seconds)
            if share > 1:
                break
            rate = stage.rate * min(share / WARM_UP, 1 - (1 - stage.end) * (share - WARM_UP) / (1 - WARM_UP))
            for group in self.optimizer.param_groups:
                group["lr"] = rate
            with self.threads.step(batch.ids.numel()):
                self.seen.append(self._step(batch))
            self.done = number
            if number % LOG_EVERY == 0:
                self._log_speed(rate)
            if time.monotonic() - self.saved > CHECKPOINT_SECONDS:
                self.save()
            if number % EVALUATE_EVERY == 0:
                self.evaluate(whole=False)
        self.evaluate(whole=True)
        self.save(f"stage{self.stage + 1}.pt")

    def _log_speed(self, rate: float) -> None:
        now = time.monotonic()
        speed = len(self.seen) * BATCH / (now - self.logged)
        self.log(
            loss=round(sum(self.seen) / len(self.seen), 4),
            rate=round(rate, 7),
            pairs_per_second=round(speed, 1),
            threads=self.threads.best,
        )
        self.seen, self.logged = [], now


if __name__ == "__main__":
    main()
