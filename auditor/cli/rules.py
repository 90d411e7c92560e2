"""``auditor rules``: what is looked for, and what to do about it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import COMMANDS
from auditor.cli.console import coloured, width, write
from auditor.cli.errors import usage_problems
from auditor.config_values import strings

if TYPE_CHECKING:
    from auditor.findings import Rule

_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}


@click.command("rules", short_help=COMMANDS["rules"])
@click.argument("rule", required=False)
@click.option(
    "--format", "format_", type=click.Choice(("terminal", "json")), default="terminal", help="Table or JSON."
)
@click.option(
    "--rules", "rule_files", multiple=True, type=click.Path(), metavar="FILE", help="Rules of your own too."
)
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
def command(
    rule: str | None, format_: str, rule_files: tuple[str, ...], config: str | None, colour: str
) -> None:
    """List the rules, or explain one.

    RULE is a rule (boilerplate/refusal) or a family of rules (boilerplate). One rule comes with its
    documentation.
    """
    rules = _chosen(rule, rule_files, config)
    if format_ == "json":
        write(_json(rules), raw=True)
        return
    in_colour = coloured(colour, sys.stdout)
    text = _page(rules[0], in_colour) if rule == rules[0].id else "".join(_table(rules))
    write(text if in_colour else click.unstyle(text))


def _chosen(rule: str | None, rule_files: tuple[str, ...], config: str | None) -> list[Rule]:
    from auditor.config import settings
    from auditor.detector import choose
    from auditor.scanning import registered

    with usage_problems():
        flags = {"rules": strings(rule_files) or None}
        found = settings(flags, environment=os.environ, file=Path(config) if config else None, start=Path())
        with registered(found.rules):
            return [detector.rule for detector in choose([rule] if rule else ())]


def _json(rules: list[Rule]) -> str:
    import json
    from dataclasses import asdict

    from auditor.reports.build import rule_info

    made = [asdict(rule_info(rule)) for rule in rules]
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _table(rules: list[Rule]) -> Iterator[str]:
    longest = max(len(rule.id) for rule in rules)
    for rule in rules:
        level = click.style(f"{rule.severity.value:<8}", fg=_COLOURS[rule.severity.value])
        yield f"{click.style(f'{rule.id:<{longest}}', bold=True)}  {level} {rule.title}\n"


def _page(rule: Rule, in_colour: bool) -> str:
    level = click.style(rule.severity.value, fg=_COLOURS[rule.severity.value])
    head = f"{click.style(rule.id, bold=True)}  {level}\n{rule.title}\n"
    if rule.help:
        head += f"\n{rule.help}\n"
    page = documentation(rule.id)
    if page is None:
        return f"{head}\n{rule.docs}\n"
    return f"{head}\n{_rendered(page, in_colour)}"


def documentation(rule: str) -> str | None:
    """The rule's page, as Markdown: packaged with the program, or from the repository it is run from."""
    package = Path(__file__).resolve().parent.parent
    for root in (package / "docs", package.parent / "docs"):
        path = root / "rules" / f"{rule}.md"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None


def _rendered(page: str, in_colour: bool) -> str:
    if not in_colour:
        return page
    from io import StringIO

    from rich.console import Console
    from rich.markdown import Markdown

    text = StringIO()
    Console(file=text, force_terminal=True, width=min(width(), 100), color_system="standard").print(
        Markdown(page)
    )
    return text.getvalue()
