"""Fits the judgement leaked / not leaked: ``python -m training.boilerplate.fit_status --data DIR``.

Logistic regression on the evidence around each passage of labelled texts; five-fold cross-validation chooses the
regularisation and prints what to expect. Every text is read once with all phrases and once with half of them held
back, as a wording that nobody has listed would be met. The held-out sets are not read.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from auditor.detectors.boilerplate import wording
from auditor.detectors.boilerplate.context import evidence
from auditor.detectors.boilerplate.passages import TOKEN_RULES, passages
from auditor.detectors.boilerplate.scan import Match, scanner
from auditor.detectors.boilerplate.status import FILE
from auditor.documents import Document, from_text
from training.boilerplate.sources import background

LABELLED = (
    *sorted((Path(__file__).parents[2] / "benchmarks" / "data" / "boilerplate").glob("dev_*.jsonl")),
    *sorted((Path(__file__).parent / "data").glob("passages_*.jsonl")),
)
HELD_BACK = 0.5
"""Share of the phrases that the second reading of a text does without."""
TOGETHER = 3
STRENGTHS = (0.1, 0.3, 1.0, 3.0)


class Example(NamedTuple):
    """A passage as the judgement sees it."""

    evidence: dict[str, float]
    words: list[int]
    leaked: bool
    group: str


def views(row: dict[str, Any]) -> Iterator[Document]:
    """A labelled text as plain text, and as a file of its own format."""
    yield from_text(row["text"], name=row["id"])
    if (format := row.get("format", "text")) not in ("text", "latex"):
        suffix = {"python": ".py"}.get(format, "")
        yield from_text(row["text"], name=row["id"] + suffix, format="code" if suffix else format)


def hold_back(document: Document, name: str) -> bool:
    """Takes half of the phrases away from a document, the same half each time; whether any was in it."""
    found = scanner().matches(document.text)
    kept = [m for m in found if m.phrase.rule in TOKEN_RULES or not _held(m, name)]
    document.memo("boilerplate/matches", lambda: kept)
    return len(kept) < len(found)


def _held(match: Match, name: str) -> bool:
    return crc32(f"{name} {match.phrase.pattern}".encode()) % 1000 < 1000 * HELD_BACK


def examples(path: Path) -> Iterator[Example]:
    """Every passage found in a labelled file."""
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        group = f"{path.stem} {row['id']}"
        for document in views(row):
            yield from _labelled(row, document, group)
        for document in views(row):
            if hold_back(document, row["id"]):
                yield from _labelled(row, document, group)


def _labelled(row: dict[str, Any], document: Document, group: str) -> Iterator[Example]:
    found = passages(document)
    for passage in found:
        low, high = row["span"] or (0, 0)
        start, end = document.raw_span(passage.start, passage.end)
        leaked = row["label"] == "leaked" and start < high and end > low
        if row["label"] == "leaked" and not leaked:
            continue  # the rows mark one leak each; what else they hold is not labelled
        features = evidence(document, passage, found)
        if not features.get("machine"):
            yield Example(features, wording.features(document, passage), leaked, group)


def ordinary(data: Path) -> Iterator[Example]:
    """Passages in ordinary text that the classifier has not been trained on; none of them is a leak.

    The sentences are read a few together, since standing alone would otherwise be taken for a sign of innocence.
    """
    texts = background(data, random.Random(0), kept_back=True)
    for number in range(0, len(texts), TOGETHER):
        together = texts[number : number + TOGETHER]
        if number % 4 == 0:  # as documentation strings of a program
            code = "".join(f'def f{i}():\n    """{text}"""\n\n' for i, text in enumerate(together))
            document = from_text(code, name="ordinary.py", format="code")
        else:
            document = from_text(("\n\n", " ")[number % 2].join(together))
        found = passages(document)
        for passage in found:
            features = evidence(document, passage, found)
            if not features.get("machine"):
                words = wording.features(document, passage)
                yield Example(features, words, False, f"ordinary {number % 200}")


def matrix(rows: Sequence[Example], names: Sequence[str]) -> csr_matrix:
    """One row an example: evidence by name, then the hashed words in and around it."""
    column = {name: i for i, name in enumerate(names)}
    data: list[float] = []
    places: list[int] = []
    ends = [0]
    for row in rows:
        for name, value in row.evidence.items():
            if name in column:
                data.append(value)
                places.append(column[name])
        data += [wording.SCALE / math.sqrt(len(row.words) or 1)] * len(row.words)
        places += [len(names) + i for i in row.words]
        ends.append(len(data))
    return csr_matrix((data, places, ends), shape=(len(rows), len(names) + wording.BUCKETS))


def main() -> None:
    """Fits, prints the cross-validated figures and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=Path, nargs="*", default=LABELLED)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with the public sets (nli/, grounding/)"
    )
    arguments = parser.parse_args()
    rows = [row for path in arguments.labelled for row in examples(path)]
    plain = list(ordinary(arguments.data))
    print(f"{len(rows)} passages in labelled texts, {len(plain)} in ordinary text")
    rows += plain
    names = sorted({name for row in rows for name in row.evidence} - {"wording"})
    table = matrix(rows, names)
    labels = np.array([int(row.leaked) for row in rows])
    groups = np.array([row.group for row in rows])
    strength = _strength(table, labels, groups)
    model = LogisticRegression(C=strength, solver="liblinear").fit(table, labels)
    _save(model.coef_[0], float(model.intercept_[0]), names, len(rows))
    print(f"{len(rows)} passages, {labels.mean():.2f} leaked; C {strength}")
    for name, weight in sorted(zip(names, model.coef_[0], strict=False), key=lambda item: item[1]):
        print(f"{weight:+.2f} {name}")


def _strength(table: csr_matrix, labels: np.ndarray, groups: np.ndarray) -> float:
    """The regularisation with the least cross-validated log loss."""
    best: tuple[float, float] | None = None
    for strength in STRENGTHS:
        model = LogisticRegression(C=strength, solver="liblinear")
        chances = cross_val_predict(
            model, table, labels, groups=groups, cv=GroupKFold(10), method="predict_proba"
        )[:, 1]
        loss = float(-np.mean(np.log(np.where(labels == 1, chances, 1 - chances).clip(1e-6))))
        print(
            f"C {strength}: log loss {loss:.3f}, recall {np.mean(chances[labels == 1] > 0.5):.3f}, "
            f"false {np.mean(chances[labels == 0] > 0.5):.3f}"
        )
        if best is None or loss < best[0]:
            best = (loss, strength)
    assert best is not None
    return best[1]


def _save(found: np.ndarray, bias: float, names: Sequence[str], passages_seen: int) -> None:
    words = found[len(names) :]
    scale = float(np.abs(words).max()) / 127
    weights = {name: round(float(w), 3) for name, w in zip(names, found, strict=False)}
    weights |= {"wording": 1.0, "bias": round(bias, 3)}
    folder = Path(str(files("auditor.corpora").joinpath("boilerplate")))
    (folder / wording.FILE).write_bytes(np.round(words / scale).astype(np.int8).tobytes())
    fitted = {"passages": passages_seen, "wording_scale": scale, "weights": weights}
    (folder / FILE).write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
