"""What the verdicts on claims are worth, on public labelled sets, beside trivial scorers.

    python -m benchmarks.grounding --data FOLDER [--set NAME ...] [--verifier NAME] [--limit N] [--json FILE]

FOLDER holds ``grounding/*.jsonl.gz`` (rows ``{document, claim, label, group}``; label 1: the document fully
supports the claim). A text of several claims is as good as its worst claim. Of larger sets ``--limit`` rows are
drawn by whole groups, with a fixed seed. "flag all" calls everything unsupported.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from auditor.detectors.grounding.verifiers.registry import load_verifier
from auditor.findings import Verdict
from auditor.verifying import Verification, verify_many
from benchmarks.grounding_metrics import (
    Array,
    auroc,
    balanced_accuracy,
    bootstrap,
    calibration_error,
    f1_flagged,
    rouge_l,
    word_share,
)

_BATCH = 64  # texts that are verified at once


@dataclass(frozen=True)
class Result:
    """The figures of one scorer on one set."""

    dataset: str
    scorer: str
    n: int
    balanced: tuple[float, float, float]
    auroc: tuple[float, float, float]
    f1: tuple[float, float, float]
    calibration: float | None
    hit: float | None = None
    claims_per_second: float | None = None


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument(
        "--set", action="append", dest="sets", help="name of a set; repeatable; all by default"
    )
    parser.add_argument("--split", help="only rows of this split")
    parser.add_argument("--verifier", default="packaged")
    parser.add_argument("--limit", type=int, default=400, help="rows a set (0: all)")
    parser.add_argument("--json", type=Path, help="file for the figures")
    options = parser.parse_args()
    files = sorted((options.data / "grounding").glob("*.jsonl.gz"))
    chosen = [f for f in files if not options.sets or f.name.removesuffix(".jsonl.gz") in options.sets]
    if not chosen:
        parser.error(f"no set of that name in {options.data / 'grounding'}")
    verifier = load_verifier(options.verifier)
    results: list[Result] = []
    print(_HEAD, flush=True)
    for file in chosen:
        rows = list(_rows(file, options.limit, options.split))
        for result in _measure(file.name.removesuffix(".jsonl.gz"), rows, verifier, options.verifier):
            results.append(result)
            print(_line(result), flush=True)
    _means(results)
    if options.json:
        options.json.write_text(json.dumps([asdict(r) for r in results], indent=1))


def _rows(file: Path, limit: int, split: str | None) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [row for row in rows if split is None or row["split"] == split]
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(str(row.get("group", row["id"])), []).append(row)
    order = sorted(groups)
    random.Random(7).shuffle(order)
    taken = 0
    for group in order:
        for row in groups[group]:
            if limit and taken >= limit:
                return
            taken += 1
            yield row


def _measure(name: str, rows: Sequence[dict[str, Any]], verifier: Any, called: str) -> Iterator[Result]:
    labels = np.array([row["label"] for row in rows], dtype=float)
    groups = [str(row.get("group", row["id"])) for row in rows]
    started = perf_counter()
    made: list[Verification] = []
    for start in range(0, len(rows), _BATCH):
        part = rows[start : start + _BATCH]
        made += verify_many([(r["claim"], [("document", r["document"])]) for r in part], verifier=verifier)
    seconds = perf_counter() - started
    claims = sum(len(_checked(v)) for v in made)
    scores = np.array([_score(v) for v in made])
    yield _result(name, called, labels, scores, groups, hit=_hits(rows, made), speed=claims / seconds)
    for scorer, values in _trivial(rows).items():
        yield _result(name, scorer, labels, values, groups, calibrated=False)


def _checked(made: Verification) -> list[float]:
    verdicts = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNSUPPORTED)
    return [claim.probability for claim in made.claims if claim.verdict in verdicts]


def _score(made: Verification) -> float:
    """A text is as good as its worst claim; one without a claim has nothing that could be wrong."""
    return min(_checked(made), default=1.0)


def _hits(rows: Sequence[dict[str, Any]], made: Sequence[Verification]) -> float | None:
    """Share of supported texts whose first evidence lies in a labelled sentence, where sentences are labelled."""
    hits = []
    for row, verification in zip(rows, made, strict=True):
        gold = row.get("supporting")
        if not gold or not row["label"]:
            continue
        lines = row["document"].split("\n")
        wanted = {lines[n].strip() for option in _options(gold) for n in option if n < len(lines)}
        quotes = [e.quote for claim in verification.claims for e in claim.evidence[:1]]
        if wanted and quotes:
            hits.append(any(text and (text in q or q in text) for q in quotes for text in wanted))
    return float(np.mean(hits)) if hits else None


def _options(gold: Any) -> list[list[int]]:
    return [option if isinstance(option, list) else [option] for option in gold]


def _trivial(rows: Sequence[dict[str, Any]]) -> dict[str, Array]:
    from auditor.sources.embedding import load_embedder

    documents, claims = [r["document"] for r in rows], [r["claim"] for r in rows]
    embedder = load_embedder()
    # The model reads no more than its window of a document: as a trivial scorer would.
    cosine = np.einsum("nd,nd->n", embedder.encode(documents), embedder.encode(claims))
    return {
        "flag all": np.zeros(len(rows)),
        "words": np.array([word_share(d, c) for d, c in zip(documents, claims, strict=True)]),
        "ROUGE-L": np.array([rouge_l(d, c) for d, c in zip(documents, claims, strict=True)]),
        "embedding": cosine.astype(float),
    }


def _result(
    name: str,
    scorer: str,
    labels: Array,
    scores: Array,
    groups: Sequence[str],
    *,
    calibrated: bool = True,
    hit: float | None = None,
    speed: float | None = None,
) -> Result:
    return Result(
        name,
        scorer,
        len(labels),
        bootstrap(balanced_accuracy, labels, scores, groups),
        bootstrap(auroc, labels, scores, groups),
        bootstrap(f1_flagged, labels, scores, groups),
        calibration_error(labels, scores) if calibrated else None,
        hit,
        speed,
    )


_HEAD = (
    f"{'set':22} {'scorer':10} {'n':>5}  {'balanced accuracy':19} {'AUROC':19} {'F1 flagged':19}"
    f" {'ECE':>5} {'hit@1':>5} {'claims/s':>8}"
)


def _line(r: Result) -> str:
    def shown(value: tuple[float, float, float]) -> str:
        return f"{100 * value[0]:5.1f} [{100 * value[1]:4.1f}, {100 * value[2]:4.1f}] "

    rest = f"{r.calibration:5.2f}" if r.calibration is not None else " " * 5
    rest += f" {r.hit:5.2f}" if r.hit is not None else " " * 6
    rest += f" {r.claims_per_second:8.1f}" if r.claims_per_second is not None else ""
    return f"{r.dataset:22} {r.scorer:10} {r.n:5}  {shown(r.balanced)} {shown(r.auroc)} {shown(r.f1)} {rest}"


def _means(results: Sequence[Result]) -> None:
    print()
    for scorer in dict.fromkeys(r.scorer for r in results):
        own = [r for r in results if r.scorer == scorer]
        balanced, area = np.nanmean([r.balanced[0] for r in own]), np.nanmean([r.auroc[0] for r in own])
        name = f"mean of {len(own)} sets"
        print(f"{name:22} {scorer:10}        {100 * balanced:5.1f}               {100 * area:5.1f}")


if __name__ == "__main__":
    main()
