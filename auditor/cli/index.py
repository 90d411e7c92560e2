"""``auditor index``: sources kept in an index, so that scans need not read them again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from auditor.cli import COMMANDS
from auditor.cli.console import tell
from auditor.cli.errors import UsageProblem, usage_problems
from auditor.cli.index_output import hit_row, say, show_hits, show_stats
from auditor.cli.progress import reading

if TYPE_CHECKING:
    from auditor.sources.store import Store
    from auditor.sources.syncing import SyncOptions

F = TypeVar("F", bound=Callable[..., Any])
_INCOMPLETE = 3

_EPILOG = """\b
Exit codes:
  0  done
  2  wrong use, or the index cannot be used
  3  some files could not be read; the others are in the index

\b
Examples:
  auditor index sync refs.auditor references/     read what is new or has changed
  auditor index search refs.auditor 'The mill burned in 1871.'
  auditor scan answer.md --sources refs.auditor   compare with it

INDEX is a file, or the address of a PostgreSQL database with pgvector: postgresql://USER@HOST/NAME"""


@click.group("index", short_help=COMMANDS["index"], epilog=_EPILOG)
def command() -> None:
    """Keep sources in an index, and search it.

    An index holds the text of sources, cut to windows of one to four sentences, with embeddings of them. It is made
    with the first sync and brought up to date with each further one, while others read it.
    """


_INDEX = click.argument("index", type=click.Path(), metavar="INDEX")
_PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH...")
_FORMAT = click.option(
    "--format", "format_", type=click.Choice(("terminal", "json")), default="terminal", help="Text or JSON."
)
_MODEL = click.option(
    "--model",
    metavar="NAME",
    help="Embedding model of a new index: the folder or hub name of a sentence-transformers model. "
    "[default: all-MiniLM-L6-v2, which is packaged]",
)


def _reading_options(function: F) -> F:
    """Options of the commands that read files."""
    for option in reversed(
        (
            click.option(
                "--include",
                multiple=True,
                metavar="GLOB",
                help="In folders, read only what matches. Repeatable.",
            ),
            click.option(
                "--exclude",
                multiple=True,
                metavar="GLOB",
                help="In folders, leave out what matches. Repeatable.",
            ),
            click.option("--no-gitignore", is_flag=True, help="Also read what .gitignore files leave out."),
            click.option(
                "--text-field",
                "text_fields",
                multiple=True,
                metavar="NAME",
                help="Field of JSONL or column of CSV that holds text. Repeatable.",
            ),
            click.option(
                "--max-file-size", metavar="SIZE", help="Largest file that is read. [default: 16MiB]"
            ),
            _MODEL,
            click.option(
                "--progress/--no-progress", default=None, help="Show progress. By default on a terminal only."
            ),
            click.option("-q", "--quiet", is_flag=True, help="Nothing but failures."),
        )
    ):
        function = option(function)
    return function


@command.command("sync", short_help="Bring an index to what folders hold now.")
@_INDEX
@_PATHS
@_reading_options
@click.pass_context
def sync_command(ctx: click.Context, /, index: str, paths: tuple[str, ...], **options: Any) -> None:
    """Bring an index to what files and folders hold now.

    Only what has changed is read. Sources of a folder named here whose file is gone are removed; those of other
    folders stay.
    """
    from auditor.sources import sync

    with _opened(index, create=True, model=options["model"]) as store:
        with reading(options["progress"], quiet=options["quiet"]) as told:
            report = sync(store, paths, options=_sync_options(options), progress=told)
        say(report, options["quiet"])
    ctx.exit(_INCOMPLETE if report.failed else 0)


@command.command("watch", short_help="Follow folders as they change, until Ctrl-C.")
@_INDEX
@_PATHS
@_reading_options
def watch_command(index: str, paths: tuple[str, ...], **options: Any) -> None:
    """Bring an index to what files and folders hold, and follow their changes until Ctrl-C."""
    from auditor.sources import watch

    with _opened(index, create=True, model=options["model"]) as store:
        try:
            for report in watch(store, paths, options=_sync_options(options)):
                say(report, options["quiet"])
        except KeyboardInterrupt:
            if not options["quiet"]:
                tell("stopped")


@command.command("add", short_help="Put single files in.")
@_INDEX
@_PATHS
@click.option(
    "--id",
    "name",
    metavar="ID",
    help="What to call the source, where one PATH is given; its path by default.",
)
@click.option("--date", "day", metavar="DATE", help="When it was written, such as 2024-05-17.")
@_MODEL
@click.pass_context
def add_command(
    ctx: click.Context,
    /,
    index: str,
    paths: tuple[str, ...],
    name: str | None,
    day: str | None,
    model: str | None,
) -> None:
    """Put single files in, as they are now; sync leaves them alone."""
    from auditor.documents import DocumentError, load
    from auditor.sources import add
    from auditor.walk import shown

    if name and len(paths) > 1:
        raise UsageProblem("--id names one source, but several files are given")
    written = _date(day) if day else None
    failed = False
    with _opened(index, create=True, model=model) as store:
        for path in paths:
            try:
                document = load(path, name=name or shown(path))
            except DocumentError as error:
                tell(f"{path}: {error.reason}")
                failed = True
                continue
            info = add(store, document, id=document.name, date=written)
            tell(f"added {info.id}: {info.windows:,} windows")
    ctx.exit(_INCOMPLETE if failed else 0)


@command.command("remove", short_help="Take sources out.")
@_INDEX
@click.argument("ids", nargs=-1, metavar="ID...")
@click.option("--folder", metavar="PATH", help="Take out all that was synced from this folder.")
def remove_command(index: str, ids: tuple[str, ...], folder: str | None) -> None:
    """Take sources out, by the names that 'auditor index stats' shows."""
    import os

    if not ids and not folder:
        raise UsageProblem("name the sources to take out, or --folder")
    with _opened(index) as store:
        stamps = store.stamps()
        unknown = [id for id in ids if id not in stamps]
        if unknown:
            raise UsageProblem(
                f"no source is called {unknown[0]!r}; 'auditor index stats {index}' lists them"
            )
        root = os.path.realpath(folder) if folder else None
        below = [id for id, stamp in stamps.items() if root and stamp.root == root]
        number = store.remove({*ids, *below})
        tell(f"removed {number:,} source{'' if number == 1 else 's'}")


@command.command("search", short_help="Show the windows nearest to a text.")
@_INDEX
@click.argument("query")
@click.option(
    "-k", "--hits", default=8, type=click.IntRange(1, 1000), help="Most windows to show.", show_default=True
)
@_FORMAT
def search_command(index: str, query: str, hits: int, format_: str) -> None:
    """Show the windows nearest to a text, best first."""
    with _opened(index) as store, store.frozen():
        found = store.search([query], hits)[0]
        rows = [hit_row(store, hit) for hit in found]
    show_hits(found, rows, format_)


@command.command("stats", short_help="Say what an index holds.")
@_INDEX
@_FORMAT
def stats_command(index: str, format_: str) -> None:
    """Say what an index holds: its model, its sources, and what of them could not be read."""
    with _opened(index) as store:
        infos, meta = store.sources(), dict(store.meta())
    size = Path(index).stat().st_size if Path(index).is_file() else None
    show_stats(infos, meta, size, format_)


@contextmanager
def _opened(index: str, *, create: bool = False, model: str | None = None) -> Iterator[Store]:
    from auditor.sources import load_embedder, open_index

    with usage_problems():
        store = open_index(index, create=create, embedder=load_embedder(model) if model else None)
        try:
            yield store
        finally:
            store.close()


def _sync_options(options: dict[str, Any]) -> SyncOptions:
    from auditor.config_values import size
    from auditor.documents.interface import Limits, LoadOptions
    from auditor.globs import Globs
    from auditor.sources import SyncOptions
    from auditor.walk import WalkOptions

    include, exclude = (Globs(str(Path.cwd()), tuple(options[key])) for key in ("include", "exclude"))
    try:
        include.check()
        exclude.check()
        limits = Limits(max_size=size(options["max_file_size"])) if options["max_file_size"] else Limits()
    except ValueError as error:
        raise UsageProblem(str(error)) from error
    return SyncOptions(
        WalkOptions(include, exclude, not options["no_gitignore"]),
        LoadOptions(tuple(options["text_fields"]), limits=limits),
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageProblem(f"--date has to be like 2024-05-17, not {text!r}") from error
