"""Which entry of a list a name and a year mean, and when it is sure that none is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from auditor.detectors.citations.author_year import Named
from auditor.detectors.citations.entries import Reference, folded, words_of
from auditor.detectors.citations.listing import Listing

_NEAR_YEARS: Final = 10
_SMALL: Final = frozenset({"of", "for", "and", "the", "on", "in", "de", "des", "du", "der", "fur", "und", ""})
# Words that stand before a year in brackets and are nobody's name.
_NO_NAME: Final = frozenset(
    """
    january february march april may june july august september october november december jan feb mar apr
    jun jul aug sep sept oct nov dec spring summer autumn fall winter monday tuesday wednesday thursday
    friday saturday sunday table figure fig section chapter appendix equation version since until before
    after during circa early late mid in by the this from for act law directive regulation resolution report
    edition census survey study olympics cup war crisis earthquake hurricane election conference workshop
    press london paris berlin york tokyo seoul beijing rome vienna madrid geneva usa uk eu germany france
    italy spain china japan korea india brazil canada australia russia europe africa asia america england
    scotland ireland netherlands sweden norway denmark finland poland austria switzerland mexico windows
    linux python java android however moreover furthermore similarly recently later also thus although while
    when where according and but
    """.split()
)
_SAYING: Final = re.compile(
    r"\s?,?\s?(?:also |first |later |further |then |have |has |had )?"
    r"(?:argu|show|found|find|report|propos|demonstrat|not(?:e|ed)\b"
    r"|suggest|observ|describ|conclud|claim|develop|introduc|stud(?:y|ied)|examin|investigat|identif|defin|provid|present"
    r"|point|stat(?:e|es|ed)\b|emphasi|highlight|explor|analy|conduct|estimat|reveal|review|compar|use[sd]?\b|discuss)",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(
    r"(?:\b(?:see|cf\.|following|according to|similar to|due to|contrary to|by|e\.g\.,)"
    r"|\b(?:work|stud(?:y|ies)|findings|results|spirit|approach|method|theory|test|model|argument|proof) of"
    r"|\b(?:presented|described|found|documented|given|discussed|proposed|shown|reported|derived|introduced|explained"
    r"|detailed|outlined|reviewed|studied|analy[sz]ed|defined|suggested) in)\s$",
    re.IGNORECASE,
)
_SAYING_KO: Final = re.compile(
    r"(?:[은는이가]|의\s?(?:연구|논문|주장|분석|모형|이론|정의)).{0,80}?(?:제시|주장|보고|밝[혔힌]|연구|분석|제안|지적|설명|정의|확인|조사|논의)"
)
_SURNAMES_KO: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추"
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a list says to a citation.

    Attributes:
        reference: The one entry that fits.
        several: Whether more than one entry fits (Kim 2021a and b, cited as Kim 2021).
        nearest: The entry that fits but for its year.
        absent: Whether nothing in the list can be meant.
    """

    reference: Reference | None = None
    several: bool = False
    nearest: Reference | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    reference: Reference
    first: str
    words: frozenset[str]
    head: frozenset[str]
    initials: str


class Names:
    """The entries of a document's lists, asked by name and year."""

    def __init__(
        self,
        entries: Sequence[Reference],
        text: str,
        body: Sequence[tuple[int, int]],
        lists: Sequence[Listing],
    ) -> None:
        self._known = [_known(entry) for entry in entries]
        self._text = text
        self._body = body
        self._listed = folded(" ".join(text[listing.start : listing.end] for listing in lists))

    def resolve(self, citation: Named) -> Resolved:
        """Finds the entry that a citation means. Of leading words that are no names ("However, Kim") none counts."""
        tried: list[Resolved] = []
        for names, shortened in self._readings(citation):
            fitting = [known for known in self._known if _fits(names, known)]
            answer = self._by_year(citation, names, fitting)
            if answer.reference is not None or answer.several:
                return answer
            tried.append(Resolved() if answer.nearest and shortened else answer)
        near = [answer for answer in tried if answer.nearest]
        if near:
            return near[0]
        # A second author may be listed elsewhere; the name of an organisation must be unknown as a whole.
        absent = [answer.absent for answer in tried]
        whole = absent[1 if citation.group and citation.names else 0] if absent else False
        return Resolved(absent=whole and (bool(citation.names) or all(absent)))

    def _readings(self, citation: Named) -> list[tuple[tuple[str, ...], bool]]:
        """What may be the names, and whether something was left out that may be one."""
        names = citation.names
        found = [(names, False)] if names else []
        for i in range(1, len(names) if citation.narrative else 0):
            found.append((names[i:], not all(folded(name) in _NO_NAME for name in names[:i])))
        if citation.group:
            found.insert(0, ((citation.group,), True))
            if not names:
                found.append(((citation.group.split()[-1],), True))
        return found

    def _by_year(self, citation: Named, names: tuple[str, ...], fitting: list[_Known]) -> Resolved:
        year, letter = citation.year[:4], citation.year[4:]
        exact = [k.reference for k in fitting if k.reference.year[:4] == year]
        same = exact or [k.reference for k in fitting if year in k.reference.years]
        if letter and any(reference.year[4:] for reference in same):
            lettered = [reference for reference in same if reference.year[4:] == letter]
            if not lettered and len(same) > 1:
                return Resolved(nearest=same[-1], absent=True)
            same = lettered or same
        leading = {id(k.reference) for k in fitting if _leads(names[0], k)}
        same = [reference for reference in same if id(reference) in leading] or same
        if len(same) == 1:
            return Resolved(same[0])
        if same:
            # Fewer authors than the entry has: the one that has just these is meant.
            close = [r for r in same if len(r.authors) == len(names)] if not citation.more else []
            return Resolved(close[0]) if len(close) == 1 else Resolved(several=True)
        if fitting:
            return self._other_year(year, names, fitting)
        return Resolved(absent=not self._mentioned(names[0]))

    def _other_year(self, year: str, names: tuple[str, ...], fitting: list[_Known]) -> Resolved:
        """The name is listed, the year is not."""
        leading = [known for known in fitting if _leads(names[0], known)]
        dated = [known.reference for known in leading if known.reference.year]
        if not dated or len(dated) != len(leading):
            return Resolved()  # "in press", or a year that was not understood
        return Resolved(nearest=min(dated, key=lambda r: abs(int(r.year[:4]) - int(year))), absent=True)

    def _mentioned(self, name: str) -> bool:
        """Whether the list has the name anywhere, even as a part of a word."""
        return any(word in self._listed for word in folded(name).split() if word not in _SMALL)

    def certain(self, citation: Named, answer: Resolved, others: Sequence[tuple[Named, Resolved]]) -> bool:
        """Whether a citation without an entry is surely a citation, and one of a single author's name."""
        names = citation.names
        if not names:
            return "[" in citation.group and citation.whole
        if not citation.whole or (citation.group and answer.nearest is None):
            return False
        if any(folded(name) in _NO_NAME or name.isupper() for name in names):
            return False
        hangul = "가" <= names[0][0] <= "힣"
        if hangul and not all(2 <= len(name) <= 4 and name[0] in _SURNAMES_KO for name in names):
            return False
        if citation.more:
            return True
        if answer.nearest is not None:
            near = abs(int(answer.nearest.year[:4]) - int(citation.year[:4])) <= _NEAR_YEARS
            return near or len(names) > 1 or not citation.narrative
        if len(names) > 1 and not (citation.narrative and len(names) == 2):
            return True
        if hangul and len(names) > 1:
            return all(len(name) == 3 for name in names)
        if citation.narrative and self._apart(citation):
            return False
        if self._plain(names[0]):
            return False
        if citation.narrative:
            after = self._text[citation.end : citation.end + 100]
            before = self._text[max(citation.start - 30, 0) : citation.start]
            said = _SAYING_KO.match(after) if hangul else _SAYING.match(after) or _LEADING.search(before)
            return said is not None and (not hangul or len(names[0]) == 3)
        if hangul:
            return len(names[0]) == 3
        return self._comma(citation) in {
            self._comma(other) for other, hit in others if hit.reference is not None and not other.narrative
        }

    def _apart(self, citation: Named) -> bool:
        """Whether two names are parted by a comma alone: "Moreover, Kim (2020)"."""
        return re.match(r"[^\s,]+,\s(?!and|&)", self._text[citation.start : citation.end]) is not None

    def _comma(self, citation: Named) -> bool:
        return re.search(r",\s?\d{4}", self._text[citation.start : citation.end]) is not None

    def _plain(self, name: str) -> bool:
        """Whether the word also stands in the text where nobody is cited: then it may be a place or a thing."""
        form = re.compile(
            rf"(?<!\w){re.escape(name)}(?![\w’'])(?!,? ?[(\[]?\d{{4}}| et al| and [^\W\d_a-z]| & | ?[외등(·])"
        )
        return any(form.search(self._text, a, b) for a, b in self._body)


def _known(entry: Reference) -> _Known:
    head = entry.text[:400] if not entry.title else entry.text[: max(entry.text.find(entry.title), 0) or 200]
    capitals = [word[0] for word in re.findall(r"[^\W\d_][\w&]*", head) if word[0].isupper()]
    first = folded(entry.authors[0]) if entry.authors else ""
    return _Known(entry, first, words_of(entry.text), words_of(head), "".join(capitals).casefold())


def _fits(names: tuple[str, ...], known: _Known) -> bool:
    """Whether all names are among the entry's authors, the first one first (a list may have editors before)."""
    if not names:
        return False
    if len(names) == 1 and " " in names[0]:
        return _same_group(names[0], known)
    if not all(_among(name, known.head) for name in names):
        return len(names) == 1 and _acronym(names[0], known)
    return True


def _leads(name: str, known: _Known) -> bool:
    """Whether it is the first author."""
    full = name.partition(" [")[0]
    return (
        folded(full) == known.first
        or folded(full).split()[-1] in known.first.split()
        or _acronym(full, known)
    )


def _among(name: str, words: frozenset[str]) -> bool:
    parts = [folded(part) for part in name.split()]
    return "".join(parts) in words or folded(name).replace(" ", "") in words or parts[-1] in words


def _acronym(name: str, known: _Known) -> bool:
    return name.isupper() and len(name) > 1 and name.casefold() in known.initials


def _same_group(name: str, known: _Known) -> bool:
    """Whether an organisation is the entry's author: by its words, or by its acronym."""
    full, _, short = name.partition(" [")
    if short and (folded(short) in known.words or _acronym(short.rstrip("]"), known)):
        return True
    wanted = [word for word in map(folded, full.split()) if word not in _SMALL]
    return bool(wanted) and all(word in known.words for word in wanted)
