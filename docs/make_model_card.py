"""Puts the figures and the sets of the packaged verifier into its model card: ``python docs/make_model_card.py``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "model-card.md"
META = ROOT / "corpora" / "grounding" / "verifier.json"
NAMES = {
    "mnli": "MNLI, matched (three labels)",
    "fever": "FEVER with evidence that says nothing (three labels)",
    "fib": "News summaries (FIB, XSum)",
    "factcg": "Claims over two documents (FactCG)",
    "climate_fever": "Climate-FEVER (three labels)",
    "covidfact": "COVID-Fact",
    "healthver": "HealthVer (three labels)",
    "scifact": "SciFact",
}
_PART = re.compile(r"(<!-- (figures|sets|files): made -->\n).*?(<!-- end -->)", re.DOTALL)


def figures(meta: dict[str, Any]) -> str:
    """Table of the development sets: as trained, and as packaged."""
    lines = [
        "| Held rows of | Pairs | AUROC | Balanced accuracy, % | ECE | Three-way accuracy, % | AUROC before rounding |",
        "|---|---|---|---|---|---|---|",
    ]
    before = meta["development"]["float32"]
    for name, found in meta["development"]["rounded, temperature"].items():
        three = f"{100 * found['accuracy']:.1f}" if "accuracy" in found else ""
        lines.append(
            f"| {NAMES[name]} | {found['pairs']:,.0f} | {found['auroc']:.3f} | {100 * found['balanced_accuracy']:.1f} "
            f"| {found['calibration_error']:.2f} | {three} | {before[name]['auroc']:.3f} |"
        )
    return "\n".join(lines)


def sets(meta: dict[str, Any]) -> str:
    """Table of what it was trained on."""
    lines = ["| Set | Pairs | Licence |", "|---|---|---|"]
    lines += [f"| {s['set']} | {s['pairs']:,} | {s['licence']} |" for s in meta["trained_on"]["sets"]]
    return "\n".join(lines)


def files(meta: dict[str, Any]) -> str:
    """Size and marks of the weights."""
    size = (META.parent / "verifier.safetensors").stat().st_size / 1e6
    seen = ", then ".join(
        f"{stage['seen']:,} of {stage['pairs']:,}" for stage in meta["trained_on"]["stages"]
    )
    return (
        f"- Weights: {size:.1f} MB, SHA-256 `{meta['sha256']}`.\n"
        f"- Base: {meta['base']['model']} ({meta['base']['licence']}), SHA-256 `{meta['base']['sha256']}`.\n"
        f"- Pairs seen by stage: {seen}.\n"
        f"- Temperature {meta['temperature']}; {meta['pieces']} word pieces at a time."
    )


def card(text: str) -> str:
    """The page with its made parts up to date."""
    meta = json.loads(META.read_text(encoding="utf-8"))
    parts = {"figures": figures, "sets": sets, "files": files}
    return _PART.sub(lambda m: m[1] + parts[m[2]](meta) + "\n" + m[3], text)


if __name__ == "__main__":
    PAGE.write_text(card(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
