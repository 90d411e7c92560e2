"""Markdown and its dialects."""

from __future__ import annotations

from functools import partial

from auditor.documents.document import Document
from auditor.documents.encoding import decode
from auditor.documents.interface import LoadOptions, Source
from auditor.documents.markdown_structure import markdown_roles
from auditor.documents.metadata import front_matter


class MarkdownLoader:
    """Markdown as it is written: its offsets are those of the file; structure is found on demand."""

    name = "markdown"
    suffixes = (".md", ".markdown", ".mdx", ".mdown", ".qmd", ".rmd")

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one Markdown file; raises DocumentError where it is binary."""
        text, encoding = decode(source)
        return Document(
            source.name,
            text,
            format=self.name,
            sha256=source.sha256,
            raw=text,
            roles=partial(markdown_roles, mdx=True) if source.suffix == ".mdx" else markdown_roles,
            encoding=encoding,
            encoded=source.data if encoding == "utf-8" else None,
            metadata=front_matter(text),
        )


LOADER = MarkdownLoader()
