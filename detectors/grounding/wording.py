"""Puts the rules about wording, quotations and copies, into the registry: their findings are made in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from auditor.detector import grounded
from auditor.detectors.grounding import copying, quotation
from auditor.findings import Finding, Rule

if TYPE_CHECKING:
    from auditor.documents import Document
    from auditor.sources.grounds import Grounds
    from auditor.sources.interface import Index

Check = Callable[["Document", "Index"], Iterator[Finding]]


def _register(rule: Rule, check: Check) -> None:
    def found(document: Document, grounds: Grounds) -> Iterator[Finding]:
        key = (check.__name__, id(grounds))
        made = document.memo(key, lambda: tuple(check(document, grounds.index)))
        yield from (finding for finding in made if finding.rule == rule.id)

    grounded(rule)(found)


for _rule in quotation.RULES:
    _register(_rule, quotation.check_quotations)
for _rule in copying.RULES:
    _register(_rule, copying.find_copies)
