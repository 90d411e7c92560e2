"""Who says what stands between quotation marks, by the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from auditor.documents.spelled import words

REACH = 220
"""How far from a quotation, in characters, the words that attribute it are looked for."""

_SAY = (
    "said|says|say|told|tells|added|adds|wrote|writes|argued|argues|stated|states|explained|explains|noted|notes|insisted"
    "|insists|claimed|claims|admitted|admits|warned|warns|announced|announces|declared|declares|replied|replies|asked|asks"
    "|recalled|recalls|remarked|remarks|commented|comments|concluded|concludes|observed|observes|acknowledged|acknowledges"
    "|tweeted|tweets|testified|testifies|quipped|joked|pointed out|points out|maintained|maintains|continued|continues"
    "|suggested|suggests|reported|reports|confirmed|confirms|promised|promises"
)
_NAME = (
    r"(?P<name>(?-i:(?:[A-ZÀ-Þ][\w.’'-]{0,30})(?:\s(?:of|the|de|la|van|von|der|den|bin|al|and|for)(?=\s[A-ZÀ-Þ])"
    r"|\s[A-ZÀ-Þ][\w.’'-]{0,30}){0,7}))"
)
_ASIDE = r"(?:\s?[,(][^,.;:()“”\"]{1,90}[,)])?"
_HELPER = r"(?:\s(?:has|had|have|was|also|then|later|once|recently|reportedly|\w{2,15}ly|who|quoted as)){0,3}"
_KO_NAME = r"(?P<name>[가-힣A-Za-z·]{1,20}(?:\s[가-힣A-Za-z·]{1,20}){0,3}?)"
_KO_SAY = (
    r"(?:말|밝|강조|설명|전|주장|덧붙|지적|답|적|썼|쓴|언급|발표|경고"
    r"|비판|평가|반박|토로|약속|인정|호소|역설|외|물)"
)
_PRONOUNS = frozenset(
    words(
        "he she they it we i you who this that these those his her their the a an in on at but and as if when while"
        " there here so then yet also however after before since although according mr mrs ms dr sir prof professor"
        " president prime minister chairman chairwoman chief executive officer director senator judge king queen"
        " prince governor mayor secretary general captain coach manager spokesman spokeswoman spokesperson"
        " former police monday tuesday wednesday thursday friday saturday sunday january february march april may"
        " june july august september october november december one another some many no yes for of"
    )
)
_KO_TITLES = re.compile(
    r"(?:씨|교수|장관|대표|위원장|대변인|연구원|박사|의원|시장|회장|사장|감독|기자|총장|총리|대통령|국장|과장|팀장|소장|원장|이사|변호사|판사|선수"
    r"|부장|실장|본부장|차관|청장|지사|군수|구청장|작가|시인|배우|가수|선생|선생님|님|여사|옹|양|군)$"
)
_KO_FAMILIES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길표명왕옥맹"
)
_KO_BODIES = re.compile(
    r"(?:부|청|은행|위원회|협회|학회|의회|대학교|대학|그룹|전자|연구소|연구원|재단|공사|공단|법원|검찰|경찰|병원|재정부|노조|연맹|연합|신문|일보|방송|통신|당국)$"
)
_KO_VAGUE = frozenset(
    words(
        "그 그는 그녀 이 저 나 우리 누구 관계자 한 이들 그들 이는 대부분 일부 전부 내부 외부 우리당 여당 야당"
        " 또 또한 다만 하지만 그러나 이어 특히 모두 여기 이날 당시"
    )
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who a text gives a quotation to.

    Attributes:
        attributed: Whether the text says at all that someone said or wrote it.
        speaker: The name in the text's own words; None where it is a pronoun, a role, or not there.
        span: Where the name stands, (0, 0) where there is none.
    """

    attributed: bool
    speaker: str | None = None
    span: tuple[int, int] = (0, 0)


@cache
def _after() -> tuple[re.Pattern[str], ...]:
    # “said the company's chief executive, Tim Cook”, but not “said in Paris” or “said of Tim Cook”.
    lower = (
        r"(?:(?!(?:in|at|on|to|after|before|during|from|against|about|when|as|by|with|of|for|while|that|outside|near)\s)"
        r"(?-i:[a-z][\w’'-]*|[A-Z][\w’'-]*[’']s?),?\s){0,7}?"
    )
    return tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            rf"[\s,]*(?:{_SAY})\s{lower}{_NAME}",
            rf"[\s,]*{_NAME}{_ASIDE}{_HELPER}\s(?:{_SAY})\b",
            rf"[\s,]*(?:according to|wrote|in the words of)\s{_NAME}",
            rf"[\s>]*(?:[—–]|--|―)\s*{_NAME}",
            rf"\s*(?:이?라고|이?라며|이?라면서|고|며|면서)\s{_KO_NAME}(?:은|는|이|가)\s(?=[^.“”\"]{{0,40}}{_KO_SAY})",
        )
    )


@cache
def _before() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            rf"{_NAME}{_ASIDE}{_HELPER},?\s(?:{_SAY})(?:\s[\w’' ]{{1,70}})?(?:\sthat)?[\s,:]*\Z",
            rf"(?:according to|in the words of|as)\s{_NAME}{_ASIDE}"
            r"(?:\s(?:put|puts|wrote|writes|said|says)(?:\sit)?)?[\s,:]*\Z",
            rf"(?<![^\n])[ \t*_]*{_NAME}{_ASIDE}\s?:[\s*_]*\Z",
            rf"[”\"'’»]\s(?:{_SAY})\s{_NAME}{_ASIDE}[.,:]\s*\Z",
            rf"[”\"'’»]\s{_NAME}{_ASIDE}{_HELPER}\s(?:{_SAY})[.,:]\s*\Z",
        )
    )


@cache
def _korean_before() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(form)
        for form in (
            rf"(?<![^\s,.]){_KO_NAME}(?:은|는|이|가|도)\s(?:[^.“”\"「」]{{0,60}}[\s,:])?\Z",
            rf"(?<![^\s,.]){_KO_NAME}에\s?(?:따르면|의하면)[,\s](?:[^.“”\"]{{0,40}}\s)?\Z",
        )
    )


@cache
def _said() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    verbs = rf"(?:{_SAY}|according to|quoted|in (?:his|her|their|its) words)"
    return (
        re.compile(rf"[\s,]*(?:[\w’'-]+\s){{0,6}}?{verbs}\b", re.IGNORECASE),
        re.compile(rf"\b{verbs}\b[^.!?“”\"]{{0,70}}\Z", re.IGNORECASE),
        re.compile(r"\s?(?:이?라고|이?라며|이?라면서|이?라는|고|며|면서)(?![가-힣])"),
    )


_STOP = re.compile(r"[.!?。]\s+(?=[^a-z\s])|\n\s*\n|(?<=다)\.\s")


def attribution(text: str, start: int, end: int, low: int, high: int) -> Attribution:
    """Who the text gives the quotation with marks ``text[start:end]`` to.

    Args:
        text: The text around it.
        start: Place of the opening mark.
        end: One past the closing mark.
        low: Nothing before this place belongs to it (start of its paragraph).
        high: Nothing after this place belongs to it.
    """
    high = min(high, end + REACH)
    if stop := _STOP.search(text, end, high):
        high = stop.start() + 1
    low = max(low, start - REACH)
    # “… today.” The minister said: the full stop within the marks ends the sentence.
    ended = text[start:end].rstrip("”\"'’»」』 ")[-1:] == "."
    for pattern in _after()[3 if ended else 0 :]:
        if (match := pattern.match(text, end, high)) and clear(match["name"]):
            return Attribution(True, match["name"].strip(" .,"), match.span("name"))
    sentence = low
    for stop in _STOP.finditer(text, low, start):
        if not _is_title(text, stop.start()):
            sentence = stop.end()
    korean = _said()[2].match(text, end, high)
    if name := _named_before(text, low, sentence, start, bool(korean)):
        return Attribution(True, name["name"].strip(" .,"), name.span("name"))
    said = (
        korean
        or (not ended and _said()[0].match(text, end, high))
        or _said()[1].search(text, sentence, start)
    )
    return Attribution(bool(said))


def _named_before(text: str, low: int, sentence: int, start: int, korean: bool) -> re.Match[str] | None:
    """The name before a quotation that says whose it is.

    Args:
        text: The text.
        low: Start of the stretch that may belong to the quotation.
        sentence: Start of the sentence that the quotation stands in.
        start: Place of the opening mark.
        korean: Whether a Korean particle of quotation follows the closing mark.
    """
    # The patterns for names are slow: they are tried only where a word that attributes is there at all.
    patterns = _before() if _cue().search(text, low, start) else ()
    for i, pattern in enumerate(patterns):
        match = pattern.search(text, sentence if i < 3 else low, start)
        if match and clear(match["name"]):
            return match
    for i, pattern in enumerate(_korean_before()):
        if not (korean or i):
            continue
        match = pattern.search(text, sentence, start)
        if match and clear(match["name"]):
            return match
    return None


@cache
def _cue() -> re.Pattern[str]:
    words = rf"\b(?:{_SAY}|according to|in the words of|as)\b"
    return re.compile(rf"{words}|:[\s*_]*\Z", re.IGNORECASE)


def _is_title(text: str, place: int) -> bool:
    return bool(
        re.search(
            r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|St|Lt|Col|Sgt|[A-Z])\Z", text[max(0, place - 5) : place]
        )
    )


def key(name: str) -> frozenset[str]:
    """The parts of a name that tell who it is: without titles, pronouns and initials, in lower case."""
    found: set[str] = set()
    for word in re.findall(r"[^\W\d_][\w-]*", re.sub(r"[’']s\b", "", name)):
        if "가" <= word[0] <= "힣":
            bare = _KO_TITLES.sub("", word)
            if len(bare) > 1 and bare not in _KO_VAGUE:
                found.add(bare)
            elif len(bare) == 1 and bare != word:
                found.add(bare)  # a family name before a title
        elif word[0].isupper() and len(word) > 1 and word.lower() not in _PRONOUNS:
            found.add(word.lower())
    return frozenset(found)


def clear(name: str) -> bool:
    """Whether a name says which person or organisation it is.

    Korean has no capitals to tell names by: there a person needs a title (김민수 교수, 김 교수), an organisation a word
    for what it is (한국은행, 기획재정부).
    """
    words = re.findall(r"[가-힣]+", name)
    return bool(key(name)) if not words else any(_is_korean_name(words, i) for i in range(len(words)))


def _is_korean_name(words: list[str], i: int) -> bool:
    bare = _KO_TITLES.sub("", words[i])
    titled = bare != words[i] or (i + 1 < len(words) and _KO_TITLES.search(words[i + 1]) is not None)
    person = len(bare) in (1, 3) and bare[:1] in _KO_FAMILIES and titled and bare[-1] not in "자들측"
    return bool(person or (len(words[i]) >= 3 and _KO_BODIES.search(words[i]) and words[i] not in _KO_VAGUE))


def differ(one: str, other: str) -> bool:
    """Whether two clear names cannot mean the same person or organisation."""
    mine, theirs = key(one), key(other)
    if not mine or not theirs or mine & theirs:
        return False
    korean = [word for word in mine | theirs if "가" <= word[0] <= "힣"]
    if korean and any(a[0] == b[0] or a in b or b in a for a in mine for b in theirs):
        return False  # 김 대표 may be 김민수, 한은 may be 한국은행
    if korean and len(korean) != len(mine | theirs):
        return False  # one in Hangul, the other in Latin letters
    first, second = _initials(one), _initials(other)
    short = {word for word in mine | theirs if len(word) < 6}
    return not ({first, second} & short) and not any(
        a.startswith(b) or b.startswith(a) for a in mine for b in theirs
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W\d_]\w+", name) if word[0].isupper()).lower()


def belong(text: str, one: str, other: str) -> bool:
    """Whether a text presents one name as holding office in the other ("Kim, a spokesman for Acme", "Acme's Kim")."""
    for first, second in ((one, other), (other, one)):
        for a in key(first):
            for b in key(second):
                between = r"(?:[’']s)?(?:\s[\w’'-]+){0,6},?\s"
                aside = r",?\s[^.;“”\"]{0,80}?\b(?:of|at|for|from|with)\s[^.;“”\"]{0,40}?"
                if re.search(
                    rf"(?<!\w){re.escape(a)}(?:{between}|{aside}|\s?[(·]\s?)(?=\(?{re.escape(b)})",
                    text,
                    re.IGNORECASE,
                ):
                    return True
    return False
