"""Finds reference lists in a text and cuts them into their entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from auditor.detectors.citations.cues import STEMS
from auditor.documents import Document, Role

_LONGEST_LINE: Final = 80
_MOST_ENTRIES: Final = 2_000
_LONGEST_ENTRY: Final = 1_500
YEAR: Final = r"(?:1[5-9]|20)\d\d"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: ``document.text[start:end]`` without its label.

    Attributes:
        label: ``3``, ``Kim21`` … as printed, empty where the list has none.
        kind: How the label is printed: ``[``, ``(``, ``.``, or empty.
        start: Offset of the entry's first character after the label.
        end: One past its last.
    """

    label: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One reference list: where it stands and what it holds."""

    start: int
    end: int
    entries: tuple[Entry, ...]


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(
        r"[\s#*=>_【\[<〈《]{0,8}(?:(?:\d{1,2}|[IVX]{1,5}|[A-Z])(?:\.\d{1,2})?[.)]?\s{1,4})?"
        r"(?:(?:selected |key )?references(?: cited| and notes| list)?|reference list|list of references|bibliography"
        r"|works cited|literature cited|literatur(?:verzeichnis|angaben)?|quellen(?:verzeichnis)?"
        r"|références(?: bibliographiques)?|bibliographie|referencias(?: bibliográficas)?|bibliografía"
        r"|referências(?: bibliográficas)?|bibliografia|riferimenti bibliografici|참고\s?문헌|인용\s?문헌|참고\s?자료"
        r"|参考文献|引用文献|參考文獻|(?:список )?литературы?|kaynak(?:ça|lar)|daftar pustaka|tài liệu tham khảo"
        r"|المراجع)"
        r"(?:\s?[(（](?:references|bibliography|참고\s?문헌)[)）])?[\s:：*#=_\]】>〉》.]{0,8}",
        re.IGNORECASE,
    )


@cache
def _after() -> re.Pattern[str]:
    """Headings that end a list."""
    return re.compile(
        r"^(?:[ \t]{0,3}#{1,6}[ \t]+\S.{0,120}|(?:\d{1,2}\.?|[A-Z]\.?)?[ \t*]{0,4}(?:appendi(?:x|ces)"
        r"|supplement(?:ary|al)|supporting information|acknowledge?ments?|author contributions|about the authors?"
        r"|figure legends?|tables?|figures?|notes|footnotes|부록|附录|付録|anhang|annexes?|anexos?|приложение"
        r"|국문\s?초록|abstract)\b.{0,60})[ \t]*\r?$",
        re.IGNORECASE | re.MULTILINE,
    )


_LABEL = (
    r"[ \t]{0,12}(?:[-*•][ \t]{1,3}|\.\.[ \t])?"
    r"(?:\\?\[(?P<a>\d{1,3}|[A-Za-z][\w+*:.’'-]{1,30})\\?\]:?|\((?P<b>\d{1,3})\)"
    r"|(?P<c>\d{1,3})[.)](?!\d)|(?P<d>\d{1,3})(?=[ \t]{1,4}[^\W\d_]))[ \t]{0,8}"
)
_KINDS: Final = {"a": "[", "b": "(", "c": ".", "d": "."}


@cache
def _label() -> re.Pattern[str]:
    return re.compile(_LABEL)


def listings(document: Document) -> tuple[Listing, ...]:
    """The reference lists of a document, in order: under their headings, or marked by the file's format.

    A list counts only if at least half of its entries look like references to works (a year, an address, an
    identifier), so that a heading in a table of contents begins none.
    """
    return document.memo("citations.listings", lambda: tuple(_listings(document)))


def _listings(document: Document) -> Iterator[Listing]:
    text = document.text
    regions = [(start, end) for start, end in _under_headings(document)]
    if document.format in ("html", "jats", "docx", "epub", "latex") or regions:
        for span in document.roles:
            if span.role is Role.REFERENCES and not any(s < span.end and span.start < e for s, e in regions):
                regions.append((span.start, span.end))
    for start, end in sorted(regions):
        entries = tuple(split(text, start, end))[:_MOST_ENTRIES]
        likely = sum(_likely(text[entry.start : entry.end]) for entry in entries)
        if entries and likely * 2 >= len(entries):
            yield Listing(start, end, entries)


def _under_headings(document: Document) -> list[tuple[int, int]]:
    text = document.text
    heads: set[tuple[int, int]] = set()
    for stem in STEMS:
        place = text.find(stem)
        while place >= 0:
            start = text.rfind("\n", 0, place) + 1
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
            if end - start <= _LONGEST_LINE and _heading().fullmatch(text, start, end):
                heads.add((start, end))
            place = text.find(stem, end)
    regions = []
    ordered = sorted(head for head in heads if not document.has_role(Role.CODE, head[0]))
    for i, (head, start) in enumerate(ordered):
        end = ordered[i + 1][0] if i + 1 < len(ordered) else len(text)
        end = min(end, document.part_bounds(head)[1])
        underline = re.compile(r"\r?\n[ \t]*[-=~^*_]{3,}[ \t]*(?=\r?\n|\Z)").match(text, start)
        start = underline.end() if underline else start
        bounds = document.role_bounds(Role.REFERENCES, min(start, len(text) - 1))
        if bounds and document.format not in ("text", "latex") and bounds[1] > start + 10:
            end = min(end, bounds[1])
        stop = _after().search(text, start, end)
        regions.append((start, stop.start() if stop else end))
    return [(start, end) for start, end in regions if text[start:end].strip()]


def _likely(entry: str) -> bool:
    """Whether an entry names a work: a year, an address or an identifier, and some words."""
    return (
        len(entry) > 12
        and re.search(rf"(?<!\d){YEAR}(?!\d)|https?://|\bdoi\b|in press|n\.d\.", entry) is not None
    )


def split(text: str, start: int, end: int) -> Iterator[Entry]:
    """Cuts a list into entries: by their labels where it has some, else by blank lines, indents and line ends."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]*[^\s][^\r\n]*", text[start:end])]
    lines = [(start + a, start + b) for a, b in lines]
    kind = _labelled(text, lines)
    starts = (
        list(_by_label(text, lines, kind, end)) if kind else [("", "", a) for a in _by_layout(text, lines)]
    )
    for i, (label, mark, at) in enumerate(starts):
        stop = starts[i + 1][2] if i + 1 < len(starts) else end
        inner = _label().match(text, at, stop) if label else None
        first = inner.end() if inner else at
        if not label:
            bullet = re.compile(r"[ \t]*(?:[-*•–][ \t]+)?").match(text, at, stop)
            first = bullet.end() if bullet else at
        body = text[first : min(stop, first + _LONGEST_ENTRY)]
        body = re.split(r"\n[ \t]*\r?\n", body)[0] if i + 1 == len(starts) else body
        if body.strip():
            yield Entry(label, mark, first, first + len(body.rstrip()))


def _labelled(text: str, lines: list[tuple[int, int]]) -> str:
    """Group of the label pattern that the first entries have, empty where they have none."""
    for a, b in lines[:2]:
        match = _label().match(text, a, b)
        if match and match.lastgroup and (match.lastgroup == "a" or int(match[match.lastgroup]) <= 3):
            return match.lastgroup
    return ""


def _by_label(text: str, lines: list[tuple[int, int]], kind: str, end: int) -> Iterator[tuple[str, str, int]]:
    """Label, its form and the offset of each entry. Numbers must go up by one, save those in square brackets."""
    last: int | None = None
    for i, (a, b) in enumerate(lines):
        match = _label().match(text, a, b)
        if not match or match.lastgroup != kind:
            continue
        label = match[kind]
        if label.isdigit():
            if last is not None and kind != "a" and int(label) != last + 1:
                continue
            last = int(label)
        yield label, _KINDS[kind], a
        if kind == "a" and last is not None:
            # Entries that the layout of a page ran together: [4] … [5] … on one line.
            stop = lines[i + 1][0] if i + 1 < len(lines) else end
            place = text.find(f"[{last + 1}]", match.end(), stop)
            while place > 0 and text[place - 1].isspace():
                last += 1
                yield str(last), "[", place
                place = text.find(f"[{last + 1}]", place + 4, stop)


@cache
def _author() -> re.Pattern[str]:
    """How an entry begins: a surname and a comma, a Korean name, an organisation and a year."""
    return re.compile(
        r"(?:[^\W\d_][\w'’.‐-]*[ \t]){0,3}[^\W\d_][\w'’‐-]+,[ \t]|[가-힣]{2,5}[ \t]?[,.(·․;]|[^\W\d_](?:\.|[ \t])"
        rf"|[^\n]{{3,80}}?\({YEAR}[a-z]?[),]"
    )


def _by_layout(text: str, lines: list[tuple[int, int]]) -> Iterator[int]:
    """Offsets of the entries of a list without labels."""
    if not lines:
        return
    bullets = [re.compile(r"[ \t]*[-*•–][ \t]").match(text, a, b) is not None for a, b in lines]
    indents = [len(text[a:b]) - len(text[a:b].lstrip(" \t")) for a, b in lines]
    blanks = [i > 0 and text.count("\n", lines[i - 1][1], a) > 1 for i, (a, _) in enumerate(lines)]
    parted = sum(blanks) * 3 >= len(lines) - 1 and any(blanks)
    hanging = len(set(indents)) > 1
    for i, (a, b) in enumerate(lines):
        if i == 0:
            new = True
        elif text[lines[i - 1][0] : lines[i - 1][1]].rstrip().endswith((",", ";", ":", "&", " and")):
            new = False  # nothing ends so
        elif any(bullets):
            new = bullets[i]
        elif parted:
            begun = text[a:b].lstrip(' \t*_"“')[:1]
            new = blanks[i] and (begun.isupper() or begun >= "가" or _author().match(text, a, b) is not None)
        elif hanging:
            new = indents[i] == min(indents)
        else:
            before = text[lines[i - 1][0] : lines[i - 1][1]].rstrip()
            ended = before[-1:] in ".)/]" or "http" in before[-200:].rpartition(" ")[2] or blanks[i]
            new = ended and _author().match(text, a, b) is not None
        if new:
            yield a
