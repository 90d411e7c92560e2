"""What a loader is, what it is given, and how it says no."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from auditor.documents.document import Document

MIB = 1 << 20


class DocumentError(Exception):
    """A document that cannot be read.

    Args:
        name: Path of the document.
        reason: What is wrong and, where it helps, what to do, in one line.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep a hostile file from taking the machine.

    Attributes:
        max_size: Largest file read, in bytes.
        max_text: Most text a container (DOCX, EPUB, PDF) may unfold to, in bytes.
        max_ratio: Greatest ratio of unfolded to packed size of one member of an archive above 1 MiB.
        max_depth: Deepest nesting of elements in XML, HTML or JSON.
        max_members: Most members of an archive.
        max_pages: Most pages of a PDF.
    """

    max_size: int = 16 * MIB
    max_text: int = 64 * MIB
    max_ratio: int = 200
    max_depth: int = 200
    max_members: int = 20_000
    max_pages: int = 20_000


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What the user chose about reading.

    Attributes:
        text_fields: Fields (columns) of JSONL and CSV that hold text; empty means the usual names, else every
            field that holds prose.
        format: Loader to use whatever the name says, or None.
        limits: Bounds on size, depth and expansion.
    """

    text_fields: tuple[str, ...] = ()
    format: str | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Source:
    """The bytes of one document and what it is called."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def suffix(self) -> str:
        """Last suffix of the name in lower case, with its dot; empty where there is none."""
        stem, dot, suffix = self.name.replace("\\", "/").rpartition("/")[2].rpartition(".")
        return f".{suffix.lower()}" if dot and stem else ""

    def error(self, reason: str) -> DocumentError:
        """The exception that says why this document cannot be read."""
        return DocumentError(self.name, reason)


class Loader(Protocol):
    """One file format. A module of ``auditor.documents`` has one as ``LOADER``.

    Attributes:
        name: The format, as ``Document.format`` has it.
        suffixes: File name endings, lower case with their dot.
    """

    name: str
    suffixes: tuple[str, ...]

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one document.

        Raises:
            DocumentError: If the bytes are not a readable document of this format.
        """
        ...
