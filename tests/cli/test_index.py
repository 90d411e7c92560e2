from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.sources import embedding, local
from tests.sources.fake import CATS, MILL, SEOUL, WordEmbedder
from tests.sources.fake import write as texts


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    """A model without weights, and a folder of sources."""
    monkeypatch.setattr(local, "load_embedder", lambda name="words": WordEmbedder())
    monkeypatch.setattr(embedding, "load_embedder", WordEmbedder)
    monkeypatch.delattr("auditor.sources.load_embedder", raising=False)
    texts(Path("refs"), mill=MILL, seoul=SEOUL)


def test_a_folder_is_synced_and_synced_again(run) -> None:
    done = run("index", "sync", "a.auditor", "refs")
    assert (done.exit_code, done.stderr, done.stdout) == (0, "2 added\n", "")
    Path("refs/mill.txt").unlink()
    texts(Path("refs"), cats=CATS)
    assert run("index", "sync", "a.auditor", "refs").stderr == "1 added, 1 removed, 1 unchanged\n"
    assert run("index", "sync", "-q", "a.auditor", "refs").stderr == ""


def test_a_file_that_cannot_be_read_makes_three(run) -> None:
    Path("refs/bad.pdf").write_bytes(b"no")
    done = run("index", "sync", "a.auditor", "refs")
    assert done.exit_code == 3
    assert done.stderr.startswith("refs/bad.pdf: is named .pdf but is not PDF")
    assert "2 added, 1 not read\n" in done.stderr


def test_options_of_reading(run) -> None:
    assert run("index", "sync", "a.auditor", "refs", "--exclude", "mill*").stderr == "1 added\n"
    assert run("index", "sync", "b.auditor", "refs", "--include", "*.rst").stderr.startswith(
        "nothing to read there"
    )
    done = run("index", "sync", "c.auditor", "refs", "--max-file-size", "20")
    assert (done.exit_code, done.stderr.count("over the limit")) == (3, 2)
    assert run("index", "sync", "c.auditor", "refs", "--max-file-size", "much").exit_code == 2


def test_search(run) -> None:
    run("index", "sync", "a.auditor", "refs")
    done = run("index", "search", "a.auditor", "서울 인구가", "-k", "1")
    assert done.exit_code == 0
    assert done.stdout.startswith("seoul.txt:1:1  cosine ")
    assert "940만" in done.stdout
    [hit] = json.loads(
        run("index", "search", "a.auditor", "steam engine", "-k", "1", "--format", "json").stdout
    )
    assert (hit["source"], hit["text"], hit["line"], hit["start"]) == ("mill.txt", MILL, 1, 0)
    assert hit["sentences"][0] == [0, 24] and 0 < hit["cosine"] <= 1


def test_stats(run) -> None:
    run("index", "sync", "a.auditor", "refs")
    assert "2 sources, 2 windows" in run("index", "stats", "a.auditor").stdout
    made = json.loads(run("index", "stats", "a.auditor", "--format", "json").stdout)
    assert (made["sources"], made["model"], made["list"][0]["id"]) == (2, "words", "mill.txt")
    assert made["bytes"] > 0


def test_single_files_come_and_go(run) -> None:
    done = run("index", "add", "a.auditor", "refs/mill.txt", "--id", "mill", "--date", "2020-05-17")
    assert (done.exit_code, done.stderr) == (0, "added mill: 1 windows\n")
    assert "mill  text  1 windows  2020-05-17" in run("index", "stats", "a.auditor").stdout
    assert run("index", "add", "a.auditor", "missing.txt").exit_code == 3
    assert run("index", "add", "a.auditor", "refs/mill.txt", "--date", "May").exit_code == 2
    assert run("index", "add", "a.auditor", "refs/mill.txt", "refs/seoul.txt", "--id", "x").exit_code == 2
    assert run("index", "remove", "a.auditor", "mill").stderr == "removed 1 source\n"
    assert "0 sources" in run("index", "stats", "a.auditor").stdout
    assert run("index", "search", "a.auditor", "mill").stderr == "the index holds no text\n"


def test_a_whole_folder_is_removed(run) -> None:
    run("index", "sync", "a.auditor", "refs")
    run("index", "add", "a.auditor", "refs/mill.txt", "--id", "other")
    assert run("index", "remove", "a.auditor", "--folder", "refs").stderr == "removed 2 sources\n"
    assert json.loads(run("index", "stats", "a.auditor", "--format", "json").stdout)["sources"] == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("search", "missing.auditor", "x"), "there is no index missing.auditor"),
        (("stats", "refs"), "is a folder, not an index"),
        (("stats", "refs/mill.txt"), "is not an index or is damaged"),
        (("sync", "a.auditor", "missing"), "missing: there is no such file or folder"),
        (("remove", "a.auditor"), "name the sources to take out"),
        (("remove", "made.auditor", "unknown"), "no source is called 'unknown'"),
    ],
)
def test_wrong_use_is_one_line(run, arguments: tuple[str, ...], told: str) -> None:
    run("index", "sync", "made.auditor", "refs")
    done = run("index", *arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr and len(done.stderr.splitlines()) == 1


def test_watching_ends_quietly_with_ctrl_c(run, monkeypatch: pytest.MonkeyPatch) -> None:
    from auditor.sources import watching

    def interrupted(*arguments: object):
        yield
        raise KeyboardInterrupt

    monkeypatch.setattr(watching, "_changes", interrupted)
    done = run("index", "watch", "a.auditor", "refs")
    assert (done.exit_code, done.stderr) == (0, "2 added\nstopped\n")
    assert "2 sources" in run("index", "stats", "a.auditor").stdout


def test_every_command_explains_itself(run) -> None:
    for name in ("sync", "watch", "add", "remove", "search", "stats"):
        done = run("index", name, "-h")
        assert done.exit_code == 0
        assert f"auditor index {name}" in done.stdout
    assert "Exit codes" in run("index", "--help").stdout
