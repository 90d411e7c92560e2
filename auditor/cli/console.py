"""The terminal: where text goes, in which colours, and how wide it is."""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO

import click


def coloured(choice: str, stream: TextIO) -> bool:
    """Whether to write colours: the flag decides, then NO_COLOR, FORCE_COLOR, and what the stream is."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Width of the terminal in cells."""
    from shutil import get_terminal_size

    return max(get_terminal_size((100, 24)).columns, 40)


def write(text: str, *, raw: bool = False) -> None:
    """Writes to standard output; a reader that has seen enough (``| head``) ends the program in silence.

    Args:
        text: What to write.
        raw: Write UTF-8 whatever the terminal's encoding is: for JSON, HTML and other files.
    """
    encoding = "utf-8" if raw else sys.stdout.encoding or "utf-8"
    left = memoryview(text.encode(encoding, "backslashreplace"))
    try:
        sys.stdout.flush()
        # Piece by piece: an unbuffered stream takes a part of a long text and is silent about the rest.
        while left:
            left = left[sys.stdout.buffer.write(left) :]
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # What Python still holds for standard output must not be tried again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(141) from None


def tell(text: str) -> None:
    """Writes a line to standard error: everything that is not a finding."""
    stream: Any = sys.stderr
    encoding = stream.encoding or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), err=True)
