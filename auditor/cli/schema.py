"""``auditor schema``: what a JSON report looks like, for programs that read one."""

from __future__ import annotations

import click

from auditor.cli import COMMANDS
from auditor.cli.console import write


@click.command("schema", short_help=COMMANDS["schema"])
def command() -> None:
    """Print the JSON schema of the report (version 1, JSON Schema 2020-12)."""
    import json

    from auditor.reports.json import schema

    write(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n", raw=True)
