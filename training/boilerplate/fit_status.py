"""Fits the judgement leaked / not leaked: ``python -m training.boilerplate.fit_status --data DIR``.

Logistic regression on the evidence around each passage of labelled texts; five-fold cross-validation chooses the
regularisation and prints what to expect. Every text is read once with all phrases and once with half of them held
back, as a wording that nobody has listed would be met. The held-out sets are not read.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

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
STRENGTHS = (0.1, 0.3, 1.0, 3.0)


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


def examples(path: Path) -> Iterator[tuple[dict[str, float], int, str]]:
    """Evidence, label and group of every passage found in a labelled file."""
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        group = f"{path.stem} {row['id']}"
        for document in views(row):
            yield from _labelled(row, document, group)
        for document in views(row):
            if hold_back(document, row["id"]):
                yield from _labelled(row, document, group)


def _labelled(
    row: dict[str, Any], document: Document, group: str
) -> Iterator[tuple[dict[str, float], int, str]]:
    found = passages(document)
    for passage in found:
        low, high = row["span"] or (0, 0)
        start, end = document.raw_span(passage.start, passage.end)
        leaked = row["label"] == "leaked" and start < high and end > low
        if row["label"] == "leaked" and not leaked:
            continue  # the rows mark one leak each; what else they hold is not labelled
        features = evidence(document, passage, found)
        if not features.get("machine"):
            yield features, int(leaked), group


def ordinary(data: Path) -> Iterator[tuple[dict[str, float], int, str]]:
    """Evidence of passages in ordinary text, none of which is a leak."""
    for number, text in enumerate(background(data, random.Random(1), each=6_000)):
        document = from_text(text)
        found = passages(document)
        for passage in found:
            yield evidence(document, passage, found), 0, f"ordinary{number % 50}"


def main() -> None:
    """Fits, prints the cross-validated figures and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", type=Path, nargs="*", default=LABELLED)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with the public sets (nli/, grounding/)"
    )
    arguments = parser.parse_args()
    rows = [row for path in arguments.dev for row in examples(path)]
    plain = list(ordinary(arguments.data))
    print(f"{len(rows)} passages in the development sets, {len(plain)} in ordinary text")
    rows += plain
    names = sorted({name for features, _, _ in rows for name in features})
    column = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for i, (features, _, _) in enumerate(rows):
        for name, value in features.items():
            matrix[i, column[name]] = value
    labels = np.array([label for _, label, _ in rows])
    groups = np.array([group for _, _, group in rows])
    best: tuple[float, float] | None = None
    for strength in STRENGTHS:
        model = LogisticRegression(C=strength, max_iter=5000)
        chances = cross_val_predict(
            model, matrix, labels, groups=groups, cv=GroupKFold(5), method="predict_proba"
        )[:, 1]
        loss = -np.mean(np.log(np.where(labels == 1, chances, 1 - chances).clip(1e-6)))
        right = np.mean((chances > 0.5) == labels)
        print(
            f"C {strength}: log loss {loss:.3f}, right {right:.3f}, "
            f"recall {np.mean(chances[labels == 1] > 0.5):.3f}, "
            f"false {np.mean(chances[labels == 0] > 0.5):.3f}"
        )
        if best is None or loss < best[0]:
            best = (float(loss), strength)
    assert best is not None
    fitted = LogisticRegression(C=best[1], max_iter=5000).fit(matrix, labels)
    weights = {name: round(float(w), 3) for name, w in zip(names, fitted.coef_[0], strict=True)}
    weights["bias"] = round(float(fitted.intercept_[0]), 3)
    path = Path(str(files("auditor.corpora").joinpath("boilerplate", FILE)))
    path.write_text(
        json.dumps({"passages": len(rows), "weights": weights}, indent=1) + "\n", encoding="utf-8"
    )
    print(f"{len(rows)} passages, {labels.mean():.2f} leaked; C {best[1]}")
    for name, weight in sorted(weights.items(), key=lambda item: item[1]):
        print(f"{weight:+.2f} {name}")


if __name__ == "__main__":
    main()
