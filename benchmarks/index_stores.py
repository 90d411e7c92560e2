"""Where a large source index can be kept: embedded stores and a server, side by side in one run.

    python -m benchmarks.index_stores [--size 100000] [--queries 100] [--text FOLDER ...] [--embeddings FILE]

Vectors are those of all-MiniLM-L6-v2: 5,000 sentences (by default of the documentation inside Python's standard
library) are embedded, and the others made of them: a point between two sentences that are near each other, with
noise. Queries are embeddings of sentences that were held out. 100 rows make a source.

Fill: all rows and all indexes. Update: 10 sources of 100 rows replaced, one transaction each. The queries come
after it, each put to every store in turn. Recall@10: against exact float32 search over the rows as they then are.
Killed: a process that replaces sources (for PostgreSQL the server, too) is ended by kill -9 three times; lost are
acknowledged rows that are not there afterwards, half are sources of which a part is there. Reader: a second process
replaces one source again and again; torn are answers that hold two versions of it, rows whose text is gone, or
nothing of it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pg8000.native import InterfaceError

from auditor.sources.embedding import load_embedder
from benchmarks.postgres_server import Server
from benchmarks.vector_stores import ENGINES, Engine, Floats, Lance, Rows

GROUP = 100
SEEDS = 5000
STARTED = time.perf_counter()
HELD = 200
K = 10
LANCE = "LanceDB, IVF_HNSW_SQ"
"""Stands for all three in what does not depend on the index: one table format, one way to write."""
READING = 4.0
"""Seconds of reading while another process writes."""
SETTINGS = {"shared_buffers": "512MB", "maintenance_work_mem": "1GB"}
"""Of the PostgreSQL server; everything else as it comes, fsync included."""


@dataclass(slots=True)
class Row:
    """What was measured of one store."""

    fill: float = 0.0
    update: float = 0.0
    queries: list[float] = field(default_factory=list)
    words: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    size: int = 0
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    reads: int = 0
    torn: int = 0
    versions: int = 0


def sentences(folders: Sequence[Path], number: int) -> list[str]:
    """Sentences of docstrings and text files, each once, in an order that does not depend on the machine's."""
    found: dict[str, None] = {}
    for folder in folders:
        for file in sorted(
            path for path in folder.rglob("*") if path.suffix in {".py", ".txt", ".md", ".rst"}
        ):
            if "site-packages" in file.parts:
                continue
            text = file.read_text(encoding="utf-8", errors="ignore")
            parts = text.split('"""')[1::2] if file.suffix == ".py" else [text]
            for paragraph in (block for part in parts for block in part.split("\n\n")):
                for piece in " ".join(paragraph.split()).replace("? ", ". ").split(". "):
                    if 50 <= len(piece) <= 300 and piece[0].isupper() and piece.count(" ") >= 7:
                        found[piece.rstrip(".") + "."] = None
    if len(found) < number:
        raise SystemExit(f"only {len(found)} sentences found, {number} needed; name folders with --text")
    return random.Random(4).sample(list(found), number)


def spread(
    seeds: Floats, number: int, random_state: np.random.Generator
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Vectors between neighbouring seeds, with noise: which seed each is nearest to, and the unit vectors."""
    likeness = seeds @ seeds.T
    np.fill_diagonal(likeness, -1)
    near = np.argpartition(-likeness, 20, axis=1)[:, :20]
    first = random_state.integers(len(seeds), size=number)
    second = near[first, random_state.integers(20, size=number)]
    share = random_state.uniform(0.05, 0.5, size=(number, 1)).astype(np.float32)
    noise = random_state.standard_normal((number, seeds.shape[1]), dtype=np.float32)
    noise *= random_state.uniform(0.2, 0.6, size=(number, 1)).astype(np.float32) / np.sqrt(seeds.shape[1])
    return first, unit((1 - share) * seeds[first] + share * seeds[second] + noise)


def embedded(texts: Sequence[str], kept: Path | None) -> Floats:
    """Embeddings of the sentences; from the file ``kept`` where they have been made before."""
    if kept is not None and kept.exists():
        with np.load(kept, allow_pickle=False) as held:
            if held["texts"].tolist() == list(texts):
                found: Floats = held["vectors"]
                return found
    report(f"embedding {len(texts):,} sentences")
    found = load_embedder().encode(texts)
    if kept is not None:
        np.savez(kept, texts=np.array(texts), vectors=found)
    return found


def unit(vectors: Floats) -> Floats:
    """Rows of length one."""
    found: Floats = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return found


def group_rows(source: int, version: int, dimension: int) -> Rows:
    """The rows of a source as the other processes write it: near one point, the version in each text."""
    centre = np.random.default_rng(source).standard_normal(dimension)
    noise = np.random.default_rng((source, version)).standard_normal((GROUP, dimension)) * 0.3
    first = (10_000_000 + source * 1000 + version) * GROUP
    texts = [f"version {version} of source {source}, row {row}" for row in range(GROUP)]
    numbers = np.arange(first, first + GROUP, dtype=np.int64)
    return Rows(numbers, np.full(GROUP, source), unit((centre + noise).astype(np.float32)), texts)


def write_on(name: str, where: str, start: int, again: bool, dimension: int) -> None:
    """What the writing process does until it is killed: says each source, or version, that was acknowledged."""
    engine = ENGINES[name](where)
    try:
        for number in range(start, start + 900):
            source, version = (start, number - start) if again else (number, 0)
            engine.replace(source, group_rows(source, version, dimension))
            print(number, flush=True)
    except InterfaceError:
        return  # the server was killed


@contextlib.contextmanager
def writer(name: str, where: str, start: int, again: bool, dimension: int) -> Iterator[list[int]]:
    """The writing process, killed with the block's end; then the list holds what it said until then."""
    words = [name, where, str(start), str(int(again)), str(dimension)]
    command = [sys.executable, "-m", "benchmarks.index_stores", "--writer", *words]
    said: list[int] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said.append(int(process.stdout.readline() or -1))
        if said == [-1]:
            raise RuntimeError(f"the writing process of {name} failed")
        try:
            yield said
        finally:
            process.kill()
            said += [int(line) for line in process.stdout.read().split()]


def killed(name: str, where: str, row: Row, dimension: int, server: Server | None) -> None:
    """Ends a writer by kill -9 at three moments and counts what is there afterwards."""
    for attempt in range(3):
        start = 2_000_000 + 1000 * attempt
        with writer(name, where, start, False, dimension) as said:
            time.sleep(0.7 + 0.137 * attempt)
            if server is not None:
                server.kill()
        if server is not None:
            server.start()
        engine = ENGINES[name](where)
        counts = [engine.count(source) for source in range(start, said[-1] + 3)]
        row.acknowledged += GROUP * len(said)
        row.lost += sum(GROUP - count for count in counts[: len(said)])
        row.half += sum(0 < count < GROUP for count in counts)
        engine.close()


def read_while_written(name: str, where: str, row: Row, dimension: int) -> None:
    """Reads one source while another process replaces it."""
    source = 3_000_000
    with writer(name, where, source, True, dimension):
        engine = ENGINES[name](where)
        middle = unit(group_rows(source, 0, dimension).vectors.mean(axis=0, keepdims=True))[0]
        seen: set[str] = set()
        until = time.monotonic() + READING
        while time.monotonic() < until:
            texts = [text for _, text in engine.nearest(middle, GROUP)]
            mine = {" ".join(text.split()[:2]) for text in texts if text and f"source {source}," in text}
            row.torn += len(mine) != 1 or None in texts
            row.reads += 1
            seen |= mine
        row.versions = len(seen)
        engine.close()


def end_in_good_order() -> None:
    """Makes ``kill`` end the program as Ctrl-C does, so that no server outlives it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def stopwatch(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def exact(vectors: Floats, numbers: npt.NDArray[np.int64], query: Floats) -> set[int]:
    """The ten nearest rows in float32."""
    scores = vectors @ query
    return {int(numbers[i]) for i in np.argpartition(-scores, K)[:K]}


def folder_size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def report(say: str) -> None:
    """Progress, on standard error."""
    print(f"[{time.perf_counter() - STARTED:5.0f} s] {say}", file=sys.stderr, flush=True)


def measure(arguments: argparse.Namespace, folder: Path) -> dict[str, Row]:
    """Fills, updates and asks every store; then kills and reads them."""
    chance = np.random.default_rng(7)
    texts = sentences(arguments.text, SEEDS + HELD)
    seeds = embedded(texts, arguments.embeddings)
    asked, asked_texts = (part[SEEDS : SEEDS + arguments.queries] for part in (seeds, texts))
    changed = 10 * GROUP
    parents, vectors = spread(seeds[:SEEDS], arguments.size + changed, chance)
    written = [f"{texts[p]} {texts[chance.integers(SEEDS)]}" for p in parents]
    numbers = np.arange(len(vectors), dtype=np.int64)
    sources = numbers // GROUP
    sources[arguments.size :] = sources[:changed]
    rows = Rows(numbers, sources, vectors, written)
    dimension = vectors.shape[1]
    table = {name: Row() for name in ENGINES}
    with Server(SETTINGS) as server:
        engines: dict[str, Engine] = {}
        where: dict[str, str] = {}
        for name, row in table.items():
            report(f"filling: {name}")
            postgres = name.startswith("PostgreSQL")
            home = folder / name.replace(" ", "")
            home.mkdir()
            where[name] = server.url() if postgres else str(home)
            engine = engines[name] = ENGINES[name](where[name])
            row.fill = stopwatch(lambda e=engine: e.fill(part(rows, slice(0, arguments.size))))  # type: ignore[misc]
            row.update = stopwatch(lambda e=engine: update(e, rows, arguments.size))  # type: ignore[misc]
            row.size = database_size(engine) if postgres else folder_size(home)
        report("queries")
        live = numbers >= changed
        current, current_numbers = vectors[live], numbers[live]
        for engine in engines.values():
            engine.nearest(asked[0], K)
        for query, text in zip(asked, asked_texts, strict=True):
            right = exact(current, current_numbers, query)
            for name, engine in engines.items():
                found: list[tuple[int, str | None]] = []
                table[name].queries.append(
                    stopwatch(lambda e=engine, f=found, q=query: f.extend(e.nearest(q, K)))  # type: ignore[misc]
                )
                table[name].recall.append(len(right & {number for number, _ in found}) / K)
                table[name].words.append(stopwatch(lambda e=engine, t=text: e.words(t, K)))  # type: ignore[misc]
        for name, engine in engines.items():
            engine.close()
            if isinstance(engine, Lance) and name != LANCE:
                continue
            report(f"reading and killing: {name}")
            read_while_written(name, where[name], table[name], dimension)
            killed(
                name, where[name], table[name], dimension, server if name.startswith("PostgreSQL") else None
            )
    return table


def part(rows: Rows, which: slice) -> Rows:
    """Some of the rows."""
    return Rows(rows.numbers[which], rows.sources[which], rows.vectors[which], rows.texts[which])


def update(engine: Engine, rows: Rows, size: int) -> None:
    """Replaces ten sources."""
    for first in range(size, len(rows.numbers), GROUP):
        engine.replace(int(rows.sources[first]), part(rows, slice(first, first + GROUP)))
    if isinstance(engine, Lance):
        engine.settle()


def database_size(engine: Engine) -> int:
    """Bytes of the table with its indexes."""
    found: int = engine.db.run("SELECT pg_total_relation_size('rows')")[0][0]  # type: ignore[attr-defined]
    return found


def show(table: dict[str, Row], size: int) -> None:
    """Prints the table."""
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{size:,} vectors of 384 dimensions, {os.cpu_count()} cores ({load})\n")
    print(
        "| store | fill, s | update of 1,000, s | query, ms (p95) | recall@10 | words, ms | MB "
        "| kill -9: lost of acknowledged, half | reader: torn of reads (versions seen) |\n"
        "|---|---|---|---|---|---|---|---|---|"
    )
    for name, row in table.items():
        ms = 1000 * np.array(row.queries)
        safe = table[LANCE] if name.startswith("LanceDB") else row
        print(
            f"| {name} | {row.fill:.1f} | {row.update:.2f} | {np.median(ms):.1f} ({np.quantile(ms, 0.95):.1f}) "
            f"| {np.mean(row.recall):.3f} | {1000 * np.median(row.words):.1f} | {row.size / 1e6:.0f} "
            f"| {safe.lost} of {safe.acknowledged:,}, {safe.half} | {safe.torn} of {safe.reads:,} ({safe.versions}) |"
        )


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=100_000, help="number of vectors, in hundreds")
    parser.add_argument("--queries", type=int, default=100, help=f"at most {HELD}")
    parser.add_argument("--text", type=Path, nargs="*", default=[Path(sysconfig.get_paths()["stdlib"])])
    parser.add_argument("--embeddings", type=Path, help="file (.npz) to keep the sentences' embeddings in")
    parser.add_argument("--writer", nargs=5, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.writer:
        name, where, start, again, dimension = arguments.writer
        write_on(name, where, int(start), again == "1", int(dimension))
        return
    end_in_good_order()
    arguments.size -= arguments.size % GROUP
    with tempfile.TemporaryDirectory(prefix="auditor-stores-") as folder:
        table = measure(arguments, Path(folder))
    show(table, arguments.size)


if __name__ == "__main__":
    main()
