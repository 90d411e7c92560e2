"""``auditor completion``: TAB completes commands and options."""

from __future__ import annotations

import click

from auditor.cli import COMMANDS
from auditor.cli.console import write
from auditor.cli.errors import UsageProblem


@click.command("completion", short_help=COMMANDS["completion"])
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def command(shell: str) -> None:
    """Print the completion script of a shell.

    \b
      bash  auditor completion bash >> ~/.bashrc
      zsh   auditor completion zsh >> ~/.zshrc
      fish  auditor completion fish > ~/.config/fish/completions/auditor.fish
    """  # noqa: D301 - \b is click's mark for "do not wrap"
    from click.shell_completion import get_completion_class

    from auditor.cli import cli

    found = get_completion_class(shell)
    if found is None:
        raise UsageProblem(f"no completion for {shell}")
    write(found(cli, {}, "auditor", "_AUDITOR_COMPLETE").source() + "\n")
