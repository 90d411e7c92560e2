"""What does not fit is read in pieces: nothing is left out, and the right piece speaks."""

from __future__ import annotations

import re
from types import SimpleNamespace

import numpy as np
import pytest

from auditor.detectors.grounding.verifiers.cross_encoder import CrossEncoder
from auditor.detectors.grounding.verifiers.pieces import best, cut, weakest
from auditor.detectors.grounding.verifiers.settings import Running
from tests.detectors.grounding.verifier_models import save_tokenizer

RAIN = "".join(f"It rained on quay {n} all day. " for n in range(9))
SHUT = "".join(f"항구 {n}번은 문을 닫았다. " for n in range(12))
LETTERS = "".join(f"{chr(945 + n % 24)}{n}." for n in range(60))


def tokens(text):
    return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]


@pytest.mark.parametrize("room", [1, 2, 7, 16, 40])
@pytest.mark.parametrize("overlap", [0, 3])
@pytest.mark.parametrize("text", [RAIN, SHUT, LETTERS, "short"])
def test_pieces_fit_and_leave_nothing_out(text, room, overlap):
    pieces = cut(text, tokens(text), room, overlap)
    place = 0
    for piece in pieces:
        found = text.index(piece, max(place - len(piece), 0))
        assert found <= place
        place = max(place, found + len(piece))
        assert len(tokens(piece)) <= room
    assert place == len(text)
    if not overlap:
        assert "".join(pieces) == text


def test_pieces_end_with_a_sentence_where_they_can():
    pieces = cut(RAIN, tokens(RAIN), 30, 8)
    assert len(pieces) > 2
    assert all(piece.endswith("all day. ") for piece in pieces)
    with pytest.raises(ValueError, match="room"):
        cut("a b", tokens("a b"), 0)


def test_the_piece_that_supports_speaks_else_the_one_that_contradicts():
    quiet, against, near = [0.1, 0.1, 0.8], [0.2, 0.7, 0.1], [0.4, 0.1, 0.5]
    assert best(np.array([quiet, against, [0.6, 0.3, 0.1], [0.9, 0.0, 0.1]])).tolist() == [0.9, 0.0, 0.1]
    assert best(np.array([quiet, against, near])).tolist() == against
    assert best(np.array([quiet, near])).tolist() == near


def test_a_claim_in_parts_is_as_good_as_its_weakest():
    fine, missing, wrong = [0.9, 0.0, 0.1], [0.1, 0.1, 0.8], [0.3, 0.6, 0.1]
    assert weakest(np.array([fine, missing])).tolist() == missing
    assert weakest(np.array([fine, wrong, missing])).tolist() == wrong


class Finder(CrossEncoder):
    """Supported if ``harbour`` is among the tokens, contradicted if ``ferry`` is: a model that a test can steer."""

    def __init__(self, folder, longest=40, **running):
        import torch
        from transformers import AutoTokenizer

        save_tokenizer(folder, "bert", longest)
        tokenizer = AutoTokenizer.from_pretrained(folder)
        model = torch.nn.Linear(1, 1)
        model.config = SimpleNamespace(max_position_embeddings=longest, pad_token_id=0, model_type="bert")
        super().__init__("finder", tokenizer, model, Running(**running))
        self.lengths = []

    def forward(self, inputs):
        self.lengths += inputs["attention_mask"].sum(-1).tolist()
        return inputs["input_ids"]

    def judge(self, output, batch):
        import torch

        rows = []
        for encoded in batch:
            text = self._tokenizer.decode(encoded.ids)
            premise, claim = text.split("[SEP]")[:2]
            if "ferry" in claim and "ferry" not in premise:
                rows.append([0.0, 0.1, 0.9])
            elif "harbour" in premise:
                rows.append([0.9, 0.0, 0.1])
            elif "last" in premise:
                rows.append([0.0, 0.8, 0.2])
            else:
                rows.append([0.1, 0.1, 0.8])
        return torch.tensor(rows)


def test_what_stands_in_the_tail_of_a_long_premise_is_found(tmp_path):
    finder = Finder(tmp_path)
    rows = finder.score(["no word " * 200 + "harbour", "no word " * 200, "short"], ["claim"] * 3)
    assert rows[:, 0] == pytest.approx([0.9, 0.1, 0.1])
    assert finder.split == 2
    assert max(finder.lengths) <= 40
    assert len(finder.lengths) > 20


def test_a_contradicting_piece_speaks_only_where_none_supports(tmp_path):
    finder = Finder(tmp_path)
    rows = finder.score(["no " * 90 + "last " + "no " * 90, "last " + "no " * 90 + "harbour"], ["claim"] * 2)
    assert rows[0].tolist() == pytest.approx([0.0, 0.8, 0.2])
    assert rows[1].tolist() == pytest.approx([0.9, 0.0, 0.1])


def test_every_part_of_a_long_claim_must_hold(tmp_path):
    finder = Finder(tmp_path)
    long = "the harbour was opened " * 12
    rows = finder.score(["harbour", "harbour"], [long, long + "ferry"])
    assert rows[0].tolist() == pytest.approx([0.9, 0.0, 0.1])
    assert rows[1].tolist() == pytest.approx([0.0, 0.1, 0.9])
    assert finder.split == 2


def test_pieces_keep_to_the_size_that_a_model_was_trained_on(tmp_path):
    finder = Finder(tmp_path, longest=200, premise_tokens=20)
    rows = finder.score(["no word " * 30 + "harbour"], ["claim"])
    assert rows[0, 0] == pytest.approx(0.9)
    assert finder.split == 1
    assert max(finder.lengths) < 40


def test_batches_are_bounded_by_tokens_and_sorted(tmp_path):
    finder = Finder(tmp_path, batch_tokens=80)
    finder.score(["no " * n for n in (1, 20, 2, 19, 3, 18)], ["claim"] * 6)
    assert finder.lengths == sorted(finder.lengths, reverse=True)
