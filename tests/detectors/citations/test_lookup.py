"""Looking works up: against a server on this machine only."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from auditor.detectors.citations import unknown_work, wrong_metadata
from auditor.detectors.citations.lookup import Lookup, Status
from auditor.detectors.citations.online import online_findings, using
from auditor.detectors.citations.references import Reference
from auditor.documents import from_text

WORKS = {
    "10.5555/kites.7": {
        "DOI": "10.5555/kites.7",
        "title": ["How kites fly in the wind"],
        "author": [{"family": "Kim"}, {"family": "Lee"}],
        "issued": {"date-parts": [[2021, 3]]},
    }
}
DATASETS = {
    "10.5555/data.1": {
        "doi": "10.5555/data.1",
        "titles": [{"title": "Measurements of many kites"}],
        "creators": [{"name": "Park, Jo", "familyName": "Park"}],
        "publicationYear": 2019,
    }
}
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2101.12345v1</id>
<published>2021-01-05T00:00:00Z</published><title>Tails of
 kites, revisited at last</title><author><name>Ann Choi</name></author></entry></feed>"""
EMPTY = '<feed xmlns="http://www.w3.org/2005/Atom"></feed>'


class Server:
    """Plays Crossref, DataCite, arXiv and doi.org, and counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.busy: list[tuple[int, str]] = []  # status and Retry-After of the next answers
        self.times: list[float] = []
        self.handles: set[str] = set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(unquote(self.path))
                outer.agents.add(self.headers["User-Agent"])
                outer.times.append(time.monotonic())
                code, headers, body = 200, {}, b""
                if outer.busy:
                    code, after = outer.busy.pop(0)
                    headers = {"Retry-After": after} if after else {}
                else:
                    code, body = outer.answer(self.path)
                self.send_response(code)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, path: str) -> tuple[int, bytes]:
        parts = urlsplit(path)
        name, _, rest = parts.path.lstrip("/").partition("/")
        query, key = parse_qs(parts.query), unquote(rest.partition("/")[2])
        found: Any = None
        if name == "doi":
            return (200 if rest.removeprefix("api/handles/") in self.handles else 404), b"{}"
        if name == "arxiv":
            wanted = query.get("id_list", query.get("search_query", [""]))[0]
            return 200, (ATOM if "2101.12345" in wanted or "Tails of kites" in wanted else EMPTY).encode()
        if name == "crossref":
            found = {
                "items": [
                    w
                    for w in WORKS.values()
                    if w["title"][0][:10] in query.get("query.bibliographic", [""])[0]
                ]
            }
            found = {"message": WORKS.get(key) if key else found}
            return (200, json.dumps(found).encode()) if found["message"] is not None else (404, b"")
        if key:
            return (
                (200, json.dumps({"data": {"attributes": DATASETS[key]}}).encode())
                if key in DATASETS
                else (404, b"")
            )
        return 200, b'{"data": []}'


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def lookup(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lookup:
    monkeypatch.setenv("no_proxy", "*")
    names = ("crossref", "datacite", "arxiv", "doi")
    return Lookup(
        tmp_path / "cache" / "answers.sqlite",
        {name: f"{server.url}/{name}" for name in names},
        pause=0.0,
        timeout=5.0,
    )


def entry(
    title: str = "How kites fly in the wind", year: str = "2021", author: str = "Kim", **identifiers: str
) -> Reference:
    return Reference("1", (author,), year, title, identifiers, text=f"{author} ({year}). {title}.")


def test_found_as_it_is(lookup: Lookup):
    outcome = lookup.find(entry(doi="10.5555/kites.7"))
    assert (outcome.status, outcome.remarks) == (Status.FOUND, ())
    assert outcome.work is not None
    assert outcome.work.authors == ("Kim", "Lee")


def test_found_by_title_alone(lookup: Lookup):
    assert lookup.find(entry()).status is Status.FOUND


@pytest.mark.parametrize(
    ("reference", "remark"),
    [
        (entry(year="2015", doi="10.5555/kites.7"), "the year there is 2021"),
        (entry(author="Garcia", doi="10.5555/kites.7"), "the authors there are Kim, Lee"),
        (
            entry("A quite different thing altogether", doi="10.5555/kites.7"),
            "the title there is “How kites fly in the wind”",
        ),
        (entry(doi="10.5555/wrong"), "no DOI 10.5555/wrong exists; the work has 10.5555/kites.7"),
    ],
)
def test_a_real_work_with_wrong_details_is_found(lookup: Lookup, reference: Reference, remark: str):
    outcome = lookup.find(reference)
    assert (outcome.status, outcome.remarks) == (Status.FOUND, (remark,))


def test_a_year_may_be_one_off(lookup: Lookup):
    assert lookup.find(entry(year="2020", doi="10.5555/kites.7")).remarks == ()


def test_datacite_arxiv_and_other_agencies(lookup: Lookup, server: Server):
    dataset = lookup.find(entry("Measurements of many kites", "2019", "Park", doi="10.5555/data.1"))
    preprint = lookup.find(entry("Tails of kites, revisited at last", "2021", "Choi", arxiv="2101.12345v2"))
    server.handles.add("10.5555/kisti.1")
    elsewhere = lookup.find(
        entry("연의 역사와 바람의 과학에 대하여", "2020", "김철수", doi="10.5555/kisti.1")
    )
    assert [o.status for o in (dataset, preprint, elsewhere)] == [Status.FOUND] * 3
    assert dataset.remarks == preprint.remarks == elsewhere.remarks == ()


def test_not_found_only_after_every_question(lookup: Lookup, server: Server):
    outcome = lookup.find(entry("Nobody ever wrote this paper", doi="10.5555/nothing"))
    assert (outcome.status, outcome.asked) == (Status.NOT_FOUND, ("doi", "title"))
    assert {path.split("/")[1] for path in server.asked} == {"crossref", "datacite", "arxiv", "doi"}


@pytest.mark.parametrize("status", [500, 403, 400])
def test_an_answer_that_is_none_never_counts_as_missing(lookup: Lookup, server: Server, status: int):
    server.busy = [(status, "")] * 20
    outcome = lookup.find(entry("Nobody ever wrote this paper", doi="10.5555/nothing"))
    assert outcome.status is Status.UNKNOWN
    assert f"status {status}" in outcome.reason


def test_no_server_is_no_failure(tmp_path: Path):
    nowhere = dict.fromkeys(("crossref", "datacite", "arxiv", "doi"), "http://127.0.0.1:9")
    outcome = Lookup(tmp_path / "a.sqlite", nowhere, pause=0.0, timeout=1.0).find(
        entry(doi="10.5555/kites.7")
    )
    assert outcome.status is Status.UNKNOWN


def test_answers_are_kept(lookup: Lookup, server: Server):
    first = lookup.find(entry(doi="10.5555/kites.7"))
    count = len(server.asked)
    again = Lookup(lookup.cache_path, lookup.endpoints, pause=0.0).find(entry(doi="10.5555/kites.7"))
    assert again == first
    assert len(server.asked) == count
    with sqlite3.connect(lookup.cache_path) as database:
        database.execute("UPDATE answers SET at = at - 31 * 86400")
    database.close()
    lookup.find(entry(doi="10.5555/kites.7"))
    assert len(server.asked) == count + 1


def test_a_damaged_cache_is_done_without(lookup: Lookup):
    Path(lookup.cache_path).parent.mkdir()
    Path(lookup.cache_path).write_bytes(b"no database" * 100)
    assert lookup.find(entry(doi="10.5555/kites.7")).status is Status.FOUND


def test_polite(lookup: Lookup, server: Server):
    lookup.pause, lookup.mailto = 0.3, "a@example.org"
    lookup.find(entry("Nobody ever wrote this paper", doi="10.5555/nothing"))
    (agent,) = server.agents
    assert agent.startswith("auditor/")
    assert "mailto:a@example.org" in agent
    gaps = [b - a for a, b in zip(server.times, server.times[1:], strict=False)]
    # One host here; in the world each has its own clock. A request may be late, the next one then follows sooner.
    assert sum(gaps) >= 0.3 * len(gaps) - 0.15
    assert min(gaps) >= 0.1


def test_retry_after_is_honoured(lookup: Lookup, server: Server):
    server.busy = [(429, "1")]
    assert lookup.find(entry(doi="10.5555/kites.7")).status is Status.FOUND
    assert server.times[1] - server.times[0] >= 0.95
    server.busy = [(503, "86400")]
    count = len(server.asked)
    outcome = lookup.find(entry("Nobody ever wrote this paper", doi="10.5555/nothing"))
    assert outcome.status is Status.UNKNOWN
    assert "left alone" in outcome.reason
    assert len(server.asked) == count + 1


TEXT = """Kites fly [1], and more [2], [3].

References

[1] J. Kim, “How kites fly in the wind,” Kites, 2011. doi:10.5555/kites.7
[2] X. Nobody, “Nobody ever wrote this paper,” Nowhere, 2020. doi:10.5555/nothing
[3] Y. Somebody, “A book that no registry happens to have,” Press, 2019.
"""


def test_findings(lookup: Lookup):
    document = from_text(TEXT)
    found = list(online_findings(document, lookup))
    assert [(f.rule, f.severity.value) for f in found] == [
        ("citations/unknown-work", "warning"),
        ("citations/wrong-metadata", "note"),
    ]
    assert [document.text[f.location.start : f.location.end] for f in found if f.location] == [
        f.excerpt for f in found
    ]
    assert "Nobody ever wrote" in found[0].excerpt
    assert "the year there is 2021" in found[1].message


def test_nothing_is_asked_unless_wanted(lookup: Lookup, server: Server):
    document = from_text(TEXT)
    rules = (unknown_work.unknown_work, wrong_metadata.wrong_metadata)
    assert [f for rule in rules for f in rule(document)] == []
    assert server.asked == []
    with using(lookup):
        assert len([f for rule in rules for f in rule(document)]) == 2
    assert [f for rule in rules for f in rule(document)] == []
