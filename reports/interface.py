"""What a renderer is and what it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from auditor.reports.model import Report


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How a report is shown; each format takes what makes sense for it.

    Attributes:
        colour: Whether the terminal understands ANSI colours and underlining.
        width: Width of the terminal, in cells.
        verbose: Whether findings that do not count (mentioned, suppressed) are shown too. JSON, SARIF and the
            HTML page always have them.
        summary: Whether the terminal format shows failed documents, problems and totals beside the findings.
            None: only with colour; without it the text is meant for another program's input.
    """

    colour: bool = False
    width: int = 100
    verbose: bool = False
    summary: bool | None = None


class Renderer(Protocol):
    """One output format. A module of ``auditor.reports`` has one as ``RENDERER``.

    Attributes:
        name: What the format is called on the command line.
        suffixes: File name endings that mean this format, lower case with their dot; the longest match wins.
    """

    name: str
    suffixes: tuple[str, ...]

    def render(self, report: Report, *, options: RenderOptions) -> str:
        """The report in this format, ending in a line break unless it is empty; always encodable as UTF-8."""
        ...
