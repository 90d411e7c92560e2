"""Recall, precision, false positives and calibration of the boilerplate rules.

    python -m benchmarks.boilerplate [FILE.jsonl ...] [--ordinary FILE.jsonl]

A row is ``{"text", "span", "label"}``: label ``leaked`` (or true, 1, "leak", "positive") with the span of the
leak as [start, end] or the leaked string itself; anything else (``mentioned``, ``ordinary``, false, 0 …) is a
text without a leak. ``language``, ``category`` and ``format`` are used where they stand. A leak counts as
found when a finding with status *leaked* overlaps its span; a text without a leak is right when nothing in it
is called *leaked*.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.detector import choose
from auditor.documents import from_text
from auditor.engine import audit_document
from auditor.findings import Finding, Status
from benchmarks.statistics import calibration_error, proportion

HERE = Path(__file__).parent / "data" / "boilerplate"
LEAKED = {"leaked", "leak", "positive", "true", "1", "yes"}
SUFFIXES = {"python": ".py", "javascript": ".js", "jsx": ".jsx", "java": ".java"}
# The phrase list that people search for by hand: the trivial baseline.
BASELINE = re.compile(
    r"as an ai|language model|knowledge (update|cutoff)|regenerate response|certainly[,!] here|i'm sorry, but"
    r"|i cannot fulfill|i hope this helps|would you like me to|oaicite|turn0search|utm_source=chatgpt",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Case:
    """A labelled text and what was found in it."""

    language: str
    category: str
    leaked: bool
    label: str
    span: tuple[int, int]
    found: tuple[tuple[int, int, Finding], ...]
    baseline: bool

    @property
    def hit(self) -> bool:
        """Whether a leaked finding overlaps the span."""
        return any(
            f.status is Status.LEAKED and s < self.span[1] and e > self.span[0] for s, e, f in self.found
        )

    @property
    def noted(self) -> bool:
        """Whether any finding at all overlaps the span."""
        return any(s < self.span[1] and e > self.span[0] for s, e, _ in self.found)

    @property
    def alarm(self) -> bool:
        """Whether anything is called leaked."""
        return any(f.status is Status.LEAKED for _, _, f in self.found)

    @property
    def overlap(self) -> float:
        """Intersection over union of the span and the best finding."""
        low, high = self.span
        return max(
            ((min(e, high) - max(s, low)) / (max(e, high) - min(s, low)) for s, e, _ in self.found),
            default=0.0,
        )


def cases(path: Path, *, as_format: bool = False) -> Iterator[Case]:
    """Runs the rules over every row of a file.

    Args:
        path: JSON Lines.
        as_format: Read each text as a file of its own format rather than as plain text.
    """
    detectors = choose(["boilerplate"], plugins=False)
    for number, line in enumerate(path.open(encoding="utf-8"), 1):
        if not line.strip():
            continue
        row = json.loads(line)
        text = row["text"]
        kind = str(row.get("format", "text")) if as_format else "text"
        name = f"row{number}{SUFFIXES.get(kind, '')}"
        document = from_text(text, name=name, format="code" if kind in SUFFIXES else kind)
        audit = audit_document(document, detectors)
        found = tuple(
            (*document.raw_span(f.location.start, f.location.end), f) for f in audit.findings if f.location
        )
        label = str(row.get("label", "ordinary")).lower()
        yield Case(
            language=str(row.get("language") or row.get("lang") or "?"),
            category=str(row.get("category") or row.get("kind") or "?"),
            leaked=label in LEAKED,
            label=label,
            span=_span(row, text),
            found=found,
            baseline=bool(BASELINE.search(text)),
        )


def _span(row: dict[str, Any], text: str) -> tuple[int, int]:
    span = row.get("span")
    if isinstance(span, str) and span in text:
        return text.index(span), text.index(span) + len(span)
    if isinstance(span, dict):
        return int(span["start"]), int(span["end"])
    if isinstance(span, list) and len(span) == 2:
        return int(span[0]), int(span[1])
    return (0, len(text))


def table(title: str, found: list[Case]) -> None:
    """Prints the figures of one file."""
    leaks, clean = [c for c in found if c.leaked], [c for c in found if not c.leaked]
    hits, alarms = sum(c.hit for c in leaks), sum(c.alarm for c in clean)
    print(f"\n## {title}: {len(found)} texts, {len(leaks)} with a leak\n")
    print("| figure | auditor | phrase search (baseline) |\n|---|---|---|")
    base_hits, base_alarms = sum(c.baseline for c in leaks), sum(c.baseline for c in clean)
    print(f"| recall, % | {proportion(hits, len(leaks))} | {proportion(base_hits, len(leaks))} |")
    print(
        f"| precision, % | {proportion(hits, hits + alarms)} "
        f"| {proportion(base_hits, base_hits + base_alarms)} |"
    )
    hard = [c for c in clean if c.label != "ordinary"]
    plain = [c for c in clean if c.label == "ordinary"]
    for name, group in (("right on mentions, %", hard), ("right on ordinary texts, %", plain)):
        right, base = sum(not c.alarm for c in group), sum(not c.baseline for c in group)
        print(f"| {name} | {proportion(right, len(group))} | {proportion(base, len(group))} |")
    print(f"| leaks noted at any status, % | {proportion(sum(c.noted for c in leaks), len(leaks))} | |")
    judged = [
        (f.confidence, c.leaked and s < c.span[1] and e > c.span[0]) for c in found for s, e, f in c.found
    ]
    error = calibration_error(*_columns(judged))
    print(f"| calibration error (ECE) | {error:.3f} over {len(judged)} findings | |")
    overlaps = [c.overlap for c in leaks if c.hit]
    if overlaps:
        print(f"| mean overlap of spans (IoU) | {sum(overlaps) / len(overlaps):.2f} | |")
    for name, key in (("language", lambda c: c.language), ("category", lambda c: c.category)):
        groups: dict[str, list[Case]] = defaultdict(list)
        for case in found:
            groups[key(case)].append(case)
        if len(groups) > 1:
            print(f"\n| {name} | recall, % | without a leak and right, % |\n|---|---|---|")
            for group, members in sorted(groups.items()):
                lost = [c for c in members if c.leaked]
                rest = [c for c in members if not c.leaked]
                right = proportion(sum(not c.alarm for c in rest), len(rest))
                print(f"| {group} | {proportion(sum(c.hit for c in lost), len(lost))} | {right} |")


def _columns(judged: list[tuple[float, bool]]) -> tuple[list[float], list[bool]]:
    return [chance for chance, _ in judged], [truth for _, truth in judged]


def ordinary(path: Path) -> None:
    """Prints false positives per 1,000 paragraphs of a file without leaks."""
    found = list(cases(path))
    false = [c for c in found if c.alarm]
    low_high = proportion(len(false), len(found), scale=1000.0)
    print(f"\n## {path.name}: {len(found)} ordinary paragraphs\n")
    print(f"| false positives per 1,000 paragraphs | {low_high} |\n|---|---|")
    base = proportion(sum(c.baseline for c in found), len(found), scale=1000.0)
    print(f"| phrase search (baseline) | {base} |")
    for case in false:
        for _, _, finding in case.found:
            if finding.status is Status.LEAKED:
                print(
                    f"| {case.language} {finding.rule} {finding.confidence:.2f} | {finding.excerpt[:100]!r} |"
                )


def main() -> None:
    """Prints tables for every file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "files", type=Path, nargs="*", help="labelled JSON Lines (default: the project's dev sets)"
    )
    parser.add_argument("--ordinary", type=Path, help="JSON Lines of paragraphs without any leak")
    parser.add_argument("--held", action="store_true", help="use the held-out sets instead of the dev sets")
    parser.add_argument("--as-format", action="store_true", help="read each text as a file of its own format")
    parser.add_argument("--misses", action="store_true", help="list what was missed or wrongly called leaked")
    arguments = parser.parse_args()
    pattern = "held_*.jsonl" if arguments.held else "dev_*.jsonl"
    for path in arguments.files or sorted(HERE.glob(pattern)):
        found = list(cases(path, as_format=arguments.as_format))
        table(path.name, found)
        if arguments.misses:
            _misses(path, found)
    if arguments.ordinary:
        ordinary(arguments.ordinary)


def _misses(path: Path, found: list[Case]) -> None:
    texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8") if line.strip()]
    for case, text in zip(found, texts, strict=True):
        if case.leaked and not case.hit:
            seen = [(f.rule, str(f.status), f.confidence) for _, _, f in case.found]
            print(f"MISS {case.language} {case.category} {text[slice(*case.span)]!r} {seen}")
        elif not case.leaked and case.alarm:
            wrong = [
                (f.rule, f.confidence, f.excerpt[:80]) for _, _, f in case.found if f.status is Status.LEAKED
            ]
            print(f"FALSE {case.language} {case.label} {case.category} {wrong}")


if __name__ == "__main__":
    main()
