"""BM25 in PostgreSQL, two ways: a row for each word of each window, and a row for each window under a GIN index.

    python -m benchmarks.index_words [--size 100000] [--queries 25] [--text FOLDER ...]

Windows are three sentences of the documentation inside Python's standard library, drawn at random; queries are one
sentence of it. The second way is the one of ``auditor.sources.postgres``, asked without and with its limit on
candidates; agreement is with the scores of the first, which has none.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sysconfig
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from auditor.sources import postgres_wire as wire
from auditor.sources.lexical import term_counts
from auditor.sources.postgres_database import PostgresDatabase
from auditor.sources.postgres_search import CANDIDATES, Scale, by_words, signed
from auditor.sources.ranking import K1, B
from benchmarks.index_stores import SETTINGS, end_in_good_order, sentences
from benchmarks.postgres_server import Server

DEPTH = 100
TOP = 10
POSTINGS = f"""
SELECT "window" FROM postings JOIN unnest(CAST(:terms AS integer[]), CAST(:weights AS float8[])) AS asked (term, weight)
USING (term) GROUP BY "window"
ORDER BY sum(weight * count / (count + {K1 * (1 - B)} + {K1 * B} * words / CAST(:usual AS float8))) DESC, "window"
LIMIT {DEPTH}
"""


def fill(database: PostgresDatabase, held: list[Mapping[int, int]]) -> dict[str, float]:
    """Puts windows, given as the counts of their words, into both layouts; seconds of each."""
    sizes = [sum(counts.values()) for counts in held]
    seconds = {"rows": time.perf_counter()}
    with database.writing():
        database.run('CREATE TABLE postings ("window" bigint, term integer, count smallint, words smallint)')
        layout = [("window", ">i8", 8), ("term", ">i4", 4), ("count", ">i2", 2), ("words", ">i2", 2)]
        parts = [part for name, kind, _ in layout for part in ((f"{name}_size", ">i4"), (name, kind))]
        table = np.zeros(sum(map(len, held)), np.dtype([("fields", ">i2"), *parts]))
        table["fields"] = len(layout)
        for name, _, size in layout:
            table[f"{name}_size"] = size
        lengths = np.array([len(counts) for counts in held])
        table["window"] = np.repeat(np.arange(len(held)), lengths)
        table["words"] = np.repeat(sizes, lengths)
        table["term"] = [signed(term) for counts in held for term in counts]
        table["count"] = [times for counts in held for times in counts.values()]
        wire.copy_bytes(database.connection, 'postings ("window", term, count, words)', table.tobytes())
        database.run('CREATE UNIQUE INDEX by_term ON postings (term, "window") INCLUDE (count, words)')
    seconds["rows"] = time.perf_counter() - seconds["rows"]
    seconds["GIN"] = time.perf_counter()
    with database.writing():
        database.run(
            "INSERT INTO sources (id, content, windows, info, stamp, body, locator) "
            "VALUES ('', '', 0, '', '', '', '')"
        )
        rows = (
            (
                wire.big(number),
                wire.big(1),
                wire.integers([]),
                b"",
                wire.integer(size),
                wire.integers([signed(term) for term in counts]),
                wire.integers(list(counts.values()), small=True),
            )
            for number, (counts, size) in enumerate(zip(held, sizes, strict=True))
        )
        columns = "windows (number, source, sentences, text, words, terms, counts)"
        wire.copy(database.connection, columns, rows)
        database.run("UPDATE totals SET windows = :n, words = :w", n=len(held), w=sum(sizes))
        database.run(
            "INSERT INTO frequencies SELECT term, count(*) FROM windows, unnest(terms) AS term GROUP BY term"
        )
    seconds["GIN"] = time.perf_counter() - seconds["GIN"]
    for name in ("postings", "windows", "frequencies"):
        database.run(f"VACUUM ANALYZE {name}")
    return seconds


def by_rows(database: PostgresDatabase, scale: Scale, weights: Mapping[int, float]) -> list[int]:
    """The best windows from the table of postings."""
    terms, values = list(weights), list(weights.values())
    return [row[0] for row in database.run(POSTINGS, terms=terms, weights=values, usual=scale.usual)]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=25)
    parser.add_argument("--text", type=Path, nargs="*", default=[Path(sysconfig.get_paths()["stdlib"])])
    arguments = parser.parse_args()
    end_in_good_order()
    chance = random.Random(5)
    known = sentences(arguments.text, 5000)
    held = [term_counts(" ".join(chance.sample(known, 3))) for _ in range(arguments.size)]
    asked = chance.sample(known, arguments.queries)
    with Server({**SETTINGS, "work_mem": "64MB"}) as server:
        database = PostgresDatabase(server.url(schema="words"), create=True)
        seconds = fill(database, list(held))
        ways: dict[str, Callable[[Scale, Mapping[int, float]], list[int]]] = {
            "rows of (word, window, count)": partial(by_rows, database),
            "GIN, all candidates": partial(by_words, database, depth=DEPTH, candidates=1 << 60),
            f"GIN, {CANDIDATES:,} candidates": partial(by_words, database, depth=DEPTH),
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        agreed: dict[str, list[float]] = {name: [] for name in ways}
        for query in asked:
            scale = Scale.read(database, [query])
            weights = scale.weights(query)
            found: dict[str, list[int]] = {}
            for name, way in ways.items():
                start = time.perf_counter()
                found[name] = way(scale, weights)
                times[name].append(time.perf_counter() - start)
            right = next(iter(found.values()))
            least = score(held[right[TOP - 1]], scale, weights) - 1e-9
            for name, numbers in found.items():  # of equal scores any will do
                good = sum(score(held[number], scale, weights) >= least for number in numbers[:TOP])
                agreed[name].append(good / TOP)
        sizes = {
            "rows": table_size(database, "postings"),
            "GIN": table_size(database, "windows") + table_size(database, "frequencies"),
        }
        database.close()
    print(f"{arguments.size:,} windows, {sum(map(len, held)):,} postings, {arguments.queries} queries\n")
    print("| layout | MB | fill, s | query, ms (p95) | best ten found |\n|---|---|---|---|---|")
    for name in ways:
        kind, ms = name.split(",")[0].split()[0], 1000 * np.array(times[name])
        print(
            f"| {name} | {sizes[kind] / 1e6:.0f} | {seconds[kind]:.1f} | {statistics.median(ms):.1f} "
            f"({np.quantile(ms, 0.95):.1f}) | {statistics.mean(agreed[name]):.3f} |"
        )


def score(counts: Mapping[int, int], scale: Scale, weights: Mapping[int, float]) -> float:
    """BM25 of a window."""
    norm = K1 * (1 - B + B * sum(counts.values()) / scale.usual)
    shares = ((weights.get(signed(term), 0.0), times) for term, times in counts.items())
    return sum(weight * times / (times + norm) for weight, times in shares)


def table_size(database: PostgresDatabase, name: str) -> Any:
    """Bytes of a table with its indexes."""
    return database.run(f"SELECT pg_total_relation_size('{name}')")[0][0]


if __name__ == "__main__":
    main()
