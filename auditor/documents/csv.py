"""Tables of text: CSV and TSV.

The fields are cut by a tokeniser of this module and not by the standard library's ``csv``, which reads the
same dialects but does not say where a field stands; a finding inside a field of many lines needs the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from auditor.documents.builder import DocumentBuilder
from auditor.documents.document import Document
from auditor.documents.encoding import decode
from auditor.documents.interface import LoadOptions, Source
from auditor.documents.record_fields import has_letters, is_prose, is_usual, listed, shortened

_DELIMITERS = ",\t;|"
_SAMPLE = 1 << 16
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"')
_NUMBER = re.compile(r"[\s\d.,:%+$€-]*")
Field = tuple[int, int, int, int]
"""Start and end of what is between quotation marks (empty where there are none) and of what follows bare."""


class CsvLoader:
    """Every field with text is a block of its own, labelled ``row 12`` (the head does not count)."""

    name = "csv"
    suffixes = (".csv", ".tsv")

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one table.

        Raises:
            DocumentError: If none of the columns asked for exists.
        """
        file, encoding = decode(source)
        delimiter = _delimiter(file[:_SAMPLE], "\t" if source.suffix == ".tsv" else ",")
        problems: list[str] = []
        first = next(_rows(file, delimiter, []), [])
        cells = [_value(file, field).strip() for field in first]
        headed = _is_head(cells, options.text_fields)
        head = cells if headed else [f"column {i}" for i in range(1, len(cells) + 1)]
        columns = _columns(head, options.text_fields)
        if options.text_fields and not columns:
            raise source.error(
                f"has no column {listed(options.text_fields)!r}; the columns are: {listed(head)};"
                " choose with --text-field"
            )
        builder = DocumentBuilder()
        for reads in (is_prose, has_letters):
            for number, row in enumerate(_rows(file, delimiter, problems), 0 if headed else 1):
                if number:
                    _add_row(builder, file, number, row, columns, len(head), reads)
            if len(builder) or columns:
                break  # else nothing reads like prose: then every word counts
            problems.clear()
        return builder.build(source, self.name, raw=file, encoding=encoding, problems=shortened(problems))


def _add_row(
    builder: DocumentBuilder,
    file: str,
    number: int,
    row: list[Field],
    columns: frozenset[int],
    width: int,
    reads: Callable[[str], bool],
) -> None:
    for i, field in enumerate(row):
        value = _value(file, field)
        # What a missing quotation mark pushed past the last column is text all the same.
        chosen = i in columns or i >= width if columns else reads(value)
        if not chosen or not value.strip():
            continue
        builder.block()
        builder.part(f"row {number}")
        start, end, bare, stop = field
        while (pair := file.find('""', start, end)) >= 0:
            builder.add(file[start : pair + 1], raw=start)
            start = pair + 2
        builder.add(file[start:end], raw=start)
        builder.add(file[bare:stop], raw=bare)


def _value(file: str, field: Field) -> str:
    start, end, bare, stop = field
    return file[start:end].replace('""', '"') + file[bare:stop]


def _is_head(cells: list[str], wanted: tuple[str, ...]) -> bool:
    """Whether the first row names the columns."""
    if any(is_usual(cell) or cell in wanted for cell in cells):
        return True
    return len(set(cells)) == len(cells) and all(
        cell
        and len(cell) <= 60
        and not _NUMBER.fullmatch(cell)
        and cell[-1] not in ".!?。"
        and cell.count(" ") < 5
        for cell in cells
    )


def _columns(head: list[str], wanted: tuple[str, ...]) -> frozenset[int]:
    """Columns that are read; empty where each value decides for itself."""
    if wanted:
        names = {name.casefold() for name in wanted}
        return frozenset(i for i, cell in enumerate(head) if cell.casefold() in names)
    usual = frozenset(i for i, cell in enumerate(head) if is_usual(cell))
    only_titles = all(head[i].lower() == "title" for i in usual)
    return frozenset() if only_titles else usual


def _rows(file: str, delimiter: str, problems: list[str]) -> Iterator[list[Field]]:
    """Rows that are not blank, each a list of fields; tolerant of every mistake in the quotation marks."""
    bare = re.compile(f"[^{re.escape(delimiter)}\r\n]*+")
    position, number, length = 0, 0, len(file)
    row: list[Field] = []
    whole = True  # until a quotation mark has no partner in the rest of the file
    while position < length:
        start = end = position
        if file[position] == '"':
            quoted = _QUOTED.match(file, position) if whole else None
            if quoted:
                start, end = quoted.span(1)
                position = quoted.end()
            else:
                if whole:
                    line = file.count("\n", 0, position) + 1
                    problems.append(f"row {number + 1}: quotation mark that is never closed (line {line})")
                    whole = False
                position += 1
                start = end = position
        tail = bare.match(file, position)
        stop = tail.end() if tail else position
        row.append((start, end, position, stop))
        position = stop
        if position < length and file[position] == delimiter:
            position += 1
            if position < length:
                continue
        if len(row) > 1 or _value(file, row[0]).strip():
            number += 1
            yield row
        row = []
        position += 2 if file.startswith("\r\n", position) else 1
    if row:
        yield row


def _delimiter(sample: str, default: str) -> str:
    """The delimiter that cuts the first rows into the same number of fields, at least two."""
    best, best_score = default, (0.0, 0)
    for delimiter in sorted(_DELIMITERS, key=lambda mark: mark != default):
        widths = []
        for row in _rows(sample, delimiter, []):
            widths.append(len(row))
            if len(widths) >= 30:
                break
        if not widths:
            continue
        widths = widths[: max(1, len(widths) - 1)]  # the last may be cut by the end of the sample
        common = max(set(widths), key=widths.count)
        score = (widths.count(common) / len(widths), common)
        if common > 1 and score[0] > best_score[0] + 0.1:
            best, best_score = delimiter, score
    return best


LOADER = CsvLoader()
