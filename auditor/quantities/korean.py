"""Korean numerals: 3만 5천, 1조 2,000억, 삼십오, 서른다섯, 3분의 1, 절반, 두 배, 제3, 세 번째."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from auditor.quantities.model import Reading
from auditor.quantities.numerals import Atom, exact
from auditor.quantities.units import ends_word
from auditor.quantities.wordlist import words

_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
_DIGITS = {c: v for v, c in enumerate("영일이삼사오육칠팔구")} | {"공": 0, "육": 6, "륙": 6}
_NATIVE_ONES = {c: v for v, c in enumerate(words("하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉"), 1)}
_NATIVE_ONES |= {"한": 1, "두": 2, "세": 3, "네": 4, "석": 3, "넉": 4}
_NATIVE_TENS = {c: 10 * v for v, c in enumerate(words("열 스물 서른 마흔 쉰 예순 일흔 여든 아흔"), 1)} | {
    "스무": 20
}
COUNTERS = words(
    "명 사람 분 개 권 마리 대 살 세 번 차례 회 건 곳 가지 장 잔 병 채 척 송이 그루 쌍 켤레 벌 자루 통 "
    "편 점 골 표 군데 종 종류 단계 층 호 위 등 배 달 주 해 시간 초 일 개월 년 가구 학교 나라 국가 국 "
    "개국 팀 경기 승 패 무 연패 연승 안타 홈런 과목 학년 학기 차 세대 곡 줄 쪽 페이지 자리 석 갑 포기 알 "
    "끼 모금 걸음 조각 방울 그릇 접시 상자 봉지 박스 가닥 형제 자매 남매 도시 여자 남자 아이 자녀 친구 아들 "
    "딸 "
)
_SINO_AFTER = words(
    "년 년간 개월 개월간 일 일간 주 주간 분 분간 초 시간 시 명 개 개국 퍼센트 프로 원 달러 유로 엔 위안 층 "
    "호 위 등 번 세 권 장 대 회 건 배 톤 킬로미터 킬로그램 킬로 미터 센티미터 그램 리터 도 평 쪽 페이지 "
    "세기 점 표 인 곳 가구 차 학년 마리 종 척 편 여 "
)
# 이 is "this", 일 "work", 사 "company": a digit word alone must be one that reads no other way before its unit.
_SINO_ALONE = (
    r"(?:[삼사오육칠팔구](?=\s?(?:년|개월|퍼센트|프로|주간|층|학년|킬로미터|미터|톤))"
    r"|[일이](?=\s?(?:개월|퍼센트|년간)))"
)


@cache
def _mixed() -> re.Pattern[str]:
    # 10 at most of each: "1조 2,000억 3만 5천 600".
    number = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
    return re.compile(
        rf"(?<![A-Za-z0-9.,])(?:{number})\s?(?:[십백천](?!\s?(?:분의"
        rf"|의\b))(?![가-힣]{{2}}(?<=천[가-힣]{{2}})(?!원|명|만|억|여|달))|[만억조경])"
        rf"(?:\s?(?:{number})?\s?[십백천만억조경](?![가-힣]*의\s))*(?:\s?(?:\d,\d{{3}}|\d{{1,4}})(?![\d.,]*[\d년월]))?",
        re.ASCII,
    )


@cache
def _words() -> re.Pattern[str]:
    sino = "[일이삼사오육칠팔구십백천만억조영공륙]"
    ones = "|".join(sorted(_NATIVE_ONES, key=len, reverse=True))
    tens = "|".join(sorted(_NATIVE_TENS, key=len, reverse=True))
    counters = "|".join(sorted(set(COUNTERS), key=len, reverse=True))
    after = "|".join(sorted(set(_SINO_AFTER), key=len, reverse=True))
    return re.compile(
        rf"(?<![가-힣A-Za-z0-9])(?:"
        rf"(?P<share>(?P<below>\d+|[이삼사오육칠팔구십백]|십[일이삼사오육칠팔구])\s?분의\s?(?P<above>\d+|[일이삼사오육칠팔구]))"
        rf"|(?P<half>절반|반수)"
        rf"|(?:약\s?)?(?P<sino>{sino}*[십백천만억조]{sino}*)(?=\s?(?:여\s?)?(?P<unit>{after}))"
        rf"|(?P<native>(?:{tens})(?:{ones})|(?:{tens})(?=\s?(?:{counters}))"
        rf"|(?:{ones})(?=\s?(?:{counters}))|다섯|여섯|일곱|여덟|아홉|스물|서른|마흔|쉰|예순|일흔|여든|아흔)"
        rf"|(?P<alone>{_SINO_ALONE}))"
    )


def triggers(text: str) -> bool:
    """Whether the text may hold a Korean numeral without digits."""
    return _trigger().search(text) is not None


@cache
def _trigger() -> re.Pattern[str]:
    return re.compile(
        r"(?<![가-힣])(?:[일이삼사오육칠팔구십백천만억조영공한두세네석넉]|다섯|여섯|일곱|여덟|아홉|열|스[물무]|서른|마흔|쉰|예순|일흔|여든|아흔|절반|반수)"
        r"|번째|[월화수목금토]요일|일요일|정오|자정"
    )


def korean_atoms(text: str) -> list[Atom]:
    """The Korean numerals, left to right; a digit word alone counts only before a counter or unit."""
    atoms = []
    for match in _mixed().finditer(text):
        value, step = mixed_value(match.group())
        end = match.start() + len(match.group().rstrip())
        atoms.append(Atom(match.start(), end, (Reading(value, value, step),), "korean"))
    for match in _words().finditer(text):
        atom = _word_atom(text, match)
        if atom:
            atoms.append(atom)
    return sorted(atoms, key=lambda atom: atom.start)


def _word_atom(text: str, match: re.Match[str]) -> Atom | None:
    if match["share"]:
        below, above = (int(p) if p.isdigit() else int(_sino(p)) for p in (match["below"], match["above"]))
        return Atom(*match.span("share"), exact(Fraction(above, below)), "fraction") if below else None
    if match["half"]:
        return Atom(*match.span("half"), exact(Fraction(1, 2)), "fraction")
    if match["sino"]:
        return _sino_atom(text, match)
    if match["alone"]:
        start, end = match.span("alone")
        return Atom(start, end, (_whole(_DIGITS[match["alone"]]),), "korean")
    return _native_atom(text, match)


def _sino_atom(text: str, match: re.Match[str]) -> Atom | None:
    word, unit = match["sino"], match["unit"]
    # 만 명 and 천 원 are numbers, 만 대 and 조 개 seldom.
    if len(word) == 1 and (
        word not in "십백천만억" or unit not in ("명", "원", "달러", "년", "개", "권", "마리", "톤", "배")
    ):
        return None
    if not ends_word(text, match.end("unit")):
        return None
    value = _sino(word)
    scale = next((v for c, v in (_LARGE | _SMALL).items() if word.endswith(c)), 1)
    return Atom(
        *match.span("sino"), (Reading(value, value, Fraction(scale if scale >= 1000 else 1)),), "korean"
    )


@cache
def _counter() -> re.Pattern[str]:
    return re.compile(r"\s?(?:여\s?)?(" + "|".join(sorted(COUNTERS, key=len, reverse=True)) + r")(?:째)?")


# 한 번, 한 사람, 한 가지, 한 해 say "once", "a person"; 한 명 and 한 달 are counts.
_NOT_AFTER_ONE = words("번 사람 가지 해 곳 줄 차례 장 분 대 차 점 때 편 나라 국가 팀 국 등 층 알")
_CLEAR = words("다섯 여섯 일곱 여덟 아홉")


def _native_atom(text: str, match: re.Match[str]) -> Atom | None:
    start, end = match.span("native")
    word = match["native"]
    counter = _counter().match(text, end)
    ordinal = counter is not None and counter.group().endswith("째")
    ended = counter is not None and (ordinal or ends_word(text, counter.end(1)))
    if not ended and (word not in (*_CLEAR, *_NATIVE_TENS) or not ends_word(text, end)):
        return None
    if word == "한" and counter and counter[1] in _NOT_AFTER_ONE and not ordinal:
        return None
    joined = text[end : end + 1] not in (" ", "")
    if (
        word in ("세", "네", "두", "한")
        and joined
        and counter
        and counter[1] in "대등무패승차호점편곳국주일포알줄"
    ):
        return None
    value = _native(word)
    return Atom(start, end, (_whole(value),), "korean") if value else None


def _whole(value: int) -> Reading:
    return Reading(Fraction(value), Fraction(value), Fraction(1))


def _native(word: str) -> int:
    total = 0
    for tens, value in _NATIVE_TENS.items():
        if word.startswith(tens):
            total, word = value, word[len(tens) :]
            break
    return total + (_NATIVE_ONES.get(word, 0) if word else 0)


def _sino(word: str) -> Fraction:
    if not any(c in _SMALL or c in _LARGE for c in word):
        return Fraction(int("".join(str(_DIGITS[c]) for c in word)))
    return mixed_value(re.sub("[영공일이삼사오육륙칠팔구]", lambda m: str(_DIGITS[m.group()]), word))[0]


def mixed_value(printed: str) -> tuple[Fraction, Fraction]:
    """Value of digits with 십, 백, 천, 만, 억, 조, and the size of its last place: 1조 2,000억 is known to 억."""
    total = block = Fraction(0)
    step = Fraction(1)
    pending: Fraction | None = None
    for match in re.finditer(r"(\d[\d,]*(?:\.\d+)?)|([십백천만억조경])", printed):
        if match[1]:
            text = match[1].replace(",", "")
            pending = Fraction(text)
            decimals = len(text.partition(".")[2])
            step = Fraction(1, 10**decimals)
        elif match[2] in _SMALL:
            size = _SMALL[match[2]]
            block += (1 if pending is None else pending) * size
            step, pending = step * size if pending is not None else Fraction(size), None
        else:
            size = _LARGE[match[2]]
            block += pending or 0
            total += (block or 1) * size
            step = (step if pending is not None or block else Fraction(1)) * size
            block, pending = Fraction(0), None
    return total + block + (pending or 0), step
