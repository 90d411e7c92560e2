"""``auditor doctor``: what is installed, what is missing, how to get it."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

import click

from auditor.cli import COMMANDS
from auditor.cli.console import coloured, write
from auditor.version import __version__

EXTRAS: Final = {
    "grounding": "sentence embeddings and named entities, for detectors that read meaning",
    "postgres": "source indexes in PostgreSQL with pgvector",
    "models": "local language models as the subject of an audit",
}
_PYTHON: Final = (3, 11)
_MARKS: Final = {"ok": ("✓", "green"), "missing": ("✗", "red"), "optional": ("–", "yellow")}

# State, what it is about, what there is to say.
Line = tuple[str, str, str]


@click.command("doctor", short_help=COMMANDS["doctor"])
@click.option(
    "--config", type=click.Path(), metavar="FILE", help="Configuration file, instead of looking for one."
)
@click.option(
    "--color",
    "colour",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help="When to use colour.",
)
@click.pass_context
def command(ctx: click.Context, /, config: str | None, colour: str) -> None:
    """Tell what is installed, what is missing and how to get it.

    Exit code 0 if everything that a scan needs is in order, else 1.
    """
    sections = {
        "Program": list(_program()),
        "Needed": list(_needed()),
        "Optional": list(_optional()),
        "Settings": list(_settings(config)),
    }
    in_colour = coloured(colour, sys.stdout)
    text = "\n".join(_section(title, lines) for title, lines in sections.items())
    write(text if in_colour else click.unstyle(text))
    ctx.exit(int(any(state == "missing" for lines in sections.values() for state, _, _ in lines)))


def _section(title: str, lines: list[Line]) -> str:
    text = click.style(title, bold=True) + "\n"
    for state, name, told in lines:
        mark, colour = _MARKS[state]
        text += f"  {click.style(mark, fg=colour)} {name:<22} {told}\n"
    return text


def _program() -> Iterator[Line]:
    yield "ok", "auditor", __version__
    version = platform.python_version()
    wanted = ".".join(map(str, _PYTHON))
    if sys.version_info >= _PYTHON:
        yield "ok", "Python", version
    else:
        yield "missing", "Python", f"{version}; at least {wanted} is needed"
    yield "ok", "Platform", f"{platform.system()} {platform.release()} {platform.machine()}"


def _needed() -> Iterator[Line]:
    for name, least, extra in _requirements():
        if extra is None:
            yield _package(name, least, f"pip install '{name}>={least}'", "missing")


def _optional() -> Iterator[Line]:
    """Looked up in the packages' metadata: importing torch to say that it is there would take seconds."""
    by_extra: dict[str, list[tuple[str, str]]] = {}
    for name, least, extra in _requirements():
        if extra:
            by_extra.setdefault(extra, []).append((name, least))
    for extra, purpose in EXTRAS.items():
        packages = [
            _package(name, least, f"pip install 'auditor[{extra}]'", "optional")
            for name, least in by_extra.get(extra, ())
        ]
        yield ("ok" if all(line[0] == "ok" for line in packages) else "optional"), f"[{extra}]", purpose
        for state, name, told in packages:
            yield state, f"  {name}", told


def _package(name: str, least: str, how: str, otherwise: str) -> Line:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return otherwise, name, f"not installed; {how}"
    if _numbers(version) < _numbers(least):
        return otherwise, name, f"{version}, but at least {least} is needed; {how}"
    return "ok", name, version


def _requirements() -> Iterator[tuple[str, str, str | None]]:
    """Name, least version and extra (None: always needed) of each package that this one asks for."""
    for line in metadata.requires("auditor") or ():
        match = re.match(
            r"(?P<name>[\w.-]+)\s*(?:>=\s*(?P<least>[\w.]+))?[^;]*(?:;.*extra\s*==\s*['\"](?P<extra>\w+)['\"])?",
            line,
        )
        if match:
            yield match["name"], match["least"] or "0", match["extra"]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version.partition("+")[0])[:3])


def _settings(config: str | None) -> Iterator[Line]:
    from auditor.config import settings
    from auditor.detector import all_detectors
    from auditor.scanning import registered

    try:
        found = settings(environment=os.environ, file=Path(config) if config else None, start=Path())
        yield "ok", "Configuration", found.file or "none found: defaults hold"
        with registered(found.rules):
            yield "ok", "Rules", f"{len(all_detectors()):,}"
    except Exception as error:  # noqa: BLE001 - whatever is broken, the doctor's job is to say so
        yield "missing", "Configuration or rules", " ".join(str(error).split())
