r"""Citations by key in markup: LaTeX's \cite, JATS's xref, notes and reference links of Markdown."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from auditor.detectors.citations.entries import Reference, reference
from auditor.detectors.citations.listing import Entry
from auditor.documents import Document, Role


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key is cited: a span of the document's text, and the entry if there is one."""

    start: int
    end: int
    style: str
    key: str
    reference: Reference | None
    missing: bool


@dataclass(frozen=True, slots=True)
class Keyed:
    """What markup lists and cites.

    Attributes:
        references: Entries with keys.
        places: Citations by key.
        complete: Whether the markup is the document's reference list, so that none need be looked for in its text.
        open: Whether entries or citations may stand in another file.
    """

    references: tuple[Reference, ...] = ()
    places: tuple[Place, ...] = ()
    complete: bool = False
    open: bool = False


_NOTHING: Final = Keyed()


def read(document: Document) -> Keyed:
    """Keys of a document, by its format."""
    raw = document.raw or ""
    if document.format == "latex" and "\\" in raw:
        return _latex(document, raw)
    if document.format == "jats" and "<ref" in raw:
        return _jats(document, raw)
    if document.format == "markdown" and ("[^" in raw or "][" in raw):
        return _markdown(document)
    return _NOTHING


class _Words:
    """Finds the word of the text that stands at or before a place in the raw file."""

    def __init__(self, document: Document) -> None:
        spans = [
            (document.raw_span(m.start(), m.end())[0], m.start(), m.end())
            for m in re.finditer(r"\S+", document.text)
        ]
        self._spans = sorted(spans)
        self._starts = [raw for raw, _, _ in self._spans]

    def at(self, place: int) -> tuple[int, int]:
        """Start and end in the text; (0, 0) where the text has no word."""
        if not self._spans:
            return 0, 0
        _, start, end = self._spans[max(bisect_right(self._starts, place) - 1, 0)]
        return start, end

    def after(self, place: int) -> int:
        """Start in the text of the first word at or after a place in the raw file."""
        if not self._spans:
            return 0
        return self._spans[min(bisect_left(self._starts, place), len(self._spans) - 1)][1]


# LaTeX


@cache
def _latex_forms() -> dict[str, re.Pattern[str]]:
    return {
        "cite": re.compile(
            r"\\([A-Za-z]*[cC]ite[a-zA-Z]*\*?)\s{0,3}((?:\[[^\[\]]{0,300}\]\s{0,3}){0,2})\{([^{}\\]{1,2000})\}"
        ),
        "item": re.compile(
            r"\\bibitem\s{0,3}(?:\[((?:[^\[\]{}]|\{[^{}]{0,300}\}|\{(?:[^{}]|\{[^{}]{0,200}\}){0,60}\}){0,300})\])?\s{0,3}\{([^{}]{1,200})\}"
        ),
        "bib": re.compile(
            r"^[ \t]*@(?!comment|string|preamble)[a-zA-Z]{2,20}\s{0,3}[{(]\s{0,3}([^\s,{}]{1,200})\s{0,3},",
            re.MULTILINE,
        ),
        "open": re.compile(
            r"\\(?:bibliography|addbibresource|include|input|subfile|import|subimport|includeonly|externaldocument)\s{0,3}[\[{]"
        ),
        "all": re.compile(r"\\nocite\s{0,3}\{\s{0,3}\*"),
        "field": re.compile(
            r"(\w{2,20})\s{0,5}=\s{0,5}(?:\{((?:[^{}]|\{(?:[^{}]|\{[^{}]{0,200}\}){0,200}\}){0,2000})\}|\"([^\"]{0,2000})\"|(\d{1,10}))"
        ),
    }


def _latex(document: Document, raw: str) -> Keyed:
    forms = _latex_forms()
    # What is commented out cites and lists nothing; blanks keep the offsets.
    source = re.sub(r"(?<!\\)%[^\r\n]*", lambda m: " " * len(m.group()), raw)
    items = list(forms["item"].finditer(source))
    records = list(forms["bib"].finditer(source))
    if not items and not records:
        return _NOTHING
    words = _Words(document)
    listed = {r.label: r for r in (*_bibitems(document, source, items), *_records(source, records, words))}
    cites = [(m, key.strip()) for m in forms["cite"].finditer(source) for key in m[3].split(",")]
    macros = any("#" in key for _, key in cites)
    local = {item[2].strip() for item in items}
    outside = forms["open"].search(source) is not None
    places = []
    for match, key in cites:
        if not key or "#" in key or key == "*" or match[1].lower().startswith("nocite"):
            continue
        start, end = words.at(match.start())
        if end > start:
            missing = key not in listed and key not in local and not outside
            places.append(Place(start, end, "key", key, listed.get(key), missing))
    mentioned = {key for match, key in cites if match[1].lower().startswith("nocite")}
    open_ = outside or macros or forms["all"].search(source) is not None
    kept = tuple(r for key, r in listed.items() if key not in mentioned)
    return Keyed(kept, tuple(places), True, open_)


def _bibitems(document: Document, source: str, items: list[re.Match[str]]) -> Iterator[Reference]:
    words = _Words(document)
    for i, match in enumerate(items):
        stop = (
            items[i + 1].start() if i + 1 < len(items) else source.find("\\end{thebibliography}", match.end())
        )
        stop = stop if stop > 0 else min(match.end() + 1_000, len(source))
        start = words.after(match.end())
        end = words.at(max(stop - 2, match.end()))[1]
        if end > start:
            read_ = reference(document.text, Entry(match[2].strip(), "key", start, min(end, start + 1_500)))
            yield replace(read_, year=read_.year or _label_year(match[1] or ""))


def _label_year(label: str) -> str:
    found = re.search(r"\((\d{4}[a-z]?)\)", label)
    return found[1] if found else ""


def _records(source: str, records: list[re.Match[str]], words: _Words) -> Iterator[Reference]:
    """BibTeX entries that stand in the file itself."""
    for i, match in enumerate(records):
        stop = min(records[i + 1].start() if i + 1 < len(records) else len(source), match.end() + 5_000)
        found = {
            m[1].lower(): m[2] or m[3] or m[4] or ""
            for m in _latex_forms()["field"].finditer(source, match.end(), stop)
        }
        fields = {name: " ".join(re.sub(r"[{}\\]", "", value).split()) for name, value in found.items()}
        names = [
            name.partition(",")[0] if "," in name else name.split()[-1]
            for name in fields.get("author", "").split(" and ")
            if name.strip()
        ]
        start, end = words.at(match.start(1))
        known = {name: fields[name] for name in ("doi", "isbn", "url", "pmid") if fields.get(name)}
        yield Reference(
            match[1],
            tuple(names),
            fields.get("year", "")[:5],
            fields.get("title", ""),
            known,
            start,
            end,
            ". ".join(fields.values()),
            "key",
        )


# JATS


@cache
def _jats_forms() -> dict[str, re.Pattern[str]]:
    return {
        "ref": re.compile(r"<ref(?=[\s>])[^>]{0,300}>"),
        "id": re.compile(r"\bid\s{0,3}=\s{0,3}[\"']([^\"']{1,100})[\"']"),
        "xref": re.compile(r"<xref(?=\s)([^>]{1,300})>"),
        "rid": re.compile(r"\brid\s{0,3}=\s{0,3}[\"']([^\"']{1,300})[\"']"),
        "dash": re.compile(
            r"\s{0,3}(?:</?[a-z]{1,10}>|[\[\]()]){0,4}\s{0,3}[-–—‑]\s{0,3}(?:<[a-z]{1,10}>|[\[\]()]){0,4}\s{0,3}"
        ),
    }


def _jats(document: Document, raw: str) -> Keyed:
    forms = _jats_forms()
    words = _Words(document)
    listed: dict[str, Reference] = {}
    order: list[str] = []
    inner: dict[str, str] = {}
    starts = list(forms["ref"].finditer(raw))
    for i, match in enumerate(starts):
        own = forms["id"].search(match.group())
        if not own:
            continue
        stop = raw.find("</ref>", match.end(), starts[i + 1].start() if i + 1 < len(starts) else len(raw))
        stop = stop if stop >= 0 else match.end()
        inner.update(dict.fromkeys(forms["id"].findall(raw, match.end(), stop), own[1]))
        start, end = words.after(match.end()), words.at(max(stop - 1, match.end()))[1]
        order.append(own[1])
        listed[own[1]] = reference(document.text, Entry(own[1], "key", start, max(end, start)))
    if not listed:
        return _NOTHING
    places = tuple(_xrefs(raw, words, listed, order, inner))
    return Keyed(tuple(listed.values()), places, True)


def _xrefs(
    raw: str, words: _Words, listed: dict[str, Reference], order: list[str], inner: dict[str, str]
) -> Iterator[Place]:
    forms = _jats_forms()
    last, end = "", 0
    for match in forms["xref"].finditer(raw):
        rid = forms["rid"].search(match[1])
        if not rid or ("bibr" not in match[1] and not any(key in listed for key in rid[1].split())):
            continue
        span = words.at(match.end())
        keys = [inner.get(key, key) for key in rid[1].split()]
        # Of a range printed "3–6" only the ends are marked; what lies between is cited too.
        if last in listed and keys[0] in listed and forms["dash"].fullmatch(raw, end, match.start()):
            low, high = order.index(last), order.index(keys[0])
            keys = [*order[low + 1 : high], *keys]
        for key in keys:
            missing = key not in listed and f' id="{key}"' not in raw and f" id='{key}'" not in raw
            yield Place(*span, "xref", key, listed.get(key), missing)
        last, end = keys[-1], raw.find("</xref>", match.end()) + 7


# Markdown


@cache
def _markdown_forms() -> dict[str, re.Pattern[str]]:
    return {
        "note": re.compile(r"^[ \t>]{0,12}\[\^([^\]\s]{1,100})\]:[ \t]*", re.MULTILINE),
        "noted": re.compile(r"(?<!\\)\[\^([^\]\s]{1,100})\](?!:)"),
        "link": re.compile(
            r"^[ ]{0,3}\[(?!\^)([^\]\n]{1,200})\]:[ \t]*\r?\n?[ \t]*(<[^>\n]{0,500}>|\S{1,1000})",
            re.MULTILINE,
        ),
        "linked": re.compile(r"(?<![\w\]\\])!?\[([^\[\]\n]{1,300})\]\[([^\[\]\n]{1,200})\](?![\[(:])"),
    }


def _markdown(document: Document) -> Keyed:
    text, forms = document.text, _markdown_forms()

    def prose(match: re.Match[str]) -> bool:
        return not document.has_role(Role.CODE, match.start()) and not document.has_role(
            Role.COMMENT, match.start()
        )

    notes: dict[str, Reference] = {}
    found = [m for m in forms["note"].finditer(text) if prose(m)]
    for i, match in enumerate(found):
        stop = found[i + 1].start() if i + 1 < len(found) else len(text)
        body = re.split(r"\n[ \t]*\n", text[match.end() : stop])[0].rstrip()
        entry = Entry(match[1], "footnote", match.end(), match.end() + len(body))
        read_ = reference(text, entry) if body else Reference(match[1], kind="footnote")
        notes.setdefault(
            match[1].lower(), replace(read_, start=match.start(), end=max(entry.end, match.end()))
        )
    links = {
        _label(m[1]): Reference(m[1], identifiers={"url": m[2]}, start=m.start(), end=m.end(), kind="link")
        for m in forms["link"].finditer(text)
        if prose(m)
    }
    places: list[Place] = []
    if notes:
        for match in filter(prose, forms["noted"].finditer(text)):
            key = match[1].lower()
            places.append(Place(*match.span(), "footnote", match[1], notes.get(key), key not in notes))
    if links:
        for match in filter(prose, forms["linked"].finditer(text)):
            key = _label(match[2])
            places.append(Place(*match.span(), "link", match[2], links.get(key), key not in links))
    return Keyed((*notes.values(), *links.values()), tuple(places))


def _label(printed: str) -> str:
    """Labels match whatever their case and inner white space (CommonMark)."""
    return " ".join(printed.casefold().split())
