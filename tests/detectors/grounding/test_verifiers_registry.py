"""Verifiers by name, and functions of the user's own."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from auditor.detectors.grounding.verifiers.interface import VerifierError
from auditor.detectors.grounding.verifiers.registry import KINDS, load_verifier, usage

MODULE = """
def even(premises, hypotheses, sure=0.5):
    return [[sure, 0, 1 - sure] for _ in premises]

class Thing:
    @staticmethod
    def score(premises, hypotheses):
        return [[float(h in p), 0, float(h not in p)] for p, h in zip(premises, hypotheses)]

def short(premises, hypotheses):
    return [[1, 0, 0]]

def unsure(premises, hypotheses):
    return [[float("nan"), 0, 1] for _ in premises]

def loud(premises, hypotheses):
    return [[2, -1, 0] for _ in premises]

def broken(premises, hypotheses):
    raise KeyError("lost")

number = 3
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A module ``own_verifier`` with functions that a user might write."""
    (tmp_path / "own_verifier.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "own_verifier", raising=False)


def test_the_registry_imports_nothing_heavy():
    code = (
        "import sys, auditor.detectors.grounding.verifiers.registry as r; r.usage();"
        "print(sorted({'torch', 'numpy', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("spec", "options", "message"),
    [
        ("nlii:x", {}, "no verifier is called 'nlii:x'; there are packaged, alignment, nli:NAME_OR_FOLDER"),
        ("", {}, "no verifier is called ''"),
        ("nli", {}, "nli needs more: nli:NAME_OR_FOLDER"),
        ("nli:", {}, "nli needs more"),
        ("alignment:x", {}, "alignment takes nothing after it"),
        ("nli:x", {"label": []}, "nli has no option label; it takes .*download, dtype, labels, max_length"),
        ("llm:x", {"api_key": "k"}, "llm has no option api_key; it takes base_url, "),
        ("python:own_verifier", {}, "write python:module:callable"),
        ("python:own_verifier:absent", {}, "cannot be found: .*PYTHONPATH"),
        ("python:no_such_module_here:f", {}, "cannot be found: .*PYTHONPATH"),
        ("python:own_verifier:number", {}, "is a int, which cannot be called"),
    ],
)
def test_wrong_names_and_options_say_what_is_right(own, spec, options, message):
    with pytest.raises(VerifierError, match=message):
        load_verifier(spec, **options)


def test_what_is_not_installed_is_named(monkeypatch):
    module = "auditor.detectors.grounding.verifiers.packaged"
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(VerifierError, match="packaged is not part of this installation; use `alignment`"):
        load_verifier("packaged")
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(VerifierError, match=r"pip install 'auditor\[grounding\]'"):
        load_verifier("nli:somewhere")


def test_every_kind_is_in_the_help():
    assert [text.split(":")[0].split("[")[0] for text in usage()] == list(KINDS)
    assert "hhem[:FOLDER]" in usage()


def test_a_function_of_the_users_own_scores(own):
    verifier = load_verifier("python:own_verifier:even", sure=0.75)
    assert verifier.name == "python:own_verifier:even"
    assert verifier.score(["a", "b"], ["c", "d"]).tolist() == [[0.75, 0, 0.25]] * 2
    assert verifier.score([], []).shape == (0, 3)
    rows = load_verifier("python:own_verifier:Thing.score").score(["rain today", "sun"], ["rain", "rain"])
    assert np.array_equal(rows, [[1, 0, 0], [0, 0, 1]])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("short", r"gave shape \(1, 3\), not \(2, 3\)"),
        ("unsure", "not probabilities"),
        ("loud", "not probabilities"),
        ("broken", "raised KeyError: 'lost'"),
    ],
)
def test_a_function_that_breaks_the_contract_is_an_error_and_never_a_score(own, name, message):
    with pytest.raises(VerifierError, match=message):
        load_verifier(f"python:own_verifier:{name}").score(["a", "b"], ["c", "d"])
    with pytest.raises(ValueError, match="1 premises for 2"):
        load_verifier(f"python:own_verifier:{name}").score(["a"], ["c", "d"])
