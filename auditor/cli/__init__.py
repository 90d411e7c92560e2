"""The command line. Importing this imports click and little else: ``--help`` must answer at once."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Final, NoReturn

import click

from auditor.version import __version__

# One module a command, imported when it is called. The short help stands here so that `auditor --help`
# imports none of them; a test holds it against the modules.
COMMANDS: Final = {
    "scan": "Look for what must not be published in files and folders.",
    "index": "Keep an index of sources: sync a folder, search, follow changes.",
    "rules": "List the rules, or explain one.",
    "report": "Merge saved JSON reports and render them again.",
    "schema": "Print the JSON schema of the report.",
    "doctor": "Tell what is installed, what is missing and how to get it.",
    "completion": "Print the completion script of a shell.",
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order in which help shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command: click.Command = import_module(f"auditor.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the command; where there is none, says which is meant."""
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            ctx.fail(f"no command is called {name!r}; {_suggestion(name)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _suggestion(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    if near:
        return f"did you mean 'auditor {near[0]}'?"
    if os.path.exists(name):  # noqa: PTH110 - pathlib is not imported otherwise
        return f"to scan that path: auditor scan {name}"
    return "'auditor --help' lists the commands"


@click.group(
    cls=LazyGroup,
    name="auditor",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="'auditor COMMAND --help' explains a command.",
)
@click.version_option(__version__, "--version", prog_name="auditor", message="%(prog)s %(version)s")
def cli() -> None:
    """Find what a language model left in your documents before you publish them.

    \b
    Examples:
      auditor scan paper.pdf drafts/          look through files and folders
      auditor scan . --output report.html     and write a page to read
      git show HEAD:notes.md | auditor scan - look through standard input
    """  # noqa: D301 - \b is click's mark for "do not wrap"


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the program and ends it with its exit code.

    0 nothing found, 1 findings, 2 wrong use, 3 something could not be audited, 130 interrupted.
    """
    signal.signal(signal.SIGTERM, _end)
    try:
        code = cli.main(args=arguments, prog_name="auditor", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        code = 130
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BrokenPipeError:
        code = _broken_pipe()
    sys.exit(code if isinstance(code, int) else 0)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """SIGTERM ends the program as Ctrl-C does: no process and no half-written file is left."""
    sys.exit(128 + number)


def _broken_pipe() -> int:
    """`| head` has seen enough: what Python still holds for standard output must not be tried at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141
