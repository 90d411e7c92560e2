"""The packaged index is that of the phrase files, and the phrase files are in order."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from auditor.detector import all_detectors
from auditor.detectors.boilerplate import index
from auditor.detectors.boilerplate.phrases import LANGUAGES, Phrase, parse_tables, read_language

STALE = "the index is not that of the phrase files; run python -m auditor.detectors.boilerplate.index"


def test_made_from_the_phrase_files_as_they_are():
    if index.made_from() != index.sources_digest():
        pytest.fail(STALE)


def test_holds_what_a_new_one_would():
    """Also where the way of making it has changed and the phrases have not."""
    folder = files("auditor.corpora").joinpath("boilerplate", "index")
    new = index.build()
    assert {path.name for path in folder.iterdir()} == set(new)
    if any(folder.joinpath(name).read_text(encoding="utf-8") != text for name, text in new.items()):
        pytest.fail(STALE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrase_files_name_known_rules_and_keys(language: str):
    known = {rule.partition("/")[2] for rule in all_detectors(plugins=False)} | {"continuation"}
    text = files("auditor.corpora").joinpath("boilerplate", f"{language}.toml").read_text(encoding="utf-8")
    for table in tomllib.loads(text)["phrase"]:
        assert table.keys() <= {"rule", "strength", "at", "match"}
        assert table["rule"] in known
    assert read_language(language)


def test_no_phrase_stands_twice(phrases: list[Phrase]):
    counts = Counter((p.language, p.rule, p.pattern) for p in phrases)
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "any"])
def test_every_language_has_every_rule_of_speech(phrases: list[Phrase], language: str):
    speech = {
        "refusal",
        "self-identification",
        "knowledge-cutoff",
        "opener",
        "closer",
        "editor-talk",
        "prompt-echo",
    }
    speech |= {"interface-residue", "placeholder"}
    assert speech <= {p.rule for p in phrases if p.language == language}


def test_a_bad_pattern_is_named():
    with pytest.raises(ValueError, match=r"'As An': has capital"):
        list(parse_tables({"phrase": [{"rule": "refusal", "match": ["fine words", "As An"]}]}, "en"))


def test_phrases_are_a_sequence():
    found = index.phrases()
    assert found[0] is found[0]
    assert found[-1:] and len(found[:3]) == 3
