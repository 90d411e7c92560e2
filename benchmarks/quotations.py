"""Precision and recall of the quotation and copying rules on quotations that are made and spoilt by a script.

    python -m benchmarks.quotations --data FOLDER [--seed N] [--misses KIND]

FOLDER holds gzipped JSON lines with a ``document`` field (``grounding/*.jsonl.gz``, ``nli/klue_nli.jsonl.gz``); Korean
texts of this project's own are added. From each text quotations are made that are true (with honest edits), altered
by one word, spliced from two places, given to the wrong speaker or source, or taken from a text that is not among
the sources; and passages that are copied with few changes or reworded. Ten texts at a time are the sources.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from auditor.detectors.grounding.copying import find_copies
from auditor.detectors.grounding.quotation import check_quotations
from auditor.documents import Document, from_text
from benchmarks.quotations_cases import Case, Maker, sentences
from benchmarks.statistics import proportion

ENGLISH = ("grounding/factcc_synth_1k", "grounding/qags_cnndm", "grounding/wice_claim")
KOREAN = "nli/klue_nli"
OWN_KOREAN = Path(__file__).parent / "data" / "quotations_ko.txt"
KINDS = ("true", "altered", "not-found", "spliced", "misattributed", "copied", "credited", "reworded")


def read(data: Path, name: str) -> list[str]:
    """The different documents of a set."""
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return list(dict.fromkeys(json.loads(line)["document"] for line in lines))


def groups(data: Path | None, rng: random.Random, most: int) -> Iterator[Maker]:
    """Ten texts at a time, with two that are not among the sources."""
    own = OWN_KOREAN.read_text(encoding="utf-8").strip().split("\n\n")
    for left_out in range(len(own)):
        yield Maker(own[:left_out] + own[left_out + 1 :], [own[left_out]], True, rng)
    if data is None:
        return
    for name in ENGLISH:
        texts = [text for text in read(data, name) if len(sentences(text, False)) >= 8]
        rng.shuffle(texts)
        for start in range(0, min(len(texts), most) - 11, 12):
            yield Maker(texts[start : start + 10], texts[start + 10 : start + 12], False, rng)
    premises = [text for text in read(data, KOREAN) if text.endswith(".")]
    rng.shuffle(premises)
    texts = [" ".join(premises[i : i + 15]) for i in range(0, len(premises), 15)]
    for start in range(0, min(len(texts), most) - 11, 12):
        yield Maker(texts[start : start + 10], texts[start + 10 : start + 12], True, rng)


def table(cases: list[Case]) -> None:
    """Prints recall and precision of each kind, with Wilson's intervals."""
    called: dict[str, Counter[bool]] = defaultdict(Counter)
    for case in cases:
        for name in case.called:
            called[name][name == case.kind] += 1
    for kind in KINDS:
        of = [case for case in cases if case.kind == kind]
        if kind in ("true", "reworded"):
            rules = (
                {"copied", "credited"}
                if kind == "reworded"
                else {"altered", "not-found", "spliced", "misattributed"}
            )
            right = sum(not case.called & rules for case in of)
            print(f"  {kind:<14} left alone {proportion(right, len(of))}")
            continue
        hits = sum(kind in case.called for case in of)
        found = called[kind]
        print(
            f"  {kind:<14} recall {proportion(hits, len(of)):<34} precision {proportion(found[True], found.total())}"
        )


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, help="folder with the public sets; without it the project's own texts"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=240, help="texts of each set that are used at most")
    parser.add_argument(
        "--misses", metavar="KIND", help="print the cases of this kind that were judged otherwise"
    )
    options = parser.parse_args()
    cases: list[Case] = []
    seconds = 0.0
    for maker in groups(options.data, random.Random(options.seed), options.most):
        maker.make()
        sources = maker.sources()
        started = time.perf_counter()
        for case in maker.cases:
            document: Document = from_text(case.text)
            case.found = [*check_quotations(document, sources), *find_copies(document, sources)]
        seconds += time.perf_counter() - started
        cases += maker.cases
    for language in ("en", "ko"):
        if of := [case for case in cases if case.language == language]:
            print(f"{language}: {len(of)} cases")
            table(of)
    print(f"{len(cases) / seconds:.0f} documents a second, tables of the sources included")
    for case in cases:
        expected = set() if case.kind in ("true", "reworded") else {case.kind}
        if options.misses == case.kind and case.called != expected:
            print(f"- {case.language} {case.note} -> {sorted(case.called)}: {case.text!r}")
            for finding in case.found:
                print("    ", finding.message, [e.quote for e in finding.evidence][:2])


if __name__ == "__main__":
    main()
