"""Reads one entry of a reference list: authors, year, title, identifiers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from auditor.detectors.citations.identifiers import identifiers
from auditor.detectors.citations.listing import YEAR, Entry

_LETTERS: Final = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "’": "'", "‐": "-"}
)


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a reference list.

    Attributes:
        label: What it is cited by: ``3``, a key, or empty.
        authors: Surnames (or whole names of organisations) in order, as printed.
        year: ``2021`` or ``2021a``, empty where none is given.
        title: Title of the work, empty where it cannot be told.
        identifiers: ``doi``, ``arxiv``, ``isbn``, ``pmid``, ``url`` … that it has.
        start: Offset into the document's text.
        end: Offset one past its last character.
        text: The entry as printed, without its label.
        kind: How the label is printed: ``[``, ``(``, ``.``, ``key``, ``footnote``, ``link``, or empty.
    """

    label: str
    authors: tuple[str, ...] = ()
    year: str = ""
    title: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    text: str = ""
    kind: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end

    @property
    def years(self) -> frozenset[str]:
        """Every year that the entry names, without letters."""
        return frozenset(re.findall(rf"(?<!\d){YEAR}(?!\d)", self.text))


@lru_cache(maxsize=8_192)
def folded(name: str) -> str:
    """A name without case, accents, dashes and apostrophes; "Müller", "Mueller" and "MULLER" are one."""
    text = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"[^\w ]|_", "", re.sub(r"([aou])e", r"\1", text)).strip()


def words_of(text: str) -> frozenset[str]:
    """Folded words of a text; of hyphenated ones also the parts."""
    found = set()
    for word in re.findall(r"[\w'’‐-]+", text):
        found.add(folded(word))
        found.update(folded(part) for part in re.split(r"[-‐'’]", word) if len(part) > 1)
    return frozenset(found)


@cache
def _year_forms() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(
            rf"[(\[（]\s?(?:[A-Za-z]{{3,9}}\.?,?\s)?(?P<year>{YEAR}[a-z]?)(?!\d)[^()\[\]]{{0,30}}[)\]）]"
        ),
        re.compile(rf"(?<=[.,]\s)(?P<year>{YEAR}[a-z]?)(?=[.,;:]|\s?$)"),
        re.compile(rf"(?<![\d/.:–-])(?P<year>{YEAR}[a-z]?)(?![\w/–-]|\.\d)"),
    )


def reference(text: str, entry: Entry) -> Reference:
    """Reads an entry; what it cannot tell stays empty."""
    printed = " ".join(text[entry.start : entry.end].split())
    found = {i.kind: i.value for i in identifiers(printed) if not i.problem}
    if url := re.search(r"https?://[^\s<>\"]{3,300}", printed):
        found["url"] = url.group().rstrip(".,;)")
    plain = re.sub(r"(?:https?://|doi:|arXiv:)\S{1,300}", " ", printed, flags=re.IGNORECASE)
    plain = re.sub(r"[*_`\\]", "", plain)
    year = next((m for form in _year_forms() if (m := form.search(plain))), None)
    head, title = _parts(plain, year)
    return Reference(
        label=entry.label,
        authors=authors(head),
        year=year["year"] if year else "",
        title=title,
        identifiers=found,
        start=entry.start,
        end=entry.end,
        text=printed,
        kind=entry.kind,
    )


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile(r"[“\"„«「『<‘]([^”\"“«»」』>]{4,300})[”\"“»」』>’]")


@cache
def _initialled() -> re.Pattern[str]:
    """Authors with initials, before a title without quotation marks: "A. Kim, ", "Kim A, Lee B. ", "Kim, A. "."""
    name = r"[^\W\d_][\w'’‐-]{1,30}"
    initials = r"(?:[^\W\d_]\.[ -]?){1,4}"
    return re.compile(
        rf"(?:{initials}(?:[a-z]{{2,3}} ){{0,2}}{name}(?:, (?:and |& )?| and | & |\. )){{1,30}}(?!{initials})"
        rf"|(?:(?:[a-z]{{2,3}} ){{0,2}}{name} [A-Z]{{1,3}}(?:, )?){{1,30}}(?:, et al)?\. "
        rf"|(?:(?:[a-z]{{2,3}} ){{0,2}}{name}, {initials}(?:, (?:and |& )?| ?and | ?& )?){{1,30}}(?:et al\.,? )?"
        rf"(?=[“\"\d]|[^\W\d_][\w-]+ )"
    )


def _parts(plain: str, year: re.Match[str] | None) -> tuple[str, str]:
    """What stands before the title (the authors), and the title."""
    quoted = _quoted().search(plain)
    if (
        year
        and year.start() < 250
        and plain[year.start()] in "([（"
        and not (quoted and quoted.start() < year.start())
    ):
        head, rest = plain[: year.start()], plain[year.end() :].lstrip(" .,:)")
    elif quoted:
        return plain[: quoted.start()], quoted[1].rstrip(" ,.")
    elif listed := _initialled().match(plain):
        rest = re.sub(rf"^{YEAR}[a-z]?[.,]\s", "", plain[listed.end() :])
        head, rest = listed.group(), re.split(r"[.,?!](?:\s|$)", rest, maxsplit=1)[0] + ". "
    else:
        # Authors end at the first stop that does not follow an initial or "al".
        stop = re.search(
            r"(?<=[^\W\d_]{2})(?<!\bal)(?<!\bet)\.\s|(?<!\b[^\W\d_])\.\s(?=[^\W\d_]{2,}\s[^\W\d_]{2,}\s)|:\s",
            plain,
        )
        if not stop:
            return plain[:120], ""
        head, rest = plain[: stop.start()], plain[stop.end() :]
        rest = re.sub(rf"^{YEAR}[a-z]?[.,]\s", "", rest)
    if quoted := _quoted().match(rest):
        return head, quoted[1].rstrip(" ,.")
    title = re.split(r"(?<=[^\W\d_]{2})[.?!](?:\s|$)|(?<=\))\.\s", rest, maxsplit=1)[0]
    return head, title.strip(" .,")[:300]


_NO_SURNAME: Final = frozenset(
    "and und et y e en al others eds ed hrsg hg in van von de der den"
    " del della di da dos la le jr sr ii iii the of for 외 등 및 편 역 저".split()
)


def authors(head: str) -> tuple[str, ...]:
    """Surnames of the authors before a title; an organisation is one author."""
    head = re.sub(r"\([^()]{0,40}\)|\[[^\[\]]{0,60}\]|\bet al\.?", " ", head).strip(" .,:;")
    if re.fullmatch(r"[\s가-힣·․,;&]+", head):
        names = re.split(r"[\s]*[·․,;&]\s*|\s(?:및|와|과)\s|\s", head)
        return tuple(name for name in names if len(name) > 1 and name not in _NO_SURNAME)
    if "," not in head and not re.search(r"\b[^\W\d_]\.", head) and len(head.split()) > 2:
        return (head,)
    found = []
    for piece in re.split(r",|;|&|\s(?:and|und|et|y|e)\s", head):
        # "Kim J", "J. Kim", "Kim": the surname is the longest run that is no initial.
        words = [
            w
            for w in piece.split()
            if len(w.strip(".")) > 1 and w.lower() not in _NO_SURNAME and not _initials(w)
        ]
        if words and words[-1][0].isalpha():
            given_first = len(words) > 1 and ("," not in head or len(piece.split()) > 1)
            found.append(words[-1] if given_first else words[0])
    return tuple(found[:60]) or ((head,) if head else ())


def _initials(word: str) -> bool:
    return re.fullmatch(r"(?:[^\W\d_]\.?-?){1,4}", word) is not None and (
        word.isupper() and (len(word) <= 3 or "." in word)
    )
