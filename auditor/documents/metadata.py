"""What a file says about itself: title, authors, date and identifiers, in one form for all formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Final

from auditor.documents.dates import partial_date

LONGEST: Final = 500
"""Longest value kept, in characters."""
MOST_AUTHORS: Final = 200
_MOST = 400
"""Most entries of a file that are looked at."""
_HEAD = 200_000
"""How far into a file its head may reach, in characters."""

_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "title": ("citation_title", "dc.title", "dcterms.title", "title", "og:title", "twitter:title"),
    "authors": (
        *(
            "citation_author",
            "citation_authors",
            "dc.creator",
            "dcterms.creator",
            "author",
            "authors",
            "creator",
        ),
        *("article:author", "by"),
    ),
    "date": (
        *("citation_publication_date", "citation_date", "citation_online_date", "article:published_time"),
        *("dc.date", "dcterms.issued", "dc.date.issued", "dcterms.date", "date", "pubdate", "publish_date"),
        *("published", "issued", "datepublished", "year", "created", "creationdate"),
    ),
    "doi": ("citation_doi", "doi", "dc.identifier", "dcterms.identifier", "identifier", "subject"),
    "isbn": ("citation_isbn", "isbn", "dc.identifier", "dcterms.identifier", "identifier"),
    "language": ("citation_language", "dc.language", "dcterms.language", "language", "lang", "og:locale"),
    "journal": ("citation_journal_title", "journal", "prism.publicationname"),
    "publisher": ("citation_publisher", "dc.publisher", "dcterms.publisher", "publisher"),
}
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]{1,200}", re.IGNORECASE)
_ISBN = re.compile(r"(?:97[89][-\s]?)?(?:\d[-\s]?){9}[\dX]\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_ATTRIBUTE = re.compile(
    r"([\w:.-]{1,40})\s{0,20}=\s{0,20}(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s>\"']{1,500}))"
)
# What word processors and converters put where nobody gave a title.
_NO_TITLE = re.compile(
    r"(?:untitled|document\d*|no title|제목 없음|Microsoft Word - .*|.*\.(?:docx?|tex|dvi|indd|qxd))", re.I
)
_NO_NAME = re.compile(
    r"(?:anonymous|unknown|admin(?:istrator)?|user|owner|python-docx|Microsoft Office User|작성자)", re.I
)
# The epochs of Unix, ZIP and reproducible builds, and the day on which python-docx's template was saved.
_NO_DATE = ("D:20000101000000", "D:19700101", "1970-01-01T00:00", "1980-01-01T00:00", "2013-12-23T23:15:00Z")
_FIELD = re.compile(r"[\"']?([\w.-]{1,40})[\"']?[ \t]{0,8}[:=](?:[ \t]{1,8}|$)(.{0,2000})$")
_HEADLINE = re.compile(r"#[ \t]{1,8}(\S[^\r\n]{0,500}?)[ \t#]{0,8}$", re.MULTILINE)


def gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Metadata from the names and values that a format uses.

    Args:
        pairs: Name and value in the order of the file; a name may come more than once. Names are those of HTML
            ``meta`` elements, Dublin Core, front matter or Office, in any case.

    Returns:
        ``title``, ``authors`` ("A; B"), ``date`` (ISO, as far as known: ``2021``, ``2021-03``, ``2021-03-05``),
        ``doi``, ``isbn``, ``language``, ``journal``, ``publisher``: those that are there. Nothing raises.
    """
    values: dict[str, list[str]] = {}
    for _, (name, value) in zip(range(_MOST), pairs, strict=False):
        if text := " ".join(value[: LONGEST * 4].split())[:LONGEST].strip():
            values.setdefault(name.lower(), []).append(text)
    found = {}
    for key, names in _KEYS.items():
        for name in names:
            if name in values and (text := _read(key, values[name])):
                found[key] = text
                break
    return found


def _read(key: str, values: list[str]) -> str:
    if key == "authors":
        names = [name for value in values for name in _names(value)]
        return "; ".join(dict.fromkeys(names[:MOST_AUTHORS]))
    for value in values:
        if key == "title":
            text = "" if _NO_TITLE.fullmatch(value) else value
        elif key == "date":
            text = "" if value.startswith(_NO_DATE) else partial_date(value)
        elif key in ("doi", "isbn"):
            match = (_DOI if key == "doi" else _ISBN).search(value)
            text = match.group().rstrip(".,;)") if match else ""
        else:
            text = value
        if text:
            return text
    return ""


def _names(value: str) -> Iterator[str]:
    """Single names of a value that may hold several; addresses of profiles are no names."""
    # A comma parts names only where no "Surname, Given" can be meant: two words or more on every side.
    if ";" not in value and value.count(",") and all(len(part.split()) > 1 for part in value.split(",")):
        value = value.replace(",", ";")
    for name in re.split(r";|\s(?:and|und|et|y)\s|\s&\s", value):
        name = re.sub(r"<[^<>]{0,200}>", "", name).strip(" ,")
        if name and "://" not in name and "@" not in name and not _NO_NAME.fullmatch(name):
            yield name


def front_matter(text: str) -> dict[str, str]:
    """Metadata of a Markdown file: its YAML or TOML front matter, else its first heading as the title."""
    if not text.startswith(("---", "+++")):
        first = _HEADLINE.match(text.lstrip("\ufeff\r\n"))
        return gathered([("title", first[1])]) if first else {}
    return gathered(_fields(text[:_HEAD]))


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Names and values; of nested tables only lists of authors are followed."""
    fence, name = text[:3], ""
    for line in text[3:].splitlines()[1:_MOST]:
        if line.rstrip() in (fence, "..."):
            return
        body = line.strip()
        if not line[:1].isspace() and body[:1] != "-":
            match = _FIELD.match(body)
            name = match[1].lower() if match else ""
            if match:
                for value in _values(match[2]):
                    yield name, value
        elif name in ("author", "authors", "creator") and body:
            item = body.removeprefix("-").strip()
            match = _FIELD.match(item)
            if match is None or match[1].lower() == "name":
                yield name, _plain(match[2] if match else item)
        elif name == "title" and body:
            yield name, _plain(body)


def _values(value: str) -> list[str]:
    value = value.strip()
    if value in (">", "|", ">-", "|-"):
        return []
    if value.startswith("[") and value.endswith("]"):
        return [_plain(item) for item in value[1:-1].split(",")]
    return [_plain(value)]


def _plain(value: str) -> str:
    value = value.strip().rstrip(",")
    if value[:1] in ("'", '"'):
        return value[1:].partition(value[0])[0]
    return value.partition(" #")[0].strip()


def html_head(page: str) -> dict[str, str]:
    """Metadata of a page: ``title`` and ``meta`` elements (``citation_*``, Dublin Core, Open Graph, ``author`` …)."""
    head = page[:_HEAD]
    end = re.search(r"</head\s{0,9}>|<body[\s>]", head, re.IGNORECASE)
    return gathered(_head_pairs(head[: end.start()] if end else head[:20_000]))


def _head_pairs(head: str) -> Iterator[tuple[str, str]]:
    for tag in _tags(head, "meta"):
        name = tag.get("name") or tag.get("property") or tag.get("itemprop") or ""
        yield name, unescape(tag.get("content", ""))
    low = head.lower()
    start = low.find("<title")
    opened, closed = low.find(">", start), low.find("</title", start)
    if 0 <= start < opened < closed:
        yield "title", unescape(head[opened + 1 : closed])
    for tag in _tags(head[:5_000], "html"):
        yield "lang", tag.get("lang", "") or tag.get("xml:lang", "")


def _tags(markup: str, name: str) -> Iterator[Mapping[str, str]]:
    """Attributes of the start tags of a name, lower-cased; each tag is looked at once."""
    low, position = markup.lower(), 0
    for _ in range(_MOST):
        start = low.find(f"<{name}", position)
        position = low.find(">", start)
        if start < 0 or position < 0:
            return
        attributes = _ATTRIBUTE.findall(markup[start + len(name) + 1 : min(position, start + 5_000)])
        yield {key.lower(): double or single or bare for key, double, single, bare in attributes}


def jats_front(markup: str) -> dict[str, str]:
    """Metadata of a JATS article: title, contributors that are authors, date of publication, DOI, journal, language."""
    head = markup[:_HEAD]
    meta = _inside(head, "article-meta")
    return gathered(_jats_pairs(head, meta)) if meta else {}


def _jats_pairs(head: str, meta: str) -> Iterator[tuple[str, str]]:
    yield "title", _flat(_inside(_inside(meta, "title-group") or meta, "article-title"))
    for contributor in _each(meta, "contrib"):
        if 'contrib-type="author"' not in contributor[:300] and "contrib-type" in contributor[:300]:
            continue
        surname, given = (_flat(_inside(contributor, part)) for part in ("surname", "given-names"))
        yield "author", f"{surname}, {given}" if given else surname or _flat(_inside(contributor, "collab"))
    for date in _each(meta, "pub-date"):
        year, month, day = (_flat(_inside(date, part)) for part in ("year", "month", "day"))
        if year.isdigit():
            yield "date", "-".join(part.zfill(2) for part in (year, month, day) if part.isdigit())
    for number in _each(meta, "article-id"):
        if "doi" in number.partition(">")[0]:
            yield "doi", _flat(number.partition(">")[2])
    yield "journal", _flat(_inside(head, "journal-title"))
    yield "publisher", _flat(_inside(head, "publisher-name"))
    for tag in _tags(head[:5_000], "article"):
        yield "language", tag.get("xml:lang", "")


def _each(markup: str, name: str) -> Iterator[str]:
    """Attributes and content of the elements of a name (``a="b">content``), none inside another."""
    position = 0
    for _ in range(_MOST):
        opened = re.compile(rf"<(?:\w{{1,20}}:)?{name}(?=[\s>])").search(markup, position)
        if not opened:
            return
        position = markup.find(f"{name}>", opened.end() + 1)
        if position < 0:
            return
        yield markup[opened.end() : markup.rfind("<", opened.end(), position)]


def _inside(markup: str, name: str) -> str:
    for element in _each(markup, name):
        return element.partition(">")[2]
    return ""


def _flat(markup: str) -> str:
    return unescape(_TAG.sub("", markup[: LONGEST * 8])).strip()


class Properties:
    """Takes the events of an XML parse and keeps Dublin Core and Office properties (DOCX core, EPUB package)."""

    _WANTED: Final = frozenset({"title", "creator", "created", "date", "identifier", "language", "publisher"})

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []
        self._words: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._words = [] if name.rpartition(" ")[2] in self._WANTED else None

    def end(self, name: str) -> None:
        """An element ends."""
        if self._words is not None and len(self.pairs) < _MOST:
            self.pairs.append((name.rpartition(" ")[2], "".join(self._words)))
        self._words = None

    def text(self, data: str, offset: int) -> None:
        """Character data."""
        if self._words is not None:
            self._words.append(data[:LONGEST])
