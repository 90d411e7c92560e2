"""The index of phrases: ``corpora/boilerplate/*.toml`` checked and worked out once, kept as one JSON file.

Reading fifteen TOML files and analysing two thousand patterns takes a second; the index loads in milliseconds.
``python -m auditor.detectors.boilerplate.index`` writes it anew; a test holds it to the TOML files.
"""

from __future__ import annotations

import hashlib
import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from auditor.detectors.boilerplate.phrases import LANGUAGES, Phrase, Place, Strength, read_language

INDEX = "index.json"


def sources_digest() -> str:
    """SHA-256 over all phrase files."""
    folder = files("auditor.corpora").joinpath("boilerplate")
    digest = hashlib.sha256()
    for language in LANGUAGES:
        digest.update(folder.joinpath(f"{language}.toml").read_bytes())
    return digest.hexdigest()


def load() -> tuple[Phrase, ...]:
    """The phrases of the index."""
    text = files("auditor.corpora").joinpath("boilerplate", INDEX).read_text(encoding="utf-8")
    return tuple(
        Phrase(rule, pattern, language, Strength(strength), Place(place), tuple(map(tuple, keys)))
        for rule, pattern, language, strength, place, keys in json.loads(text)["phrases"]
    )


def build() -> dict[str, Any]:
    """The content of the index.

    Raises:
        PatternError: If a phrase file holds a pattern that is not allowed.
    """
    phrases = [phrase for language in LANGUAGES for phrase in read_language(language)]
    rows = [[p.rule, p.pattern, p.language, p.strength.value, p.place.value, p.keys] for p in phrases]
    return {"sources": sources_digest(), "phrases": rows}


def main() -> None:
    """Writes the index beside the phrase files."""
    content = build()
    rows = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in content["phrases"])
    path = Path(str(files("auditor.corpora").joinpath("boilerplate", INDEX)))
    path.write_text(f'{{"sources": "{content["sources"]}",\n"phrases": [\n{rows}\n]}}\n', encoding="utf-8")
    sys.stderr.write(f"{len(content['phrases'])} phrases\n")


if __name__ == "__main__":
    main()
