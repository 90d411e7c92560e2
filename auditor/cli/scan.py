"""``auditor scan``: the main job."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli import COMMANDS
from auditor.cli.console import tell
from auditor.cli.errors import usage_problems, writing
from auditor.cli.output import STDOUT, check_writable, output_options, show, sinks
from auditor.config_values import LEVELS
from auditor.documents.registry import loaders

if TYPE_CHECKING:
    from auditor.config import Settings
    from auditor.reports.model import Report
    from auditor.scanning import Plan

_EPILOG = """\b
Exit codes:
  0  nothing at or above --fail-on
  1  findings
  2  wrong use or configuration
  3  something could not be read or audited, whatever was found in the rest

\b
Examples:
  auditor scan paper.pdf
  auditor scan . --exclude 'tests/**' --fail-on error
  auditor scan docs -o report.html -o report.sarif
  auditor scan answers.jsonl --text-field response
  auditor scan answer.md --sources references/     (compare with sources)
  auditor scan . --write-baseline baseline.json    (accept what there is)
  auditor scan . --baseline baseline.json          (report what is new)

Settings can stand in [tool.auditor] of pyproject.toml or in auditor.toml, and in environment variables such
as AUDITOR_FAIL_ON; flags weigh most, then the environment, then the file."""


@click.command("scan", short_help=COMMANDS["scan"], epilog=_EPILOG)
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH...")
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Rules to run, parted by commas: boilerplate, boilerplate/refusal. Repeatable. All by default.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULES",
    help="Rules to leave out; weighs more than --select. Repeatable.",
)
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    help="Severity from which a finding makes the exit code 1. [default: warning]",
)
@click.option(
    "--sources",
    multiple=True,
    type=click.Path(),
    metavar="PATH",
    help="Folder or file of sources, or an index of them: claims, quotations and figures are compared with it. "
    "Repeatable.",
)
@click.option(
    "--verifier",
    metavar="NAME",
    help="Model that says whether a source bears a claim out: packaged, alignment, nli:NAME, llm:MODEL … "
    "[default: packaged]",
)
@click.option("--base-url", metavar="URL", help="Address of the endpoint that --verifier llm:MODEL asks.")
@click.option(
    "--max-source-age",
    metavar="AGE",
    help="Note claims that rest on older sources only, such as '18 months' or '2 years'.",
)
@click.option(
    "--online",
    is_flag=True,
    help="Look listed works up at Crossref, DataCite and arXiv, politely and with a cache. Off by default: "
    "nothing is asked of any host.",
)
@click.option("--baseline", metavar="FILE", help="Do not count the findings that this file accepts.")
@click.option(
    "--write-baseline", metavar="FILE", help="Accept all present findings: write them to this file."
)
@click.option(
    "--include",
    multiple=True,
    metavar="GLOB",
    help="In folders, read only files that match, whatever their type. Syntax of .gitignore. Repeatable.",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="GLOB",
    help="In folders, leave out what matches. Syntax of .gitignore. Repeatable. A file that is named itself "
    "is always read.",
)
@click.option("--no-gitignore", is_flag=True, help="In folders, also read what .gitignore files leave out.")
@click.option(
    "--rules",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="File with rules of your own. Repeatable.",
)
@click.option(
    "--text-field",
    "text_fields",
    multiple=True,
    metavar="NAME",
    help="Field of JSONL or column of CSV that holds text. Repeatable. By default the usual names.",
)
@click.option(
    "--input-format",
    type=click.Choice(loaders()),
    help="Read every document as this, whatever it is called.",
)
@click.option(
    "--stdin-name",
    metavar="NAME",
    default="<stdin>",
    help="What to call standard input (-); its ending decides the format.",
)
@click.option(
    "--max-file-size", metavar="SIZE", help="Largest file that is read, such as 64MB. [default: 16MiB]"
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    help="Longest time for one document; 0 for no limit. [default: 60; 600 with --sources]",
)
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    help="Number of processes, or auto: one a processor where there is enough to do. [default: auto]",
)
@click.option(
    "--config", type=click.Path(), metavar="FILE", help="Configuration file, instead of looking for one."
)
@click.option("--progress/--no-progress", default=None, help="Show progress. By default on a terminal only.")
@output_options
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:
    """Look for what must not be published in files and folders.

    Reads text, Markdown, reStructuredText, HTML, PDF, DOCX, LaTeX, JATS XML, EPUB, Jupyter notebooks, JSONL,
    CSV and the comments of source code. PATH may be a file, a folder or - for standard input. In folders,
    hidden files and folders, node_modules, __pycache__ and what .gitignore names are left out.
    """
    chosen = sinks(options["formats"], options["outputs"])
    settings = _settings(paths, options)
    written = [sink.path for sink in chosen if sink.path != STDOUT]
    if options["write_baseline"]:
        written.append(options["write_baseline"])
    check_writable(written)
    report, plan = _scan(paths, settings, options, written)
    if options["write_baseline"]:
        report = _write_baseline(report, options["write_baseline"])
    _notes(plan, settings, options)
    show(report, chosen, verbose=options["verbose"], quiet=options["quiet"], colour=options["colour"])
    from auditor.scanning import exit_code

    ctx.exit(exit_code(report, settings))


def _settings(paths: tuple[str, ...], options: dict[str, Any]) -> Settings:
    from auditor.config import settings

    flags: dict[str, Any] = {
        key: options[key]
        for key in (
            *("fail_on", "baseline", "max_file_size", "timeout", "jobs"),
            *("verifier", "base_url", "max_source_age"),
        )
    }
    for key in ("include", "exclude", "rules", "text_fields", "sources"):
        flags[key] = options[key] or None
    for key in ("select", "ignore"):
        flags[key] = ",".join(options[key]) or None
    flags["gitignore"] = False if options["no_gitignore"] else None
    flags["online"] = options["online"] or None
    start = next((Path(path) for path in paths if path != "-"), Path())
    file = Path(options["config"]) if options["config"] else None
    with usage_problems():
        found = settings(flags, environment=os.environ, file=file, start=start)
    if options["write_baseline"] and found.baseline and not Path(found.baseline).exists():
        from dataclasses import replace

        return replace(found, baseline=None)  # it is about to be written for the first time
    return found


def _scan(
    paths: tuple[str, ...], settings: Settings, options: dict[str, Any], written: list[str]
) -> tuple[Report, Plan]:
    from auditor.cli.progress import reading, watch
    from auditor.scanning import Input, scan

    source = Input(
        paths,
        options["input_format"],
        sys.stdin.buffer.read,
        options["stdin_name"],
        (*written, *settings.rules),
    )
    progress = {"wanted": options["progress"], "quiet": options["quiet"]}
    with usage_problems(), reading(**progress) as told:
        return scan(source, settings, watch(**progress), told)


def _write_baseline(report: Report, path: str) -> Report:
    """Writes the baseline and gives back the report as it looks with it."""
    from dataclasses import replace

    from auditor import baseline
    from auditor.reports.build import summarise

    with writing(path):
        number = baseline.save(report, path)
    tell(f"{path}: accepts {number:,} finding{'' if number == 1 else 's'} from now on")
    audits = tuple(baseline.apply(report.audits, baseline.read(path)))
    summary = summarise(audits, skipped=report.summary.skipped)
    return replace(report, audits=audits, summary=summary)


def _notes(plan: Plan, settings: Settings, options: dict[str, Any]) -> None:
    if options["verbose"]:
        tell(f"configuration: {settings.file or 'none found'}")
        tell(f"rules: {len(plan.rules):,}; documents: {len(plan.tasks):,}; processes: {plan.jobs:,}")
    if options["quiet"]:
        return
    if plan.links:
        tell(f"note: {plan.links:,} link(s) out of the folder not followed; name them to have them read")
    if not plan.tasks:
        tell("warning: nothing to read there; --include reads other types, --no-gitignore what git ignores")
