"""Reads the quantities of a text: numbers with their units, dates, durations and clock times."""

from __future__ import annotations

import re

from auditor.quantities.clock import times
from auditor.quantities.dates import dates
from auditor.quantities.drafts import Draft, draft, hedged
from auditor.quantities.identifiers import blank, erase
from auditor.quantities.joining import joined
from auditor.quantities.korean import korean_atoms, triggers
from auditor.quantities.markup import plain
from auditor.quantities.model import Quantity
from auditor.quantities.number_words import WORDS, word_atoms
from auditor.quantities.numerals import Atom, digit_atoms
from auditor.quantities.wordlist import words

_LETTERS = re.compile(r"[A-Za-z]+")
_DIGIT = re.compile(r"[0-9０-９½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")
_HANGUL = re.compile(r"[가-힣]")
_CALENDAR_WORDS = frozenset(
    words(
        "january february march april may june july august september october november december monday "
        "tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays "
        "fridays saturdays sundays noon midnight century centuries "
    )
)
_ALL_WORDS = WORDS | _CALENDAR_WORDS


def read(text: str) -> list[Quantity]:
    """The quantities of an English or Korean text, left to right, not overlapping.

    Offsets are those of ``text``; Markdown emphasis inside a quantity belongs to its span ("**999** million").
    List markers, section numbers, citations, identifiers, versions and telephone numbers are not quantities.

    Args:
        text: Any text; a sentence or a passage of some sentences is best, since a number's locale is judged by
            all of it.
    """
    found = frozenset(_LETTERS.findall(text.lower()))
    digit, hangul = _DIGIT.search(text) is not None, _HANGUL.search(text) is not None
    worded = not found.isdisjoint(_ALL_WORDS)
    spelled = hangul and triggers(text)
    if not (digit or worded or spelled):
        return []
    shown, offsets = plain(text)
    work = blank(shown) if digit else shown
    drafts: list[Draft] = []
    for reader in (dates, times):
        for dated in [*reader(work)]:
            drafts.append(_dated(dated))
            work = erase(work, dated.start, dated.end)
    atoms = digit_atoms(work) if digit else []
    atoms += word_atoms(work) if worded else []
    atoms += korean_atoms(work) if hangul and (digit or spelled) else []
    for atom in _apart(atoms):
        part = draft(work, atom)
        if part:
            drafts.append(part)
    drafts = joined(shown, _in_order(drafts))
    for made in drafts:
        hedged(shown, made)
    return _placed(text, offsets, drafts)


def _dated(found: Quantity) -> Draft:
    return Draft(
        found.start,
        found.end,
        found.kind,
        found.readings,
        "date",
        approximate=found.approximate,
        yearless=found.yearless,
        two_ends=found.two_ends,
    )


def _apart(atoms: list[Atom]) -> list[Atom]:
    """Atoms that do not overlap, the longer of two kept."""
    kept: list[Atom] = []
    for atom in sorted(atoms, key=lambda a: (a.start, -a.end)):
        if kept and atom.start < kept[-1].end:
            if atom.end - atom.start > kept[-1].end - kept[-1].start:
                kept[-1] = atom
            continue
        kept.append(atom)
    return kept


def _in_order(drafts: list[Draft]) -> list[Draft]:
    """Drafts from left to right; what two would share, such as a unit, belongs to the first."""
    kept: list[Draft] = []
    for made in sorted(drafts, key=lambda d: d.start):
        if kept and made.start < kept[-1].end:
            if made.end <= kept[-1].end:
                continue
            made.start = kept[-1].end
        kept.append(made)
    return kept


def _placed(text: str, offsets: list[int] | None, drafts: list[Draft]) -> list[Quantity]:
    found: list[Quantity] = []
    for made in drafts:
        start, end = made.start, made.end
        if offsets:
            # The mark that closes emphasis after the last character is left out of the span, one inside is in it.
            start, end = offsets[start], offsets[end - 1] + 1
        found.append(made.finished(text, start, end))
    return found
