"""Korean clauses: by the connective endings that kiwipiepy finds, or by the endings' letters without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from auditor.detectors.grounding.clauses import Clause, allowed, trimmed

Token = Any
_ENDINGS = frozenset({"고", "며", "으며", "지만", "는데", "은데", "ㄴ데", "ᆫ데", "으나", "나"})
_CONDITIONS = frozenset(
    {
        "면",
        "으면",
        "거든",
        "어야",
        "아야",
        "라면",
        "ᆫ다면",
        "는다면",
        "다면",
        "더라도",
        "어도",
        "아도",
        "려면",
        "으려면",
    }
)
_MOMENTS = frozenset({"자", "자마자", "니", "으니", "니까", "으니까"})
_LIGHT = frozenset({"않", "못하", "말", "앞두", "두", "놓", "가지", "데리", "보", "들", "무릅쓰", "막론하"})
"""Verbs whose -고 is not "and": 않고, 앞두고, 가지고."""
_FAR = " "
"""Stands for a subject that is there but too far off to be repeated."""
_REPORTED = re.compile(
    r"(?:다|라|자|냐)고 \S{1,10}(?:다|요|음|함)[.!”\"]*$"
    r"|(?:다|라|자|냐)(?:며|면서) \S{1,12}(?:다|요)[.!]*$|(?:다고|라고) (?:한다|했다|합니다|했습니다|전했다)"
)
_TOPIC = re.compile(r"^[^,]{1,40}?[가-힣)\w](?<!지)(?:은|는|께서는|에서는)(?= )")


@cache
def analyser() -> Callable[[Sequence[str]], list[list[Token]]] | None:
    """Morphemes of many sentences, or None where kiwipiepy is not installed."""
    from auditor.detectors.grounding import language

    kiwi = language.kiwi()
    if kiwi is None:
        return None
    return lambda texts: [list(tokens) for tokens in kiwi.tokenize(list(texts))]


def by_morphemes(text: str, tokens: Sequence[Token]) -> list[Clause]:
    """Clauses of an analysed sentence.

    Args:
        text: The sentence.
        tokens: kiwipiepy's tokens of it.
    """
    if _REPORTED.search(text) or not any(token.tag == "EF" for token in tokens[-4:]):
        return [Clause(0, len(text))]
    places: list[tuple[int, int]] = []
    for n, token in enumerate(tokens):
        if token.tag == "EC" and token.form in _CONDITIONS:
            break
        if token.tag != "EC" or token.form not in _ENDINGS or n == 0 or n + 1 >= len(tokens):
            continue
        end = token.start + token.len
        if not re.match(r",?\s", text[end : end + 2]) or tokens[n + 1].tag in ("VX", "EC", "SF"):
            continue
        if _bound(text, tokens, n):
            continue
        if not places and not (_named(text, 0, tokens[:n], "JX") or _named(text, 0, tokens[:n], "JKS")):
            continue  # nobody is named who could do both
        places.append((end, n))
    return _pieces(text, tokens, places)


def _bound(text: str, tokens: Sequence[Token], n: int) -> bool:
    """Whether the ending only leads up to another verb: 않고, 앞두고, or both verbs stand before one noun."""
    before = tokens[n - 1]
    if before.form in _LIGHT and before.tag in ("VV", "VX"):
        return True
    if before.tag == "EP" or text[tokens[n].start + tokens[n].len :].startswith(","):
        return False
    after = list(tokens[n + 1 :])
    last = next((k for k, token in enumerate(after) if token.tag in ("EF", "EC", "ETM", "ETN")), len(after))
    if last < len(after) and after[last].form in _CONDITIONS | _MOMENTS:
        return True
    named = any(token.tag in ("JKS", "JX") for token in after[:last])
    joins = last < len(after) and (after[last].tag == "EF" or after[last].form in _ENDINGS)
    if not named and not joins:
        return True
    if tokens[n].form != "고" or before.tag in ("VCP", "VA", "XSA"):
        return False
    return not any(token.tag in ("JKO", "JKS", "JX") for token in after[:last])


def _pieces(text: str, tokens: Sequence[Token], places: Sequence[tuple[int, int]]) -> list[Clause]:
    whole = [Clause(0, len(text))]
    places = [place for place in places if allowed(text, [place[0]])]
    kept, start = [], 0
    for end, n in places:
        if _long(text[start:end]) and _long(text[end:]):
            kept.append((end, n))
            start = end
    if not kept:
        return whole
    bounds = [(0, -1), *kept, (len(text), len(tokens) - 1)]
    found: list[Clause] = []
    topic = lead = ""
    for (low, first), (high, last) in pairwise(bounds):
        part = tokens[first + 1 : last + 1]
        own_topic, own_subject = _named(text, low, part, "JX"), _named(text, low, part, "JKS")
        apart = (
            bool(own_subject) and text[low : low + 1] == ","
        )  # after a comma a subject of its own is a new one
        needs = "" if own_topic or apart or not found else topic.strip()
        if found and not needs and not own_topic and not own_subject:
            needs = lead
        found.append(trimmed(text, low, high, needs))
        topic = own_topic or topic
        lead = (own_topic or own_subject or lead).strip()
    if any(not clause.lead and n and not _named_at_all(tokens, bounds, n) for n, clause in enumerate(found)):
        return whole
    return found


def _named_at_all(tokens: Sequence[Token], bounds: Sequence[tuple[int, int]], n: int) -> bool:
    part = tokens[bounds[n][1] + 1 : bounds[n + 1][1] + 1]
    return any(token.tag in ("JKS", "JX") for token in part)


def _named(text: str, low: int, part: Sequence[Token], tag: str) -> str:
    """What a clause is about: from its start to the particle, empty where there is none or it stands far off."""
    wanted = ("은", "는", "ᆫ", "도", "조차", "마저") if tag == "JX" else ("이", "가", "께서")
    for n, token in enumerate(part):
        if token.tag != tag or token.form not in wanted or n == 0 or part[n - 1].tag in ("JKB", "EC", "ETN"):
            continue
        if tag == "JKS" and _in_relative(part[n:]):
            continue  # the subject of a relative clause
        named = text[low : token.start + token.len].strip(" ,")
        return named if len(named) <= 40 else _FAR
    return ""


def _in_relative(rest: Sequence[Token]) -> bool:
    """Whether a subject belongs to a verb that stands before a noun: 외벽이 있는 자실체."""
    for verb, token, noun in zip(rest, rest[1:], [*rest[2:], None], strict=False):
        if token.tag in ("EF", "EC"):
            return False
        if token.tag == "ETN":
            return True
        if token.tag == "ETM" and verb.tag != "VCP":
            return noun is None or noun.tag != "NNB"
    return False


def _long(piece: str) -> bool:
    return len(piece.split()) >= 2 and len(re.sub(r"\s", "", piece)) >= 7


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(
        r"(?:[었았했였됐렸졌왔갔났](?:고|으며|지만|으나|는데)|[가-힣](?:이|하|되)(?:며|지만)"
        r"|(?:이|있|없)고|[가-힣]지만|인데)(?=,? )"
    )


def by_rules(text: str) -> list[Clause]:
    """Clauses by the letters of the endings, where no analyser is installed."""
    whole = [Clause(0, len(text))]
    if _REPORTED.search(text) or re.search(r"(?:으면|려면|다면|라면|[가-힣]면)(?=,? )", text):
        return whole
    places = [
        m.end() for m in _ending().finditer(text) if not re.match(r",? (?:있|없|싶|않)", text[m.end() :])
    ]
    places = [place for place in places if allowed(text, [place])]
    pieces: list[Clause] = []
    start, topic = 0, ""
    for place in [*places, len(text)]:
        piece = text[start:place]
        if not _long(piece) or (place < len(text) and not _long(text[place:])):
            continue
        own = _TOPIC.match(piece.strip(" ,"))
        pieces.append(trimmed(text, start, place, "" if own or not pieces else topic))
        topic = own.group() if own else topic
        start = place
    if len(pieces) < 2 or pieces[-1].end < len(text.rstrip()):
        return whole
    if any(not p.lead and n and not _TOPIC.match(text[p.start : p.end]) for n, p in enumerate(pieces)):
        return whole
    return pieces
