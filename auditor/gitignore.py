""".gitignore files: which apply in a folder, and what they say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.globs import lenient, verdict

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_MOST = 1 << 20  # bytes of one .gitignore file that are read


class Ignored:
    """The rules in force below a folder: its own .gitignore files, and in a repository those above it.

    Args:
        root: The folder that is walked. A rule file that ignores this very folder does not apply: who names
            an ignored folder wants it read.
    """

    def __init__(self, root: str) -> None:
        # By the folder that a rule file stands in, as an absolute path.
        self._specs: dict[str, list[GitIgnoreSpec]] = {}
        absolute = os.path.abspath(root)
        above = list(_up_to_repository(absolute))
        for folder in above:
            self._read(folder, ".gitignore", absolute)
        if above:
            self._read(above[-1], ".git/info/exclude", absolute)

    def enter(self, folder: str) -> None:
        """Reads the rules of a folder that is about to be looked into."""
        absolute = os.path.abspath(folder)
        if absolute not in self._specs:
            self._read(absolute, ".gitignore")

    def match(self, path: str, *, folder: bool) -> bool:
        """Whether git would ignore the file or folder; the rules nearest to it decide."""
        if not self._specs:
            return False
        absolute = os.path.abspath(path)
        base = os.path.dirname(absolute)
        while True:
            for spec in self._specs.get(base, ()):
                inner = os.path.relpath(absolute, base).replace(os.sep, "/")
                decided = verdict(spec, inner, folder=folder)
                if decided is not None:
                    return decided
            parent = os.path.dirname(base)
            if parent == base:
                return False
            base = parent

    def _read(self, folder: str, name: str, root: str | None = None) -> None:
        try:
            with Path(folder, name).open("rb") as file:
                lines = file.read(_MOST).decode("utf-8", "replace").splitlines()
        except OSError:  # there is none, as a rule; one that cannot be read hides nothing
            return
        spec = lenient(lines)
        inner = os.path.relpath(root, folder).replace(os.sep, "/") if root else "."
        if inner == "." or not verdict(spec, inner, folder=True):
            self._specs.setdefault(folder, []).append(spec)


def _up_to_repository(folder: str) -> Iterator[str]:
    """The folder and those above it, up to the root of the repository; nothing outside one."""
    above = [folder]
    while not os.path.lexists(os.path.join(above[-1], ".git")):
        parent = os.path.dirname(above[-1])
        if parent == above[-1]:
            return
        above.append(parent)
    yield from above
