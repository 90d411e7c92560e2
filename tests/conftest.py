from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from auditor import detector as registry

PLUGIN = Path(__file__).parent / "data" / "plugin"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plug-in with the rules ``fake/word`` (LEAK, error), ``fake/mild`` (MILD, warning) and ``fake/act``.

    ``fake/act`` misbehaves as a document tells it. It is found as any installed package's detectors are, so
    that processes that a test starts know it too. Other rules are registered as well: select ``fake``.
    """
    monkeypatch.syspath_prepend(str(PLUGIN))
    monkeypatch.setenv("PYTHONPATH", str(PLUGIN), prepend=os.pathsep)
    monkeypatch.setattr(registry, "_registry", dict(registry.all_detectors(plugins=False)))
    monkeypatch.setattr(registry, "_loaded", set(registry._OWN))
    monkeypatch.delitem(sys.modules, "auditor_fake", raising=False)


@pytest.fixture
def here(tmp_path, monkeypatch: pytest.MonkeyPatch):
    """An empty current folder, a repository of its own so that no settings above it are found."""
    folder = tmp_path / "here"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    for name in [name for name in os.environ if name.startswith("AUDITOR_")]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return folder
