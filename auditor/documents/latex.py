"""LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.documents.builder import DocumentBuilder
from auditor.documents.document import Document
from auditor.documents.encoding import decode
from auditor.documents.interface import LoadOptions, Source
from auditor.documents.latex_reader import LatexReader
from auditor.documents.metadata import gathered

_ENCODING = re.compile(rb"\\usepackage\[(utf8|latin1|latin9|ansinew|cp1251|koi8-r|cp1252)\]\{inputenc\}")
_CODECS = {"utf8": "utf-8", "latin1": "latin-1", "latin9": "iso8859-15", "ansinew": "cp1252"}
_DOCUMENT = re.compile(r"^[^%\r\n]*\\begin[ \t]*\{document\}", re.MULTILINE)
_FRONT = re.compile(
    r"^[ \t]*\\(?:title|subtitle|author|date|affiliation|abstract|keywords)\b[^{}\r\n]{0,200}\{", re.MULTILINE
)
_NAMED = re.compile(r"^[ \t]*\\(title|author|date)[ \t]*(?:\[[^\[\]\r\n]{0,200}\])?[ \t]*\{", re.MULTILINE)
_BRACE = re.compile(r"\\.|%[^\r\n]*|[{}]")
_MOST_FRONT = 50
_LONGEST_FRONT = 20_000


class LatexLoader:
    r"""The text of the printed page; commands, comments and mathematics are left out.

    Of the preamble only title, authors and the like are read. Footnotes and the addresses of ``\href`` follow
    their paragraph as blocks of their own, so that they do not part its sentences.
    """

    name = "latex"
    suffixes = (".tex", ".ltx", ".latex")

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one LaTeX file; raises DocumentError where it is binary."""
        declared = _ENCODING.search(source.data[:20_000])
        name = declared[1].decode("ascii") if declared else None
        file, encoding = decode(source, _CODECS.get(name, name) if name else None)
        builder = DocumentBuilder()
        reader = LatexReader(file, builder)
        begin = _DOCUMENT.search(file)
        start = 0
        if begin:
            start = begin.end()
            position = 0
            for _ in range(_MOST_FRONT):
                front = _FRONT.search(file, position, begin.start())
                if not front:
                    break
                position = _balanced(file, front.end(), begin.start())
                reader.read(front.start(), position)
        reader.read(start, len(file))
        return builder.build(
            source, self.name, raw=file, encoding=encoding, metadata=gathered(_metadata(file))
        )


def _metadata(file: str) -> Iterator[tuple[str, str]]:
    """Title, authors and date, wherever near the start they are given; what stands in notes to them is left out."""
    position = 0
    for _ in range(_MOST_FRONT):
        found = _NAMED.search(file, position, _LONGEST_FRONT * 5)
        if not found:
            return
        position = _balanced(file, found.end(), len(file))
        builder = DocumentBuilder()
        LatexReader(file, builder).read(found.end(), position - 1)
        blocks = builder.text.split("\n\n")
        for line in blocks[0].split("\n") if found[1] == "author" else [" ".join(blocks[0].split())]:
            yield found[1], line


def _balanced(file: str, position: int, end: int) -> int:
    """One past the brace that closes the one before ``position``, or as far as a title may go."""
    end = min(end, position + _LONGEST_FRONT)
    depth = 1
    for match in _BRACE.finditer(file, position, end):
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if not depth:
            return match.end()
    return end


LOADER = LatexLoader()
