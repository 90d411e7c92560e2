"""Sentences to train on: the project's own, samples of its phrases, and ordinary text."""

from __future__ import annotations

import gettext
import gzip
import json
import random
import re
from collections.abc import Iterator
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any
from zlib import crc32

from auditor.detectors.boilerplate.index import phrases as known_phrases
from auditor.detectors.boilerplate.passages import TOKEN_RULES
from auditor.detectors.boilerplate.sentences import sentences

HERE = Path(__file__).parent
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|\n+")
# (file under the data folder, fields, most sentences); all of them may be trained on, see their manifest.
BACKGROUND = (
    ("nli/mnli_dev_m.jsonl.gz", ("document", "claim"), 12_000),
    ("nli/lingnli.jsonl.gz", ("document", "claim"), 15_000),
    ("nli/klue_nli_train.jsonl.gz", ("document", "claim"), 14_000),
    ("nli/xnli_ko.jsonl.gz", ("document", "claim"), 4_000),
    ("nli/contractnli_span.jsonl.gz", ("document",), 3_000),
    ("nli/question_pair_ko.jsonl.gz", ("document", "claim"), 5_000),
    ("grounding/q2_wow.jsonl.gz", ("document", "claim"), 1_000),
    ("grounding/fever_nli.jsonl.gz", ("document", "claim"), 6_000),
    ("grounding/factcc_synth_1k.jsonl.gz", ("document",), 6_000),
)
_LOCALES = "ko zh_Hans zh_Hant ja es de fr pt pt_BR ru it id tr vi ar uk"
LOCALES = frozenset(_LOCALES.split())


def written(*, passages: bool) -> tuple[list[str], list[str]]:
    """The project's own sentences: assistant's talk, and what is not.

    Args:
        passages: Whether those of the labelled passages count, too.
    """
    rows = [row for file in sorted((HERE / "data").glob("sentences_*.jsonl")) for row in _lines(file)]
    if passages:
        rows += [r for file in sorted((HERE / "data").glob("passages_*.jsonl")) for r in _parted(file)]
    return [r["text"] for r in rows if r["label"] == 1], [r["text"] for r in rows if r["label"] == 0]


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _parted(file: Path) -> Iterator[dict[str, Any]]:
    """The sentences of labelled passages: inside a leak, outside of one, and of ordinary text."""
    for row in _lines(file):
        if row["label"] == "mentioned" or (row["label"] == "leaked" and row["category"] in TOKEN_RULES):
            continue
        text, (low, high) = row["text"], row["span"] or (0, 0)
        if low < high:
            yield from ({"text": text[a:b], "label": 1} for a, b in sentences(text, low, high))
        for start, end in ((0, low), (high, len(text))):
            yield from ({"text": text[a:b], "label": 0} for a, b in sentences(text, start, end))


def phrase_samples(generator: random.Random, each: int = 4) -> list[str]:
    """Strings that the known phrases match, with their gaps left open."""
    samples: set[str] = set()
    for phrase in known_phrases():
        if phrase.rule in TOKEN_RULES or phrase.strength == "weak":
            continue
        nodes = _parser.parse(phrase.pattern)
        samples.update(_sample(nodes, generator).strip() for _ in range(each))
    return sorted(sample for sample in samples if len(sample) > 10)


def _sample(nodes: Any, generator: random.Random) -> str:
    return "".join(_draw(op, value, generator) for op, value in nodes)


def _draw(op: Any, value: Any, generator: random.Random) -> str:
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.IN:
        chars = [chr(v) for o, v in value if o is sre.LITERAL]
        return generator.choice(chars) if chars else "0"
    if op is sre.SUBPATTERN:
        return _sample(value[3], generator)
    if op is sre.BRANCH:
        return _sample(generator.choice(value[1]), generator)
    if op is sre.MAX_REPEAT:
        low, _, body = value
        if body[0][0] in (sre.ANY, sre.NOT_LITERAL):
            return ""
        return _sample(body, generator) if generator.random() < (0.5 if low == 0 else 1.0) else ""
    return ""


def background(data: Path, generator: random.Random, *, kept_back: bool | None = None) -> list[str]:
    """Ordinary sentences: public sets, interface texts in many languages, and documentation strings.

    Args:
        data: Folder with the public sets.
        generator: Source of chance.
        kept_back: Only the half that the classifier is not trained on where it is to be judged, only the other
            half, or (None) all.
    """
    found: list[str] = []
    for name, fields, most in BACKGROUND:
        found += _some(_rows(data / name, fields), most, generator)
    found += _some(_interface_texts(), 15_000, generator)
    found += _some(_documentation(), 25_000, generator)
    return [text for text in found if kept_back is None or crc32(text.encode()) % 2 == kept_back]


def _some(texts: Iterator[str], most: int, generator: random.Random) -> list[str]:
    unique = sorted({s.strip() for text in texts for s in _SENTENCE.split(text) if 10 < len(s) < 300})
    generator.shuffle(unique)
    return unique[:most]


def _rows(path: Path, fields: tuple[str, ...]) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield from (row[field] for field in fields if row.get(field))


def _interface_texts() -> Iterator[str]:
    """Django's translated messages (BSD-3-Clause): requests and apologies of real interfaces."""
    spec = find_spec("django")
    if spec is None or spec.origin is None:
        raise SystemExit("install django: its translations are part of the training data")
    for path in sorted(Path(spec.origin).parent.rglob("LC_MESSAGES/*.mo")):
        if path.parts[-3] in LOCALES:
            with path.open("rb") as file:
                catalog: dict[Any, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
            yield from (text for text in catalog.values() if text)


def _documentation() -> Iterator[str]:
    """Documentation strings and comments of the standard library (PSF licence), and packages' own pages."""
    import json as module

    for package in sorted(distributions(), key=lambda d: d.name.lower()):
        licence = f"{package.metadata['License-Expression']} {package.metadata['License']}"[:40]
        if re.search(r"\b(MIT|BSD|Apache)\b", licence) and package.name != "auditor":
            yield from re.split(r"\n\s*\n", str(package.metadata.get_payload()))

    for path in sorted(Path(module.__file__).parents[1].glob("*.py")) + sorted(
        Path(module.__file__).parents[1].glob("*/*.py")
    ):
        if "site-packages" in path.parts:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        yield from re.findall(r'"""(.{20,4000}?)"""', text, re.DOTALL)
        yield from re.findall(r"^\s*# (.{20,})$", text, re.MULTILINE)
