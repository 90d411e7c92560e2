"""Where the parts of a Word document lie, and what its styles mean."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from auditor.documents.archive import Archive
from auditor.documents.document import Role
from auditor.documents.interface import Limits, Source
from auditor.documents.xml_safe import parse

_MAIN = "word/document.xml"
_ROOT = "_rels/.rels"
_DEEPEST_STYLE = 20
_HEADING = re.compile(r"(?:heading \d+|title|subtitle|toc heading)", re.IGNORECASE)
_QUOTE = re.compile(
    r"(?:intense )?quot(?:e|ation|ations)(?: char)?|block ?text|block quotation", re.IGNORECASE
)
_CODE = re.compile(
    r"html (?:code|preformatted|sample|keyboard).*|(?:source )?code.*|verbatim char|macro text|listing"
    r"|preformatted text",
    re.IGNORECASE,
)


@dataclass(slots=True)
class PackageParts:
    """Member names of the main document and, by kind, of the parts that belong to it."""

    main: str
    parts: dict[str, list[str]] = field(default_factory=dict)

    def of(self, kind: str) -> list[str]:
        """Members of one kind (``footnotes``, ``header``, ``styles`` …), in the order of the file."""
        return self.parts.get(kind, [])


def package_parts(archive: Archive, source: Source, limits: Limits) -> PackageParts:
    """Follows the relationships of the package; what lies outside the file is left alone.

    Raises:
        DocumentError: If there is no main document.
    """
    main = _MAIN
    root = _relationships(archive, _ROOT, "", source, limits)
    for kind, target in root:
        if kind == "officeDocument" and target in archive:
            main = target
    if main not in archive:
        raise source.error(f"has no {_MAIN}: it is not a Word document, or is damaged")
    found = PackageParts(main)
    folder, base = posixpath.split(main)
    own = _relationships(archive, posixpath.join(folder, "_rels", f"{base}.rels"), folder, source, limits)
    for kind, target in [*own, *root]:
        members = found.parts.setdefault(kind, [])
        if target in archive and target not in members:
            members.append(target)
    return found


def _relationships(
    archive: Archive, name: str, folder: str, source: Source, limits: Limits
) -> list[tuple[str, str]]:
    if name not in archive:
        return []
    reader = _Relationships(folder)
    parse(source, archive.chunks(name), reader, limits, part=name, namespaces=True, doctype=False)
    return reader.found


class _Relationships:
    """Kinds (last word of the type's address) and targets."""

    def __init__(self, folder: str) -> None:
        self.found: list[tuple[str, str]] = []
        self._folder = folder

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode", "").lower() == "external" or "Target" not in attributes:
            return
        target = attributes["Target"]
        path = target if target.startswith("/") else posixpath.join(self._folder, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found.append((kind, posixpath.normpath(path).lstrip("/")))

    def end(self, name: str) -> None: ...

    def text(self, data: str, offset: int) -> None: ...


@dataclass(slots=True)
class _Style:
    name: str = ""
    based_on: str = ""
    outline: int | None = None


class Styles:
    """Reads ``styles.xml``; tells the role of a style, its own or inherited."""

    def __init__(self) -> None:
        self._styles: dict[str, _Style] = {}
        self._current = _Style()
        self._known: dict[str, tuple[Role | None, int]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the styles begins."""
        local = name.rpartition(" ")[2]
        if local == "style":
            self._current = self._styles.setdefault(attribute(attributes, "styleId"), _Style())
        elif local == "name":
            self._current.name = self._current.name or attribute(attributes, "val")
        elif local == "basedOn":
            self._current.based_on = attribute(attributes, "val")
        elif local == "outlineLvl":
            self._current.outline = outline_level(attribute(attributes, "val"))

    def end(self, name: str) -> None:
        """Nothing: all is said by attributes."""

    def text(self, data: str, offset: int) -> None:
        """Nothing: all is said by attributes."""

    def role(self, style_id: str) -> tuple[Role | None, int]:
        """The role that a style gives and, for a heading, its level (1 is the highest)."""
        if style_id not in self._known:
            self._known[style_id] = self._find(style_id)
        return self._known[style_id]

    def _find(self, style_id: str) -> tuple[Role | None, int]:
        for _ in range(_DEEPEST_STYLE):  # a style may be based on itself
            style = self._styles.get(style_id)
            name = style.name if style else style_id
            if _HEADING.fullmatch(name) or re.fullmatch(r"Heading\d", name):
                digits = re.sub(r"\D", "", name)
                return Role.HEADING, int(digits[:2]) if digits else 1
            if name.lower() == "caption":
                return Role.CAPTION, 0
            if name.lower() == "bibliography":
                return Role.REFERENCES, 0
            if _QUOTE.fullmatch(name):
                return Role.QUOTATION, 0
            if _CODE.fullmatch(name):
                return Role.CODE, 0
            if style and style.outline is not None:
                return Role.HEADING, style.outline
            if not style or not style.based_on:
                break
            style_id = style.based_on
        return None, 0


def attribute(attributes: dict[str, str], local: str) -> str:
    """The value of an attribute by its local name, whatever its namespace; empty where there is none."""
    for name, value in attributes.items():
        if name.rpartition(" ")[2] == local:
            return value
    return ""


def outline_level(value: str) -> int | None:
    """1 to 9 for the outline levels 0 to 8, None for body text."""
    return int(value) + 1 if value in ("0", "1", "2", "3", "4", "5", "6", "7", "8") else None
