"""Makes images/terminal.svg, the picture of what the program prints: ``python docs/make_images.py``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).parents[1]
IMAGE = ROOT / "docs" / "images" / "terminal.svg"
WIDTH = 112
PATHS = (
    "examples/radiology.pdf",
    "examples/project",
    "examples/korean-guide.md",
    "examples/survey.tex",
    "examples/style-guide.md",
)


def output() -> str:
    """What a scan prints on a colour terminal, with the summary."""
    environment = os.environ | {"COLUMNS": str(WIDTH), "PYTHONIOENCODING": "utf-8"}
    run = [sys.executable, "-m", "auditor", "scan", *PATHS, "--color", "always", "--no-progress"]
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 1:
        raise SystemExit(f"the scan ended with {done.returncode}: {done.stderr}")
    return f"{done.stdout.rstrip()}\n\n{done.stderr.strip()}"


def picture(text: str) -> str:
    """The text as SVG, without fonts from elsewhere and with the same ids every time."""
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
        console.print(Text.assemble(("$ ", "dim"), (f"auditor scan {' '.join(PATHS)}", "bold")))
        console.print(Text.from_ansi(text))
        svg = console.export_svg(title="auditor scan", theme=MONOKAI, unique_id="auditor")
    svg = re.sub(r"@font-face \{.*?\}\n", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")


if __name__ == "__main__":
    IMAGE.parent.mkdir(exist_ok=True)
    IMAGE.write_text(picture(output()), encoding="utf-8")
