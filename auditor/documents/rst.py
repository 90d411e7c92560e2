"""reStructuredText."""

from __future__ import annotations

from auditor.documents.document import Document
from auditor.documents.encoding import decode
from auditor.documents.interface import LoadOptions, Source
from auditor.documents.rst_structure import rst_roles


class RstLoader:
    """reStructuredText as it is written: offsets into the text are offsets into the file."""

    name = "rst"
    suffixes = (".rst",)

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one file; raises DocumentError where it is binary."""
        text, encoding = decode(source)
        return Document(
            source.name,
            text,
            format=self.name,
            sha256=source.sha256,
            raw=text,
            roles=rst_roles,
            encoding=encoding,
            encoded=source.data if encoding == "utf-8" else None,
        )


LOADER = RstLoader()
