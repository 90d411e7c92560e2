"""Identifiers of works and people, where a text says that it has one: are they well formed?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

_DASH = "‐‑–-"  # the last one last, as it would make a range in a character class
# How the labels are written, by kind: found as they stand, since a pattern that ignores case is a hundred times slower.
_CUES: Final[dict[str, tuple[str, ...]]] = {
    "doi": ("doi", "DOI", "Doi"),
    "arxiv": ("arXiv", "ArXiv", "arxiv", "ARXIV", "Arxiv"),
    "isbn": ("ISBN", "isbn", "Isbn"),
    "issn": ("ISSN", "issn", "Issn"),
    "pmid": ("PMID", "pmid", "pubmed.ncbi"),
    "pmcid": ("PMC", "pmc"),
    "orcid": ("ORCID", "orcid", "Orcid", "ORCiD", "OrcID"),
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in a text.

    Attributes:
        kind: ``doi``, ``arxiv``, ``isbn``, ``issn``, ``pmid``, ``pmcid`` or ``orcid``.
        value: As a registry writes it: without label, address, spaces and dashes that mean nothing.
        start: Offset of its first character, without the label.
        end: Offset one past its last.
        problem: Why it cannot be one, empty where it is well formed.
    """

    kind: str
    value: str
    start: int
    end: int
    problem: str = ""


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    """Compiled when first needed, as most texts have no identifier."""
    x = f"[0-9Xx]+(?:[ {_DASH}][0-9Xx]+){{0,8}}"
    forms = {
        "doi": r"(?<![a-z])(?:doi\.org/|doi(?:\s?[:=]\s?|\s))"
        r"(?P<v>\d{1,2}\.[\dx.]{2,12}/[^\s\"<>{}|\\^`]{1,200}|10/[a-z0-9]{3,12})",
        "arxiv": r"(?<![a-z])arxiv(?:\.org/(?:abs|pdf|html)/|\s?:\s?|\s(?=\d{4}\.\d))"
        r"(?P<v>[\dx]{4}\.[\dx]{3,9}(?:v\d{1,3})?|[a-z-]{2,10}(?:\.[a-z]{2})?/\d{5,9}(?:v\d{1,3})?)(?![\w/])",
        "isbn": rf"(?<![a-z])isbn(?:[ {_DASH}]?1[03](?!\d))?(?:\s?\([a-z. -]{{1,20}}\))?\s?[:=]?\s?(?P<v>{x})(?![\w])",
        "issn": rf"(?<![a-df-oq-z])issn(?:-l)?(?:\s?\([a-z. -]{{1,20}}\))?\s?[:=]?\s?"
        rf"(?P<v>[\dx]{{3,5}}[{_DASH}][\dx]{{3,5}}|\d{{7}}[\dx])(?![\w{_DASH}])",
        "pmid": r"(?<![a-z])(?:pmid(?:\s?[:=]\s?|\s)|pubmed\.ncbi\.nlm\.nih\.gov/)(?P<v>[\dx]{1,15})(?!\w)",
        "pmcid": r"(?<![a-z])(?:pmcid\s?[:=]?\s?(?:pmc)?|pmc(?=\d{4}|x{4}))(?P<v>[\dx]{1,15})(?![\w.])",
        "orcid": rf"(?<![a-z])(?:orcid\.org/|orcid(?: id)?\s?[:=]?\s?)"
        rf"(?P<v>[\dx]{{2,6}}(?:[{_DASH}][\dx]{{2,6}}){{2,4}})(?![\w{_DASH}])",
    }
    return {kind: re.compile(form, re.IGNORECASE) for kind, form in forms.items()}


def identifiers(text: str, start: int = 0, end: int | None = None) -> Iterator[Identifier]:
    """Identifiers that ``text[start:end]`` labels as such or links to, kind by kind.

    What a line end or the end of the text may have cut off is left out.
    """
    end = len(text) if end is None else end
    for kind, cues in _CUES.items():
        known: set[int] = set()
        for cue in cues:
            place = text.find(cue, start, end)
            while place >= 0:
                match = _forms()[kind].match(text, place, end)
                if match and match.start("v") not in known:
                    known.add(match.start("v"))
                    cut = text[match.end("v") : match.end("v") + 1] in ("", "\n", "\r")
                    if found := _read(kind, match["v"], cut):
                        value, length, problem = found
                        at = match.start("v")
                        yield Identifier(kind, value, at, at + length, problem)
                place = text.find(cue, place + 1, end)


def _read(kind: str, printed: str, cut: bool) -> tuple[str, int, str] | None:
    """Value, printed length and problem; None where nothing can be said."""
    if kind == "doi":
        return _doi(printed)
    if kind == "isbn":
        return _isbn(printed, cut)
    value = re.sub(f"[{_DASH}]", "-", printed)
    problem = _CHECKS[kind](value)
    return None if cut and " digits follow" in problem else (value, len(printed), problem)


def _doi(printed: str) -> tuple[str, int, str] | None:
    value = printed.rstrip(".,;:!?'’”»*_]")
    while value.endswith((")", "]")) and value.count(value[-1]) > value.count("(["[value[-1] == "]"]):
        value = value[:-1].rstrip(".,;:")
    problem = ""
    if re.fullmatch(r"10/[a-z0-9]+", value, re.IGNORECASE):
        return value.lower(), len(value), ""
    prefix, _, suffix = value.partition("/")
    if not suffix:
        return None  # cut off, or talk about a prefix
    if re.fullmatch(r"10\.(?:\d*[xX]{2,}\d*)", prefix) or re.fullmatch(
        r"[xX]{3,}[xX.\d-]*|\.{3}.*|…", suffix
    ):
        problem = "a placeholder stands where the number belongs"
    elif not re.fullmatch(r"10\.\d{4,9}(?:\.\d{1,9})*", prefix):
        problem = "a DOI begins with “10.” and four to nine digits"
    return value.lower(), len(value), problem


def _isbn(printed: str, cut: bool) -> tuple[str, int, str] | None:
    """Groups parted by spaces may run on into another number: the shortest run of the right length counts."""
    if re.search("[xX].|[xX]{2}", re.sub(f"[ {_DASH}]", "", printed)):
        return printed, len(printed), "a placeholder stands where the number belongs"
    ends = [match.end() for match in re.finditer("[0-9Xx]+", printed)]
    runs = [(re.sub(f"[ {_DASH}]", "", printed[:end]).upper(), end) for end in ends]
    full = [(digits, end) for digits, end in runs if len(digits) in (10, 13)]
    for digits, end in full:
        if not isbn_problem(digits):
            return digits, end, ""
    if full and cut and len(full[-1][0]) == 10 and full[-1][0].startswith(("978", "979")):
        return None  # ten of thirteen digits
    if full:
        digits, end = full[-1]
        return digits, end, isbn_problem(digits)
    digits, end = runs[-1]
    if cut or len(digits) < 8 or " " in printed:
        return None
    return digits, end, f"an ISBN has 10 or 13 digits, this has {len(digits)}"


def isbn_problem(digits: str) -> str:
    """Why 10 or 13 digits are no ISBN (ISO 2108), empty where they are."""
    if len(digits) == 10:
        total = sum((10 - i) * (10 if digit == "X" else int(digit)) for i, digit in enumerate(digits))
        return "" if total % 11 == 0 else "its check digit does not fit"
    if digits[:3] not in ("978", "979") or "X" in digits:
        return "an ISBN of 13 digits begins with 978 or 979"
    total = sum((3 if i % 2 else 1) * int(digit) for i, digit in enumerate(digits))
    return "" if total % 10 == 0 else "its check digit does not fit"


def _arxiv(value: str) -> str:
    number = re.sub(r"v\d+$", "", value.lower())
    if "x" in number.partition("/")[2] or ("/" not in number and "x" in number):
        return "a placeholder stands where the number belongs"
    if "/" in number:
        digits = number.partition("/")[2]
        if len(digits) != 7:
            return "seven digits follow the archive's name"
        year, month = int(digits[:2]), int(digits[2:4])
        return _month(month) or (
            "" if year >= 91 or year <= 7 else "identifiers of this form ended in March 2007"
        )
    stamp, _, serial = number.partition(".")
    year, month = int(stamp[:2]), int(stamp[2:])
    wanted = 5 if year >= 15 else 4
    if problem := _month(month):
        return problem
    if year < 7:
        return "identifiers of this form began in April 2007"
    if len(serial) != wanted:
        return f"{wanted} digits follow the point in an identifier of 20{year:02}, here {len(serial)}"
    return "" if int(serial) else "its serial number is zero"


def _month(month: int) -> str:
    return "" if 1 <= month <= 12 else f"its third and fourth digit are the month, and {month:02} is none"


def _issn(value: str) -> str:
    digits = value.replace("-", "").upper()
    if "X" in digits[:-1] or not digits.strip("0"):
        return "a placeholder stands where the number belongs"
    if len(digits) != 8:
        return f"an ISSN has eight digits, this has {len(digits)}"
    total = sum((8 - i) * (10 if digit == "X" else int(digit)) for i, digit in enumerate(digits))
    return "" if total % 11 == 0 else "its check digit does not fit"


def _pubmed(value: str) -> str:
    if "x" in value.lower():
        return "a placeholder stands where the number belongs"
    return f"it has at most eight digits, this has {len(value)}" if len(value) > 8 else ""


def _orcid(value: str) -> str:
    """Check digit by ISO 7064 MOD 11-2, as ORCID's documentation gives it."""
    digits = value.replace("-", "").upper()
    if "X" in digits[:-1] or not digits.strip("0"):
        return "a placeholder stands where the number belongs"
    if [len(group) for group in value.split("-")] != [4, 4, 4, 4]:
        return "an ORCID iD has four groups of four digits"
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "" if digits[-1] == ("X" if check == 10 else str(check)) else "its check digit does not fit"


_CHECKS: Final[dict[str, Callable[[str], str]]] = {
    "arxiv": _arxiv,
    "issn": _issn,
    "pmid": _pubmed,
    "pmcid": _pubmed,
    "orcid": _orcid,
}
NAMES: Final = {
    "doi": "DOI",
    "arxiv": "arXiv identifier",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "orcid": "ORCID iD",
}
