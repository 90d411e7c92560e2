"""From the paths that a person names to the files that are read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from auditor.documents.registry import is_supported
from auditor.gitignore import Ignored
from auditor.globs import Globs

STDIN = "-"
# Never a person's own documents. Hidden folders are passed over besides.
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class WalkOptions:
    """Which files of a folder are read. A file that is named itself is always read.

    Attributes:
        include: Read only files that these match, whatever their type.
        exclude: Leave out files and folders that these match.
        gitignore: Whether .gitignore files (and .git/info/exclude) are honoured.
        own: Real paths never read in a walk: the files that this run writes.
    """

    include: Globs = field(default_factory=Globs)
    exclude: Globs = field(default_factory=Globs)
    gitignore: bool = True
    own: frozenset[str] = frozenset()


@dataclass(slots=True)
class Walk:
    """What a walk found.

    Attributes:
        files: Names to read, in order, each real file once; ``-`` for standard input. A path that does not
            exist and a folder that cannot be opened are among them: reading them says what is wrong.
        skipped: Files in folders passed over because their type is not read.
        links: Links that lead out of the folder that was walked, and were not followed.
    """

    files: list[str] = field(default_factory=list)
    skipped: int = 0
    links: int = 0
    _seen: set[str] = field(default_factory=set)

    def add(self, name: str, real: str) -> None:
        """Takes a file unless it was met before under another name."""
        if real not in self._seen:
            self._seen.add(real)
            self.files.append(name)


def walk(paths: Iterable[str | os.PathLike[str]], options: WalkOptions | None = None) -> Walk:
    """Finds the files to read.

    Args:
        paths: Files, folders, ``-``; in the order in which they are read. Folders are walked in sorted order.
        options: What to leave out.
    """
    options = options or WalkOptions()
    found = Walk()
    for path in (os.fspath(path) for path in paths):
        if path == STDIN:
            found.add(STDIN, STDIN)
            continue
        name = shown(path)
        if os.path.isdir(path):
            _folder(name, options, found)
        else:
            found.add(name, os.path.realpath(path))
    return found


def shown(path: str) -> str:
    """What a file is called in reports: from the current folder where it lies in it, with slashes.

    One file has one name however it was reached, or a baseline would not know it again.
    """
    name = os.path.normpath(path)
    if os.path.isabs(name):
        here = str(Path.cwd())
        if name == here or name.startswith(here.rstrip(os.sep) + os.sep):
            name = os.path.relpath(name, here)
    return name.replace(os.sep, "/")


def _folder(root: str, options: WalkOptions, found: Walk) -> None:
    # Links are looked at last: a file that is itself in the tree goes by its own name.
    files: list[tuple[str, str]] = []
    links: list[tuple[str, str]] = []
    real_root = os.path.realpath(root)
    ignored = Ignored(root) if options.gitignore else None
    for name, entry in _entries(root, options, ignored):
        if entry is None:
            files.append((name, os.path.realpath(name)))
        elif entry.is_symlink():
            _link(name, real_root, links, found)
        elif not entry.is_file(follow_symlinks=False) or not _wanted(name, entry.name, options):
            found.skipped += _is_skipped_file(name, entry, options)
        else:
            files.append((name, os.path.join(real_root, os.path.relpath(name, root))))
    own = {real for _, real in files}
    for name, real in links:
        if real not in own and _wanted(name, os.path.basename(name), options):
            own.add(real)
            files.append((name, real))
    for name, real in sorted(files, key=lambda file: file[0].split("/")):
        if real not in options.own:
            found.add(name, real)


def _link(name: str, real_root: str, links: list[tuple[str, str]], found: Walk) -> None:
    try:
        mode = os.stat(name).st_mode
    except OSError:  # to nothing, or in a circle: there is no file, so nothing goes unread
        return
    real = os.path.realpath(name)
    if not real.startswith(real_root.rstrip(os.sep) + os.sep):
        found.links += 1
    elif stat.S_ISREG(mode):
        links.append((name, real))


def _entries(
    root: str, options: WalkOptions, ignored: Ignored | None
) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """Everything below ``root`` that is not left out; a folder that cannot be opened has no entry."""
    left = [root]
    while left:
        folder = left.pop()
        try:
            with os.scandir(folder) as entries:
                inside = list(entries)
        except OSError:
            yield folder, None
            continue
        if ignored:
            ignored.enter(folder)
        for entry in inside:
            name = entry.name if folder == "." else f"{folder.rstrip('/')}/{entry.name}"
            is_folder = entry.is_dir(follow_symlinks=False)
            if options.exclude.match(name, folder=is_folder) or (
                ignored and ignored.match(name, folder=is_folder)
            ):
                continue
            if not is_folder:
                yield name, entry
            elif _entered(entry.name, options):
                left.append(name)


def _entered(folder: str, options: WalkOptions) -> bool:
    if folder.startswith("."):
        # `--include '.github/**'` asks for a hidden folder; nothing asks for the inside of a repository.
        hidden = any(segment.startswith(".") for p in options.include.patterns for segment in p.split("/"))
        return hidden and folder != ".git"
    return folder not in _SKIPPED_FOLDERS


def _wanted(name: str, base: str, options: WalkOptions) -> bool:
    if options.include:
        return options.include.match(name)
    return is_supported(base) and not _is_litter(base)


def _is_skipped_file(name: str, entry: os.DirEntry[str], options: WalkOptions) -> bool:
    """Whether a person should be told that a file is not read: it is of an unknown type."""
    return not options.include and entry.is_file(follow_symlinks=False) and not _is_litter(entry.name)


def _is_litter(base: str) -> bool:
    """Hidden files, and the lock files that Office leaves beside an open document."""
    return base.startswith((".", "~$"))
