"""What the sources are kept in: the side of an index that is written to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from auditor.sources.embedding import Embedder
from auditor.sources.interface import Index, SourceInfo, Window

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a source was found: what tells, without reading it, whether it is still the same.

    Attributes:
        sha256: Of the raw bytes.
        size: In bytes; -1 where the source did not come from a file.
        mtime_ns: When the file was changed last.
        root: The folder that was synced, as a real path; empty for a file that was named itself.
        path: The file, from ``root`` or from the root of the file system; empty for what was added by name.
        stale: Why the file could not be read lately, where the version held here is an older one.
    """

    sha256: str = ""
    size: int = -1
    mtime_ns: int = -1
    root: str = ""
    path: str = ""
    stale: str = ""


class Store(Index, Protocol):
    """An index that keeps what it is given. Each change is made whole or not at all, whatever happens."""

    def embedder(self) -> Embedder:
        """The model whose vectors this store holds; loaded when first asked for.

        Raises:
            IndexProblem: If it is not the model that the store was made with.
        """
        ...

    def frozen(self) -> AbstractContextManager[None]:
        """A block in which everything is answered from one state, whatever others write meanwhile."""
        ...

    def stamps(self) -> Mapping[str, Stamp]:
        """How each source was found, by id."""
        ...

    def replace(
        self,
        info: SourceInfo,
        text: str,
        locator: bytes,
        windows: Sequence[Window],
        vectors: npt.NDArray[np.float32],
        *,
        stamp: Stamp | None = None,
    ) -> None:
        """Puts a source in, in the place of one of the same id.

        Args:
            info: What it is.
            text: Its extracted text.
            locator: ``Locator.to_bytes()``.
            windows: The windows it was cut into.
            vectors: Their embeddings, float32 of shape (windows, dimension), unit length.
            stamp: How it was found.
        """
        ...

    def restamp(self, stamps: Mapping[str, Stamp]) -> None:
        """Sets how sources were found; their text stays."""
        ...

    def remove(self, ids: Iterable[str]) -> int:
        """Takes sources out.

        Returns:
            How many of them there were.
        """
        ...

    def vectors(self, text: str) -> npt.NDArray[np.float32] | None:
        """Embeddings of the windows of a source with this text, or None: what was moved is not embedded again."""
        ...

    def meta(self) -> Mapping[str, str]:
        """Format version, model, chunker and lexicon."""
        ...
