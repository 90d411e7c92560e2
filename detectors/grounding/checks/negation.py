"""Negation, quantifiers and hedges that stand in the claim and not in the passage, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.detectors.grounding.checks.conflict import Conflict
from auditor.detectors.grounding.checks.words import Pairing, Word, words

_NEAR = 0.6  # least share of the claim's content words that the sentence must have
_AHEAD = 4  # words that an English negation reaches over
_NEGATORS = frozenset(
    ["not", "no", "never", "neither", "nor", "without", "none", "nobody", "nothing", "cannot", "unable"]
)
_LACKING = re.compile(r"(?:lack|fail|refus|den(?:y|ied)|absen)\w*", re.IGNORECASE)
_NOT_NEGATING = re.compile(
    r"not (?:only|just|merely|necessarily|least|to mention|unlike\w*|un\w{5,})"
    r"|no (?:doubt|less|more than|later than|fewer)|No\. ?\d"
    r"|whether or not|why not|if not",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.;:!?()]|, (?:but|and|while|although|whereas)\b")
_KOREAN = re.compile(r"[가-힣]")
_KOREAN_BEHIND = re.compile(r"않|못하|못했|못한|못해|없|아니|아닌|아닐|아님|불가능")
_KOREAN_AHEAD = frozenset(("안", "못"))
_KOREAN_NOT_NEGATING = re.compile(
    r"(?:뿐(?:만)? 아니라|지 않을 수 없|수밖에 없|못지않|다름없|틀림없|끊임없|빠짐없|상관없|관계없)"
)


@dataclass(frozen=True, slots=True)
class Negation:
    """A word that negates, and the words that it reaches.

    Attributes:
        start: Offset of the negating word.
        end: Offset one past its last character.
        reach: Indices of the content words that are negated.
    """

    start: int
    end: int
    reach: tuple[int, ...]


@lru_cache(maxsize=4096)
def negations(text: str) -> tuple[Negation, ...]:
    """The negations of a sentence, English and Korean."""
    found = words(text)
    idle = [m.span() for p in (_NOT_NEGATING, _KOREAN_NOT_NEGATING) for m in p.finditer(text)]
    return tuple(
        negation
        for i, word in enumerate(found)
        if not any(start <= word.start < end for start, end in idle)
        and (negation := _negation(text, found, i)) is not None
    )


def _negation(text: str, found: Sequence[Word], i: int) -> Negation | None:
    word = found[i]
    folded = word.text.casefold().replace("’", "'")
    if folded in _NEGATORS or folded.endswith("n't") or _LACKING.fullmatch(folded):
        reach = _ahead(text, found, i)
    elif _KOREAN_BEHIND.search(folded):
        inside = (i,) if not _KOREAN_BEHIND.match(folded) else ()
        reach = inside + tuple(j for j in range(max(i - 2, 0), i) if found[j].content)
    elif folded in _KOREAN_AHEAD and i + 1 < len(found):
        reach = (i + 1,)
    else:
        return None
    return Negation(word.start, word.end, reach) if reach else None


def _ahead(text: str, found: Sequence[Word], i: int) -> tuple[int, ...]:
    stop = _CLAUSE_END.search(text, found[i].end)
    end = stop.start() if stop else len(text)
    reached = [j for j in range(i + 1, len(found)) if found[j].start < end and found[j].content]
    return tuple(reached[:_AHEAD])


def negation_conflicts(claim: str, sentence: str, pairing: Pairing) -> Iterator[Conflict]:
    """A negation that only one side has, over a word that both have."""
    ours, theirs = negations(claim), negations(sentence)
    if bool(ours) == bool(theirs):
        return
    to_source = dict(pairing.pairs)
    if pairing.coverage < _NEAR and not any(_there(pairing, n, to_source) for n in ours):
        return
    to_claim = {j: i for i, j in pairing.pairs}
    for negation in ours:
        shared = _first(pairing.claim, negation.reach, to_source)
        if shared:
            there = pairing.source[shared[0]]
            said = claim[negation.start : negation.end]
            yield Conflict(
                "negation",
                (negation.start, negation.end),
                (there.start, there.end),
                f"the claim negates (“{said}”), the source does not",
                0.85,
            )
            return
    for negation in theirs:
        shared = _first(pairing.source, negation.reach, to_claim)
        if shared:
            here = pairing.claim[shared[0]]
            said = sentence[negation.start : negation.end]
            yield Conflict(
                "negation",
                (here.start, here.end),
                (negation.start, negation.end),
                f"the source negates (“{said}”), the claim does not",
                0.85,
            )
            return


def _there(pairing: Pairing, negation: Negation, to_source: dict[int, int]) -> bool:
    """Whether the claim says “책 100권이 없다” where the source has “책 100권이 있고”, whatever else they say."""
    partners = [to_source.get(k) for k in negation.reach]
    last = partners[-1] if len(partners) > 1 and None not in partners else None
    return last is not None and any(
        word.stem.startswith("있") for word in pairing.source[last + 1 : last + 2]
    )


def _first(row: Sequence[Word], reach: Sequence[int], partner: dict[int, int]) -> list[int]:
    """The partner of the word that is negated: “did not rise last year” negates neither “last” nor “year”."""
    behind = [k for k in reach if not row[k].text.endswith("ly")]
    if row and behind and _KOREAN.search(row[behind[0]].text):
        return [partner[k] for k in behind if k in partner]
    return [partner[k] for k in behind[:1] if k in partner]


# From the strongest to the weakest. What a claim says of all, a source must not say of some.
_QUANTITY = (
    (
        3,
        re.compile(
            r"\b(?:all|every|each|always|entirely|completely|everyone|everybody|both)\b|모든|모두|전부|항상|언제나|전원|누구나|매번",
            re.I,
        ),
    ),
    (
        2,
        re.compile(
            r"\b(?:most|mostly|majority|usually|generally|largely|mainly)\b|대부분|대다수|대체로|과반|주로|보통",
            re.I,
        ),
    ),
    (
        1,
        re.compile(
            r"\b(?:some|several|sometimes|occasionally|partly|partially|a few|certain)\b|일부|몇몇|때때로|가끔|부분적",
            re.I,
        ),
    ),
    (0, re.compile(r"\b(?:none|never|nobody|no one)\b|전혀|아무도|결코", re.I)),
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|possibl[ey]|perhaps|probabl[ey]|likely|suggests?|suggested|appears?|appeared|seems?|seemed|potential(?:ly)?|preliminary|allegedly"
    r"|reportedly|estimated|expected|planned|plans|proposed|tentative(?:ly)?|unclear|uncertain|hypothesi[sz]ed|believed|hopes?|aims?)\b"
    r"|수 있|수도 있|가능성|것으로 보|것으로 추정|것으로 예상|추정|예상|전망|듯하|듯한|잠정|계획|예정|검토|시사",
    re.IGNORECASE,
)
_CERTAIN = re.compile(
    r"\b(?:prove[sdn]?|proof|definitely|certainly|undoubtedly|conclusively|confirm(?:s|ed)?|establish(?:es|ed)|guarantee[sd]?|always|will)\b"
    r"|확실|입증|증명|확인됐|확인되었|틀림없|분명히|반드시|보장",
    re.IGNORECASE,
)


def quantifier_conflicts(claim: str, sentence: str, pairing: Pairing) -> Iterator[Conflict]:
    """``all`` in the claim where the source has ``some`` or ``most``; ``some`` for ``none``."""
    if pairing.coverage < _NEAR:
        return
    ours, theirs = _quantity(claim), _quantity(sentence)
    if ours is None or theirs is None:
        return
    (rank, mine), (other, its) = ours, theirs
    if rank > other and other > 0:
        kind, against = "overstated", 0.6
    elif 0 in (rank, other) and rank != other:
        kind, against = "opposite", 0.8
    else:
        return
    told = "says more than" if kind == "overstated" else "says the opposite of"
    yield Conflict(
        "quantifier",
        mine.span(),
        its.span(),
        f"“{mine.group()}” {told} the source’s “{its.group()}”",
        against,
    )


def _quantity(text: str) -> tuple[int, re.Match[str]] | None:
    found = [(rank, match) for rank, pattern in _QUANTITY if (match := pattern.search(text))]
    return found[0] if len(found) == 1 else None


def hedge_conflicts(claim: str, sentence: str, pairing: Pairing) -> Iterator[Conflict]:
    """The source is careful, the claim is certain."""
    if pairing.coverage < _NEAR:
        return
    careful = _HEDGE.search(sentence)
    if careful is None or _HEDGE.search(claim):
        return
    certain = _CERTAIN.search(claim)
    if certain and not _CERTAIN.search(sentence):
        yield Conflict(
            "hedge",
            certain.span(),
            careful.span(),
            f"the claim is certain (“{certain.group()}”), the source is not (“{careful.group()}”)",
            0.5,
        )
        return
    hedged = [
        j
        for j in pairing.only_source()
        if pairing.source[j].start >= careful.start() and pairing.source[j].end <= careful.end()
    ]
    if hedged and pairing.coverage >= 0.8:
        yield Conflict(
            "hedge",
            (0, len(claim)),
            careful.span(),
            f"the source says it with a reservation (“{careful.group()}”), the claim without",
            0.3,
        )
