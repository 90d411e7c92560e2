"""Makes quotations and copies out of texts, and spoils them in known ways: the cases of ``benchmarks.quotations``."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.documents import from_text
from auditor.documents.spelled import words as listed
from auditor.findings import Finding, Location
from auditor.sources.interface import Hit, SourceInfo

_PEOPLE = (
    *("Anna Kim", "Tom Hill", "Maria Lopez", "Peter Novak", "Grace Okafor", "Liam Byrne", "Yuki Tanaka"),
    *("Omar Haddad", "Elsa Lindqvist", "Ravi Menon"),
)
_PEOPLE_KO = listed("김하늘 박준서 이도윤 최서연 정유진 강민재 조은별 윤태호 한지우 오세린")
_ROLES_KO = listed("교수 위원장 대표 대변인 연구원")


class Texts:
    """Sources in memory."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.documents = {name: from_text(text, name=name) for name, text in texts.items()}
        self.infos = [
            SourceInfo(id=name, sha256=document.sha256, characters=len(document.text))
            for name, document in self.documents.items()
        ]

    def sources(self) -> Sequence[SourceInfo]:
        """All of them."""
        return self.infos

    def text(self, source: str) -> str:
        """Text of one."""
        return self.documents[source].text

    def location(self, source: str, start: int, end: int) -> Location:
        """Place in one."""
        return self.documents[source].location(start, end)

    def search(self, queries: Sequence[str], k: int = 8) -> list[list[Hit]]:
        """Not needed here."""
        return [[] for _ in queries]

    def close(self) -> None:
        """Nothing to do."""


@dataclass
class Case:
    """A document that holds one quotation or passage, and what was found in it."""

    kind: str
    language: str
    text: str
    note: str
    found: list[Finding] = field(default_factory=list)

    @property
    def called(self) -> set[str]:
        """Names of the rules that fired; a copy that is credited counts as ``credited``."""
        names = set()
        for finding in self.found:
            name = finding.rule.partition("/")[2].removeprefix("quotation-")
            names.add("credited" if name == "copied" and finding.message.count("credited but") else name)
        return names


def sentences(text: str, korean: bool) -> list[str]:
    """Plain sentences of middling length without quotation marks or brackets."""
    found = [s.strip() for s in re.split(r"(?<=[.!?])\s+", text)]
    low, high = (6, 25) if korean else (9, 32)
    return [
        s
        for s in dict.fromkeys(found)
        if low <= len(s.split()) <= high
        and s.endswith(".")
        and not re.search(r"[\"“”‘’'`\[\](){}|…<>«»#*_]|\.\.", s)
    ]


class Maker:
    """Makes cases from a group of texts."""

    def __init__(self, texts: list[str], spare: list[str], korean: bool, rng: random.Random) -> None:
        self.korean, self.rng = korean, rng
        self.language = "ko" if korean else "en"
        self.pool = [sentences(text, korean) for text in texts]
        self.absent = [s for text in spare for s in sentences(text, korean)]
        words = sorted(
            {w for p in self.pool for s in p for w in s.rstrip(".").split() if len(w) > (1 if korean else 4)}
        )
        self.words = words
        self.names = [f"{'기록' if korean else 'minutes'}-{n + 101}.txt" for n in range(len(texts))]
        self.texts = list(texts)
        self.cases: list[Case] = []

    def sources(self) -> Texts:
        """The texts, with the speeches that were put into them."""
        return Texts(dict(zip(self.names, self.texts, strict=True)))

    def make(self) -> None:
        """Cases of every kind from every text."""
        for number, own in enumerate(self.pool):
            if len(own) < 4:
                continue
            pick = self.rng.sample(own, min(len(own), 12))
            for sentence in pick[:2]:
                self._case("true", self._quoted(*self._honest(sentence)))
            self._case("altered", self._quoted(*self._altered(pick[0])))
            self._case("altered", self._quoted(*self._altered(pick[-1])))
            if self.absent:
                self._case("not-found", self._quoted(self.rng.choice(self.absent), "absent"))
            self._splice(number, own)
            self._speak(number, pick[1], pick[2])
            self._copy(number)

    def _case(self, kind: str, made: tuple[str, str] | None) -> None:
        if made:
            self.cases.append(Case(kind, self.language, *made))

    def _quoted(self, sentence: str, note: str) -> tuple[str, str] | None:
        if not sentence:
            return None
        inner = sentence.rstrip(".")
        if self.korean:
            opened, closed = self.rng.choice(["“”", '""', "‘’", "「」"])
            return f"담당자는 {opened}{inner}{closed}라고 말했다.", note
        opened, closed = self.rng.choice(
            [("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"), ("„", "“"), ("\\enquote{", "}"), ("``", "''")]
        )
        frame = self.rng.choice(
            [
                "It was said that {}.",
                "A person there told us: {}.",
                "As one of them put it, {}, it was noted.",
                "She said {} and left.",
            ]
        )
        return frame.format(f"{opened}{inner}{closed}"), note

    def _honest(self, sentence: str) -> tuple[str, str]:
        words = sentence.split()
        n = len(words)
        edit = self.rng.choice(
            ["none", "ellipsis", "bracket", "case", "part", "break", "emphasis", "sic", "ending"]
        )
        if edit == "ellipsis" and n > 10:
            at = self.rng.randrange(3, n - 6)
            left_out = words[at : at + 3]
            if not re.search(r"\b(?:not|no|never|nor)\b|n't|않|없|아니|안$|못$", " ".join(left_out)):
                words[at : at + 3] = [self.rng.choice(["…", "[…]", "...", "[...]"])]
        elif edit == "bracket":
            words[0:2] = ["[그곳의 일은]" if self.korean else "[the matter]"]
        elif edit == "case" and not self.korean:
            words[0] = f"[{words[0][0].lower()}]{words[0][1:]}" if words[0][:1].isupper() else words[0]
        elif edit == "part":
            words = words[: max(5, n - 4)]
        elif edit == "break":
            words[n // 2] = "\n" + words[n // 2]
        elif edit == "emphasis":
            words[n // 2] = f"**{words[n // 2]}**"
        elif edit == "sic":
            words.insert(n // 2, "[원문대로]" if self.korean else "[sic]")
        elif edit == "ending" and self.korean:
            words[-1] = re.sub(r"했다\.$", "했습니다.", words[-1])
        return " ".join(words), edit

    def _altered(self, sentence: str) -> tuple[str, str]:
        words = sentence.rstrip(".").split()
        n = len(words)
        inner = [i for i in range(1, n - 1) if len(words[i]) > (1 if self.korean else 4)] or [n // 2]
        edit = self.rng.choice(["replaced", "dropped", "added", "number", "negation"])
        at = self.rng.choice(inner)
        if edit == "number" and (numbers := [i for i, w in enumerate(words) if re.fullmatch(r"\d+", w)]):
            words[numbers[0]] = str(int(words[numbers[0]]) + 3)
        elif edit == "negation" and not self.korean:
            verbs = [
                i
                for i, w in enumerate(words)
                if w in ("is", "are", "was", "were", "will", "can", "has", "have", "had", "would", "could")
            ]
            if not verbs:
                return "", edit
            if "not" in words:
                words.remove("not")
            else:
                words.insert(verbs[0] + 1, "not")
        elif edit == "negation":
            last = re.sub(r"(했|었|였)다$", r"하지 않았다", words[-1])
            if last == words[-1]:
                return "", edit
            words[-1] = last
        elif edit == "dropped":
            del words[at]
        elif edit == "added":
            words.insert(at, self.rng.choice(self.words))
        else:
            other = self.rng.choice([w for w in self.words if w.lower() != words[at].lower().strip(",;:")])
            words[at] = other
        return " ".join(words) + ".", edit

    def _splice(self, number: int, own: list[str]) -> None:
        first = self.rng.choice(own)
        other = self.rng.choice([n for n, p in enumerate(self.pool) if len(p) >= 4])
        second = self.rng.choice(self.pool[other])
        text = self.texts[number]
        if other == number and abs(text.find(first) - text.find(second)) < 400:
            return
        a, b = first.rstrip(".").split(), second.rstrip(".").split()
        head, tail = a[: self.rng.randrange(5, max(6, len(a)))], b[-self.rng.randrange(5, max(6, len(b))) :]
        self._case(
            "spliced", self._quoted(" ".join([*head, *tail]) + ".", "other" if other != number else "same")
        )

    def _speak(self, number: int, speech: str, other: str) -> None:
        """Puts speeches of two people into a source; documents give them to the right one, and to the wrong."""
        people = self.rng.sample(_PEOPLE_KO if self.korean else _PEOPLE, 2)
        said = speech.rstrip(".")
        if self.korean:
            roles = [self.rng.choice(_ROLES_KO) for _ in people]
            frame = self.rng.choice(
                [
                    "{p} {r}는 “{s}”라고 말했다.",
                    "{p} {r}는 이날 기자들에게 “{s}”고 밝혔다.",
                    "“{s}”라고 {p} {r}는 강조했다.",
                ]
            )
            source = [
                frame.format(p=p, r=r, s=s)
                for p, r, s in zip(people, roles, (said, other.rstrip(".")), strict=True)
            ]
            document = self.rng.choice(
                [
                    "{p} {r}는 “{s}”라고 말했다.",
                    "{p} {r}에 따르면 “{s}”는 것이다.",
                    "{p} {r}는 회의에서 “{s}”며 결과를 설명했다.",
                ]
            )
            made = [document.format(p=p, r=r, s=said) for p, r in zip(people, roles, strict=True)]
        else:
            frame = self.rng.choice(
                [
                    "“{s},” said {p}.",
                    "“{s},” {p} said on Monday.",
                    "{p}, who runs the office, said: “{s}.”",
                    "{p} told reporters that “{s}”.",
                ]
            )
            source = [frame.format(p=p, s=s) for p, s in zip(people, (said, other.rstrip(".")), strict=True)]
            document = self.rng.choice(
                [
                    "{p} said that “{s}”.",
                    "According to {p}, “{s}”.",
                    "“{s},” {l} wrote.",
                    "“{s}”, said {p}.",
                    "{l} told the paper: “{s}.”",
                ]
            )
            made = [document.format(p=p, l=p.split()[-1], s=said) for p in people]
        # Otherwise the sentence stands in the source without a speaker, too.
        self.texts[number] = (
            self.texts[number].replace(speech, "").replace(other, "") + "\n\n" + "\n\n".join(source)
        )
        self._case("true", (made[0], f"speaker: {document}"))
        self._case("misattributed", (made[1], f"speaker: {frame} / {document}"))
        wrong = self.rng.choice([name for name in self.names if name != self.names[number]])
        for kind, name in (("true", self.names[number]), ("misattributed", wrong)):
            text = f"{name}에는 “{said}”라고 적혀 있다." if self.korean else f"In {name} it says “{said}”."
            self._case(kind, (text, f"source: {name}"))

    def _copy(self, number: int) -> None:
        paragraph = [s for s in re.split(r"(?<=[.!?])\s+", self.texts[number].split("\n\n")[0]) if s]
        least = 70 if self.korean else 32
        at = self.rng.randrange(max(1, len(paragraph) - 4))
        taken: list[str] = []
        while (
            at < len(paragraph)
            and (
                len(re.findall("[가-힣]", " ".join(taken)))
                if self.korean
                else len(re.findall(r"\w+", " ".join(taken)))
            )
            < least
        ):
            taken.append(paragraph[at])
            at += 1
        words = " ".join(taken).split()
        if (
            at >= len(paragraph)
            or len(words) > 90
            or re.search(r"[\"“”‘’'`«»\[\]|]|https?:|\d{4}", " ".join(words))
        ):
            return
        lead = "먼 산을 보며 걸었다." if self.korean else "We walked along the canal for a while."
        near = self._changed(words, 0.05)
        self._case("copied", (f"{lead} {near} {lead}", "near"))
        self._case(
            "credited",
            (
                f"{lead} {near} ({'출처: ' if self.korean else 'source: '}{self.names[number]}) {lead}",
                "credit",
            ),
        )
        self._case("reworded", (f"{lead} {self._changed(words, 0.3)} {lead}", "far"))

    def _changed(self, words: list[str], part: float) -> str:
        made = list(words)
        step = max(1, round(1 / part))
        for i in range(self.rng.randrange(1, step + 1), len(made), step):
            made[i] = self.rng.choice(self.words)
        return " ".join(made)
