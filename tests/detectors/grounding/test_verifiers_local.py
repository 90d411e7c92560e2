"""Verifiers with local weights: each gives what its authors' recipe gives, in any batch, in the caller's order."""

from __future__ import annotations

import random

import numpy as np
import pytest

from auditor.detectors.grounding.verifiers.interface import CONTRADICTED, NOT_FOUND, SUPPORTED, VerifierError
from auditor.detectors.grounding.verifiers.registry import load_verifier
from tests.detectors.grounding.verifier_models import save_encoder, save_hhem, save_t5

PREMISE = "The harbour was opened in 1912 and closed in 1968."
CLAIM = "The harbour closed in 1968."
ENTAILMENT = ["entailment", "neutral", "contradiction"]


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Models this small only wait for one another's threads."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """One folder for each kind of model."""
    made = {
        "nli": save_encoder(tmp_path_factory.mktemp("nli"), "bert", "SequenceClassification", ENTAILMENT),
        "roberta": save_encoder(
            tmp_path_factory.mktemp("roberta"), "roberta", "SequenceClassification", ["no", "yes"]
        ),
        "tokens": save_encoder(
            tmp_path_factory.mktemp("tokens"), "modernbert", "TokenClassification", ["a", "b"], 256
        ),
        "t5": save_t5(tmp_path_factory.mktemp("t5")),
        "hhem": save_hhem(tmp_path_factory.mktemp("hhem")),
    }
    return made


SPECS = ["nli:{nli}", "minicheck:{roberta}", "minicheck:{t5}", "hhem:{hhem}", "lettucedetect:{tokens}"]


@pytest.mark.parametrize("spec", SPECS)
def test_scores_do_not_depend_on_the_batch_and_keep_the_order(folders, spec):
    chance = random.Random(3)
    words = ["the", "harbour", "opened", "closed", "in", "1912", "1968", "last", "항구", "문을", "배가"]
    premises = [" ".join(chance.choices(words, k=chance.randint(1, 60))) for _ in range(16)]
    claims = [" ".join(chance.choices(words, k=chance.randint(1, 12))) for _ in range(16)]
    verifier = load_verifier(spec.format(**folders), dtype="float32", batch_tokens=300)
    together = verifier.score(premises, claims)
    alone = np.concatenate([verifier.score([p], [c]) for p, c in zip(premises, claims, strict=True)])
    assert together.shape == (16, 3)
    assert np.abs(together - alone).max() < 1e-4
    assert np.allclose(together.sum(axis=1), 1, atol=1e-5)
    # Random as the weights are, pairs differ: equal rows would hide a lost order.
    assert np.ptp(together[:, SUPPORTED]) > 0.01
    back = verifier.score(premises[::-1], claims[::-1])
    assert np.abs(together - back[::-1]).max() < 1e-4


def test_nli_gives_the_models_softmax_in_our_columns(folders):
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokens = AutoTokenizer.from_pretrained(folders["nli"])
    model = AutoModelForSequenceClassification.from_pretrained(folders["nli"]).eval()
    with torch.inference_mode():
        wanted = model(**tokens(PREMISE, CLAIM, return_tensors="pt")).logits.softmax(-1)[0].numpy()
    row = load_verifier(f"nli:{folders['nli']}", dtype="float32").score([PREMISE], [CLAIM])[0]
    assert np.allclose(row, wanted[[0, 2, 1]], atol=1e-5)


def test_hhem_reads_the_first_token_of_its_prompt(folders):
    import torch
    from safetensors.torch import load_file
    from transformers import AutoConfig, AutoTokenizer, T5ForTokenClassification

    config = AutoConfig.from_pretrained(folders["hhem"])
    config.num_labels = 2
    model = T5ForTokenClassification(config).eval()
    state = load_file(f"{folders['hhem']}/model.safetensors")
    model.load_state_dict({key.removeprefix("t5."): value for key, value in state.items()})
    prompt = (
        "<pad> Determine if the hypothesis is true given the premise?\n\n"
        f"Premise: {PREMISE}\n\nHypothesis: {CLAIM}"
    )
    inputs = AutoTokenizer.from_pretrained(folders["hhem"])(prompt, return_tensors="pt")
    assert inputs["input_ids"][0, 0] == 0
    with torch.inference_mode():
        wanted = float(model(inputs["input_ids"], inputs["attention_mask"]).logits[0, 0].softmax(-1)[1])
    row = load_verifier(f"hhem:{folders['hhem']}", dtype="float32").score([PREMISE], [CLAIM])[0]
    assert np.allclose(row, [wanted, 0, 1 - wanted], atol=1e-5)


def test_hhem_as_published_takes_its_tokeniser_from_the_foundation(tmp_path, folders):
    import json
    import shutil

    shutil.copy(f"{folders['hhem']}/model.safetensors", tmp_path)
    published = {
        "model_type": "HHEMv2Config",
        "auto_map": {"AutoConfig": "configuration_hhem_v2.HHEMv2Config"},
    }
    (tmp_path / "config.json").write_text(json.dumps(published), encoding="utf-8")
    with pytest.raises(VerifierError, match="google/flan-t5-base is neither a folder nor in the local cache"):
        load_verifier(f"hhem:{tmp_path}")
    verifier = load_verifier(f"hhem:{tmp_path}", foundation=folders["hhem"], dtype="float32")
    whole = load_verifier(f"hhem:{folders['hhem']}", dtype="float32")
    assert np.array_equal(verifier.score([PREMISE], [CLAIM]), whole.score([PREMISE], [CLAIM]))


def test_minicheck_t5_compares_two_tokens_of_the_first_step(folders):
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    inputs = AutoTokenizer.from_pretrained(folders["t5"])(
        f"predict: {PREMISE}</s>{CLAIM}", return_tensors="pt"
    )
    model = AutoModelForSeq2SeqLM.from_pretrained(folders["t5"]).eval()
    with torch.inference_mode():
        logits = model(
            inputs["input_ids"],
            inputs["attention_mask"],
            decoder_input_ids=torch.zeros(1, 1, dtype=torch.long),
        ).logits[0, 0]
    wanted = float(logits[[3, 209]].softmax(-1)[1])
    row = load_verifier(f"minicheck:{folders['t5']}", dtype="float32").score([PREMISE], [CLAIM])[0]
    assert np.allclose(row, [wanted, 0, 1 - wanted], atol=1e-5)


def test_minicheck_joins_the_pair_by_the_end_mark(folders):
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    inputs = AutoTokenizer.from_pretrained(folders["roberta"])(f"{PREMISE}</s>{CLAIM}", return_tensors="pt")
    model = AutoModelForSequenceClassification.from_pretrained(folders["roberta"]).eval()
    with torch.inference_mode():
        wanted = float(model(inputs["input_ids"], inputs["attention_mask"]).logits.softmax(-1)[0, 1])
    row = load_verifier(f"minicheck:{folders['roberta']}", dtype="float32").score([PREMISE], [CLAIM])[0]
    assert np.allclose(row, [wanted, 0, 1 - wanted], atol=1e-5)


def test_a_claim_is_as_unsupported_as_its_worst_token(folders):
    import torch
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    tokens = AutoTokenizer.from_pretrained(folders["tokens"])
    prompt = f"Summarize the following text:\npassage 1: {PREMISE}\noutput:"
    inputs = tokens(prompt, CLAIM, return_tensors="pt")
    model = AutoModelForTokenClassification.from_pretrained(folders["tokens"]).eval()
    with torch.inference_mode():
        found = model(inputs["input_ids"], inputs["attention_mask"]).logits[0].softmax(-1)[:, 1]
    count = len(tokens(CLAIM, add_special_tokens=False)["input_ids"])
    worst = float(found[-count - 1 : -1].max())
    verifier = load_verifier(f"lettucedetect:{folders['tokens']}", dtype="float32")
    assert np.allclose(verifier.score([PREMISE], [CLAIM])[0], [1 - worst, 0, worst], atol=1e-5)
    assert verifier.score([PREMISE], [""])[0].tolist() == [0, 0, 1]


def test_the_question_is_part_of_what_a_token_classifier_reads(folders):
    spec = f"lettucedetect:{folders['tokens']}"
    without = load_verifier(spec, dtype="float32").score(["{premise}"], [CLAIM])
    asked = load_verifier(spec, dtype="float32", question="When?").score(["{premise}"], [CLAIM])
    assert abs(without - asked).max() > 1e-4


@pytest.mark.parametrize(
    ("own", "labels", "columns"),
    [
        (["CONTRADICTION", "NEUTRAL", "ENTAILMENT"], None, (CONTRADICTED, NOT_FOUND, SUPPORTED)),
        (["entailment", "not_entailment"], None, (SUPPORTED, NOT_FOUND)),
        (["Refuted", "Supported", "Not Enough Info"], None, (CONTRADICTED, SUPPORTED, NOT_FOUND)),
        (["LABEL_0", "LABEL_1"], ["not found", "supported"], (NOT_FOUND, SUPPORTED)),
        (["x", "entailment"], {"x": "neutral"}, (NOT_FOUND, SUPPORTED)),
    ],
)
def test_labels_are_read_in_the_models_order(own, labels, columns):
    from auditor.detectors.grounding.verifiers.nli import read_labels

    assert read_labels("m", own, labels) == columns


@pytest.mark.parametrize(
    ("own", "labels"),
    [
        (["LABEL_0", "LABEL_1", "LABEL_2"], None),
        (["entailment", "entails"], None),
        (["neutral", "contradiction"], None),
        (["a", "b"], ["supported"]),
        (["a", "b"], ["supported", "perhaps"]),
    ],
)
def test_unclear_labels_are_refused_with_the_remedy(own, labels):
    from auditor.detectors.grounding.verifiers.nli import read_labels

    with pytest.raises(VerifierError, match=f"pass labels= with {len(own)} of supported"):
        read_labels("m", own, labels)


def test_a_two_way_model_gives_supported_or_not_found(tmp_path):
    folder = save_encoder(tmp_path, "roberta", "SequenceClassification", ["not_entailment", "entailment"])
    row = load_verifier(f"nli:{folder}").score([PREMISE], [CLAIM])[0]
    assert row[CONTRADICTED] == 0
    assert row[SUPPORTED] > 0 < row[NOT_FOUND]


def test_control_tokens_in_a_source_are_ordinary_text(folders):
    verifier = load_verifier(f"nli:{folders['nli']}", dtype="float32")
    (injected,) = verifier.encode([verifier._plain(f"{PREMISE} [SEP] {CLAIM} [SEP]")], [CLAIM])
    (plain,) = verifier.encode([PREMISE], [CLAIM])
    end = verifier._tokenizer.sep_token_id
    assert injected.ids.count(end) == plain.ids.count(end) == 2


def test_a_model_without_a_trained_head_is_refused(tmp_path):
    folder = save_encoder(tmp_path, "bert", "")
    with pytest.raises(VerifierError, match="lacks classifier"):
        load_verifier(f"nli:{folder}", labels=["supported", "not_found"])


def test_a_model_that_is_not_here_names_the_remedies():
    with pytest.raises(
        VerifierError, match=r"local cache; fetch it .*hf download nobody/nothing.*`packaged`"
    ):
        load_verifier("nli:nobody/nothing")


def test_a_damaged_or_half_folder_is_named(tmp_path, folders):
    with pytest.raises(VerifierError, match=str(tmp_path)):
        load_verifier(f"nli:{tmp_path}")
    with pytest.raises(VerifierError, match=r"not a whole model folder: model.safetensors is missing"):
        load_verifier(f"hhem:{tmp_path}")
    folder = save_hhem(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"\x00" * 100)
    with pytest.raises(VerifierError, match=r"damaged .*download it again"):
        load_verifier(f"hhem:{folder}")
    with pytest.raises(VerifierError, match="not HHEM"):
        load_verifier(f"hhem:{folders['t5']}")


def test_more_tokens_than_there_are_positions_are_refused(folders):
    with pytest.raises(VerifierError, match="at most 96 tokens"):
        load_verifier(f"nli:{folders['nli']}", max_length=97)
    assert load_verifier(f"minicheck:{folders['roberta']}").max_length == 96
    with pytest.raises(VerifierError, match="dtype='float8'"):
        load_verifier(f"nli:{folders['nli']}", dtype="float8")


def test_a_pair_that_fills_the_model_is_read_whole_and_one_more_token_is_not(folders):
    verifier = load_verifier(f"minicheck:{folders['roberta']}", dtype="float32")
    frame = len(verifier.encode(["x"], ["x"])[0].ids) - 2
    verifier.score(["x" * (95 - frame)], ["x"])
    assert verifier.split == 0
    verifier.score(["x" * 96], ["x"])
    assert verifier.split == 1


def test_no_pairs_give_no_rows_and_uneven_ones_an_error(folders):
    verifier = load_verifier(f"nli:{folders['nli']}")
    assert verifier.score([], []).shape == (0, 3)
    with pytest.raises(ValueError, match="2 premises for 1"):
        verifier.score(["a", "b"], ["c"])
