"""Formats and files: which rendering of a report goes where."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from auditor.cli.console import coloured, tell, width, write
from auditor.cli.errors import UsageProblem, usage_problems, writing
from auditor.reports.registry import NAMES, guess, renderer

if TYPE_CHECKING:
    from auditor.reports.interface import RenderOptions
    from auditor.reports.model import Report

STDOUT = "-"
F = TypeVar("F", bound=Callable[..., Any])


def output_options(function: F) -> F:
    """Options of every command that shows a report."""
    for option in reversed(
        (
            click.option(
                "--format",
                "formats",
                multiple=True,
                type=click.Choice(NAMES),
                help="Format of the report; terminal by default. Repeatable.",
            ),
            click.option(
                "-o",
                "--output",
                "outputs",
                multiple=True,
                type=click.Path(dir_okay=False, allow_dash=True),
                metavar="FILE",
                help="File to write a format to; the first --output takes the first --format, and so on. "
                "Without a --format of its own, its ending decides (.json .html .md .sarif .xml .txt). "
                "Findings are still shown on standard output when every format goes to a file. Repeatable.",
            ),
            click.option(
                "-v",
                "--verbose",
                is_flag=True,
                help="Also show findings that do not count (mentioned, suppressed), and what was done.",
            ),
            click.option(
                "-q", "--quiet", is_flag=True, help="Nothing but findings and failures: no summary."
            ),
            click.option(
                "--color",
                "colour",
                type=click.Choice(("auto", "always", "never")),
                default="auto",
                help="When to use colour. auto: on a terminal; NO_COLOR and FORCE_COLOR count.",
            ),
        )
    ):
        function = option(function)
    return function


@dataclass(frozen=True, slots=True)
class Sink:
    """One rendering: the format, and the file it goes to (``-`` for standard output)."""

    format: str
    path: str


def sinks(formats: Sequence[str], outputs: Sequence[str]) -> list[Sink]:
    """Pairs formats with files.

    Raises:
        UsageProblem: If two things would go to one place, or a file's ending stands for no format.
    """
    pairs = []
    for index, path in enumerate(outputs):
        with usage_problems():
            named = formats[index] if index < len(formats) else "terminal" if path == STDOUT else guess(path)
        pairs.append(Sink(named, path))
    pairs += [Sink(name, STDOUT) for name in formats[len(outputs) :]]
    if not any(sink.path == STDOUT for sink in pairs):
        pairs.append(Sink("terminal", STDOUT))
    places = [sink.path if sink.path == STDOUT else os.path.realpath(sink.path) for sink in pairs]
    for place in places:
        if places.count(place) > 1:
            where = "standard output" if place == STDOUT else place
            raise UsageProblem(
                f"{where} can take one format only; give each other --format its own --output FILE"
            )
    return pairs


def check_writable(paths: Sequence[str]) -> None:
    """Says before the work, not after it, that a file cannot be written."""
    for path in paths:
        if path == STDOUT:
            continue
        target = Path(path)
        folder = next(above for above in target.absolute().parents if above.exists())
        with writing(path):
            if target.is_dir():
                raise IsADirectoryError(0, "is a folder")
            if not folder.is_dir():
                raise NotADirectoryError(0, f"{folder} is not a folder")
            if not os.access(target if target.exists() else folder, os.W_OK):
                raise PermissionError(0, "permission denied")


def show(report: Report, chosen: Sequence[Sink], *, verbose: bool, quiet: bool, colour: str) -> None:
    """Writes the files, then standard output, then what is left to say on standard error.

    Raises:
        UsageProblem: If a file cannot be written; everything else has been written by then.
    """
    from auditor.reports.interface import RenderOptions

    problems: list[UsageProblem] = []
    for sink in chosen:
        if sink.path != STDOUT:
            try:
                _to_file(report, sink, RenderOptions(verbose=verbose, summary=True))
            except UsageProblem as error:
                problems.append(error)
    summarised = False
    for sink in chosen:
        if sink.path == STDOUT:
            summarised = sink.format == "terminal" and sys.stdout.isatty() and not quiet
            options = RenderOptions(coloured(colour, sys.stdout), _width(), verbose, summarised)
            _to_stdout(report, sink, options)
    if not summarised:
        _to_stderr(report, verbose=verbose, quiet=quiet)
    for problem in problems[:-1]:
        problem.show()
    if problems:
        raise problems[-1]


def _width() -> int:
    return width() if sys.stdout.isatty() else 100


def _to_file(report: Report, sink: Sink, options: RenderOptions) -> None:
    from auditor.files import write_atomic

    text = renderer(sink.format).render(report, options=options)
    with writing(sink.path):
        write_atomic(Path(sink.path), text)


def _to_stdout(report: Report, sink: Sink, options: RenderOptions) -> None:
    write(renderer(sink.format).render(report, options=options), raw=sink.format != "terminal")


def _to_stderr(report: Report, *, verbose: bool, quiet: bool) -> None:
    from auditor.reports.summary import failure_lines, summary_line

    for line in failure_lines(report):
        tell(line)
    if not quiet:
        tell(summary_line(report, verbose=verbose))
