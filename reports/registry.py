"""Finds a renderer by its name or by the file that is to be written; imports only the one that is used."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from auditor.reports.interface import Renderer

# Suffixes stand here, not in the modules alone, so that guessing a format imports none of them.
_SUFFIXES: Final = {
    "terminal": (".txt",),
    "json": (".json",),
    "html": (".html", ".htm"),
    "markdown": (".md", ".markdown"),
    "sarif": (".sarif", ".sarif.json"),
    "junit": (".xml",),
    "github": (),
}
NAMES: Final = tuple(_SUFFIXES)


class UnknownFormatError(LookupError):
    """A format was named, or a file name given, that no renderer is for."""


def suffixes(name: str) -> tuple[str, ...]:
    """File name endings that stand for a format."""
    return _SUFFIXES[name]


def renderer(name: str) -> Renderer:
    """The renderer called ``name``.

    Raises:
        UnknownFormatError: If there is none.
    """
    if name not in _SUFFIXES:
        raise UnknownFormatError(f"no format is called {name!r}; there are {', '.join(NAMES)}")
    found: Renderer = import_module(f"auditor.reports.{name}").RENDERER
    return found


def guess(path: str) -> str:
    """Name of the format that a file name asks for.

    Raises:
        UnknownFormatError: If its ending stands for none.
    """
    lower = path.lower()
    endings = [(len(s), name) for name, known in _SUFFIXES.items() for s in known if lower.endswith(s)]
    if not endings:
        known = ", ".join(s for found in _SUFFIXES.values() for s in found)
        raise UnknownFormatError(
            f"cannot tell the format from the name {path!r} (known: {known}); use --format"
        )
    return max(endings)[1]
