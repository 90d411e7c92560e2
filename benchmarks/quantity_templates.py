"""Sentences with slots for quantities, in English and Korean, for ``benchmarks.quantities``."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from auditor.quantities.wordlist import words as listed

TEMPLATES = {
    "en": (
        "The survey reached {n3} households in {month} {year}, of which {pct}% had a garden.",
        "The museum, which opened on {month} {day}, {year}, drew {n6} visitors in its first season.",
        "Construction of the bridge cost ${dec} million and took {small} years.",
        "The lake lies {n2} km north of the town and covers {n2} square kilometres.",
        "A total of {n2} patients received {n2} mg of the drug for {small} weeks.",
        "Its population rose to {dec} million in {year}.",
        "The train leaves at {hour}:{minute} pm and arrives {n2} minutes later.",
        "She published {small} novels before moving to Lisbon in {year}.",
        "The reservoir holds {n6} litres, or about {pct} percent of the region's needs.",
        "On {day} {month} {year} the council approved a budget of £{dec}m.",
        "The route is {n2} miles long and climbs {n3} feet.",
        "The company employs {n6} people in {small} countries.",
        "Unemployment stood at {pct}% in {month} {year}.",
        "The {n2}th edition listed {n3} species of moss.",
        "The parcel weighed {n2} kg and arrived after {small} days.",
    ),
    "ko": (
        "이 조사에는 {n3}명이 참여했고 그중 {pct}%가 정원을 가지고 있었다.",
        "박물관은 {year}년 {mon}월 {day}일에 문을 열어 첫해에 {n6}명을 맞았다.",
        "다리 건설에는 {n3}억 원이 들었고 {small}년간 이어졌다.",
        "호수는 마을에서 북쪽으로 {n2}km 떨어져 있다.",
        "환자 {n2}명이 {small}개월 동안 약을 먹었다.",
        "도시 인구는 {year}년에 {n2}만 명으로 늘었다.",
        "기차는 오후 {hour}시 {minute}분에 출발해 {small}시간 뒤에 도착한다.",
        "그는 {year}년 이전에 소설 {small}권을 펴냈다.",
        "실업률은 {mon}월에 {pct}퍼센트였다.",
        "회사는 {n3}만 원을 들여 기계 {small}대를 샀다.",
        "대표팀은 대회에서 {small}위에 올랐고 관중 {n6}명이 지켜봤다.",
    ),
}
MONTHS = listed("January February March April May June July August September October November December")
_SLOTS: dict[str, Callable[[random.Random], str]] = {
    "n2": lambda r: str(r.randint(21, 98)),
    "n3": lambda r: str(r.randint(110, 989)),
    "n6": lambda r: f"{r.randint(1200, 899999):,}",
    "small": lambda r: str(r.randint(2, 9)),
    "pct": lambda r: r.choice([str(r.randint(3, 97)), f"{r.uniform(1, 97):.1f}"]),
    "dec": lambda r: f"{r.uniform(1.1, 98):.1f}",
    "year": lambda r: str(r.randint(1890, 2023)),
    "month": lambda r: r.choice(MONTHS),
    "mon": lambda r: str(r.randint(1, 12)),
    "day": lambda r: str(r.randint(1, 28)),
    "hour": lambda r: str(r.randint(1, 11)),
    "minute": lambda r: f"{r.randint(10, 59)}",
}


def fill(template: str, chance: random.Random) -> str:
    """A sentence with every slot filled at random."""
    return re.sub(r"\{(\w+)\}", lambda slot: _SLOTS[slot[1]](chance), template)
