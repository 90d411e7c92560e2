"""File patterns in the syntax of .gitignore."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_MOST_STARS = 4  # in one segment; each more multiplies the time that a hostile pattern can take


class GlobError(ValueError):
    """A pattern that is not one."""


@dataclass(frozen=True, slots=True)
class Globs:
    """Patterns and the folder that those with a slash start from.

    Attributes:
        base: The folder.
        patterns: Lines as in a .gitignore file; the last that matches decides, ``!`` turns a match off.
    """

    base: str = ""
    patterns: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def check(self) -> None:
        """Raises GlobError if a pattern cannot be used."""
        if self.patterns:
            _strict(self.patterns)

    def match(self, path: str, *, folder: bool = False) -> bool:
        """Whether the patterns choose a file or folder.

        Args:
            path: Its path, absolute or from the current folder.
            folder: Whether it is a folder.
        """
        if not self.patterns:
            return False
        return bool(verdict(_strict(self.patterns), relative(path, self.base), folder=folder))


def relative(path: str, base: str) -> str:
    """``path`` from ``base``, with slashes; a path outside ``base`` keeps all its folders."""
    absolute = os.path.abspath(path)
    found = os.path.relpath(absolute, base or ".")
    if found.split(os.sep, 1)[0] == os.pardir:
        found = os.path.splitdrive(absolute)[1].lstrip(os.sep)
    return found.replace(os.sep, "/")


def verdict(spec: GitIgnoreSpec, path: str, *, folder: bool) -> bool | None:
    """True where the last pattern that matches chooses the path, False if it is negated, None without one."""
    return spec.check_file(path + "/" if folder else path).include


def lenient(lines: Iterable[str]) -> GitIgnoreSpec:
    """The patterns of a .gitignore file; those that are none, or could take very long, are passed over."""
    from pathspec import GitIgnoreSpec

    kept = []
    for line in lines:
        if any(segment.replace("**", "").count("*") > _MOST_STARS for segment in line.split("/")):
            continue
        try:
            GitIgnoreSpec.from_lines([line])
        except (ValueError, re.error):
            continue
        kept.append(line)
    return GitIgnoreSpec.from_lines(kept)


@cache
def _strict(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    for pattern in patterns:
        try:
            GitIgnoreSpec.from_lines([pattern])
        except (ValueError, re.error) as error:
            raise GlobError(
                f"{pattern!r} is not a file pattern (the syntax is that of .gitignore)"
            ) from error
    return GitIgnoreSpec.from_lines(patterns)
