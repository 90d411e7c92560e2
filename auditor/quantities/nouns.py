"""What a number counts: "48 elderly patients" counts patients, 48명 counts 명."""

from __future__ import annotations

import re
from functools import cache

from auditor.quantities.korean import COUNTERS
from auditor.quantities.units import ends_word
from auditor.quantities.wordlist import names, words

STOP = frozenset(
    words(
        "a about according across after against ago all also although among an and are around as at "
        "be became because been before began being between both but by came can compared could did "
        "died do does down during each earlier every fewer for from had has have he her his if in "
        "including into is it its just later left less lost made may might minus more must my no nor "
        "not now of off on only or other others our out over per plus remain remained respectively "
        "said says scored shall she should since so than that the their then these they this those "
        "though through times to took under until up versus via vs was went were when where which "
        "while who whom whose will with within without won would your "
    )
)
_IRREGULAR = names(
    {
        "person": "people, persons, individuals",
        "man": "men",
        "woman": "women",
        "child": "children",
        "foot": "feet",
        "mouse": "mice",
        "tooth": "teeth",
        "wife": "wives",
        "life": "lives",
        "criterion": "criteria",
        "species": "species",
        "series": "series",
        "aircraft": "aircraft",
        "sheep": "sheep",
        "fish": "fish",
        "police": "police",
        "data": "data",
        "staff": "staff",
        "personnel": "personnel",
    }
)
_SAME = names(
    {
        "person": "명, 사람, 인, 분",
        "time": "번, 회, 차례",
        "book": "권",
        "animal": "마리",
        "goal": "골",
        "point": "점",
        "year": "년",
        "country": "개국, 나라, 국가, 국",
        "place": "곳, 군데",
        "school": "학교",
        "city": "도시",
        "household": "가구",
        "game": "경기",
        "team": "팀",
    }
)
_WORD = re.compile(r"[\s\u00a0-]{1,2}([A-Za-z][A-Za-z'’]+(?:-[A-Za-z]+)*)")
_OF = re.compile(r"\s+of\s+(?:the|these|those|all|its|their|his|her|our)\s+(?=[a-z])")


@cache
def _counters() -> re.Pattern[str]:
    counters = sorted(
        set(COUNTERS) - {"시간", "초", "일", "개월", "년", "주", "달", "해"}, key=len, reverse=True
    )
    return re.compile(r"\s?(" + "|".join(counters) + ")")


def counter_at(text: str, place: int) -> tuple[str, int] | None:
    """The Korean counter at ``place`` and the offset after it."""
    match = _counters().match(text, place)
    if match is None or not ends_word(text, match.end()):
        return None
    return _SAME.get(match[1], match[1]), match.end()


def noun_at(text: str, place: int) -> str:
    """The counted noun that follows ``place`` in English, in lower case and the singular; empty if there is none."""
    of = _OF.match(text, place)
    if of:
        place = of.end() - 1
    first = ""
    for _ in range(4):
        match = _WORD.match(text, place)
        if match is None:
            break
        word = match[1].lower()
        if word in STOP:
            break
        if is_plural(word):
            return singular(word)
        first = first or word
        place = match.end()
    return first if first and not first.endswith(("ly", "ed", "ing")) else ""


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    return word in _IRREGULAR or (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s"))
    )


def singular(word: str) -> str:
    """A noun in the singular, near enough to compare by."""
    word = word.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not is_plural(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1]
