from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.sources import IndexProblem, LocalIndex, SyncReport, watch
from tests.sources.fake import CATS, MILL, WordEmbedder, write

WAYS = [{"interval": 0.02}, {"settle": 0.05}]


@pytest.fixture
def index(tmp_path: Path):
    made = LocalIndex(tmp_path / "index.auditor", create=True, embedder=WordEmbedder())
    yield made
    made.close()


def following(
    index: LocalIndex, folder: Path, way: dict[str, float], stop: threading.Event
) -> Iterator[SyncReport]:
    if "settle" in way:
        pytest.importorskip("watchfiles")
    return watch(index, folder, stop=stop, **way)


@pytest.mark.parametrize("way", WAYS)
def test_changes_are_picked_up(index: LocalIndex, tmp_path: Path, way: dict[str, float]) -> None:
    folder, stop = tmp_path / "refs", threading.Event()
    write(folder, mill=MILL)
    reports = following(index, folder, way, stop)
    assert next(reports).added == ("mill.txt",)

    def later(change) -> SyncReport:
        # The watch only starts to listen when it is asked for the next report.
        threading.Timer(0.3, change).start()
        return next(reports)

    assert later(lambda: write(folder, cats=CATS)).added == ("cats.txt",)
    assert later(lambda: write(folder, mill="The mill was sold.")).updated == ("mill.txt",)
    assert later(lambda: (folder / "mill.txt").unlink()).removed == ("mill.txt",)
    assert later(lambda: (folder / "bad.pdf").write_bytes(b"no")).failed[0][0].endswith("bad.pdf")
    assert [info.id for info in index.sources()] == ["cats.txt"]
    threading.Timer(0.1, stop.set).start()
    assert list(reports) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_watch_that_is_stopped_ends(index: LocalIndex, tmp_path: Path, way: dict[str, float]) -> None:
    stop = threading.Event()
    write(tmp_path / "refs", mill=MILL)
    reports = following(index, tmp_path / "refs", way, stop)
    next(reports)
    stop.set()
    started = time.monotonic()
    assert list(reports) == []
    assert time.monotonic() - started < 10


def test_a_folder_that_goes_away_is_told(index: LocalIndex, tmp_path: Path) -> None:
    write(tmp_path / "refs", mill=MILL)
    reports = watch(index, tmp_path / "refs", interval=0.01)
    next(reports)
    (tmp_path / "refs").rename(tmp_path / "elsewhere")
    with pytest.raises(IndexProblem, match="no such file or folder"):
        next(reports)
