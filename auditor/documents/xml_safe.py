"""XML read as a stream, within bounds: no external entity is followed, no entity bomb unfolds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.entities import html5
from typing import Protocol
from xml.parsers import expat

from auditor.documents.interface import Limits, Source

# A reference inside an entity's value is what every expansion bomb needs; documents hardly ever do.
_NESTED = re.compile(r"&[^#\s]")
_LONGEST_ENTITY = 10_000
_CUT_OFF = frozenset(
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)


class Handler(Protocol):
    """What takes the events of a parse."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; names are ``uri name`` where the parse knows namespaces, else as written."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str, offset: int) -> None:
        """Character data, in pieces; ``offset`` is the byte at which it (or its reference) is written."""


def parse(
    source: Source,
    chunks: Iterable[bytes],
    handler: Handler,
    limits: Limits,
    *,
    part: str = "",
    encoding: str | None = None,
    namespaces: bool = False,
    doctype: bool = True,
) -> None:
    """Runs ``handler`` over an XML document.

    Args:
        source: Whose errors are raised.
        chunks: The document's bytes.
        handler: Takes the events.
        limits: ``max_depth`` bounds nesting, ``max_text`` the characters of text (entities expanded).
        part: Name of the member of a container, for messages.
        encoding: Overrides what the document declares.
        namespaces: Whether names are given as ``uri name``.
        doctype: Whether a document type declaration is allowed.

    Raises:
        DocumentError: If it is not well-formed, cut off, nested too deeply, or relies on entities that are
            external or refer to other entities.
    """
    _Parse(source, handler, limits, part, encoding, namespaces, doctype).run(chunks)


class _Parse:
    def __init__(
        self,
        source: Source,
        handler: Handler,
        limits: Limits,
        part: str,
        encoding: str | None,
        namespaces: bool,
        doctype: bool,
    ) -> None:
        self._source = source
        self._handler = handler
        self._limits = limits
        self._where = f"in {part} " if part else ""
        self._depth = 0
        self._length = 0
        self._parser = parser = expat.ParserCreate(encoding, " " if namespaces else None)
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._declared
        parser.ExternalEntityRefHandler = self._external
        parser.SkippedEntityHandler = self._skipped
        if not doctype:
            parser.StartDoctypeDeclHandler = self._refused

    def run(self, chunks: Iterable[bytes]) -> None:
        try:
            for chunk in chunks:
                self._parser.Parse(chunk, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            problem = expat.ErrorString(error.code)
            kind = "is cut off" if error.code in _CUT_OFF else "is not well-formed XML"
            at = f"line {error.lineno}, column {error.offset + 1}"
            raise self._source.error(f"{kind}: {self._where}{problem} at {at}") from error
        except (ValueError, LookupError) as error:  # an encoding that the XML declaration invents
            raise self._source.error(f"is not readable XML: {self._where}{error}") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._limits.max_depth:
            raise self._source.error(f"nests elements deeper than {self._limits.max_depth} levels")
        self._handler.start(name, attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(name)

    def _text(self, data: str) -> None:
        self._length += len(data)
        if self._length > self._limits.max_text:
            limit = self._limits.max_text / 1e6
            raise self._source.error(f"holds more text than the limit of {limit:,.0f} MB")
        self._handler.text(data, self._parser.CurrentByteIndex)

    def _declared(self, name: str, is_parameter: bool, value: str | None, *_: object) -> None:
        if is_parameter or value is None:
            return
        if _NESTED.search(value):
            raise self._source.error(f"declares the entity {name!r} by other entities (an expansion bomb?)")
        if len(value) > _LONGEST_ENTITY:
            raise self._source.error(f"declares the entity {name!r} with {len(value):,} characters")

    def _external(self, context: str | None, *_: object) -> int:
        raise self._source.error(f"refers to the external entity {context!r}, which is never followed")

    def _skipped(self, name: str, is_parameter: bool) -> None:
        # A DTD that was not read would have said what it is; nearly always it is one of HTML's.
        if not is_parameter:
            self._text(html5.get(f"{name};", f"&{name};"))

    def _refused(self, *_: object) -> None:
        raise self._source.error(f"has a document type declaration {self._where}which its format forbids")
