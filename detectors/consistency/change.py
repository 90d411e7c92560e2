"""Changes that do not fit their start and end: "rose from 40 to 50 (a 20% increase)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from auditor.detector import detector
from auditor.detectors.consistency.figures import NUMBER, PERCENT, Figure, figure, shown
from auditor.documents import Document, Role
from auditor.findings import Finding, Rule, Severity

CHANGE = Rule(
    "consistency/change",
    "Change in per cent that does not fit its start and end",
    Severity.WARNING,
    help="Work the change out again from the two values; say 'percentage points' where that is meant.",
)

_UNIT = r"(?P<{0}> ?[%％]| (?:million|billion|trillion|thousand|per cent|percent))?"
_WORDS = (
    r"[,;]?\s?[(]?(?:(?:an?|the|by|or|that is|corresponding to|representing|about|some|approximately|nearly"
    r"|roughly) ){0,4}"
)
_KIND = r"(?:increase|decrease|rise|fall|drop|reduction|growth|decline|gain|loss|improvement|jump)"
_RATE = (
    r"\s*(?:[-‐–]?points?|p\b|pp\b|포인트|annual|annually|per (?:year|annum|month|week|day|decade)|a (?:year|month|day)"
    r"|each|every|yearly|year-on-year|on average|compound|CAGR|confidence|CI\b)"
)


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Compiled when first needed, as most texts need none of them."""
    english = re.compile(
        rf"\bfrom [$€£₩¥]?(?P<start>{NUMBER}){_UNIT.format('start_unit')}(?: [^\W\d_][\w-]*){{0,3}} to "
        rf"[$€£₩¥]?(?P<end>{NUMBER}){_UNIT.format('end_unit')}(?: [^\W\d_][\w-]*){{0,3}}"
        rf"{_WORDS}(?:(?P<told>{PERCENT})[ -]?{_KIND}|{_KIND} of (?:about |some |nearly )?(?P<late>{PERCENT}))",
        re.IGNORECASE,
    )
    korean = re.compile(
        rf"(?P<start>{NUMBER})(?P<start_unit>[%％]|[만억조천]+)?\s?[가-힣㎡㎏]{{0,3}}에서\s?(?P<end>{NUMBER})(?P<end_unit>[%％]|[만억조천]+)?"
        rf"\s?[가-힣㎡㎏]{{0,3}}?(?:으로|로)\s?(?:약\s?)?(?P<told>{PERCENT})\s?(?:증가|감소|늘|줄|상승|하락|오르|올랐|떨어|성장|축소|확대)"
    )
    return english, korean


@detector(CHANGE)
def change(document: Document) -> Iterator[Finding]:
    """Yields changes that no rounding of the three numbers explains."""
    text = document.text
    if "%" not in text and "％" not in text:
        return
    for form in _forms():
        for match in form.finditer(text):
            printed = match["told"] or match.groupdict().get("late")
            if not printed or document.has_role(Role.CODE, match.start()):
                continue
            if re.match(_RATE, text[match.end() : match.end() + 40], re.IGNORECASE) or _unlike(
                match["start_unit"], match["end_unit"]
            ):
                continue
            start, end, told = figure(match["start"]), figure(match["end"]), figure(printed)
            if not start.low > 0 or _explained(start, end, told, share="%" in (match["end_unit"] or "")):
                continue
            right = abs(100 * (end.value - start.value) / start.value)
            yield CHANGE.at(
                document,
                *match.span(),
                confidence=0.8,
                message=f"From {match['start']} to {match['end']} is a change of {shown(right, told.step)} %, "
                f"not {printed.rstrip('%％ ')} %",
            )


def _unlike(start: str | None, end: str | None) -> bool:
    """Whether the two values are in different units, as far as units are printed."""
    units = {(unit or "").strip() for unit in (start, end)}
    return len(units) > 1 and "" not in units


def _explained(start: Figure, end: Figure, told: Figure, *, share: bool) -> bool:
    changes = [
        abs(100 * (b - a) / a) for a, b in product((start.low, start.high), (end.low, end.high)) if a > 0
    ]
    if min(changes) - told.step < told.value < max(changes) + told.step:
        return True
    # Between two percentages the difference in points is often meant.
    return share and abs(abs(end.value - start.value) - told.value) <= told.step
