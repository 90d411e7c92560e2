from __future__ import annotations

import pytest

from auditor.detectors.boilerplate import index
from auditor.detectors.boilerplate.phrases import Phrase


@pytest.fixture(scope="session")
def phrases() -> list[Phrase]:
    """Every phrase of the index."""
    return index.phrases()[:]
