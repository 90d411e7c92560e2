"""What ``auditor index`` prints: as text, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from auditor.cli.console import tell, width, write

if TYPE_CHECKING:
    from auditor.sources.interface import Hit, SourceInfo
    from auditor.sources.store import Store
    from auditor.sources.syncing import SyncReport


def say(report: SyncReport, quiet: bool) -> None:
    """What a sync did, on standard error."""
    for name, reason in report.failed:
        tell(f"{name}: {reason}")
    if not quiet:
        counts = [
            f"{number:,} {what}"
            for number, what in (
                (len(report.added), "added"),
                (len(report.updated), "updated"),
                (len(report.removed), "removed"),
                (report.unchanged, "unchanged"),
                (len(report.failed), "not read"),
            )
            if number
        ]
        tell(", ".join(counts) or "nothing to read there; --include reads other types")


def show_hits(found: Sequence[Hit], rows: Sequence[dict[str, Any]], format: str) -> None:
    """Windows that were found, best first, each with its place."""
    if format == "json":
        write(_json(rows), raw=True)
        return
    for row, hit in zip(rows, found, strict=True):
        cosine = "" if hit.cosine is None else f"  cosine {hit.cosine:.2f}  words {hit.bm25:.1f}"
        write(f"{row['place']}{cosine}\n{_wrapped(hit.window.text)}\n\n")
    if not found:
        tell("the index holds no text")


def show_stats(infos: Sequence[SourceInfo], meta: Mapping[str, str], size: int | None, format: str) -> None:
    """What an index holds."""
    made: dict[str, Any] = {
        "sources": len(infos),
        "windows": sum(info.windows for info in infos),
        "characters": sum(info.characters for info in infos),
        "bytes": size,
        **{key: meta[key] for key in ("model", "chunker", "lexicon", "format") if key in meta},
        "list": [_source(info) for info in infos],
    }
    if format == "json":
        write(_json(made), raw=True)
        return
    write(f"{made['sources']:,} sources, {made['windows']:,} windows, {made['characters']:,} characters")
    write(f", {size / 1e6:,.1f} MB\n" if size is not None else "\n")
    write(f"model {made.get('model') or 'not chosen yet'}\n")
    for info in infos:
        day = f"  {info.date.isoformat()}" if info.date else ""
        write(f"  {info.id}  {info.format}  {info.windows:,} windows{day}\n")
        for problem in info.problems:
            write(f"    {problem}\n")


def hit_row(store: Store, hit: Hit) -> dict[str, Any]:
    """A hit as JSON has it."""
    window = hit.window
    place = store.location(window.source, window.start, window.end)
    return {
        "source": window.source,
        "place": str(place),
        "start": window.start,
        "end": window.end,
        "line": place.line,
        "page": place.page,
        "text": window.text,
        "sentences": [list(span) for span in window.sentences],
        "score": hit.score,
        "cosine": hit.cosine,
        "bm25": hit.bm25,
    }


def _source(info: SourceInfo) -> dict[str, Any]:
    return {
        "id": info.id,
        "format": info.format,
        "sha256": info.sha256,
        "characters": info.characters,
        "windows": info.windows,
        "date": info.date.isoformat() if info.date else None,
        "metadata": dict(info.metadata),
        "problems": list(info.problems),
    }


def _wrapped(text: str) -> str:
    from textwrap import fill

    return fill(" ".join(text.split()), width(), initial_indent="  ", subsequent_indent="  ")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
