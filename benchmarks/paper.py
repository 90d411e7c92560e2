"""A paper of ten pages against fifty source files: seconds and memory, the index cold and warm.

    python -m benchmarks.paper --data FOLDER [--words 5000] [--files 50] [--source-words 2000] [--rounds 2]

The sources are the articles of a public set of summaries, dealt to files; the paper is made of summaries of them,
faithful ones and others, which is harder on the verifier than prose that no source speaks of. The command is run as
a user runs it, in a process of its own: ``auditor scan paper.md --sources sources/``, first with an empty cache, then
again. Memory is the largest resident set of that process and of those that it started.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SET = "fib_xsum_fib"
WORDS_A_PAGE = 500
AIMS = {"cold": (60.0, 1.5), "warm": (15.0, 1.5)}
"""Seconds and GB that a scan is meant to take at most."""


def main() -> None:
    """Prints both lines."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--words", type=int, default=10 * WORDS_A_PAGE, help="words of the paper")
    parser.add_argument("--files", type=int, default=50)
    parser.add_argument("--source-words", type=int, default=2000, help="words of a source file, about")
    parser.add_argument("--rounds", type=int, default=1, help="rounds of both; the best counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        total = write(options.data, folder, options.words, options.files, options.source_words)
        print(
            f"paper of {options.words / WORDS_A_PAGE:.0f} pages, "
            f"{options.files} files of {total / options.files:,.0f} words"
        )
        best: dict[str, tuple[float, float, dict[str, int]]] = {}
        for number in range(options.rounds):
            for state in ("cold", "warm"):
                best[state] = min(best.get(state, (1e9, 0.0, {})), scan(folder, f"cache{number}"))
    for state, (seconds, size, claims) in best.items():
        most, memory = AIMS[state]
        counted = ", ".join(f"{number} {verdict}" for verdict, number in sorted(claims.items()))
        print(f"{state}: {seconds:6.1f} s (aim {most:.0f}), {size:.2f} GB (aim {memory:.1f}); {counted}")


def write(data: Path, folder: Path, words: int, files: int, source_words: int) -> int:
    """Writes paper and sources; returns the words of the sources."""
    generator = random.Random(5)
    with gzip.open(data / "grounding" / f"{SET}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    documents = list(dict.fromkeys(plain(row["document"]) for row in rows))
    generator.shuffle(documents)
    (folder / "sources").mkdir()
    used: set[str] = set()
    total = 0
    for number in range(files):
        own: list[str] = []
        while documents and sum(len(text.split()) for text in own) < source_words:
            own.append(documents.pop())
        if not own:
            raise SystemExit(f"{SET} has text for {number} files of {source_words} words only: ask for less")
        used.update(own)
        total += sum(len(text.split()) for text in own)
        (folder / "sources" / f"source{number:02}.md").write_text("\n\n".join(own) + "\n", encoding="utf-8")
    claims = list(dict.fromkeys(plain(row["claim"]) for row in rows if plain(row["document"]) in used))
    generator.shuffle(claims)
    paper: list[str] = []
    while claims and sum(len(text.split()) for text in paper) < words:
        paper.append(claims.pop())
    (folder / "paper.md").write_text("# Findings\n\n" + "\n\n".join(paper) + "\n", encoding="utf-8")
    return total


def plain(text: str) -> str:
    """Text without the marks of a tokeniser."""
    return re.sub(r" ([.,;:!?])", r"\1", re.sub(r"</?t>|``|''", "", text)).strip()


def scan(folder: Path, cache: str) -> tuple[float, float, dict[str, int]]:
    """Seconds, GB and the number of claims by verdict of one run."""
    report = folder / "report.json"
    command = [sys.executable, "-m", "auditor", "scan", "paper.md", "--sources", "sources"]
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--output", str(report)],
        cwd=folder,
        env={**os.environ, "XDG_CACHE_HOME": str(folder / cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    errors = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begun
    if process.returncode not in (0, 1):
        raise SystemExit(f"auditor scan ended with {process.returncode}:\n{errors}")
    claims: dict[str, int] = {}
    for audit in json.loads(report.read_text(encoding="utf-8"))["audits"]:
        for claim in audit["claims"]:
            claims[claim["verdict"]] = claims.get(claim["verdict"], 0) + 1
    return seconds, usage.ru_maxrss / 1e6, claims


if __name__ == "__main__":
    main()
