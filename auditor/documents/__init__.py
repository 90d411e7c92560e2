"""Documents: bytes of any supported format become text that knows where each character came from."""

from __future__ import annotations

from auditor.documents.document import Document, Role, RoleSpan
from auditor.documents.interface import DocumentError, Limits, LoadOptions, Source
from auditor.documents.registry import from_text, load, load_bytes, loaders, supported_suffixes

__all__ = [
    "Document",
    "DocumentError",
    "Limits",
    "LoadOptions",
    "Role",
    "RoleSpan",
    "Source",
    "from_text",
    "load",
    "load_bytes",
    "loaders",
    "supported_suffixes",
]
