from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditor.documents import LoadOptions
from auditor.globs import Globs
from auditor.sources import IndexProblem, LocalIndex, SyncOptions, add, sync, syncing
from auditor.walk import WalkOptions
from tests.patience import patience
from tests.sources.fake import CATS, MILL, SEOUL, WordEmbedder, write


@pytest.fixture
def model() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def index(tmp_path: Path, model: WordEmbedder):
    made = LocalIndex(tmp_path / "index.auditor", create=True, embedder=model)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "refs", mill=MILL, seoul=SEOUL)
    write(tmp_path / "refs" / "animals", cats=CATS)
    return tmp_path / "refs"


def ids(index: LocalIndex) -> list[str]:
    return [info.id for info in index.sources()]


class TestChanges:
    def test_a_folder_is_read(self, index: LocalIndex, folder: Path) -> None:
        report = sync(index, folder)
        assert (report.added, report.unchanged) == (("animals/cats.txt", "mill.txt", "seoul.txt"), 0)
        assert ids(index) == list(report.added)
        assert index.search(["한강"], 1)[0][0].window.source == "seoul.txt"
        assert index.location("animals/cats.txt", 0, 4).path == "animals/cats.txt"

    def test_nothing_new_reads_and_writes_nothing(
        self, index: LocalIndex, folder: Path, model, monkeypatch
    ) -> None:
        sync(index, folder)
        before = index.meta()
        model.encoded.clear()
        monkeypatch.setattr(syncing, "load", None)
        monkeypatch.setattr(syncing, "_sha256", None)
        report = sync(index, folder)
        assert (report.unchanged, report.changed, report.failed) == (3, False, ())
        assert (index.meta(), model.encoded) == (before, [])

    def test_only_what_has_changed_is_embedded(self, index: LocalIndex, folder: Path, model) -> None:
        sync(index, folder)
        model.encoded.clear()
        write(folder, mill="The mill was sold.")
        report = sync(index, folder)
        assert (report.updated, report.unchanged) == (("mill.txt",), 2)
        assert model.encoded == ["The mill was sold."]

    def test_a_file_that_was_touched_is_read_but_not_embedded(
        self, index: LocalIndex, folder: Path, model
    ) -> None:
        sync(index, folder)
        model.encoded.clear()
        os.utime(folder / "mill.txt", ns=(10**18, 10**18))
        assert sync(index, folder).unchanged == 3
        assert index.stamps()["mill.txt"].mtime_ns == 10**18
        assert model.encoded == []

    def test_a_file_just_written_is_compared_by_content_next_time(
        self, index: LocalIndex, tmp_path: Path
    ) -> None:
        """Two versions of one size within one tick of the clock are told apart."""
        file = tmp_path / "refs" / "a.txt"
        file.parent.mkdir()
        file.write_text("It rained.")
        sync(index, file.parent)
        time_ = file.stat().st_mtime_ns
        file.write_text("It snowed.")
        os.utime(file, ns=(time_, time_))
        assert sync(index, file.parent).updated == ("a.txt",)
        assert index.text("a.txt") == "It snowed."

    def test_a_file_that_is_gone_is_removed(self, index: LocalIndex, folder: Path) -> None:
        sync(index, folder)
        (folder / "mill.txt").unlink()
        assert sync(index, folder).removed == ("mill.txt",)
        assert ids(index) == ["animals/cats.txt", "seoul.txt"]

    def test_a_file_that_was_moved_is_not_embedded_again(
        self, index: LocalIndex, folder: Path, model
    ) -> None:
        sync(index, folder)
        model.encoded.clear()
        (folder / "mill.txt").rename(folder / "old-mill.txt")
        report = sync(index, folder)
        assert (report.added, report.removed) == (("old-mill.txt",), ("mill.txt",))
        assert model.encoded == []
        assert index.search(["steam engine"], 1)[0][0].window.source == "old-mill.txt"

    def test_windows_that_stay_are_not_embedded_again(self, index: LocalIndex, tmp_path: Path, model) -> None:
        lines = [
            f"The ship number {i} left the harbour in the early morning of that day with wool and iron."
            for i in range(40)
        ]
        write(tmp_path / "refs", log=" ".join(lines))
        sync(index, tmp_path / "refs")
        model.encoded.clear()
        write(tmp_path / "refs", log=" ".join([*lines, "Then the harbour froze."]))
        assert sync(index, tmp_path / "refs").updated == ("log.txt",)
        assert len(model.encoded) <= 3

    def test_progress_ends_with_all(self, index: LocalIndex, folder: Path) -> None:
        told: list[tuple[int, int]] = []
        sync(index, folder, progress=lambda done, total: told.append((done, total)))
        assert told == [(1, 3), (2, 3), (3, 3)]


class TestFolders:
    def test_other_folders_and_added_sources_stay(
        self, index: LocalIndex, folder: Path, tmp_path: Path
    ) -> None:
        add(index, "It rained.", id="note")
        write(tmp_path / "more", whale="The whale dived.")
        sync(index, [folder, tmp_path / "more"])
        (folder / "mill.txt").unlink()
        sync(index, folder)
        assert ids(index) == ["animals/cats.txt", "note", "seoul.txt", "whale.txt"]

    def test_two_files_of_one_name_in_two_folders(
        self, index: LocalIndex, folder: Path, tmp_path: Path
    ) -> None:
        write(tmp_path / "more", mill="Another mill stood here.")
        for _ in range(2):
            sync(index, [folder, tmp_path / "more"])
            assert ids(index) == ["animals/cats.txt", "mill.txt", "more/mill.txt", "seoul.txt"]
        assert index.text("more/mill.txt") == "Another mill stood here."

    def test_a_file_named_itself(self, index: LocalIndex, folder: Path, monkeypatch) -> None:
        monkeypatch.chdir(folder.parent)
        assert sync(index, "refs/mill.txt").added == ("refs/mill.txt",)
        assert sync(index, "refs/seoul.txt").removed == ()

    def test_a_missing_folder_changes_nothing(self, index: LocalIndex, folder: Path) -> None:
        sync(index, folder)
        folder.rename(folder.with_name("elsewhere"))
        with pytest.raises(IndexProblem, match="no such file or folder; nothing was changed"):
            sync(index, folder)
        assert len(ids(index)) == 3

    def test_what_is_excluded_is_not_read(self, index: LocalIndex, folder: Path) -> None:
        options = SyncOptions(WalkOptions(exclude=Globs(str(folder), ("animals/",))))
        assert sync(index, folder, options=options).added == ("mill.txt", "seoul.txt")

    def test_rows_of_a_table_are_windows_of_their_own(self, index: LocalIndex, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_text("note\nThe first row.\nThe second row.\n")
        sync(index, tmp_path / "t.csv", options=SyncOptions(load=LoadOptions(("note",))))
        assert len(index.search(["row"], 5)[0]) == 2

    def test_an_index_in_its_own_folder_does_not_read_itself(self, folder: Path) -> None:
        own = LocalIndex(folder / "index.txt", create=True, embedder=WordEmbedder())
        assert sync(own, folder).failed == ()
        assert "index.txt" not in ids(own)
        own.close()


class TestFailures:
    def test_what_cannot_be_read_is_told_and_the_rest_is_there(self, index: LocalIndex, folder: Path) -> None:
        (folder / "bad.pdf").write_bytes(b"no PDF")
        report = sync(index, folder)
        [(name, reason)] = report.failed
        assert name.endswith("refs/bad.pdf") and "is not PDF" in reason
        assert len(report.added) == 3

    def test_the_older_version_stays_and_is_marked(self, index: LocalIndex, folder: Path) -> None:
        sync(index, folder)
        good = (folder / "mill.txt").read_bytes()
        write(folder, mill="")
        for _ in range(2):
            report = sync(index, folder)
            assert [reason for _, reason in report.failed] == ["is empty"]
            assert report.removed == ()
        assert index.text("mill.txt") == MILL
        [problem] = next(info for info in index.sources() if info.id == "mill.txt").problems
        assert problem == "could not be read again, so this is an older version: is empty"
        (folder / "mill.txt").write_bytes(good)
        assert sync(index, folder).failed == ()
        assert all(not info.problems for info in index.sources())

    def test_a_fault_in_a_reader_does_not_keep_out_the_rest(
        self, index: LocalIndex, folder: Path, monkeypatch
    ) -> None:
        real = syncing.load

        def load(path, options, *, name):
            if name == "mill.txt":
                raise RuntimeError("unforeseen")
            return real(path, options, name=name)

        monkeypatch.setattr(syncing, "load", load)
        report = sync(index, folder)
        assert report.failed[0][1] == "its reader failed: RuntimeError: unforeseen"
        assert len(report.added) == 2

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may open any folder")
    def test_sources_of_a_folder_that_cannot_be_opened_stay(self, index: LocalIndex, folder: Path) -> None:
        sync(index, folder)
        (folder / "animals").chmod(0)
        try:
            report = sync(index, folder)
        finally:
            (folder / "animals").chmod(0o755)
        assert report.failed and not report.removed

    def test_sources_below_a_path_that_failed_stay(
        self, index: LocalIndex, folder: Path, monkeypatch
    ) -> None:
        sync(index, folder)
        real = syncing.walk

        def closed(paths, options):
            found = real(paths, options)
            found.files[:] = [name.rpartition("/")[0] if "animals" in name else name for name in found.files]
            return found

        monkeypatch.setattr(syncing, "walk", closed)
        report = sync(index, folder)
        assert [name.rpartition("/")[2] for name, _ in report.failed] == ["animals"]
        assert report.removed == ()


CHILD = """
import sys, time
from auditor.sources import LocalIndex, sync
from tests.sources.fake import WordEmbedder

class Slow(WordEmbedder):
    def encode(self, texts):
        time.sleep(0.002 * len(texts))
        return super().encode(texts)

index = LocalIndex(sys.argv[1], create=True, embedder=Slow())
done = []
import auditor.sources.syncing as syncing
syncing._TOGETHER = 3
real = index.replace
def replace(info, *rest, **more):
    real(info, *rest, **more)
    print(info.id, flush=True)
index.replace = replace
sync(index, sys.argv[2])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_killed_sync_loses_nothing_and_is_mended(tmp_path: Path) -> None:
    folder, file = tmp_path / "refs", tmp_path / "index.auditor"
    texts = {f"s{i:03}": f"The ship number {i} sailed. It carried {i * 7} tons of wool." for i in range(150)}
    write(folder, **texts)
    acknowledged: set[str] = set()
    for lines in (1, 20, 45):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(file), str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout
        acknowledged |= {child.stdout.readline().strip() for _ in range(lines)}
        child.send_signal(signal.SIGKILL)
        acknowledged |= {line.strip() for line in child.stdout if line.endswith("\n")}
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        index = LocalIndex(file, embedder=WordEmbedder())
        held = set(ids(index))
        assert acknowledged <= held
        assert all(index.text(id) == texts[id.removesuffix(".txt")] for id in held)
        index.search(["wool"], 2)
        index.close()
    assert 60 < len(acknowledged) < 150
    index = LocalIndex(file, embedder=WordEmbedder())
    report = sync(index, folder)
    assert len(report.added) + report.unchanged == 150 and report.added
    assert index.search(["ship number 149"], 1)[0][0].window.source == "s149.txt"
    index.close()


def test_a_thousand_unchanged_files_take_no_time(tmp_path: Path) -> None:
    write(tmp_path / "refs", **{f"s{i}": f"The ship number {i} sailed." for i in range(1000)})
    index = LocalIndex(tmp_path / "index.auditor", create=True, embedder=WordEmbedder())
    sync(index, tmp_path / "refs")
    started = time.process_time()
    assert sync(index, tmp_path / "refs").unchanged == 1000
    assert time.process_time() - started < patience(0.1)
    index.close()
