from __future__ import annotations

import subprocess
import sys

import pytest

from auditor.documents import supported_suffixes
from auditor.documents.registry import _loader


@pytest.mark.parametrize("name", ["pdf", "docx", "epub", "jats", "html"])
def test_loaders_and_registry_agree(name: str) -> None:
    loader = _loader(name)
    assert loader.name == name
    assert loader.suffixes == supported_suffixes(name)


@pytest.mark.parametrize("name", ["docx", "epub", "jats", "html"])
def test_loaders_import_nothing_heavy(name: str) -> None:
    code = (
        f"import sys, auditor.documents.{name}; "
        "print([heavy for heavy in ('lxml', 'pypdfium2', 'numpy', 'torch') if heavy in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
