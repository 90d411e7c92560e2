"""Which loader reads what: by what the bytes are, then by the name."""

from __future__ import annotations

import hashlib
import os
import stat
from functools import cache
from importlib import import_module
from typing import Final

from auditor.documents.document import Document
from auditor.documents.interface import DocumentError, Loader, LoadOptions, Source

# Modules are imported only when a file of theirs turns up: a scan of one text file must not pay for PDF.
_SUFFIXES: Final[dict[str, tuple[str, ...]]] = {
    "text": (".txt", ".text", ".log", ".adoc", ".asciidoc", ".org", ".srt", ".vtt", ".eml"),
    "markdown": (".md", ".markdown", ".mdx", ".mdown", ".qmd", ".rmd"),
    "rst": (".rst",),
    "html": (".html", ".htm", ".xhtml"),
    "pdf": (".pdf",),
    "docx": (".docx", ".docm", ".dotx"),
    "latex": (".tex", ".ltx", ".latex"),
    "jats": (".xml", ".nxml", ".jats"),
    "epub": (".epub",),
    "notebook": (".ipynb",),
    "jsonl": (".jsonl", ".ndjson"),
    "csv": (".csv", ".tsv"),
    "code": (
        *(
            ".py",
            ".pyi",
            ".js",
            ".mjs",
            ".cjs",
            ".jsx",
            ".ts",
            ".tsx",
            ".vue",
            ".svelte",
            ".java",
            ".kt",
            ".scala",
        ),
        *(
            ".c",
            ".h",
            ".cc",
            ".cpp",
            ".hpp",
            ".cs",
            ".go",
            ".rs",
            ".swift",
            ".php",
            ".rb",
            ".sh",
            ".bash",
            ".r",
        ),
        *(".sql", ".lua", ".pl", ".jl", ".dart", ".yaml", ".yml", ".toml", ".css", ".scss"),
    ),
}
_BY_SUFFIX: Final = {suffix: name for name, suffixes in _SUFFIXES.items() for suffix in suffixes}
_CONTAINERS: Final = frozenset({"pdf", "docx", "epub"})
_PLAIN_NAMES: Final = frozenset(
    {
        "readme",
        "license",
        "licence",
        "copying",
        "changelog",
        "changes",
        "authors",
        "contributing",
        "notice",
        "todo",
    }
)
_CODE_NAMES: Final = frozenset(
    {"makefile", "dockerfile", "jenkinsfile", "vagrantfile", "rakefile", "gemfile"}
)


def loaders() -> tuple[str, ...]:
    """Names of all formats, in the order of the documentation."""
    return tuple(_SUFFIXES)


def supported_suffixes(name: str | None = None) -> tuple[str, ...]:
    """File name endings that are read, of one format or of all."""
    return _SUFFIXES[name] if name else tuple(_BY_SUFFIX)


def is_supported(path: str) -> bool:
    """Whether a walk over a folder reads a file of this name."""
    base = path.replace("\\", "/").rpartition("/")[2].lower()
    return Source(base, b"").suffix in _BY_SUFFIX or base in _PLAIN_NAMES or base in _CODE_NAMES


@cache
def _loader(name: str) -> Loader:
    loader: Loader = import_module(f"auditor.documents.{name}").LOADER
    return loader


def load(
    path: str | os.PathLike[str], options: LoadOptions | None = None, *, name: str | None = None
) -> Document:
    """Reads a file.

    Args:
        path: The file.
        options: Text fields, a forced format, limits.
        name: What to call it in reports; the path by default.

    Returns:
        The document.

    Raises:
        DocumentError: If it does not exist, is no regular file, is too large, or cannot be read as its format.
    """
    options = options or LoadOptions()
    label = name or os.fspath(path)
    try:
        # Opened without blocking: a named pipe would otherwise wait for ever for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)  # before fdopen, which says of a folder only that it cannot be opened
            raise DocumentError(
                label, f"is {'a folder' if stat.S_ISDIR(status.st_mode) else 'not a regular file'}"
            )
        with os.fdopen(descriptor, "rb") as file:
            _check_size(label, status.st_size, options)
            data = file.read(options.limits.max_size + 1)
    except OSError as error:
        raise DocumentError(label, f"cannot be read: {error.strerror or error}") from error
    return load_bytes(data, label, options)


def _check_size(name: str, size: int, options: LoadOptions) -> None:
    limit = options.limits.max_size
    if size > limit:
        raise DocumentError(
            name,
            f"is {size / 1e6:,.0f} MB, over the limit of {limit / 1e6:,.0f} MB; raise it with --max-file-size",
        )


def load_bytes(data: bytes, name: str, options: LoadOptions | None = None) -> Document:
    """Reads a document from memory; its name decides the format where the bytes do not.

    Raises:
        DocumentError: If the bytes are empty, too many or not readable.
    """
    options = options or LoadOptions()
    _check_size(name, len(data), options)
    source = Source(name, data)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf") and _format_by_name(source, options) != "code":
        raise source.error("is empty")
    loader = _loader(options.format or _format(source))
    try:
        document = loader.load(source, options)
    except RecursionError as error:
        raise source.error("is nested too deeply") from error
    # Code without a comment or a page of mere script was read in full; a book without a word was not.
    if not document.text.strip() and loader.name in _CONTAINERS:
        raise source.error(
            "holds no text" + (" (scanned pages? run OCR first)" if loader.name == "pdf" else "")
        )
    return document


def _format_by_name(source: Source, options: LoadOptions) -> str | None:
    return options.format or _BY_SUFFIX.get(source.suffix)


def _format(source: Source) -> str:
    """What the bytes are, where they say so; else what the name says."""
    data, suffix = source.data, source.suffix
    named = _BY_SUFFIX.get(suffix)
    if b"%PDF-" in data[:1024] and named in (None, "pdf", "text"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(source, named)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise source.error("is an encrypted or old binary Office file; save it as DOCX without a password")
    if data.startswith(b"{\\rtf"):
        raise source.error("is RTF, which is not read; save it as DOCX or text")
    if named in ("pdf", "docx", "epub"):
        raise source.error(f"is named {suffix} but is not {named.upper()}, or is cut off at its start")
    if named is None:
        base = source.name.replace("\\", "/").rpartition("/")[2].lower()
        return "code" if base in _CODE_NAMES else "text"
    return named


def _zipped(source: Source, named: str | None) -> str:
    """DOCX or EPUB, told apart by a member's name near the start or in the directory at the end."""
    data = source.data
    if named in ("docx", "epub"):
        return named
    if b"word/" in data[:65536] or b"word/document.xml" in data[-65536:]:
        return "docx"
    if b"application/epub+zip" in data[:200]:
        return "epub"
    raise source.error("is a ZIP archive, not a document; unpack it and scan the folder")


def from_text(
    text: str, name: str = "<text>", format: str = "text", options: LoadOptions | None = None
) -> Document:
    """Makes a document of a string.

    Args:
        text: The content, in the syntax of ``format``.
        name: What to call it in reports.
        format: ``text``, ``markdown``, ``html``, ``latex`` … (any text format).
        options: Text fields and limits.

    Raises:
        DocumentError: If the text is empty or not of the format.
    """
    options = options or LoadOptions()
    if format == "text":
        # No encoding step: a string may hold what UTF-8 cannot, and the offsets must be the caller's own.
        from auditor.documents.plain_structure import plain_roles

        if not text.strip():
            raise DocumentError(name, "is empty")
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return Document(name, text, sha256=digest, raw=text, roles=plain_roles)
    forced = LoadOptions(options.text_fields, format, options.limits)
    return load_bytes(text.encode("utf-8", "replace"), name, forced)
