"""Megabytes a second over plain text, beside ripgrep with the same literals and a plain loop of ``re``.

    python -m benchmarks.throughput [--text FILE_OR_FOLDER ...] [--megabytes 50]

Without ``--text`` the text is what documentation and source comments are installed with Python, repeated to
size. One process, one core each: ripgrep runs with ``--threads 1``, once over the text in lower case and once
(on a sample) ignoring case, as the scanner does. All read the same text in the same run, in turn, three times;
the medians and their ratios are printed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from auditor.detector import choose
from auditor.detectors.boilerplate.folding import fold
from auditor.detectors.boilerplate.index import phrases as known_phrases
from auditor.detectors.boilerplate.index import table
from auditor.documents import LoadOptions, load
from auditor.documents.interface import Limits
from auditor.engine import audit_document

PART = 8_000_000
SAMPLE = 1.0
"""Megabytes for ripgrep ignoring case, which takes minutes over the whole."""
ROWS = ("auditor", "ripgrep -F, lower case", "ripgrep -F -i", "re loop")
SUFFIXES = {".txt", ".md", ".rst", ".py"}


def gather(paths: list[Path], size: int) -> bytes:
    """``size`` bytes of UTF-8 text from files and folders, repeated where they hold less."""
    pieces: list[bytes] = []
    total = 0
    for file in _files(paths):
        raw = file.read_bytes()
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
        pieces.append(raw + b"\n\n")
        total += len(raw) + 2
        if total >= size:
            break
    if not pieces:
        raise SystemExit("no UTF-8 text found; name some with --text")
    text = b"".join(pieces)
    while len(text) < size:
        text += text
    return text[: text.rfind(b"\n\n", 0, size) + 2]


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_file():
            yield path
        else:
            yield from (p for p in sorted(path.rglob("*")) if p.suffix in SUFFIXES and p.is_file())


def literals() -> list[str]:
    """The words and pairs by which the scanner finds its phrases."""
    return sorted({*table("latin"), *table("wide")})


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--text", type=Path, nargs="*", default=[Path(sysconfig.get_paths()["stdlib"])])
    parser.add_argument("--megabytes", type=float, default=50)
    parser.add_argument(
        "--re-megabytes", type=float, default=0.1, help="size of the sample for the slow re loop"
    )
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    data = gather(arguments.text, int(arguments.megabytes * 1e6))
    sample = fold(data[: int(arguments.re_megabytes * 1e6)].decode("utf-8", "ignore")).text
    patterns = [phrase.regex for phrase in known_phrases()]
    rg = shutil.which("rg")
    with tempfile.TemporaryDirectory() as folder:
        files, lowered = [], []
        for number, start in enumerate(range(0, len(data), PART)):
            file = Path(folder, f"part{number}.txt")
            file.write_bytes(data[start : start + PART])
            files.append(file)
            lowered.append(Path(folder, f"lower{number}.txt"))
            lowered[-1].write_bytes(data[start : start + PART].lower())
        words = Path(folder, "literals")
        words.write_text("\n".join(literals()), encoding="utf-8")
        detectors = choose(["boilerplate"], plugins=False)
        options = LoadOptions(limits=Limits(max_size=1 << 30))
        part = Path(folder, "sample.txt")
        part.write_bytes(data[: int(SAMPLE * 1e6)])
        rows: dict[str, list[float]] = {name: [] for name in ROWS}
        for _ in range(arguments.rounds):
            rows["auditor"].append(
                timed(lambda: [audit_document(load(f, options), detectors) for f in files])
            )
            if rg:
                command = [rg, "--threads", "1", "-F", "-c", "-f", str(words), *map(str, lowered)]
                rows["ripgrep -F, lower case"].append(_run(command))
                command = [rg, "--threads", "1", "-i", "-F", "-c", "-f", str(words), str(part)]
                rows["ripgrep -F -i"].append(_run(command))
            rows["re loop"].append(timed(lambda: [sum(1 for _ in p.finditer(sample)) for p in patterns]))
    _print(rows, len(data) / 1e6, len(sample.encode()) / 1e6, len(patterns))


def _run(command: list[str]) -> float:
    return timed(partial(subprocess.run, command, capture_output=True, check=False))


def _print(rows: dict[str, list[float]], size: float, small: float, patterns: int) -> None:
    sizes = {"ripgrep -F -i": SAMPLE, "re loop": small}
    speeds = {name: sizes.get(name, size) / statistics.median(times) for name, times in rows.items() if times}
    print(
        f"{size:.0f} MB of text, {patterns} phrases, {len(literals())} literals, "
        f"Python {sys.version.split()[0]}"
    )
    print(f"{os.cpu_count()} cores, one used\n\n| | MB/s | auditor's speed relative to it |\n|---|---|---|")
    for name, speed in speeds.items():
        print(f"| {name} | {speed:.3g} | {speeds['auditor'] / speed:.3g} × |")
    if "ripgrep -F -i" not in speeds:
        print("\nripgrep is not installed: its row is missing")


if __name__ == "__main__":
    main()
