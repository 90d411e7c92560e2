"""Parts that do not add up to their total: "120 participants (45 men and 70 women)", a table's last row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from auditor.detector import detector
from auditor.detectors.consistency.figures import WHOLE, Figure, figure, shown
from auditor.documents import Document, Role
from auditor.findings import Finding, Rule, Severity

TOTAL = Rule(
    "consistency/total",
    "Parts that do not add up to their total",
    Severity.WARNING,
    help="Add the parts up again, and find out whether a part or the total is wrong, or a part is missing.",
)

# Kinds of people that make up a whole together; other lists may overlap or leave something out.
_ENGLISH = (
    r"(?:men|women|males?|females?|boys?|girls?|adults?|children|adolescents|unknown|others?"
    r"|non-binary(?: people)?)"
)
_KOREAN = r"(?:남자|여자|남성|여성|남학생|여학생|남|여|성인|어린이|청소년|아동|기타|무응답)"
_CELL = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s?[%％]?")
_SUM = re.compile(
    r"(?:grand |overall )?(?:total|totals|sum|in total|all|합계|총계|총합|계|전체)", re.IGNORECASE
)
_PART_SUM = re.compile(r"sub-?total|소계|중간 ?합계", re.IGNORECASE)
_RULE_ROW = re.compile(r"[|\s:-]+")
_MARKS = re.compile(r"[*_`~]")


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Compiled when first needed, as most texts need none of them."""
    item = rf"(?:{WHOLE}) {_ENGLISH}(?: \(?\d{{1,3}}(?:\.\d+)? ?%\)?)?"
    korean = rf"{_KOREAN}\s?(?:{WHOLE})\s?명"
    return (
        re.compile(
            rf"(?P<total>{WHOLE})(?: [^\W\d_][\w'’-]*){{1,3}} ?[(:–—] ?"
            rf"(?P<parts>{item}(?:(?:, and |, | and |; ){item}){{1,4}})\)?",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?P<total>{WHOLE})\s?명\s?[(:]\s?"
            rf"(?P<parts>{korean}(?:\s?[,·ㆍ/]\s?{korean}|\s(?:과|와|및)\s{korean}){{1,4}})\s?\)?"
        ),
    )


@detector(TOTAL)
def total(document: Document) -> Iterator[Finding]:
    """Yields totals that their parts miss by more than rounding explains."""
    yield from _prose(document)
    if document.format == "markdown":
        for span in document.roles:
            if span.role is Role.TABLE:
                yield from _table(document, span.start, span.end)


def _prose(document: Document) -> Iterator[Finding]:
    for form in _forms():
        for match in form.finditer(document.text):
            if document.has_role(Role.CODE, match.start()):
                continue
            counts = re.sub(r"\(?\d{1,3}(?:\.\d+)? ?%\)?", "", match["parts"])
            parts = [figure(number) for number in re.findall(WHOLE, counts)]
            found = sum((part.value for part in parts), Fraction(0))
            if found != figure(match["total"]).value:
                yield TOTAL.at(
                    document,
                    *match.span(),
                    confidence=0.8,
                    message=f"the parts add up to {int(found):,}, not to {match['total']}",
                )


def _table(document: Document, start: int, end: int) -> Iterator[Finding]:
    """A table's row of totals against the rows above it."""
    rows = _rows(document.text, start, end)
    if len(rows) < 4 or any(_PART_SUM.search(cells[0][0]) for cells in rows):
        return
    *body, last = rows[1:]
    if not _SUM.fullmatch(last[0][0]) or any(_SUM.fullmatch(cells[0][0]) for cells in body):
        return
    for column in range(1, len(last)):
        cells = [row[column][0] for row in body if column < len(row)]
        text, place = last[column]
        if len(cells) < 2 or len(cells) != len(body) or not all(map(_CELL.fullmatch, (*cells, text))):
            continue
        parts, told = [figure(cell) for cell in cells], figure(text)
        found = sum((part.value for part in parts), Fraction(0))
        if _explained(parts, told, found):
            continue
        yield TOTAL.at(
            document,
            place,
            place + len(document.text[place:end].split("|", 1)[0].rstrip()),
            confidence=0.75,
            message=f"the column adds up to {shown(found, told.step)}, not to {text}",
        )


def _explained(parts: list[Figure], told: Figure, found: Fraction) -> bool:
    slack = sum((part.step for part in parts), told.step) / 2
    if abs(found - told.value) <= (
        slack if any(p.step < 1 for p in (*parts, told)) or slack > len(parts) else 0
    ):
        return True
    values = [part.value for part in parts]
    # Within the range of its parts it is a mean or a rate, not a sum.
    return min(values) <= told.value <= max(values)


def _rows(text: str, start: int, end: int) -> list[list[tuple[str, int]]]:
    """Cells of each row without emphasis, with the offset at which each begins."""
    rows = []
    for line in re.finditer(r"[^\n]+", text[start:end]):
        if "|" not in line.group() or _RULE_ROW.fullmatch(line.group()):
            continue
        cells, place = [], start + line.start()
        for cell in line.group().split("|"):
            lead = len(cell) - len(cell.lstrip())
            cells.append((_MARKS.sub("", cell).strip(), place + lead))
            place += len(cell) + 1
        if line.group().lstrip().startswith("|"):
            cells = cells[1:]
        if line.group().rstrip().endswith("|"):
            cells = cells[:-1]
        if cells:
            rows.append(cells)
    return rows
