"""False positives on equal but reformatted quantities, one-fact flips caught, and speed.

    python -m benchmarks.quantities [--data NAME=FILE.jsonl[.gz] ...] [--rows 2000] [--seed 0] [--misses]

Two kinds of text: sentences from this project's templates, and sentences with quantities from the sets that
``--data`` names (rows with ``document`` and ``claim``; use training splits only). Every sentence stands among its
neighbours as the window; the claim is the same sentence with one quantity printed another way (nothing may be
reported) or changed (something must be reported at the changed place). Quantities are found here by patterns of
this file's own, so that what the reader misses counts against it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from auditor.quantities import check, read
from auditor.quantities.wordlist import words as listed
from benchmarks.quantity_templates import MONTHS, TEMPLATES, fill
from benchmarks.statistics import proportion

_ONES = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
)
_ONES += listed("sixteen seventeen eighteen nineteen")
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_MONTHS = MONTHS
_MONTH = "|".join(_MONTHS)
_PLAIN = r"(?<![\w.,$€£₩/:-])"


@dataclass(frozen=True)
class Case:
    """A claim and its window; ``changed`` where a fact was changed."""

    kind: str
    language: str
    claim: str
    window: str
    changed: bool
    place: tuple[int, int]


def words(number: int) -> str:
    """An English numeral below 100."""
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10 - 2] + (f"-{_ONES[number % 10]}" if number % 10 else "")


def _number(printed: str) -> float:
    return float(printed.replace(",", ""))


def _date(day: str, month: str, year: str) -> list[str]:
    number = _MONTHS.index(month) + 1
    return [
        f"{int(day)} {month} {year}",
        f"{month} {int(day)}, {year}",
        f"{year}-{number:02}-{int(day):02}",
        f"{month if month == 'May' else month[:3] + '.'} {int(day)}, {year}",
    ]


Rewrite = Callable[[re.Match[str], random.Random], str]
EQUAL: list[tuple[str, str, Rewrite]] = [
    ("number", rf"{_PLAIN}(\d{{1,3}}(?:,\d{{3}})+)(?![\w.,%])", lambda m, r: m[1].replace(",", "")),
    ("number", rf"{_PLAIN}(\d{{1,3}}(?:,\d{{3}})+)(?![\w.,%])", lambda m, r: m[1].replace(",", "\u202f")),
    (
        "number",
        (
            rf"(?<![a-z] and )(?<!ber ){_PLAIN}([2-9]|[1-9]\d)(?=\s[a-z]{{3,}}s\b)(?!\s(?:percent"
            rf"|points|times))"
        ),
        lambda m, r: words(int(m[1])),
    ),
    (
        "number",
        r"(?<![\w-])(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=\s[a-z]{3,}s\b)",
        lambda m, r: str(_ONES.index(m[1])),
    ),
    (
        "number",
        rf"(?<!\d and ){_PLAIN}(\d{{1,3}}(?:\.\d)?) million\b",
        lambda m, r: f"{round(float(m[1]) * 10**6):,}",
    ),
    ("number", rf"{_PLAIN}(\d+(?:,\d{{3}})*)(?=\s[a-z])", lambda m, r: f"**{m[1]}**"),
    (
        "percent",
        r"(?<![\w.,])(\d+(?:\.\d+)?)%(?!\w)",
        lambda m, r: f"{m[1]} {r.choice(['percent', 'per cent', '%'])}",
    ),
    ("percent", r"(?<![\w.,])(\d+(?:\.\d+)?) (?:percent|per cent)\b", lambda m, r: f"{m[1]}%"),
    (
        "money",
        r"\$(\d+(?:\.\d+)?) ?(?:million|m)\b",
        lambda m, r: r.choice([f"{m[1]} million dollars", f"US${m[1]}M", f"${m[1]}m"]),
    ),
    ("money", r"£(\d+(?:\.\d+)?)(?:m| million)\b", lambda m, r: f"GBP {m[1]} million"),
    ("unit", rf"{_PLAIN}(\d+)(?: ?)km\b", lambda m, r: f"{int(m[1]) * 1000:,} m"),
    ("unit", rf"{_PLAIN}(\d+) (?:kilometers|kilometres)\b", lambda m, r: f"{m[1]} km"),
    ("unit", rf"{_PLAIN}(\d+) miles\b", lambda m, r: f"{float(m[1]) * 1.609344:.1f} km"),
    ("duration", rf"{_PLAIN}([2-9]) years\b(?! old)", lambda m, r: f"{12 * int(m[1])} months"),
    ("duration", rf"{_PLAIN}(\d+) minutes\b", lambda m, r: f"{m[1]} min"),
    ("date", rf"\b({_MONTH}) (\d{{1,2}}), (\d{{4}})\b", lambda m, r: r.choice(_date(m[2], m[1], m[3]))),
    ("date", rf"\b(\d{{1,2}}) ({_MONTH}) (\d{{4}})\b", lambda m, r: r.choice(_date(m[1], m[2], m[3]))),
    (
        "date",
        rf"\b({_MONTH}) (\d{{1,2}})(?![\w,–-])(?! (?:to|and|-|–|,))",
        lambda m, r: f"{int(m[2])} {m[1]}",
    ),
    ("time", r"(?<![\w:])([1-9]|1[0-2]):([0-5]\d) ?pm\b", lambda m, r: f"{int(m[1]) % 12 + 12}:{m[2]}"),
]
KOREAN_EQUAL: list[tuple[str, str, Rewrite]] = [
    ("number", r"(?<![\d.,])(\d{1,3}(?:,\d{3})+)(?=[가-힣 ])", lambda m, r: m[1].replace(",", "")),
    ("number", r"(?<![\d.,])(\d{1,4})만(?=\s?[명원개대건])", lambda m, r: f"{int(m[1]) * 10000:,}"),
    (
        "number",
        r"(?<![\d.,])([1-9]\d{0,3})0,?000(?=\s?[명원개대건])",
        lambda m, r: f"{m[1]}만" if "," not in m[0] else f"{int(m[0].replace(',', '')) // 10000}만",
    ),
    (
        "percent",
        r"(?<![\d.,])(\d+(?:\.\d+)?)%(?!\s?[p포])",
        lambda m, r: f"{m[1]}{r.choice(['퍼센트', ' %'])}",
    ),
    ("unit", r"(?<![\d.,])(\d+)\s?km", lambda m, r: f"{m[1]}킬로미터"),
    (
        "date",
        r"(?<!\d)(\d{4})년 (\d{1,2})월 (\d{1,2})일",
        lambda m, r: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}",
    ),
    ("duration", r"(?<![\d.,])([2-9])년간", lambda m, r: f"{12 * int(m[1])}개월간"),
    ("time", r"오후 (\d{1,2})시 (\d{1,2})분", lambda m, r: f"{int(m[1]) % 12 + 12}:{int(m[2]):02}"),
]


def _other_number(match: re.Match[str], chance: random.Random) -> str:
    """Another number of the same size and form."""
    printed = match[1]
    value = _number(printed)
    decimals = len(printed.partition(".")[2])
    while True:
        if value >= 1100 and value <= 2100 and "," not in printed and not decimals:
            other = value + chance.choice([-1, 1]) * chance.randint(1, 15)
        elif value < 20 and not decimals:
            other = max(1, value + chance.choice([-3, -2, -1, 1, 2, 3]))
        else:
            other = value * chance.choice([0.5, 0.7, 0.8, 1.2, 1.3, 1.5, 2])
        text = f"{other:,.{decimals}f}" if "," in printed else f"{other:.{decimals}f}"
        if _number(text) != value:
            return match[0].replace(printed, text, 1)


def _other_month(match: re.Match[str], chance: random.Random) -> str:
    return match[0].replace(match[1], chance.choice([m for m in _MONTHS if m != match[1]]), 1)


def _other_unit(match: re.Match[str], chance: random.Random) -> str:
    swaps = {
        "km": "m",
        "kilometers": "miles",
        "kilometres": "miles",
        "miles": "kilometres",
        "kg": "g",
        "mg": "g",
        "years": "months",
        "months": "weeks",
        "weeks": "days",
        "days": "weeks",
        "hours": "minutes",
        "minutes": "hours",
        "million": "billion",
        "billion": "million",
        "%": " percentage points",
        "meters": "feet",
        "feet": "metres",
        "개월": "주",
        "퍼센트": "퍼센트포인트",
        "년간": "개월간",
        "시간": "분",
        "만": "억",
        "mL": "L",
        "cm": "mm",
    }
    return match[0][: match.start(2) - match.start()] + swaps[match[2]]


def _other_word(match: re.Match[str], chance: random.Random) -> str:
    return chance.choice([w for w in _ONES[2:12] if w != match[1].lower()])


FLIPS: list[tuple[str, str, Rewrite]] = [
    (
        "number",
        (
            rf"{_PLAIN}(\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?=\s[a-z]{{3,}})(?!\s(?:percent|per cent"
            rf"|years|months|days|hours|kilom|miles|million|billion))"
        ),
        _other_number,
    ),
    (
        "number",
        r"(?<![\w-])(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=\s[a-z]{3,}s\b)",
        _other_word,
    ),
    ("number", rf"{_PLAIN}(\d+(?:\.\d+)?) (?:million|billion)\b", _other_number),
    ("percent", r"(?<![\w.,])(\d+(?:\.\d+)?)(?:%| percent| per cent)", _other_number),
    ("money", r"[$£€](\d+(?:,\d{3})*(?:\.\d+)?)", _other_number),
    ("date", r"(?<![\w.,$€£/:-])((?:1[4-9]|20)\d\d)(?![\w,.-]*\d|s|\w)", _other_number),
    ("date", rf"\b({_MONTH}) \d{{1,2}}\b", _other_month),
    ("date", rf"\b({_MONTH}) \d{{4}}\b", _other_month),
    ("duration", rf"{_PLAIN}(\d+) (?:years|months|days|hours|weeks|minutes)\b", _other_number),
    (
        "unit",
        (
            rf"{_PLAIN}(\d+(?:\.\d+)?) ?(km|kilometers|kilometres|miles|kg|mg|years|months|weeks|days"
            rf"|hours|minutes|million|billion|%|meters|feet)(?![\w])"
        ),
        _other_unit,
    ),
    (
        "ordinal",
        r"(?<![\w-])(\d+)(?:th|rd|nd)\b(?!\scentur)",
        lambda m, r: f"{int(m[1]) + r.choice([1, 2, 3])}th",
    ),
]
KOREAN_FLIPS: list[tuple[str, str, Rewrite]] = [
    (
        "number",
        r"(?<![\d.,~-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?=\s?(?:만|억)?\s?[명원개대건권회곳위])",
        _other_number,
    ),
    ("percent", r"(?<![\d.,])(\d+(?:\.\d+)?)(?=\s?(?:%|퍼센트))", _other_number),
    ("date", r"(?<![\d.,])((?:1[5-9]|20)\d\d)(?=년)", _other_number),
    ("date", r"(?<![\d.,])([1-9]|1[0-2])(?=월)", lambda m, r: str(int(m[1]) % 12 + 1)),
    ("duration", r"(?<![\d.,])(\d+)(?=개월|년간|시간)", _other_number),
    ("unit", r"(?<![\d.,])(\d+)(개월|퍼센트|년간|시간|만)(?!\s?\d)", _other_unit),
]


def cases(sentence: str, window: str, language: str, chance: random.Random) -> Iterator[Case]:
    """One reformatted and one changed claim of each kind that the sentence has something for."""
    hangul = language == "ko"
    for changed, rules in (
        (False, KOREAN_EQUAL if hangul else EQUAL),
        (True, KOREAN_FLIPS if hangul else FLIPS),
    ):
        for kind, pattern, rewrite in rules:
            places = list(re.finditer(pattern, sentence))
            if places:
                place = chance.choice(places)
                printed = rewrite(place, chance)
                claim = sentence[: place.start()] + printed + sentence[place.end() :]
                if claim != sentence:
                    at = (place.start(), place.start() + len(printed))
                    yield Case(kind, language, claim, window, changed, at)


def from_templates(chance: random.Random, each: int) -> Iterator[Case]:
    """Cases from this project's own sentences."""
    for language, templates in TEMPLATES.items():
        for index, template in enumerate(templates):
            for _ in range(each):
                sentence = fill(template, chance)
                neighbour = fill(
                    templates[(index + chance.randint(1, len(templates) - 1)) % len(templates)], chance
                )
                yield from cases(sentence, f"{neighbour} {sentence}", language, chance)


def from_file(path: Path, chance: random.Random, rows: int) -> Iterator[Case]:
    """Cases from sentences with digits or number words in the documents and the claims of a set."""
    for sentence, window, language in sentences(path, chance, rows):
        yield from cases(sentence, window, language, chance)


def sentences(path: Path, chance: random.Random, rows: int) -> Iterator[tuple[str, str, str]]:
    """Sentences with a quantity, each with its neighbours."""
    raw = path.read_bytes()
    lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode().splitlines()
    loaded = [row for row in map(json.loads, lines) if str(row.get("split", "train")) != "test"]
    chance.shuffle(loaded)
    seen: set[str] = set()
    for row in loaded[:rows]:
        for text in (str(row["document"]), str(row["claim"])):
            parts = [p for p in re.split(r"(?<=[.!?])\s+(?=[A-Z가-힣\"“])", text) if p]
            fitting = [
                i
                for i, p in enumerate(parts)
                if 20 < len(p) < 400 and re.search(r"\d|\b(?:two|three|four|five|six|ten)\b", p)
            ]
            if fitting:
                index = chance.choice(fitting)
                if parts[index] not in seen:
                    seen.add(parts[index])
                    language = "ko" if re.search(r"[가-힣]", parts[index]) else "en"
                    yield parts[index], " ".join(parts[max(0, index - 1) : index + 2]), language


def tell(name: str, found: list[Case], *, misses: bool) -> None:
    """Prints the rows of one source."""
    results: dict[tuple[str, str, bool], list[bool]] = defaultdict(list)
    for case in found:
        found_here = check(case.claim, case.window)
        if case.changed:
            found_here = [
                m for m in found_here if m.claim.start < case.place[1] and case.place[0] < m.claim.end
            ]
        flagged = bool(found_here)
        for key in ((case.language, case.kind, case.changed), (case.language, "all", case.changed)):
            results[key].append(flagged)
        if misses and flagged is not case.changed:
            what = [
                (m.claim.text, m.source.text if m.source else None) for m in check(case.claim, case.window)
            ]
            print(
                f"    {'missed' if case.changed else 'false'} {case.kind}: {case.claim!r} | "
                f"{case.window!r} {what}"
            )
    for language, kind in sorted(
        {(lang, kind) for lang, kind, _ in results}, key=lambda k: (k[0], k[1] == "all", k[1])
    ):
        same, changed = results.get((language, kind, False), []), results.get((language, kind, True), [])
        print(
            f"{name:22} {language}  {kind:9} {proportion(sum(same), len(same)):32} "
            f"{proportion(sum(changed), len(changed))}"
        )


def speed(texts: list[str]) -> None:
    """Prints characters a second of reading, and microseconds a sentence with and without a quantity."""
    groups = {"with": [t for t in texts if read(t)], "without": [t for t in texts if not read(t)]}
    for name, group in groups.items():
        if not group:
            continue
        began = time.perf_counter()
        for text in group:
            read(text)
        taken = time.perf_counter() - began
        print(
            f"read, {name} a quantity: {len(group):,} sentences, {1e6 * taken / len(group):,.0f} µs "
            f"each, {sum(map(len, group)) / taken:,.0f} characters/s"
        )


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--rows", type=int, default=2000, help="rows read of each set")
    parser.add_argument("--each", type=int, default=40, help="sentences made of each template")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--misses", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    print(f"{'sentences from':22} {'':3} {'kind':9} {'reported though equal, %':32} changed and caught, %")
    made = list(from_templates(chance, options.each))
    tell("templates", made, misses=options.misses)
    texts = [case.claim for case in made]
    for named in options.data:
        name, _, path = named.partition("=")
        found = list(from_file(Path(path), chance, options.rows))
        tell(name, found, misses=options.misses)
        texts += [case.claim for case in found]
    plain = [re.sub(r"\d", "", t) for t in texts]
    speed(texts[:5000] + plain[:5000])


if __name__ == "__main__":
    main()
