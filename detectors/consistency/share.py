"""Shares that do not fit their counts: "12 of 48 (30%)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.detector import detector
from auditor.detectors.consistency.figures import AFTER_SLASH, PERCENT, WHOLE, figure, shown
from auditor.documents import Document, Role
from auditor.findings import Finding, Rule, Severity

SHARE = Rule(
    "consistency/share",
    "Share that does not fit its counts",
    Severity.WARNING,
    help="Work the share out again from the counts, and find out which of the three numbers is wrong.",
)

_COUNTED = r"(?: [^\W\d_][\w'’-]*){0,4}"
_UNIT = r"\s?(?:명|개|건|곳|회|마리|가구|례|편|인|점|팀|군데|사례)?"
_OF = rf"(?:(?: of| out of)(?: the| a total of| all)? (?P<whole>{WHOLE})|/(?P<under>{AFTER_SLASH}))"
_CLOSED = r"(?=\s?[)\];,.]| of\b)"


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Compiled when first needed, as most texts need none of them."""
    return tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            # 12 of the 48 patients (25%), 12 out of 48 (25%), 12/48 (25%)
            rf"(?P<part>{WHOLE}){_OF}{_COUNTED}"
            rf" ?[(\[,;] ?(?:i\.e\.,? |or |about |approximately |~)?(?P<share>{PERCENT}){_CLOSED}",
            # 25% (12 of 48), 25% (12/48)
            rf"(?P<share>{PERCENT}) ?[(\[] ?(?:n ?= ?)?(?P<part>{WHOLE}){_OF}",
            # 48명 중 12명(25%)
            rf"(?P<whole>{WHOLE}){_UNIT}\s?(?:중|가운데)(?:에서)?\s?(?:총\s?|약\s?)?(?P<part>{WHOLE}){_UNIT}(?:이|가|은|는)?"
            rf"\s?[(\[]\s?(?:약\s?)?(?P<share>{PERCENT}){_CLOSED}(?P<under>)",
        )
    )


@detector(SHARE)
def share(document: Document) -> Iterator[Finding]:
    """Yields counts with a percentage that neither rounding nor cutting off digits explains."""
    text = document.text
    if "%" not in text and "％" not in text:
        return
    for form in _forms():
        for match in form.finditer(text):
            if document.has_role(Role.CODE, match.start()):
                continue
            counted = match["whole"] or match["under"]
            part, whole, told = figure(match["part"]), figure(counted), figure(match["share"])
            if not whole.value or part.value > whole.value or _years(match["part"], match["under"]):
                continue  # a ratio, a score or a span of time rather than a part of a whole
            right = 100 * part.value / whole.value
            if abs(right - told.value) < told.step:
                continue
            yield SHARE.at(
                document,
                *match.span(),
                confidence=0.9,
                message=f"{match['part']} of {counted} is {shown(right, told.step)} %, "
                f"not {match['share'].rstrip('%％ ')} %",
            )


def _years(part: str, under: str | None) -> bool:
    return bool(under) and all(len(year) == 4 and year[:2] in ("19", "20") for year in (part, under or ""))
