"""Plain text."""

from __future__ import annotations

from auditor.documents.document import Document
from auditor.documents.encoding import decode
from auditor.documents.interface import LoadOptions, Source
from auditor.documents.plain_structure import plain_roles


class TextLoader:
    """Text as it stands; e-mail quotations, fenced code, headings and reference lists are recognised."""

    name = "text"
    suffixes = (".txt", ".text", ".log", ".adoc", ".asciidoc", ".org", ".srt", ".vtt", ".eml")

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one text file; raises DocumentError where it is binary."""
        text, encoding = decode(source)
        return Document(
            source.name,
            text,
            format=self.name,
            sha256=source.sha256,
            raw=text,
            roles=plain_roles,
            encoding=encoding,
            encoded=source.data if encoding == "utf-8" else None,
        )


LOADER = TextLoader()
