"""Puts the help texts of the commands into cli.md: ``python docs/make_help.py``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parent / "cli.md"
_PLACE = re.compile(r"(<!-- help: ([\w ]+) -->\n)(?:\n```text\n.*?\n```\n)?", re.DOTALL)


def help_text(command: str) -> str:
    """What ``auditor COMMAND --help`` prints at a width of 90."""
    environment = os.environ | {"COLUMNS": "90", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    run = [sys.executable, "-m", "auditor", *command.split(), "--help"]
    return subprocess.run(
        run, env=environment, check=True, capture_output=True, encoding="utf-8"
    ).stdout.strip()


def filled(page: str) -> str:
    """The page with the present help texts."""
    return _PLACE.sub(lambda place: f"{place[1]}\n```text\n{help_text(place[2])}\n```\n", page)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
