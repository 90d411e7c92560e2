"""The source index at size: filling, updating while queried, kill and recovery, recall, query time, a sync of nothing.

    python -m benchmarks.index [--data FILE_OR_FOLDER ...] [--windows 100000] [--files 1000] [--queries 200]

The text is real: what ``--data`` names (text, or the ``document`` and ``text`` fields of .jsonl and .jsonl.gz), by
default the documentation and comments that are installed with Python. It is dealt to files and repeated, each time
with other numbers in it, until it makes enough windows. Vectors come from a stand-in with 384 dimensions that costs
little, so that the figures are those of the index; ``--model`` takes the packaged model instead, which takes hours.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import signal
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from auditor.documents import Document
from auditor.sources import LocalIndex, load_embedder, sync
from auditor.sources.chunking import windows
from auditor.sources.embedding import Embedder

_DIMENSION = 384
_BUCKETS = 8192
_SUFFIXES = {".txt", ".md", ".rst", ".py"}


class StandIn:
    """A vector is the sum of random directions of a text's words: near texts have near vectors, as with a model."""

    name = "stand-in"
    dimension = _DIMENSION

    def __init__(self) -> None:
        directions = np.random.default_rng(7).standard_normal((_BUCKETS, _DIMENSION))
        self._directions = directions.astype(np.float32)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors of texts."""
        made = np.empty((len(texts), _DIMENSION), np.float32)
        for row, text in enumerate(texts):
            words = [zlib.crc32(word.encode("utf-8", "replace")) % _BUCKETS for word in text.split()]
            made[row] = self._directions[words or [0]].sum(0)
        return made / np.linalg.norm(made, axis=1, keepdims=True)


def main() -> None:
    """Runs all and prints the figures."""
    options = _options()
    if options.child:
        _child(*options.child)
        return
    model: Embedder = load_embedder() if options.model else StandIn()
    with tempfile.TemporaryDirectory() as temporary:
        folder, file = Path(temporary, "refs"), Path(temporary, "index.auditor")
        folder.mkdir()
        number = _fill(folder, _texts(options.data), options.windows, options.files)
        print(f"{number:,} files, model {model.name}, {_DIMENSION} dimensions")
        index = LocalIndex(file, create=True, embedder=model)
        _filling(index, folder)
        _nothing(index, folder)
        queries = _queries(folder, options.queries)
        _querying(index, queries, model)
        _recall(index, queries, model)
        index.close()
        _updating(file, folder, queries, model)
        _killing(file, folder, model)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="files and folders of real text")
    parser.add_argument("--windows", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--model", action="store_true", help="embed with the packaged model")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    return parser.parse_args()


def _texts(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths or [Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("purelib"))]:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.name.endswith((".jsonl", ".jsonl.gz")):
                with gzip.open(file, "rt") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
                    rows = map(json.loads, lines)
                    yield from (str(row.get("document") or row.get("text") or "") for row in rows)
            elif file.suffix in _SUFFIXES and file.is_file():
                yield file.read_text(encoding="utf-8", errors="replace")


def _fill(folder: Path, texts: Iterator[str], wanted: int, files: int) -> int:
    """Writes files that together make about as many windows as are wanted; gives their number."""
    share, made, pieces, held = max(wanted // files, 1), 0, [], 0
    kept: list[tuple[str, int]] = []
    for text in texts:
        for start in range(0, len(text), 20_000):
            part = text[start : start + 20_000]
            kept.append((part, len(windows(Document("", part)))))
        if sum(number for _, number in kept) >= wanted:
            break
    turn = 0
    while made < files:
        for part, number in kept:
            pieces.append(part if not turn else f"Volume {turn}. {part.replace(' the ', f' the {turn} ')}")
            held += number
            if held >= share:
                path = folder / f"source-{made:05}.txt"
                path.write_text("\n\n".join(pieces), encoding="utf-8", errors="replace")
                old = path.stat().st_mtime_ns - 10**10
                os.utime(path, ns=(old, old))
                made, pieces, held = made + 1, [], held - share
                if made == files:
                    break
        turn += 1
    return made


def _filling(index: LocalIndex, folder: Path) -> None:
    started = time.monotonic()
    report = sync(index, folder)
    seconds = time.monotonic() - started
    number = sum(info.windows for info in index.sources())
    size = index.path.stat().st_size / 1e6
    print(f"first sync: {number:,} windows of {len(report.added):,} files in {seconds:.1f} s, "
          f"{number / seconds:,.0f} windows/s; the file has {size:,.0f} MB")  # fmt: skip
    _figures["first"] = seconds


_figures: dict[str, float] = {}


def _nothing(index: LocalIndex, folder: Path) -> None:
    times = []
    for _ in range(5):
        started = time.monotonic()
        report = sync(index, folder)
        times.append(time.monotonic() - started)
        assert not report.changed
    seconds = statistics.median(times)
    print(f"sync of nothing new: {seconds * 1000:.0f} ms, {seconds / _figures['first']:.2%} of the first")


def _queries(folder: Path, number: int) -> list[str]:
    """Sentences of the sources, less a few of their words."""
    files = sorted(folder.iterdir())
    generator = np.random.default_rng(11)
    made: list[str] = []
    while len(made) < number:
        text = files[generator.integers(len(files))].read_text(encoding="utf-8")
        start = int(generator.integers(max(len(text) - 400, 1)))
        words = text[start : start + 200].split()[1:-1]
        if len(words) > 6:
            made.append(" ".join(word for word in words if generator.random() > 0.25))
    return made


def _querying(index: LocalIndex, queries: Sequence[str], model: Embedder) -> None:
    started = time.monotonic()
    index.search(queries[:1], 8)
    print(f"first query, with reading the index into memory: {time.monotonic() - started:.2f} s")
    times, embedding = [], []
    for query in queries:
        started = time.monotonic()
        model.encode([query])
        between = time.monotonic()
        index.search([query], 8)
        embedding.append(between - started)
        times.append(time.monotonic() - between)
    print(
        f"one query: median {_ms(times, 0.5)}, 95 % within {_ms(times, 0.95)}; embedding it {_ms(embedding, 0.5)}"
    )
    started = time.monotonic()
    index.search(queries, 8)
    print(
        f"{len(queries)} queries together: {(time.monotonic() - started) / len(queries) * 1000:.1f} ms each"
    )


def _recall(index: LocalIndex, queries: Sequence[str], model: Embedder) -> None:
    """The vectors as they are stored, in 16 bits, against those in 32: the ten nearest of each query."""
    stored, exact = [], []
    for info in index.sources():
        text = index.text(info.id)
        kept = index.vectors(text)
        if kept is not None:
            stored.append(kept)
            exact.append(model.encode([window.text for window in windows(Document(info.id, text))]))
    short, full = np.concatenate(stored), np.concatenate(exact)
    asked = model.encode(queries)
    shares = []
    for query in asked:
        near = full @ query
        tenth = np.partition(near, -10)[-10]
        found = np.argsort(-(short @ query), kind="stable")[:10]
        # Windows of one text are equally near: any of them is right.
        shares.append(float(np.mean(near[found] >= tenth - 1e-6)))
    print(
        f"recall@10 against exact search in 32 bits: {statistics.mean(shares):.4f} over {len(queries)} queries"
    )


def _updating(file: Path, folder: Path, queries: Sequence[str], model: Embedder) -> None:
    """Another process replaces a tenth of the sources while this one asks."""
    files = sorted(folder.iterdir())[::10]
    for path in files:
        path.write_text(f"A new first sentence.\n\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    child = _started(file, folder, model)
    index = LocalIndex(file, embedder=model)
    index.search(queries[:1], 8)
    times, mixed, states = [], 0, set()
    while child.poll() is None:
        query = queries[len(times) % len(queries)]
        started = time.monotonic()
        with index.frozen():
            hits = index.search([query], 8)[0]
            times.append(time.monotonic() - started)
            mixed += sum(
                index.text(w.source)[w.start : w.end] != w.text for w in (hit.window for hit in hits)
            )
        states.add(index.meta()["revision"])
    print(f"while {len(files)} sources were replaced: {len(times)} queries, median {_ms(times, 0.5)}, 95 % within "
          f"{_ms(times, 0.95)}, {len(states)} states seen, {mixed} hits that mix two versions")  # fmt: skip
    index.close()


def _killing(file: Path, folder: Path, model: Embedder) -> None:
    """A sync is killed three times; what it had told to be in is in, and the next sync does the rest."""
    for path in sorted(folder.iterdir())[::3]:
        path.write_text(f"Yet another beginning.\n\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    told: set[str] = set()
    kills = 0
    for lines in (20, 60, 100):
        child = _started(file, folder, model)
        assert child.stdout
        told |= {child.stdout.readline().strip() for _ in range(lines)}
        child.send_signal(signal.SIGKILL)
        told |= {line.strip() for line in child.stdout if line.endswith("\n")}
        kills += child.wait() == -signal.SIGKILL
    started = time.monotonic()
    index = LocalIndex(file, embedder=model)
    lost = sum(not index.text(id).startswith("Yet another") for id in told if id)
    opened = time.monotonic() - started
    report = sync(index, folder)
    left = sum(index.text(path.name) != path.read_text(encoding="utf-8") for path in folder.iterdir())
    mended = time.monotonic() - started - opened
    print(f"killed {kills} times: {len(told)} replaced sources acknowledged, {lost} lost; opened and read in "
          f"{opened:.2f} s; the next sync replaced {len(report.updated)} more in {mended:.1f} s, {left} sources differ "
          "from their files")  # fmt: skip
    index.close()


def _started(file: Path, folder: Path, model: Embedder) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.index", "--child", str(file), str(folder), model.name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _child(file: str, folder: str, model: str) -> None:
    """Syncs, and says of each source when it is in."""
    index = LocalIndex(file, embedder=StandIn() if model == StandIn.name else load_embedder(model))
    put = index.replace

    def replace(info: object, *rest: object, **more: object) -> None:
        put(info, *rest, **more)  # type: ignore[arg-type]
        print(getattr(info, "id", ""), flush=True)

    index.replace = replace  # type: ignore[method-assign, assignment]
    sync(index, folder)
    index.close()


def _ms(times: Sequence[float], share: float) -> str:
    return f"{float(np.quantile(times, share)) * 1000:.1f} ms" if times else "none"


if __name__ == "__main__":
    main()
