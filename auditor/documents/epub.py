"""EPUB books: the chapters in reading order."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urlsplit

from auditor.documents.archive import Archive
from auditor.documents.builder import DocumentBuilder
from auditor.documents.document import Document, Role
from auditor.documents.encoding import decode
from auditor.documents.html import declared_encoding, write_page
from auditor.documents.interface import DocumentError, Limits, LoadOptions, Source
from auditor.documents.metadata import Properties, gathered
from auditor.documents.xml_safe import parse

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_RIGHTS = "META-INF/rights.xml"
# Fonts are scrambled so that they cannot be lifted out of the book; the text is in the clear.
_FONT_ALGORITHMS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_FONT_SUFFIXES = (".otf", ".ttf", ".woff", ".woff2", ".ttc")
_TEXT_TYPES = ("xhtml", "html", "dtbook", "svg")
_DESCRIPTIONS = ("title", "description", "subject")


class EpubLoader:
    """Books: each chapter of the spine is a part, named by its file."""

    name = "epub"
    suffixes = (".epub",)

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one book.

        Raises:
            DocumentError: If it is no readable container, is protected, lacks a chapter, or unfolds beyond
                the limits.
        """
        archive = Archive(source, options.limits)
        _refuse_protected(archive, source, options.limits)
        package = _package(archive, source, options.limits)
        builder = DocumentBuilder()
        for name in package.chapters():
            self._chapter(archive, name, builder, source, options.limits)
        if package.descriptions:
            builder.block()
            builder.part("metadata")
            for description in package.descriptions:
                builder.block()
                with builder.role(Role.METADATA):
                    builder.add(description)
        return builder.build(source, self.name, metadata=gathered(package.properties.pairs))

    def _chapter(
        self, archive: Archive, name: str, builder: DocumentBuilder, source: Source, limits: Limits
    ) -> None:
        data = archive.read(name)
        if not data.strip():
            return
        try:
            page, _ = decode(Source(source.name, data), declared_encoding(data))
        except DocumentError as error:
            raise source.error(f"has a chapter {name} that {error.reason}") from error
        builder.block()
        builder.part(posixpath.basename(name))
        xml = "<?xml" in page[:200] or "http://www.w3.org/1999/xhtml" in page[:2000]
        write_page(page, builder, source, limits, xml=xml, places=False)


def _refuse_protected(archive: Archive, source: Source, limits: Limits) -> None:
    if _RIGHTS in archive:
        raise source.error("is protected by DRM; scan a copy without it")
    if _ENCRYPTION not in archive:
        return
    encryption = _Encryption()
    parse(source, archive.chunks(_ENCRYPTION), encryption, limits, part=_ENCRYPTION, namespaces=True)
    if encryption.protects:
        raise source.error("is protected by DRM; scan a copy without it")


class _Encryption:
    """Whether anything but fonts is encrypted."""

    def __init__(self) -> None:
        self.protects = False
        self._algorithm = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "EncryptedData":
                self._algorithm = ""
            case "EncryptionMethod":
                self._algorithm = self._algorithm or attributes.get("Algorithm", "")
            case "CipherReference":
                font = attributes.get("URI", "").lower().endswith(_FONT_SUFFIXES)
                self.protects |= not font and self._algorithm not in _FONT_ALGORITHMS

    def end(self, name: str) -> None: ...

    def text(self, data: str, offset: int) -> None: ...


def _package(archive: Archive, source: Source, limits: Limits) -> _Package:
    container = _Container()
    parse(source, archive.chunks(_CONTAINER), container, limits, part=_CONTAINER, namespaces=True)
    if not container.path:
        raise source.error(f"names no package in {_CONTAINER}; it is damaged")
    package = _Package(container.path, source)
    parse(source, archive.chunks(container.path), package, limits, part=container.path, namespaces=True)
    return package


class _Container:
    """Finds the package document."""

    def __init__(self) -> None:
        self.path = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "rootfile" and not self.path:
            self.path = attributes.get("full-path", "").lstrip("/")

    def end(self, name: str) -> None: ...

    def text(self, data: str, offset: int) -> None: ...


class _Package:
    """Reads the package document: what there is (manifest) and in which order (spine)."""

    def __init__(self, path: str, source: Source) -> None:
        self.descriptions: list[str] = []
        self.properties = Properties()
        self._folder = posixpath.dirname(path)
        self._source = source
        self._items: dict[str, tuple[str, str]] = {}
        self._spine: list[str] = []
        self._words: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.properties.start(name, attributes)
        match _local(name):
            case "item":
                self._items[attributes.get("id", "")] = (
                    attributes.get("href", ""),
                    attributes.get("media-type", ""),
                )
            case "itemref":
                self._spine.append(attributes.get("idref", ""))
            case local if local in _DESCRIPTIONS:
                self._words = []

    def end(self, name: str) -> None:
        self.properties.end(name)
        if _local(name) in _DESCRIPTIONS and self._words is not None:
            if text := " ".join("".join(self._words).split()):
                self.descriptions.append(text)
            self._words = None

    def text(self, data: str, offset: int) -> None:
        self.properties.text(data, offset)
        if self._words is not None:
            self._words.append(data)

    def chapters(self) -> list[str]:
        """Member names of the chapters in reading order, each once."""
        names: dict[str, None] = {}
        for idref in self._spine:
            if idref not in self._items:
                raise self._source.error(f"lacks the chapter {idref!r} that its spine names; it is damaged")
            href, kind = self._items[idref]
            url = urlsplit(href)
            if url.scheme or url.netloc or not any(word in kind for word in _TEXT_TYPES):
                continue  # pictures; what lies elsewhere is never fetched
            names[posixpath.normpath(posixpath.join(self._folder, unquote(url.path)))] = None
        if not names:
            raise self._source.error("has no chapters")
        return list(names)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


LOADER = EpubLoader()
