"""The index of phrases: ``corpora/boilerplate/*.toml`` checked and worked out once, kept as one JSON file.

Reading fifteen TOML files and analysing two thousand patterns takes a second; the index loads in
milliseconds. ``python -m auditor.detectors.boilerplate.index`` writes it anew; a test holds it to the TOML
files.
"""

from __future__ import annotations

import gc
import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, overload

from auditor.detectors.boilerplate.keys import Postings, postings
from auditor.detectors.boilerplate.phrases import LANGUAGES, Phrase, Place, Strength, read_language

INDEX = "index.json"


def sources_digest() -> str:
    """SHA-256 over all phrase files."""
    folder = files("auditor.corpora").joinpath("boilerplate")
    digest = hashlib.sha256()
    for language in LANGUAGES:
        digest.update(folder.joinpath(f"{language}.toml").read_bytes())
    return digest.hexdigest()


class Phrases(Sequence[Phrase]):
    """The phrases of the index, made one by one when a text may hold them."""

    def __init__(self, rows: list[list[str]]) -> None:
        self._rows = rows
        self._made: dict[int, Phrase] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, number: int) -> Phrase: ...
    @overload
    def __getitem__(self, number: slice) -> list[Phrase]: ...
    def __getitem__(self, number: int | slice) -> Phrase | list[Phrase]:
        if isinstance(number, slice):
            return [self[i] for i in range(*number.indices(len(self)))]
        if number not in self._made:
            rule, pattern, language, strength, place = self._rows[number]
            self._made[number] = Phrase(rule, pattern, language, Strength(strength), Place(place))
        return self._made[number]


@dataclass(frozen=True, slots=True)
class Index:
    """What the index file holds.

    Attributes:
        sources: SHA-256 of the phrase files it was made from.
        phrases: The phrases.
        table: Numbers of the phrases of each key.
        second: For each phrase the keys of which one must be there too.
    """

    sources: str
    phrases: Phrases
    table: Postings
    second: list[list[str]]


@cache
def load() -> Index:
    """Reads the index file."""
    text = files("auditor.corpora").joinpath("boilerplate", INDEX).read_text(encoding="utf-8")
    collecting = gc.isenabled()
    gc.disable()  # forty thousand small lists, none of them garbage: collecting doubles the time
    try:
        content = json.loads(text)
    finally:
        if collecting:
            gc.enable()
    return Index(content["sources"], Phrases(content["phrases"]), content["table"], content["second"])


def build() -> dict[str, Any]:
    """The content of the index.

    Raises:
        PatternError: If a phrase file holds a pattern that is not allowed.
    """
    phrases = [phrase for language in LANGUAGES for phrase in read_language(language)]
    rows = [[p.rule, p.pattern, p.language, p.strength.value, p.place.value] for p in phrases]
    table, second = postings([p.keys for p in phrases])
    return {
        "sources": sources_digest(),
        "phrases": rows,
        "second": second,
        "table": dict(sorted(table.items())),
    }


def main() -> None:
    """Writes the index beside the phrase files, one phrase a line so that changes can be read."""
    content = build()

    def lines(rows: Iterable[Any]) -> str:
        return ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)

    table = ",\n".join(
        f"{json.dumps(k, ensure_ascii=False)}:{json.dumps(v)}" for k, v in content["table"].items()
    )
    text = (
        f'{{"sources":"{content["sources"]}",\n"phrases":[\n{lines(content["phrases"])}\n],\n'
        f'"second":[\n{lines(content["second"])}\n],\n"table":{{\n{table}\n}}}}\n'
    )
    Path(str(files("auditor.corpora").joinpath("boilerplate", INDEX))).write_text(text, encoding="utf-8")
    sys.stderr.write(f"{len(content['phrases'])} phrases, {len(content['table'])} keys\n")


if __name__ == "__main__":
    main()
