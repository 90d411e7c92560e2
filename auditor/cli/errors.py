"""Mistakes of the user's become one line and exit code 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click


class UsageProblem(click.ClickException):
    """Wrong use or configuration: says what to do next."""

    exit_code = 2


@contextmanager
def usage_problems() -> Iterator[None]:
    """Turns the library's exceptions about settings into a line for the user."""
    from auditor.baseline import BaselineError
    from auditor.config_values import ConfigError
    from auditor.detector import PluginError, UnknownRuleError
    from auditor.reports.registry import UnknownFormatError
    from auditor.sources.interface import IndexProblem

    known = (BaselineError, ConfigError, IndexProblem, PluginError, UnknownFormatError, UnknownRuleError)
    try:
        yield
    except known as error:
        raise UsageProblem(str(error.args[0])) from error


@contextmanager
def writing(path: str) -> Iterator[None]:
    """Turns a failure to write a file into a line for the user."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageProblem(f"cannot write {path}: {reason}; name another file or check its folder") from error
