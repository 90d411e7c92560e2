"""Word documents (DOCX)."""

from __future__ import annotations

from auditor.documents.archive import Archive
from auditor.documents.builder import DocumentBuilder
from auditor.documents.document import Document, Role
from auditor.documents.docx_parts import PackageParts, Styles, package_parts
from auditor.documents.docx_text import PartWriter
from auditor.documents.interface import Limits, LoadOptions, Source
from auditor.documents.metadata import Properties, gathered
from auditor.documents.xml_safe import parse

# Kinds of part that follow the body, in this order, and the role of their text.
_NOTES = (("footnotes", Role.FOOTNOTE), ("endnotes", Role.FOOTNOTE), ("comments", Role.COMMENT))


class DocxLoader:
    """Word documents: body, then footnotes, endnotes, comments, headers, footers and properties.

    Tracked insertions are text and tracked deletions are not, as if every change were accepted. A page number
    is given where the file marks page breaks.
    """

    name = "docx"
    suffixes = (".docx", ".docm", ".dotx")

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one document.

        Raises:
            DocumentError: If it is no readable container, is encrypted, has no body, or unfolds beyond the
                limits.
        """
        limits = options.limits
        archive = Archive(source, limits)
        if "EncryptedPackage" in archive:
            raise source.error("is encrypted; save it without a password")
        parts = package_parts(archive, source, limits)
        styles = Styles()
        for name in parts.of("styles"):
            parse(source, archive.chunks(name), styles, limits, part=name, namespaces=True, doctype=False)
        builder = DocumentBuilder()
        _body(archive, parts.main, styles, builder, source, limits)
        _notes(archive, parts, styles, builder, source, limits)
        properties = Properties()
        for name in parts.of("core-properties")[:1]:
            parse(source, archive.chunks(name), properties, limits, part=name, namespaces=True, doctype=False)
        return builder.build(source, self.name, metadata=gathered(properties.pairs))


def _body(
    archive: Archive, name: str, styles: Styles, builder: DocumentBuilder, source: Source, limits: Limits
) -> None:
    data = archive.read(name)
    rendered = b"lastRenderedPageBreak" in data
    # Without a single mark "page 1" would be a guess, so that no page is given at all.
    paged = rendered or b'type="page"' in data or b"pageBreakBefore" in data
    writer = PartWriter(builder, styles, rendered=rendered, paged=paged)
    parse(source, (data,), writer, limits, part=name, namespaces=True, doctype=False)
    writer.finish()


def _notes(
    archive: Archive,
    parts: PackageParts,
    styles: Styles,
    builder: DocumentBuilder,
    source: Source,
    limits: Limits,
) -> None:
    builder.page(None)
    for kind, role in _NOTES:
        for name in parts.of(kind):
            builder.part(kind)
            writer = PartWriter(builder, styles, role)
            parse(source, archive.chunks(name), writer, limits, part=name, namespaces=True, doctype=False)
            writer.finish()
    seen: set[str] = set()
    for kind in ("header", "footer"):
        for name in parts.of(kind):
            aside = DocumentBuilder()
            writer = PartWriter(aside, styles)
            parse(source, archive.chunks(name), writer, limits, part=name, namespaces=True, doctype=False)
            writer.finish()
            # The first, even and odd pages of every section repeat the same head.
            if aside.text.strip() and aside.text not in seen:
                seen.add(aside.text)
                _add(builder, kind, aside.text)
    for name in parts.of("core-properties"):
        for text in _properties(archive, name, source, limits):
            _add(builder, "properties", text, Role.METADATA)


def _add(builder: DocumentBuilder, part: str, text: str, role: Role | None = None) -> None:
    builder.block()
    builder.part(part)
    start = len(builder)
    builder.add(text)
    if role is not None:
        builder.mark(start, len(builder), role)


def _properties(archive: Archive, name: str, source: Source, limits: Limits) -> list[str]:
    reader = _Properties()
    parse(source, archive.chunks(name), reader, limits, part=name, namespaces=True, doctype=False)
    return reader.found


class _Properties:
    """Title, subject, description and keywords of a document."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._words: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] in ("title", "subject", "description", "keywords"):
            self._words = []

    def end(self, name: str) -> None:
        if self._words is not None and (text := "".join(self._words).strip()):
            self.found.append(text)
        self._words = None

    def text(self, data: str, offset: int) -> None:
        if self._words is not None:
            self._words.append(data)


LOADER = DocxLoader()
