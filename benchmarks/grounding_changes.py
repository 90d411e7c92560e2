"""Do verdicts move when they should, and stay when they should?

    python -m benchmarks.grounding_changes --data FOLDER [--verifier NAME] [--limit N]

Claims that public sets label as supported are changed by script: one fact at a time (number, unit, date, name,
negation, role), or only in how a number is written. A change of fact is caught when the changed claim is no longer
called supported, a rewritten number is a false alarm when a supported claim no longer is. Then ten unrelated sources
are added, and the verdicts that change are counted. Korean claims are made from templates of this file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from auditor.detectors.grounding.checks.names import names
from auditor.detectors.grounding.language import english
from auditor.detectors.grounding.verifiers.registry import load_verifier
from auditor.findings import Verdict
from auditor.quantities import Kind, Quantity, read
from auditor.verifying import Verification, verify_many
from benchmarks.statistics import proportion

SETS = ("fever_dev", "fever_nli", "q2_wow", "fib_xsum_fib", "fib_xsum_factcc", "fib_cnn_dm_factcc")


class Case(NamedTuple):
    """A supported claim, its document, and the claim as it was changed."""

    document: str
    claim: str
    kind: str
    changed: str


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--verifier", default="packaged")
    parser.add_argument("--limit", type=int, default=150, help="claims a kind of change")
    options = parser.parse_args()
    verifier = load_verifier(options.verifier)
    supported = list(_supported(options.data))
    cases = [*_english(supported, options.limit), *_korean(options.limit)]
    print("one fact changed, or only the spelling: share no longer called supported")
    print(f"{'change':22} {'all':30} of those supported before")
    flips = [0, 0]
    for kind in dict.fromkeys(case.kind for case in cases):
        own = [case for case in cases if case.kind == kind]
        before = _verdicts([(c.claim, c.document) for c in own], verifier)
        after = _verdicts([(c.changed, c.document) for c in own], verifier)
        caught = [a is not Verdict.SUPPORTED for a in after]
        held = [c for c, b in zip(caught, before, strict=True) if b is Verdict.SUPPORTED]
        print(
            f"{kind:22} {proportion(sum(caught), len(caught)):30} {proportion(sum(held), len(held))}",
            flush=True,
        )
        if not kind.startswith("same"):
            flips[0] += sum(caught)
            flips[1] += len(caught)
    print(f"{'all changes of fact':22} {proportion(*flips)}")
    _distractors(supported, verifier, options.limit)


def _supported(data: Path) -> Iterator[tuple[str, str]]:
    """(document, claim) of supported rows that may be trained on; documents short enough to be one or two windows."""
    rows = []
    for name in SETS:
        with gzip.open(data / "grounding" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["label"] == 1 and row["split"] != "test" and 5 <= len(row["claim"].split()) <= 40:
                    rows.append((row["document"], row["claim"]))
    random.Random(11).shuffle(rows)
    yield from dict.fromkeys(rows)


def _verdicts(pairs: Sequence[tuple[str, str]], verifier: object) -> list[Verdict]:
    """One verdict a text: the worst of its claims."""
    made: list[Verification] = []
    for start in range(0, len(pairs), 64):
        part = [(claim, [("document", document)]) for claim, document in pairs[start : start + 64]]
        made += verify_many(part, verifier=verifier)  # type: ignore[arg-type]
    return [_worst(v) for v in made]


def _worst(made: Verification) -> Verdict:
    found = {claim.verdict for claim in made.claims}
    order = (Verdict.CONTRADICTED, Verdict.UNSUPPORTED, Verdict.NOT_CHECKED, Verdict.SUPPORTED)
    return next((verdict for verdict in order if verdict in found), Verdict.NOT_A_CLAIM)


def _english(rows: Sequence[tuple[str, str]], limit: int) -> Iterator[Case]:
    generator = random.Random(3)
    makers: dict[str, Callable[[str, str, random.Random], str | None]] = {
        "number": _number,
        "unit": _unit,
        "date": _date,
        "name": _name,
        "negation": _negation,
        "role": _role,
        "same number, rewritten": _rewritten,
    }
    for kind, make in makers.items():
        taken = 0
        for document, claim in rows:
            if taken >= limit:
                break
            changed = make(claim, document, generator)
            if changed and changed != claim:
                taken += 1
                yield Case(document, claim, kind, changed)


def _replaced(text: str, quantity: Quantity, new: str) -> str:
    return text[: quantity.start] + new + text[quantity.end :]


def _number(claim: str, document: str, generator: random.Random) -> str | None:
    for q in read(claim):
        digits = re.search(r"\d+", q.text)
        if q.kind in (Kind.COUNT, Kind.PERCENT, Kind.MONEY, Kind.MEASURE) and digits:
            value = int(digits.group())
            new = str(
                value + generator.choice((2, 3, 7))
                if value < 100
                else round(value * generator.choice((0.6, 1.7, 3)))
            )
            if new not in document:
                return _replaced(claim, q, q.text.replace(digits.group(), new, 1))
    return None


_UNITS = (
    ("million", "billion"),
    ("%", " million"),
    ("percent", "million"),
    ("miles", "metres"),
    ("metres", "miles"),
)
_UNITS += (
    ("kilometres", "miles"),
    ("years", "months"),
    ("days", "weeks"),
    ("hours", "days"),
    ("£", "€"),
    ("$", "€"),
)
_UNITS += (
    ("minutes", "hours"),
    ("months", "years"),
    ("weeks", "months"),
    ("feet", "miles"),
    ("kg", "tonnes"),
)


def _unit(claim: str, document: str, generator: random.Random) -> str | None:
    for q in read(claim):
        for old, new in _UNITS:
            if re.search(r"\d", q.text) and old in q.text:
                return _replaced(claim, q, q.text.replace(old, new, 1))
    return None


_MONTHS = "January February March April May June July August September October November December".split()


def _date(claim: str, document: str, generator: random.Random) -> str | None:
    for q in read(claim):
        if q.kind not in (Kind.DATE, Kind.YEAR):
            continue
        year = re.search(r"\b(1[5-9]|20)\d\d\b", q.text)
        if year:
            new = str(int(year.group()) + generator.choice((-11, -4, -2, 2, 3, 9)))
            if new not in document:
                return _replaced(claim, q, q.text.replace(year.group(), new, 1))
        for n, month in enumerate(_MONTHS):
            if month in q.text:
                return _replaced(
                    claim, q, q.text.replace(month, _MONTHS[(n + generator.choice((2, 5))) % 12])
                )
    return None


_PEOPLE = ("Anna Bergmann", "Tomás Oliveira", "Kenji Nakamura", "Laura Whitfield", "David Okafor")
_SPOTS = ("Lisbon", "Nairobi", "Osaka", "Winnipeg", "Gdańsk", "Peru", "Finland")
_BODIES = ("Northgate Trust", "Halden Institute", "Meridian Airlines", "Solvera")


def _name(claim: str, document: str, generator: random.Random) -> str | None:
    pools = {"PERSON": _PEOPLE, "GPE": _SPOTS, "LOC": _SPOTS, "ORG": _BODIES}
    found = [name for name in names(claim) if name.label in pools and name.text in document]
    if not found:
        return None
    name = generator.choice(found)
    # Half of the time a name of the same kind from the document itself: those are the hard ones.
    rivals = [n.text for n in names(document[:2000]) if n.label == name.label and n.text not in claim]
    rivals = [r for r in rivals if not set(r.split()) & set(name.text.split())]
    pool = rivals if rivals and generator.random() < 0.5 else pools[name.label]
    return claim[: name.start] + generator.choice(pool) + claim[name.end :]


def _negation(claim: str, document: str, generator: random.Random) -> str | None:
    nlp = english()
    if nlp is None or re.search(r"\b(?:not|no|never|none|n't)\b", claim):
        return None
    for token in nlp(claim):
        if token.dep_ in ("aux", "auxpass") or (token.lemma_ == "be" and token.dep_ == "ROOT"):
            end = token.idx + len(token.text)
            return f"{claim[:end]} not{claim[end:]}"
        if token.dep_ == "ROOT" and token.tag_ in ("VBD", "VBZ", "VBP"):
            helper = {"VBD": "did not", "VBZ": "does not", "VBP": "do not"}[token.tag_]
            return f"{claim[: token.idx]}{helper} {token.lemma_}{claim[token.idx + len(token.text) :]}"
    return None


def _role(claim: str, document: str, generator: random.Random) -> str | None:
    """Subject and object of the main verb exchanged, where both are names."""
    nlp = english()
    if nlp is None:
        return None
    parsed = nlp(claim)
    entities = {token.i: entity for entity in parsed.ents for token in entity}
    for token in parsed:
        if token.dep_ != "ROOT" or token.pos_ != "VERB":
            continue
        subject = next((c for c in token.children if c.dep_ == "nsubj" and c.i in entities), None)
        target = next((c for c in token.children if c.dep_ == "dobj" and c.i in entities), None)
        if subject is None or target is None:
            continue
        a, b = (_with_article(parsed, entities[token.i]) for token in (subject, target))
        if a.end_char <= b.start_char and all(entities[t.i].text in document for t in (subject, target)):
            between = claim[a.end_char : b.start_char]
            first = b.text[0].upper() + b.text[1:] if a.start == 0 else b.text
            second = a.text[0].lower() + a.text[1:] if a[0].pos_ == "DET" else a.text
            return claim[: a.start_char] + first + between + second + claim[b.end_char :]
    return None


def _with_article(parsed: Any, entity: Any) -> Any:
    """The name with the article before it, which goes where the name goes."""
    return parsed[entity.start - (entity.start > 0 and parsed[entity.start - 1].pos_ == "DET") : entity.end]


_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def _rewritten(claim: str, document: str, generator: random.Random) -> str | None:
    for q in read(claim):
        text = q.text
        # "Hollow Man 2" and "2 Chainz" are names.
        beside = claim[q.end :].lstrip()[:1] + (re.search(r"(\w+) $", claim[: q.start]) or " ")[0]
        if q.kind is Kind.COUNT and any(c.isupper() for c in beside):
            continue
        if q.kind is Kind.PERCENT and text.endswith("%"):
            return _replaced(claim, q, text[:-1].rstrip() + generator.choice((" %", " percent", " per cent")))
        if q.kind in (Kind.COUNT, Kind.MEASURE, Kind.MONEY) and re.fullmatch(r"\d{1,3}(?:,\d{3})+", text):
            return _replaced(claim, q, text.replace(",", generator.choice(("", "\u202f"))))
        if q.kind is Kind.COUNT and re.fullmatch(r"\d{4,7}", text):
            return _replaced(claim, q, f"{int(text):,}")
        small = re.match(r"(\d{1,2})\b(?![.,]\d)", text)
        if q.kind in (Kind.COUNT, Kind.DURATION) and small and 2 <= int(small.group()) <= 12:
            return _replaced(claim, q, _WORDS[int(small.group())] + text[small.end() :])
        word = re.match(r"[a-z]+", text)
        if q.kind in (Kind.COUNT, Kind.DURATION) and word and word.group() in _WORDS[2:]:
            return _replaced(claim, q, str(_WORDS.index(word.group())) + text[word.end() :])
        day = re.fullmatch(r"(\d{1,2}) (\w+) (\d{4})", text)
        if q.kind is Kind.DATE and day and day[2] in _MONTHS:
            return _replaced(claim, q, f"{day[2]} {day[1]}, {day[3]}")
        day = re.fullmatch(r"(\w+) (\d{1,2}), (\d{4})", text)
        if q.kind is Kind.DATE and day and day[1] in _MONTHS:
            return _replaced(claim, q, f"{day[2]} {day[1]} {day[3]}")
    return None


# (document, claim, what is changed and into what, what is only rewritten and into what)
_KOREAN = (
    (
        "{c}시는 {y}년 새 도서관을 열었다. 이 건물에는 책 {n}권이 있고 하루 평균 {m}명이 찾는다.",
        "{c}시의 새 도서관에는 책 {n}권이 있다.",
    ),
    (
        "{p} 씨는 {y}년 {c}에서 회사를 세웠다. 직원은 {m}명이며 매출은 해마다 {k}% 증가했다.",
        "{p} 씨는 {y}년 {c}에서 회사를 세웠다.",
    ),
    (
        "지난해 {c}의 관광객은 {n}명으로 한 해 전보다 {k}% 늘었다. 시는 예산 {m}억 원을 들여 해변을 정비했다.",
        "지난해 {c}의 관광객은 {n}명이었다.",
    ),
    (
        "{c} 병원은 환자 {m}명을 조사했다. 새 약을 쓴 환자 가운데 {k}%가 두 주 안에 회복되었다.",
        "{c} 병원은 환자 {m}명을 조사했다.",
    ),
    (
        "{y}년 {c} 대회에서 {p} 선수가 우승했다. 경기장에는 관중 {n}명이 모였다.",
        "{y}년 {c} 대회에서 {p} 선수가 우승했다.",
    ),
)
_CITIES = ("부산", "대구", "인천", "광주", "대전", "울산", "수원", "전주")
_KOREANS = ("김민수", "이영희", "박지훈", "최수진", "정우성", "강혜원")


def _korean(limit: int) -> Iterator[Case]:
    generator = random.Random(5)
    for n in range(limit):
        document, claim = _KOREAN[n % len(_KOREAN)]
        city = generator.choice(_CITIES)
        person, rival = generator.sample(_KOREANS, 2)
        facts = {
            "c": city,
            "p": person,
            "y": generator.randrange(1950, 2024),
            "n": f"{generator.randrange(11, 99) * 1000:,}",
            "m": generator.randrange(12, 99) * 10,
            "k": generator.randrange(3, 40),
        }
        filled, said = document.format(**facts), claim.format(**facts)
        if "{n}" in claim:
            count = int(str(facts["n"]).replace(",", ""))
            yield Case(filled, said, "number (Korean)", claim.format(**facts | {"n": f"{count + 7000:,}"}))
            same = f"{count // 10000}만 {count % 10000:,}" if count % 10000 and count > 10000 else f"{count}"
            yield Case(filled, said, "same number (Korean)", claim.format(**facts | {"n": same}))
        if "{y}" in claim:
            yield Case(filled, said, "date (Korean)", claim.format(**facts | {"y": int(str(facts["y"])) + 3}))
        if "{p}" in claim:
            yield Case(filled, said, "name (Korean)", claim.format(**facts | {"p": rival}))
        denied = (
            said.replace("있다.", "없다.")
            .replace("세웠다.", "세우지 않았다.")
            .replace("우승했다.", "우승하지 못했다.")
        )
        denied = denied.replace("조사했다.", "조사하지 않았다.").replace("명이었다.", "명이 아니었다.")
        yield Case(filled, said, "negation (Korean)", denied)


def _distractors(rows: Sequence[tuple[str, str]], verifier: object, limit: int) -> None:
    """Ten documents of other rows beside the claim's own."""
    own = rows[: 2 * limit]
    others = [document for document, _ in rows[2 * limit : 2 * limit + 400]]
    generator = random.Random(13)
    alone = verify_many([(c, [("own", d)]) for d, c in own], verifier=verifier)  # type: ignore[arg-type]
    crowded = verify_many(
        [
            (c, [("own", d), *((f"other {n}", o) for n, o in enumerate(generator.sample(others, 10)))])
            for d, c in own
        ],
        verifier=verifier,  # type: ignore[arg-type]
    )
    changed = total = 0
    for before, after in zip(alone, crowded, strict=True):
        for a, b in zip(before.claims, after.claims, strict=True):
            total += 1
            changed += a.verdict is not b.verdict
    print(f"\nten unrelated sources added: verdicts that change {proportion(changed, total)}")


if __name__ == "__main__":
    main()
