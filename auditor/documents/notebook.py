"""Jupyter notebooks: Markdown cells, comments of code cells, and outputs.

The positions come from :mod:`auditor.documents.json_positions`, a tokeniser that leaves every string where it
stands in the file, so that a finding names the line of the JSON file and the images cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.documents.builder import DocumentBuilder
from auditor.documents.code import add_prose, scan_by_name
from auditor.documents.code_script import scan_component
from auditor.documents.document import Document, Role
from auditor.documents.encoding import decode
from auditor.documents.interface import LoadOptions, Source
from auditor.documents.json_positions import Json, JsonError, JsonString, parse
from auditor.documents.markdown_structure import markdown_roles
from auditor.documents.spelled import Spelled

_SUFFIXES = {
    "python": ".py",
    "python3": ".py",
    "ipython": ".py",
    "r": ".r",
    "ir": ".r",
    "julia": ".jl",
    "javascript": ".js",
    "typescript": ".ts",
    "bash": ".sh",
    "sh": ".sh",
    "scala": ".scala",
    "java": ".java",
    "c++": ".cpp",
    "sql": ".sql",
    "ruby": ".rb",
    "rust": ".rs",
    "go": ".go",
    "kotlin": ".kt",
    "c#": ".cs",
    "perl": ".pl",
    "lua": ".lua",
    "js": ".js",
    "html": ".vue",
    "svg": ".vue",
}
_MAGIC = re.compile(r"\s*%%(\w+)")
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_REPR = re.compile(r"\s*<[\w.]+ (?:object|at 0x)[^\n]*>\s*")


class NotebookLoader:
    """Notebooks of nbformat 3 and 4; parts are ``cell 3`` and ``cell 3 output``, counted from 1."""

    name = "notebook"
    suffixes = (".ipynb",)

    def load(self, source: Source, options: LoadOptions) -> Document:
        """Reads one notebook.

        Raises:
            DocumentError: If it is not JSON (with line and column), nested too deeply, or no notebook.
        """
        file, encoding = decode(source)
        try:
            root = parse(file, max_depth=options.limits.max_depth)
        except JsonError as error:
            line = file.count("\n", 0, error.position) + 1
            column = error.position - file.rfind("\n", 0, error.position)
            raise source.error(
                f"is not a readable notebook: line {line}, column {column}: {error.reason}"
            ) from error
        cells = list(_cells(root))
        if not cells and not (isinstance(root, dict) and ("cells" in root or "worksheets" in root)):
            raise source.error("is JSON but not a notebook: it has no cells")
        builder = DocumentBuilder()
        suffix = _language(root)
        for number, cell in enumerate(cells, 1):
            _add_cell(builder, cell, number, suffix)
        return builder.build(source, self.name, raw=file, encoding=encoding)


def _cells(root: Json) -> Iterator[dict[str, Json]]:
    """The cells of format 4, or of every worksheet of format 3."""
    for holder in (root, *_list(_get(root, "worksheets"))):
        for cell in _list(_get(holder, "cells")):
            if isinstance(cell, dict):
                yield cell


def _language(root: Json) -> str:
    metadata = _get(root, "metadata")
    for holder, key in (("language_info", "name"), ("kernelspec", "language"), ("kernelspec", "name")):
        name = _get(_get(metadata, holder), key)
        if isinstance(name, JsonString) and (suffix := _SUFFIXES.get(str(name).lower())):
            return suffix
    return ".py"


def _add_cell(builder: DocumentBuilder, cell: dict[str, Json], number: int, suffix: str) -> None:
    kind = _word(cell, "cell_type")
    text = _text(cell.get("source", cell.get("input")))
    _start(builder, f"cell {number}")
    if kind == "markdown":
        _add_markdown(builder, text)
    elif kind == "heading":
        with builder.role(Role.HEADING):
            text.add_to(builder, 0, len(text.text))
    elif kind == "code":
        magic = _MAGIC.match(text.text)
        if magic and magic[1].lower() in ("markdown", "latex"):
            _add_markdown(builder, text, magic.end())
        else:
            add_prose(
                builder,
                text,
                scan_by_name(text.text, _SUFFIXES.get(magic[1].lower(), suffix) if magic else suffix),
            )
    else:  # raw, and what later formats may add
        text.add_to(builder, 0, len(text.text))
    for output in _list(cell.get("outputs")):
        if isinstance(output, dict):
            _start(builder, f"cell {number} output")
            _add_output(builder, output)


def _start(builder: DocumentBuilder, label: str) -> None:
    builder.block()
    builder.part(label)


def _add_markdown(builder: DocumentBuilder, text: Spelled, start: int = 0) -> None:
    base = len(builder) - start
    text.add_to(builder, start, len(text.text))
    for span in markdown_roles(text.text):
        if span.start >= start:
            builder.mark(base + span.start, base + span.end, span.role)


def _add_output(builder: DocumentBuilder, output: dict[str, Json]) -> None:
    """The richest text of an output: Markdown, else plain text, else HTML without its tags."""
    kind = _word(output, "output_type")
    if kind in ("error", "pyerr"):
        _text(output.get("evalue")).add_to(builder, 0, len(_text(output.get("evalue")).text))
        return
    data = output.get("data")
    data = data if isinstance(data, dict) else output  # format 3 has no such level
    markdown, plain = _text(data.get("text/markdown")), _text(data.get("text/plain", data.get("text")))
    page = _text(data.get("text/html", data.get("html")))
    if markdown.text.strip():
        _add_markdown(builder, markdown)
    elif plain.text.strip() and not (page.text and _REPR.fullmatch(plain.text[:500])):
        _add_plain(builder, plain)
    elif page.text:
        add_prose(builder, page, scan_component(page.text))


def _add_plain(builder: DocumentBuilder, text: Spelled) -> None:
    """Text as a terminal shows it, without the colour codes."""
    position = 0
    for code in _ANSI.finditer(text.text):
        text.add_to(builder, position, code.start())
        position = code.end()
    text.add_to(builder, position, len(text.text))


def _text(value: Json) -> Spelled:
    """A multi-line string of the format: one string, or a list of lines."""
    strings = [value] if isinstance(value, JsonString) else _list(value)
    return Spelled(piece for string in strings if isinstance(string, JsonString) for piece in string.pieces())


def _get(value: Json, key: str) -> Json:
    return value.get(key) if isinstance(value, dict) else None


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _word(value: dict[str, Json], key: str) -> str:
    word = value.get(key)
    return str(word) if isinstance(word, JsonString) else ""


LOADER = NotebookLoader()
