from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.sources import (
    IndexProblem,
    LocalIndex,
    MemoryIndex,
    Union,
    add,
    embedding,
    gather,
    local,
    open_indexes,
    prepare,
)
from auditor.sources.gathering import cache_folder, is_index
from tests.sources.fake import CATS, MILL, SEOUL, WordEmbedder, write


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> WordEmbedder:
    """The packaged model is not loaded here."""
    made = WordEmbedder()
    for module in (local, embedding):
        monkeypatch.setattr(module, "load_embedder", lambda name="words": made)
    monkeypatch.setattr("auditor.sources.union.load_embedder", lambda: made)
    monkeypatch.setenv("AUDITOR_CACHE_DIR", str(tmp_path / "cache"))
    return made


def made(path: Path, **texts: str) -> str:
    index = LocalIndex(path, create=True, embedder=WordEmbedder())
    for id, text in texts.items():
        add(index, text, id=id)
    index.close()
    return str(path)


def ids(index) -> list[str]:
    return [info.id for info in index.sources()]


class TestGather:
    def test_a_folder_is_read_once(self, tmp_path: Path, model: WordEmbedder) -> None:
        write(tmp_path / "refs", mill=MILL, cats=CATS)
        for _ in range(2):
            index = gather([tmp_path / "refs"])
            assert ids(index) == ["cats.txt", "mill.txt"]
            assert index.search(["steam engine"], 1)[0][0].window.text == MILL
            index.close()
        assert model.encoded.count(MILL) == 1
        assert list((tmp_path / "cache").rglob("*.auditor"))

    def test_a_change_is_seen(self, tmp_path: Path) -> None:
        write(tmp_path / "refs", mill=MILL)
        gather([tmp_path / "refs"]).close()
        write(tmp_path / "refs", mill="The mill was sold.")
        index = gather([tmp_path / "refs"])
        assert index.text("mill.txt") == "The mill was sold."
        index.close()

    def test_an_index_is_opened_as_it_is(self, tmp_path: Path) -> None:
        file = made(tmp_path / "a.auditor", mill=MILL)
        index = gather([file])
        assert ids(index) == ["mill"]
        index.close()
        assert not (tmp_path / "cache").exists()

    def test_folders_files_and_indexes_are_searched_as_one(self, tmp_path: Path) -> None:
        write(tmp_path / "refs", cats=CATS)
        write(tmp_path, seoul=SEOUL)
        index = gather([tmp_path / "refs", tmp_path / "seoul.txt", made(tmp_path / "a.auditor", mill=MILL)])
        assert len(index.sources()) == 3
        for query, text in (("kitten", CATS), ("서울 인구가", SEOUL), ("steam engine", MILL)):
            assert index.search([query], 1)[0][0].window.text == text
        index.close()

    def test_two_indexes_of_one_name_are_both_searched(self, tmp_path: Path) -> None:
        files = [made(tmp_path / "a" / "x.auditor", mill=MILL), made(tmp_path / "b" / "x.auditor", cats=CATS)]
        for index in (gather(files), open_indexes(files)):
            assert ids(index) == ["cats", "mill"]
            assert index.text("cats") == CATS
            index.close()

    def test_what_cannot_be_read_is_listed(self, tmp_path: Path) -> None:
        write(tmp_path / "refs", mill=MILL)
        (tmp_path / "refs" / "bad.pdf").write_bytes(b"no")
        index = gather([tmp_path / "refs"])
        assert [reason for _, reason in index.failed] == [
            "is named .pdf but is not PDF, or is cut off at its start"
        ]
        index.close()

    def test_a_damaged_cache_is_made_anew(self, tmp_path: Path) -> None:
        write(tmp_path / "refs", mill=MILL)
        [location] = prepare([tmp_path / "refs"]).locations
        Path(location).write_bytes(b"damaged" * 1000)
        assert prepare([tmp_path / "refs"]).locations == (location,)
        index = open_indexes([location])
        assert index.text("mill.txt") == MILL
        index.close()

    @pytest.mark.parametrize("name", ["missing", "missing.pdf", "missing.auditor"])
    def test_what_does_not_exist_is_named(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(IndexProblem, match=name):
            gather([tmp_path / name])

    def test_nothing_readable_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "refs").mkdir()
        with pytest.raises(IndexProblem, match=r"hold no readable text: .*refs$"):
            gather([tmp_path / "refs"])
        (tmp_path / "refs" / "bad.pdf").write_bytes(b"no")
        with pytest.raises(IndexProblem, match=r"bad.pdf: is named .pdf but is not PDF"):
            gather([tmp_path / "refs"])
        with pytest.raises(IndexProblem, match="no sources were given"):
            gather([])

    def test_a_damaged_index_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "a.auditor").write_bytes(b"damaged" * 1000)
        with pytest.raises(IndexProblem, match=r"a\.auditor is not an index or is damaged"):
            gather([tmp_path / "a.auditor"])

    def test_what_is_an_index(self, tmp_path: Path) -> None:
        file = made(tmp_path / "strange.txt", mill=MILL)
        write(tmp_path, note="SQLite format 3")
        assert is_index(file) and is_index("postgresql://localhost/x")
        assert (
            not is_index(str(tmp_path))
            and not is_index(str(tmp_path / "note.txt"))
            and not is_index("missing.db")
        )

    def test_where_the_cache_is(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        assert cache_folder() == tmp_path / "cache"
        monkeypatch.delenv("AUDITOR_CACHE_DIR")
        monkeypatch.setattr("sys.platform", "linux")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
        assert cache_folder() == tmp_path / "xdg" / "auditor"

    @pytest.mark.skipif(os.name == "nt", reason="folders are made otherwise there")
    def test_a_cache_that_cannot_be_made_is_said(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        write(tmp_path / "refs", mill=MILL)
        write(tmp_path, file="x")
        monkeypatch.setenv("AUDITOR_CACHE_DIR", str(tmp_path / "file.txt"))
        with pytest.raises(IndexProblem, match="cannot be made"):
            gather([tmp_path / "refs"])


class TestUnion:
    def test_sources_of_one_name_are_told_apart(self) -> None:
        union = Union({"one": MemoryIndex([("a", MILL)]), "two": MemoryIndex([("a", CATS), ("b", SEOUL)])})
        assert ids(union) == ["a", "b", "two/a"]
        assert (union.text("a"), union.text("two/a")) == (MILL, CATS)
        assert union.location("two/a", 0, 4).path == "two/a"
        with pytest.raises(KeyError):
            union.text("two/b")

    def test_few_windows_come_back_whole(self) -> None:
        union = Union({"one": MemoryIndex([MILL]), "two": MemoryIndex([CATS])})
        assert [hit.window.text for hit in union.search(["x"], 8)[0]] == [MILL, CATS]

    def test_a_large_and_a_small_index_are_ranked_together(self) -> None:
        many = MemoryIndex([f"Report {i} says nothing of note." for i in range(20)], WordEmbedder())
        union = Union({"many": many, "few": MemoryIndex([("mill", MILL)])})
        found = union.search(["the steam engine of the mill", "report 7"], 3)
        assert found[0][0].window.text == MILL
        assert found[1][0].window.text == "Report 7 says nothing of note."
        assert all(len(row) == 3 and hit.cosine is not None for row in found for hit in row)
