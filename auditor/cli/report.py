"""``auditor report``: saved reports, merged and rendered again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import COMMANDS
from auditor.cli.errors import UsageProblem
from auditor.cli.output import STDOUT, check_writable, output_options, show, sinks
from auditor.config_values import LEVELS

if TYPE_CHECKING:
    from auditor.reports.model import Report


@click.command("report", short_help=COMMANDS["report"])
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="REPORT.json...")
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="warning",
    show_default=True,
    help="Severity from which a finding makes the exit code 1.",
)
@output_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    fail_on: str,
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    verbose: bool,
    quiet: bool,
    colour: str,
) -> None:
    """Merge saved JSON reports and render them again.

    Takes what 'auditor scan --format json' wrote. A document that is in several reports keeps its latest
    audit. The exit code is that of a scan with the same findings.

    \b
    Example:
      auditor report part-*.json -o all.html
    """  # noqa: D301 - \b is click's mark for "do not wrap"
    from auditor.reports.build import exit_code, merge
    from auditor.scanning import severity

    chosen = sinks(formats, outputs)
    check_writable([sink.path for sink in chosen if sink.path != STDOUT])
    report = merge([_read(Path(file)) for file in files])
    show(report, chosen, verbose=verbose, quiet=quiet, colour=colour)
    ctx.exit(exit_code(report, severity(fail_on)))


def _read(path: Path) -> Report:
    from auditor.reports.json import ReportError, read

    try:
        return read(path.read_bytes())
    except OSError as error:
        raise UsageProblem(f"{path}: cannot be read: {error.strerror}") from error
    except ReportError as error:
        how = "make one with 'auditor scan ... --format json --output FILE'"
        raise UsageProblem(f"{path}: {error}; {how}") from error
