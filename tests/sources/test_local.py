from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from auditor.documents import Document
from auditor.sources import IndexProblem, LocalIndex, add, remove
from auditor.sources import database as storage
from tests.sources.fake import CATS, MILL, SEOUL, WordEmbedder

Make = Callable[..., LocalIndex]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "index.auditor"


@pytest.fixture
def index(file: Path):
    made = LocalIndex(file, create=True, embedder=WordEmbedder())
    yield made
    made.close()


def found(index: LocalIndex, query: str, k: int = 2) -> list[str]:
    return [hit.window.text for hit in index.search([query], k)[0]]


class TestContent:
    def test_what_is_put_in_comes_out(self, index: LocalIndex, file: Path) -> None:
        add(index, MILL, id="mill", date=date(2020, 5, 17))
        add(index, SEOUL, id="서울")
        index.close()
        with_model = LocalIndex(file, embedder=WordEmbedder())
        assert [(info.id, info.date, info.windows) for info in with_model.sources()] == [
            ("mill", date(2020, 5, 17), 1),
            ("서울", None, 1),
        ]
        assert with_model.text("서울") == SEOUL
        assert with_model.location("mill", 4, 8).column == 5
        with_model.close()

    def test_the_best_window_comes_first(self, index: LocalIndex) -> None:
        for id, text in (("mill", MILL), ("seoul", SEOUL), ("cats", CATS)):
            add(index, text, id=id)
        assert found(index, "steam engine mill")[0] == MILL
        assert found(index, "서울 인구가")[0] == SEOUL
        [hit] = index.search(["kitten"], 1)[0]
        assert hit.window.source == "cats" and hit.cosine is not None and hit.bm25 > 0
        assert [CATS[start:end] for start, end in hit.window.sentences][1].startswith("A kitten")

    def test_few_windows_need_no_model(self, index: LocalIndex, file: Path) -> None:
        add(index, MILL, id="mill")
        bare = LocalIndex(file)
        assert found(bare, "anything", 5) == [MILL]
        bare.close()

    def test_a_new_version_takes_the_place_of_the_old(self, index: LocalIndex) -> None:
        add(index, MILL, id="a"), add(index, CATS, id="b"), add(index, SEOUL, id="c")
        assert found(index, "mill")[0] == MILL
        add(index, "The mill never burned. It was sold.", id="a")
        assert found(index, "mill")[0] == "The mill never burned. It was sold."
        assert len(index.sources()) == 3

    def test_what_is_removed_is_not_found(self, index: LocalIndex) -> None:
        add(index, MILL, id="a"), add(index, CATS, id="b")
        assert remove(index, "a", "unknown") == 1
        assert found(index, "mill") == [CATS]
        with pytest.raises(KeyError):
            index.text("a")
        assert remove(index, "b") == 1
        assert index.search(["mill", "cat"]) == [[], []]

    def test_pages_and_metadata_are_kept(self, index: LocalIndex) -> None:
        from auditor.documents.document import Marks

        document = Document(
            "a.pdf", f"{MILL}\n\n{CATS}", pages=Marks([0, len(MILL)], [1, 2]), problems=("page 3: bad",)
        )
        document.metadata = {"title": "Mills", "date": "2019-03"}
        info = add(index, document, id="a")
        assert index.sources() == [info]
        assert (info.date, info.metadata["title"], info.problems) == (
            date(2019, 3, 31),
            "Mills",
            ("page 3: bad",),
        )
        assert index.location("a", len(MILL) + 3, len(MILL) + 8).page == 2

    def test_lone_surrogates_survive(self, index: LocalIndex) -> None:
        add(index, "It rained \ud800 here.", id="a")
        assert index.text("a") == "It rained \ud800 here."

    def test_vectors_have_to_fit(self, index: LocalIndex) -> None:
        import numpy as np

        info = add(index, MILL, id="a")
        with pytest.raises(ValueError, match="0 windows"):
            index.replace(info, MILL, b"", [], np.zeros((1, 24), np.float32))


class TestReaders:
    def test_a_reader_sees_each_change_as_a_whole(self, index: LocalIndex, file: Path) -> None:
        """While one source is replaced over and over, no search and no text mixes two versions."""
        version = "Mill {0} burned. " * 6 + "Number {0} was rebuilt. " * 6
        add(index, version.format("one"), id="a")
        add(index, CATS, id="b")
        stop, seen = threading.Event(), set()

        def write() -> None:
            writer = LocalIndex(file, embedder=WordEmbedder())
            names = ["two", "three", "four", "five"]
            for i in range(60):
                add(writer, version.format(names[i % 4]), id="a")
            writer.close()
            stop.set()

        thread = threading.Thread(target=write)
        thread.start()
        reader = LocalIndex(file, embedder=WordEmbedder())
        while not stop.is_set():
            with reader.frozen():
                hits = reader.search(["mill burned number rebuilt"], 6)[0]
                text = reader.text("a")
                [words] = {
                    frozenset({"one", "two", "three", "four", "five"} & set(text.replace(".", "").split()))
                }
                assert len(words) == 1
                for hit in hits:
                    if hit.window.source == "a":
                        assert text[hit.window.start : hit.window.end] == hit.window.text
                seen |= words
        thread.join()
        assert len(seen) > 1
        assert "five" in reader.text("a")
        reader.close()

    def test_a_frozen_reader_keeps_its_view(self, index: LocalIndex, file: Path) -> None:
        add(index, MILL, id="a")
        reader = LocalIndex(file)
        with reader.frozen():
            assert reader.text("a") == MILL
            add(index, CATS, id="a")
            remove(index, "b")
            assert reader.text("a") == MILL
            assert found(reader, "x", 3) == [MILL]
        assert reader.text("a") == CATS
        assert found(reader, "x", 3) == [CATS]
        reader.close()

    def test_an_index_held_still_is_not_written_to(self, index: LocalIndex) -> None:
        with index.frozen(), pytest.raises(RuntimeError, match="held still"):
            add(index, MILL, id="a")

    def test_a_second_writer_waits_and_then_says_so(self, index: LocalIndex, file: Path, monkeypatch) -> None:
        monkeypatch.setattr(storage, "WAIT", 0.05)
        add(index, MILL, id="a")
        other = LocalIndex(file, embedder=WordEmbedder())
        with index._database.writing():
            with pytest.raises(IndexProblem, match="another process is writing to the index"):
                add(other, CATS, id="b")
            assert other.text("a") == MILL
        add(other, CATS, id="b")
        other.close()

    def test_a_failed_change_leaves_nothing_behind(self, index: LocalIndex, monkeypatch) -> None:
        add(index, MILL, id="a")
        with monkeypatch.context() as patch, pytest.raises(IndexProblem):
            patch.setattr("auditor.sources.packing.Packed.check", None)  # cannot be stored
            add(index, CATS, id="a")
        assert index.text("a") == MILL
        assert found(index, "x", 5) == [MILL]


class TestRefusals:
    def test_a_file_that_is_not_there(self, file: Path) -> None:
        with pytest.raises(IndexProblem, match=r"no index .*: auditor index sync"):
            LocalIndex(file)
        assert not file.exists()

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(IndexProblem, match="is a folder"):
            LocalIndex(tmp_path, create=True)

    @pytest.mark.parametrize(
        "content", [b"text, no index, and long enough to be one" * 99, b"SQLite format 3\x00junk"]
    )
    @pytest.mark.parametrize("create", [True, False])
    def test_another_file(self, file: Path, content: bytes, create: bool) -> None:
        file.write_bytes(content)
        with pytest.raises(IndexProblem, match="is not an index or is damaged"):
            LocalIndex(file, create=create)
        assert file.read_bytes() == content

    @pytest.mark.parametrize("create", [True, False])
    def test_a_database_of_another_program(self, file: Path, create: bool) -> None:
        other = sqlite3.connect(file)
        other.execute("CREATE TABLE mine (x)")
        other.close()
        with pytest.raises(IndexProblem, match="a database of another program"):
            LocalIndex(file, create=create)

    def test_an_empty_file_becomes_an_index_only_if_asked(self, file: Path) -> None:
        file.touch()
        with pytest.raises(IndexProblem):
            LocalIndex(file)
        LocalIndex(file, create=True).close()
        LocalIndex(file).close()

    def test_a_damaged_page(self, index: LocalIndex, file: Path) -> None:
        for i in range(30):
            add(index, f"{MILL} {i}", id=f"{i}")
        index.close()
        data = bytearray(file.read_bytes())
        for at in range(4096, len(data), 512):
            data[at : at + 64] = b"\x55" * 64
        file.write_bytes(data)
        with pytest.raises(IndexProblem, match="delete it and sync again"):
            damaged = LocalIndex(file, embedder=WordEmbedder())
            try:
                damaged.search(["mill"], 3)
                [damaged.text(info.id) for info in damaged.sources()]
            finally:
                damaged.close()

    @pytest.mark.parametrize("column", ["vectors", "words", "spans"])
    def test_a_flipped_bit(self, index: LocalIndex, file: Path, column: str) -> None:
        add(index, MILL, id="a"), add(index, CATS, id="b")
        index.close()
        raw = sqlite3.connect(file)
        [(data,)] = raw.execute(f"SELECT {column} FROM passages LIMIT 1").fetchall()
        raw.execute(f"UPDATE passages SET {column} = ? WHERE key = 1", (data[:-1] + bytes([data[-1] ^ 1]),))
        raw.commit(), raw.close()
        again = LocalIndex(file, embedder=WordEmbedder())
        with pytest.raises(IndexProblem, match="the windows of a have changed"):
            again.search(["mill"], 1)
        again.close()

    def test_another_model(self, index: LocalIndex, file: Path) -> None:
        add(index, MILL, id="a")
        with pytest.raises(
            IndexProblem, match=r"made with the embedding model words, not other.*delete the file"
        ):
            LocalIndex(file, embedder=WordEmbedder("other"))

    def test_the_same_name_with_other_weights(self, file: Path) -> None:
        one, other = WordEmbedder(), WordEmbedder()
        one.fingerprint, other.fingerprint = "aaaa", "bbbb"
        index = LocalIndex(file, create=True, embedder=one)
        add(index, MILL, id="a")
        index.close()
        with pytest.raises(IndexProblem, match="words@aaaa, not words@bbbb"):
            LocalIndex(file, embedder=other)

    def test_a_second_model_that_comes_in_later(self, file: Path) -> None:
        one = LocalIndex(file, create=True, embedder=WordEmbedder())
        other = LocalIndex(file, embedder=WordEmbedder("other"))  # nothing is recorded yet
        add(one, MILL, id="a")
        with pytest.raises(IndexProblem, match="cannot be mixed"):
            add(other, CATS, id="b")
        assert [info.id for info in one.sources()] == ["a"]
        one.close(), other.close()

    @pytest.mark.parametrize("what", ["chunker", "lexicon", "format"])
    def test_another_chunker(self, index: LocalIndex, file: Path, what: str) -> None:
        index.close()
        raw = sqlite3.connect(file)
        raw.execute("UPDATE meta SET value = 'older' WHERE key = ?", (what,))
        raw.commit(), raw.close()
        with pytest.raises(IndexProblem, match=f"{what} 'older'.*delete the file and sync again"):
            LocalIndex(file)

    def test_a_closed_index(self, index: LocalIndex) -> None:
        index.close()
        with pytest.raises(IndexProblem, match="was closed"):
            index.sources()
