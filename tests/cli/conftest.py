from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli import cli

Run = Callable[..., Result]


@pytest.fixture
def run(here) -> Run:
    """Runs ``auditor`` in an empty folder; standard output and error apart, no terminal."""

    def call(*arguments: object, **more: object) -> Result:
        return CliRunner().invoke(cli, [str(a) for a in arguments], prog_name="auditor", **more)

    return call


@pytest.fixture
def scan(run: Run, fake: None) -> Run:
    """Runs ``auditor scan --select fake``."""
    return lambda *arguments, **more: run("scan", "--select", "fake", *arguments, **more)


def write(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
