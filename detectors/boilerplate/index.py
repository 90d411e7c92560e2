"""The index of phrases: ``corpora/boilerplate/*.toml`` checked and worked out once, kept ready to load.

Reading fifteen TOML files and analysing four thousand patterns takes seconds; the index loads in
milliseconds. ``python -m auditor.detectors.boilerplate.index`` writes it anew; a test holds it to the TOML
files.
"""

from __future__ import annotations

import gc
import hashlib
import json
import sys
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal, overload

from auditor.detectors.boilerplate.keys import Further, Postings, postings, split
from auditor.detectors.boilerplate.phrases import LANGUAGES, Phrase, Place, Strength, read_language

ROWS, DIGEST = "phrases.jsonl", "digest.txt"


def sources_digest() -> str:
    """SHA-256 over all phrase files."""
    folder = files("auditor.corpora").joinpath("boilerplate")
    digest = hashlib.sha256()
    for language in LANGUAGES:
        digest.update(folder.joinpath(f"{language}.toml").read_bytes())
    return digest.hexdigest()


class Phrases(Sequence[Phrase]):
    """The phrases of the index, made one by one when a text may hold them.

    Args:
        rows: One JSON row a phrase.
    """

    def __init__(self, rows: Sequence[str]) -> None:
        self._rows = rows
        self._made: dict[int, tuple[Phrase, Further]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, number: int) -> Phrase: ...
    @overload
    def __getitem__(self, number: slice) -> list[Phrase]: ...
    def __getitem__(self, number: int | slice) -> Phrase | list[Phrase]:
        if isinstance(number, slice):
            return [self[i] for i in range(*number.indices(len(self)))]
        return self._row(number)[0]

    def further(self, number: int) -> Further:
        """The sets of keys of each of which one must be there beside the first."""
        return self._row(number)[1]

    def rules(self) -> list[str]:
        """The rule of each phrase, without making it."""
        return [row[2 : row.index('"', 2)] for row in self._rows]

    def _row(self, number: int) -> tuple[Phrase, Further]:
        if number not in self._made:
            rule, pattern, language, strength, place, further = json.loads(self._rows[number])
            self._made[number] = (
                Phrase(rule, pattern, language, Strength(strength), Place(place)),
                further,
            )
        return self._made[number]


@cache
def phrases() -> Phrases:
    """The phrases of the index."""
    return Phrases(_read(ROWS).splitlines())


@cache
def table(part: Literal["latin", "wide"]) -> Postings:
    """Numbers of the phrases of each key, in Latin letters or in any other script."""
    text = _read(f"{part}.json")
    collecting = gc.isenabled()
    gc.disable()  # tens of thousands of small lists, none of them garbage: collecting doubles the time
    try:
        found: Postings = json.loads(text)
    finally:
        if collecting:
            gc.enable()
    return found


def made_from() -> str:
    """Digest of the phrase files that the index was made from."""
    return _read(DIGEST).strip()


def _read(name: str) -> str:
    return _folder().joinpath(name).read_text(encoding="utf-8")


def _folder() -> Traversable:
    return files("auditor.corpora").joinpath("boilerplate", "index")


def build() -> dict[str, str]:
    """The files of the index by name.

    Raises:
        PatternError: If a phrase file holds a pattern that is not allowed.
    """
    found = [phrase for language in LANGUAGES for phrase in read_language(language)]
    everything, further = postings([phrase.keys for phrase in found])
    rows = (
        json.dumps(
            [p.rule, p.pattern, p.language, p.strength.value, p.place.value, list(keys)], ensure_ascii=False
        )
        for p, keys in zip(found, further, strict=True)
    )
    latin, wide = split(everything)
    return {
        ROWS: "\n".join(rows) + "\n",
        "latin.json": _lines(latin),
        "wide.json": _lines(wide),
        DIGEST: sources_digest() + "\n",
    }


def _lines(part: Postings) -> str:
    """One key a line, so that changes can be read."""
    body = ",\n".join(f"{json.dumps(key, ensure_ascii=False)}:{part[key]}" for key in sorted(part))
    return "{\n" + body + "\n}\n"


def main() -> None:
    """Writes the index beside the phrase files."""
    folder = Path(str(_folder()))
    folder.mkdir(exist_ok=True)
    content = build()
    for name, text in content.items():
        (folder / name).write_text(text, encoding="utf-8")
    sys.stderr.write(f"{content[ROWS].count(chr(10))} phrases\n")


if __name__ == "__main__":
    main()
