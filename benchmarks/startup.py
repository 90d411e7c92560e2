"""Start-up time of the command line, beside ``python -c "import click"``: whole processes, in turn, medians.

python -m benchmarks.startup [--runs 15]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGE = (
    """In summary, the management of bilateral iatrogenic I'm very sorry, but I don't have access to real-time
information or patient-specific data, as I am an AI language model.

"""
    + "The patients were followed for two years, and the outcome was recorded at each visit by one observer.\n\n"
    * 25
)


def seconds(command: list[str]) -> float:
    """Wall-clock time of one process."""
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.txt")
        page.write_text(PAGE, encoding="utf-8")
        auditor = str(Path(sys.executable).with_name("auditor"))
        commands = {
            'python -c "import click"': [sys.executable, "-c", "import click"],
            "auditor --help": [auditor, "--help"],
            "auditor scan page.txt": [auditor, "scan", "--select", "boilerplate", str(page)],
        }
        for command in commands.values():
            seconds(command)
        times = {name: [0.0] * arguments.runs for name in commands}
        for run in range(arguments.runs):
            for name, command in commands.items():
                times[name][run] = seconds(command)
    base = times['python -c "import click"']
    print("| command | median, ms | relative to importing click (median of pairs) |\n|---|---|---|")
    for name, found in times.items():
        ratio = statistics.median(a / b for a, b in zip(found, base, strict=True))
        print(f"| `{name}` | {1000 * statistics.median(found):.0f} | {ratio:.1f} × |")


if __name__ == "__main__":
    main()
