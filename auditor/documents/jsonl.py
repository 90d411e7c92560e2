"""JSON lines: data sets, logs of model answers, chat transcripts."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.documents.builder import DocumentBuilder
from auditor.documents.document import Document
from auditor.documents.encoding import decode
from auditor.documents.interface import LoadOptions, Source
from auditor.documents.json_positions import Json, JsonError, JsonString, parse
from auditor.documents.record_fields import has_letters, is_prose, is_usual, listed, shortened

Field = tuple[str, JsonString]
_CHATS = frozenset(("messages", "conversations", "conversation", "dialogue", "dialog", "turns", "history"))
_NODES = 10_000
"""Most values of one row that are looked through for text."""


class JsonlLoader:
    """One part a row, ``row 12``; a message of a chat in it is ``row 12 messages[1]``.

    Rows that are not JSON are listed in ``Document.problems`` and the others still read. A file that is one
    JSON array is read as its elements.
    """

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one file.

        Raises:
            DocumentError: If no row is JSON, or no row has one of the fields asked for.
        """
        file, encoding = decode(source)
        builder = DocumentBuilder()
        problems: list[str] = []
        names: dict[str, None] = {}
        rows = 0
        for number, row in _rows(file, options.limits.max_depth, problems):
            rows += 1
            if isinstance(row, dict) and len(names) < 100:
                names.update(dict.fromkeys(row))
            _add(builder, number, _fields(row, options.text_fields))
        if not rows:
            raise source.error(problems[0] if problems else "holds no rows")
        if not len(builder) and options.text_fields:
            there = listed(names) if names else "none, the rows are no objects"
            raise source.error(
                f"has no field {listed(options.text_fields)!r} in any row; the fields are: {there};"
                " choose with --text-field"
            )
        if not len(builder):
            # Nothing reads like prose: then every word counts.
            for number, row in _rows(file, options.limits.max_depth, []):
                strings = _strings(row, "")
                _add(
                    builder, number, [(path, value) for path, value, _ in strings if has_letters(str(value))]
                )
        return builder.build(source, self.name, raw=file, encoding=encoding, problems=shortened(problems))


def _add(builder: DocumentBuilder, number: int, fields: list[Field]) -> None:
    for path, value in fields:
        builder.block()
        nested = "[" in path or "." in path
        builder.part(f"row {number} {path.removesuffix('.content')}" if nested else f"row {number}")
        value.add_to(builder)


def _rows(file: str, max_depth: int, problems: list[str]) -> Iterator[tuple[int, Json]]:
    if file.lstrip()[:1] == "[" and (rows := _array(file, max_depth)) is not None:
        yield from enumerate(rows, 1)
        return
    number = position = 0
    while position < len(file):
        end = file.find("\n", position)
        end = len(file) if end < 0 else end
        if file[position:end].strip():
            number += 1
            try:
                yield number, parse(file, position, end, max_depth=max_depth)
            except JsonError as error:
                column = error.position - position + 1
                problems.append(f"row {number}: not JSON: {error.reason} (column {column})")
        position = end + 1


def _array(file: str, max_depth: int) -> list[Json] | None:
    """The elements where the file as a whole is a JSON array of objects."""
    try:
        value = parse(file, max_depth=max_depth)
    except JsonError:
        return None  # then each line speaks for itself
    return value if isinstance(value, list) and any(isinstance(row, dict) for row in value) else None


def _fields(row: Json, wanted: tuple[str, ...]) -> list[Field]:
    """The text of a row: the fields asked for, else those of the usual names, else all prose."""
    if wanted:
        found = []
        for name in wanted:
            value = row.get(name) if isinstance(row, dict) else None
            if value is None:
                value = _at(row, name)
            found += [(path, string) for path, string, _ in _strings(value, name)]
        return found
    strings = _strings(row, "")
    usual = [(path, string) for path, string, is_named in strings if is_named]
    if any(not path.lower().endswith("title") for path, _ in usual):
        return usual
    return [(path, string) for path, string, _ in strings if is_prose(str(string))]


def _at(row: Json, path: str) -> Json:
    """The value at a dotted path such as ``response.text``."""
    for key in path.split("."):
        row = row.get(key) if isinstance(row, dict) else None
    return row


def _strings(root: Json, path: str) -> list[tuple[str, JsonString, bool]]:
    """Every string that is not empty, in order: path, value, whether its name is a usual one."""
    found: list[tuple[str, JsonString, bool]] = []
    stack: list[tuple[str, Json, bool]] = [(path, root, False)]
    for _ in range(_NODES):
        if not stack:
            break
        path, value, named = stack.pop()
        if isinstance(value, JsonString):
            if value:
                found.append((path, value, named))
        elif isinstance(value, dict):
            inner = [(f"{path}.{key}" if path else key, item, is_usual(key)) for key, item in value.items()]
            stack += reversed(inner)
        elif isinstance(value, list):
            plain = named or path.rpartition(".")[2].lower() in _CHATS
            stack += [(f"{path}[{i}]", item, plain) for i, item in reversed(list(enumerate(value)))]
    return found


LOADER = JsonlLoader()
