"""Checks of a built wheel: what it holds, and what the program installed from it finds."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

SPLICED = ("radiology.docx", "radiology.pdf", "radiology.txt")
START, END = "I'm very sorry, but I don't have access", "and can provide personalized advice."
NEEDED = (
    "auditor/py.typed",
    "auditor/cli/scan.py",
    "auditor/detectors/boilerplate/refusal.py",
    "auditor/corpora/boilerplate/en.toml",
    "auditor/corpora/boilerplate/voice.bin",
    "auditor/corpora/boilerplate/wording.bin",
    "auditor/reports/templates/report.html.j2",
    "auditor/docs/rules/boilerplate/refusal.md",
)


def contents(wheel: str) -> None:
    """The package's files, each once, and nothing beside them.

    Raises:
        SystemExit: If a file is missing, there twice, or does not belong there.
    """
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        data = {n: archive.read(n) for n in names if n.endswith((".py", ".toml"))}
    twice = sorted({name for name in names if names.count(name) > 1})
    bodies = [body for body in data.values() if len(body) > 200]
    copies = sorted(name for name, body in data.items() if len(body) > 200 and bodies.count(body) > 1)
    foreign = [n for n in names if not n.startswith("auditor/") and ".dist-info/" not in n]
    missing = [name for name in NEEDED if name not in names]
    for what, found in (
        ("twice", twice),
        ("same content", copies),
        ("foreign", foreign),
        ("missing", missing),
    ):
        if found:
            raise SystemExit(f"{wheel}: {what}: {', '.join(found)}")
    print(f"{len(names)} files, {Path(wheel).stat().st_size / 1e6:.1f} MB")


def splice(report: str) -> None:
    """The broken-off sentence is found in all three files, from its first to its last character.

    Raises:
        SystemExit: If it is not.
    """
    audits = json.loads(Path(report).read_text(encoding="utf-8"))["audits"]
    for name in SPLICED:
        (audit,) = [a for a in audits if a["subject"]["name"].endswith(f"/{name}")]
        found = [" ".join(f["excerpt"].split()) for f in audit["findings"] if f["status"] == "leaked"]
        if len(found) != 1 or not (found[0].startswith(START) and found[0].endswith(END)):
            raise SystemExit(f"{name}: found {found}")
    print(f"the splice stands in {len(SPLICED)} files and was found in all of them")


if __name__ == "__main__":
    {"contents": contents, "splice": splice}[sys.argv[1]](sys.argv[2])
