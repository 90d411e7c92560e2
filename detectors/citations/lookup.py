"""Asks Crossref, DataCite, arXiv and doi.org whether a work exists. Only when the user wants it.

Polite: the tool says who it is, asks a host at most once a second, waits as long as a host tells it to, and keeps every
answer for thirty days. What could not be asked is said to be so and never counts as missing.
"""

from __future__ import annotations

import json
import re
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree

from auditor.detectors.citations.entries import Reference, folded, words_of
from auditor.detectors.citations.matching import SIMILAR, same_author, same_year, similarity
from auditor.version import __version__

ENDPOINTS: Final[Mapping[str, str]] = {
    "crossref": "https://api.crossref.org",
    "datacite": "https://api.datacite.org",
    "arxiv": "https://export.arxiv.org",
    "doi": "https://doi.org",
}
KEPT_DAYS: Final = 30
_LONGEST_ANSWER: Final = 4 << 20
_LONGEST_WAIT: Final = 60.0
_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_TOO_SHORT: Final = 15
"""Titles with fewer letters are too common to search for."""


class Status(StrEnum):
    """What a look-up came to."""

    FOUND = "found"
    NOT_FOUND = "not found"
    UNKNOWN = "could not ask"


@dataclass(frozen=True, slots=True)
class Work:
    """A work as a registry knows it."""

    title: str
    authors: tuple[str, ...] = ()
    year: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of a reference.

    Attributes:
        status: Found, not found, or could not ask.
        work: What was found.
        remarks: How it differs from the reference, a sentence each.
        asked: What was looked for: ``doi``, ``arxiv``, ``title``.
        reason: Why it could not be asked.
    """

    status: Status
    work: Work | None = None
    remarks: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    reason: str = ""


class _Unanswered(Exception):
    """A host gave no usable answer; the message says why."""


@dataclass
class Lookup:
    """Looks references up, with a cache on disk.

    Args:
        cache_path: SQLite file for the answers; made where there is none.
        endpoints: Base addresses by name (``crossref``, ``datacite``, ``arxiv``, ``doi``); those not given are the
            real ones.
        mailto: Address that hosts may write to, part of the User-Agent.
        pause: Least time between two requests to one host, in seconds.
        timeout: Longest time for one request, in seconds.
    """

    cache_path: str | Path
    endpoints: Mapping[str, str] = field(default_factory=dict)
    mailto: str = ""
    pause: float = 1.0
    timeout: float = 15.0
    _next: dict[str, float] = field(default_factory=dict, init=False, repr=False)

    def find(self, reference: Reference) -> Outcome:
        """Looks one reference up by its DOI or arXiv identifier, then by its title. Raises nothing."""
        asked: list[str] = []
        problems: list[str] = []
        for kind, ask in (("doi", self._doi), ("arxiv", self._arxiv)):
            if identifier := reference.identifiers.get(kind):
                asked.append(kind)
                try:
                    work = ask(identifier)
                except _Unanswered as error:
                    problems.append(str(error))
                    continue
                if work is not None:
                    return Outcome(Status.FOUND, work, tuple(differences(reference, work)), tuple(asked))
        if len(folded(reference.title)) < _TOO_SHORT:
            return Outcome(
                Status.UNKNOWN, None, (), tuple(asked), "; ".join(problems) or "the title is not clear"
            )
        asked.append("title")
        for search in (self._crossref_search, self._datacite_search, self._arxiv_search):
            try:
                work = _same(reference, search(reference))
            except _Unanswered as error:
                problems.append(str(error))
                continue
            if work is not None:
                wrong = [
                    f"no {_NAMES[kind]} {reference.identifiers[kind]} exists; the work has {work.identifier}"
                    for kind in asked
                    if kind != "title" and not problems
                ]
                return Outcome(Status.FOUND, work, (*wrong, *differences(reference, work)), tuple(asked))
        status = Status.UNKNOWN if problems else Status.NOT_FOUND
        return Outcome(status, None, (), tuple(asked), "; ".join(problems))

    # Questions

    def _doi(self, doi: str) -> Work | None:
        code, body = self._get("crossref", f"/works/{quote(doi, safe='')}")
        if code == 200:
            return _crossref_work(_object(_json(body).get("message")))
        code, body = self._get("datacite", f"/dois/{quote(doi, safe='')}")
        if code == 200:
            return _datacite_work(_object(_object(_json(body).get("data")).get("attributes")))
        # Other agencies (KISTI, JaLC, mEDRA …) register DOIs as well: the resolver knows them all.
        code, _ = self._get("doi", f"/api/handles/{quote(doi, safe='/')}")
        return Work("", identifier=doi) if code == 200 else None

    def _arxiv(self, identifier: str) -> Work | None:
        number = re.sub(r"v\d+$", "", identifier)
        works = self._atom("/api/query?" + urlencode({"id_list": number, "max_results": 1}))
        return next((work for work in works if number in work.identifier), None)

    def _crossref_search(self, reference: Reference) -> list[Work]:
        words = " ".join((reference.title, *reference.authors[:1], reference.year[:4]))
        body = self._search("crossref", "/works?" + urlencode({"query.bibliographic": words, "rows": 5}))
        items = _object(_json(body).get("message")).get("items")
        return [_crossref_work(_object(item)) for item in items] if isinstance(items, list) else []

    def _datacite_search(self, reference: Reference) -> list[Work]:
        title = re.sub(r"[^\w\s]", " ", reference.title)
        body = self._search(
            "datacite", "/dois?" + urlencode({"query": f'titles.title:"{title}"', "page[size]": 5})
        )
        items = _json(body).get("data")
        return (
            [_datacite_work(_object(_object(i).get("attributes"))) for i in items]
            if isinstance(items, list)
            else []
        )

    def _arxiv_search(self, reference: Reference) -> list[Work]:
        title = " ".join(re.sub(r"[^\w\s]", " ", reference.title).split())
        return self._atom("/api/query?" + urlencode({"search_query": f'ti:"{title}"', "max_results": 5}))

    def _atom(self, path: str) -> list[Work]:
        body = self._search("arxiv", path)
        if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
            raise _Unanswered("arxiv answered with a document type, which is not read")
        try:
            feed = ElementTree.fromstring(body)
        except ElementTree.ParseError as error:
            raise _Unanswered(f"arxiv gave an answer that is no XML ({error})") from error
        works = []
        for entry in feed.iter(f"{_ATOM}entry"):
            title = " ".join((entry.findtext(f"{_ATOM}title") or "").split())
            names = tuple((name.text or "").strip() for name in entry.iter(f"{_ATOM}name"))
            year = (entry.findtext(f"{_ATOM}published") or "")[:4]
            works.append(
                Work(title, names, year, (entry.findtext(f"{_ATOM}id") or "").rpartition("/abs/")[2])
            )
        return works

    def _search(self, name: str, path: str) -> bytes:
        """The answer to a search, which always is one, though it may be empty."""
        code, body = self._get(name, path)
        if code != 200:
            raise _Unanswered(f"{name} answered a search with status {code}")
        return body

    # Transport

    def _get(self, name: str, path: str) -> tuple[int, bytes]:
        """Status (200 or 404) and body, from the cache where it is fresh.

        Raises:
            _Unanswered: If there is no such answer.
        """
        url = self.endpoints.get(name, ENDPOINTS[name]).rstrip("/") + path
        if known := self._cached(url):
            return known
        host = urlsplit(url).netloc
        for attempt in range(2):
            self._wait(name, host)
            try:
                code, body = self._request(url)
            except urllib.error.HTTPError as error:
                with error:
                    code, body, after = error.code, b"", error.headers.get("Retry-After", "")
                if code in (429, 503):
                    self._next[host] = time.monotonic() + _seconds(after)
                    if attempt == 0:
                        continue
                if code != 404:
                    raise _Unanswered(f"{name} answered with status {code}") from error
            except (OSError, ValueError) as error:
                raise _Unanswered(f"{name} could not be asked: {getattr(error, 'reason', error)}") from error
            self._keep(url, code, body)
            return code, body
        raise _Unanswered(f"{name} wants to be left alone")

    def _request(self, url: str) -> tuple[int, bytes]:
        contact = f"; mailto:{self.mailto}" if self.mailto else ""
        headers = {"User-Agent": f"auditor/{__version__} (https://auditor.readthedocs.io{contact})"}
        request = urllib.request.Request(url, headers=headers)
        with urllib.request.urlopen(request, timeout=self.timeout) as answer:
            body: bytes = answer.read(_LONGEST_ANSWER + 1)
            if len(body) > _LONGEST_ANSWER:
                raise ValueError("the answer is too long")
            return answer.status, body

    def _wait(self, name: str, host: str) -> None:
        pause = self._next.get(host, 0.0) - time.monotonic()
        if pause > _LONGEST_WAIT:
            raise _Unanswered(f"{name} wants to be left alone for {pause:.0f} seconds")
        if pause > 0:
            time.sleep(pause)
        self._next[host] = time.monotonic() + self.pause

    def _database(self) -> sqlite3.Connection:
        Path(self.cache_path).parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self.cache_path, timeout=10)
        database.execute(
            "CREATE TABLE IF NOT EXISTS answers (url TEXT PRIMARY KEY, code INTEGER, body BLOB, at REAL)"
        )
        return database

    def _cached(self, url: str) -> tuple[int, bytes] | None:
        try:
            with closing(self._database()) as database:
                oldest = time.time() - KEPT_DAYS * 86_400
                row = database.execute(
                    "SELECT code, body FROM answers WHERE url = ? AND at > ?", (url, oldest)
                ).fetchone()
        except (sqlite3.Error, OSError):  # without a cache it is asked again
            return None
        return (int(row[0]), bytes(row[1])) if row else None

    def _keep(self, url: str, code: int, body: bytes) -> None:
        try:
            with closing(self._database()) as database, database:
                database.execute("REPLACE INTO answers VALUES (?, ?, ?, ?)", (url, code, body, time.time()))
        except (sqlite3.Error, OSError):
            return


_NAMES: Final = {"doi": "DOI", "arxiv": "arXiv identifier"}


def _seconds(printed: str) -> float:
    """A Retry-After header; an hour where it is a date or unreadable, five seconds where it is missing."""
    if not printed:
        return 5.0
    return float(printed) if re.fullmatch(r"\d{1,6}", printed.strip()) else 3_600.0


def _json(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        return _object(json.loads(body))
    except (ValueError, RecursionError) as error:
        raise _Unanswered("an answer was no JSON") from error


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _first(value: object) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""


def _crossref_work(item: Mapping[str, Any]) -> Work:
    title = ": ".join(filter(None, (_first(item.get("title")), _first(item.get("subtitle")))))
    people = item.get("author") or item.get("editor") or []
    names = tuple(_first(p.get("family") or p.get("name")) for p in people if isinstance(p, dict))
    parts = _object(item.get("issued")).get("date-parts") or [[""]]
    year = _first(parts[0]) if isinstance(parts, list) and parts else ""
    return Work(re.sub(r"<[^<>]{0,100}>", "", title), names, year[:4], _first(item.get("DOI")))


def _datacite_work(item: Mapping[str, Any]) -> Work:
    titles, creators = item.get("titles") or [{}], item.get("creators") or []
    title = _first(_object(titles[0] if isinstance(titles, list) else {}).get("title"))
    names = tuple(_first(c.get("familyName") or c.get("name")) for c in creators if isinstance(c, dict))
    return Work(title, names, _first(item.get("publicationYear")), _first(item.get("doi")))


def _same(reference: Reference, works: Sequence[Work]) -> Work | None:
    """The work with the reference's title; year and author decide between several."""
    alike = [work for work in works if similarity(reference.title, work.title) >= SIMILAR]
    ranked = sorted(
        alike,
        key=lambda work: same_year(reference, work.year) + 2 * same_author(reference, " ".join(work.authors)),
    )
    return ranked[-1] if ranked else None


def differences(reference: Reference, work: Work) -> Iterator[str]:
    """What a registry says otherwise than a reference, a sentence each.

    Titles are compared leniently, authors by the first surname, and a year may be one off: online first, then in print.
    """
    if work.title and reference.title and len(folded(reference.title)) >= _TOO_SHORT:
        printed = folded(work.title) in folded(reference.text)
        if not printed and similarity(reference.title, work.title) < 0.7:
            yield f"the title there is “{work.title[:200]}”"
    if work.authors and reference.authors:
        names = words_of(" ".join(work.authors))
        if not any(folded(part) in names for author in reference.authors for part in author.split()):
            yield f"the authors there are {', '.join(work.authors[:3])}"
    if reference.year and work.year.isdigit() and work.year not in reference.years:
        far = abs(int(reference.year[:4]) - int(work.year)) > 1
        yield from [f"the year there is {work.year}"] * far
