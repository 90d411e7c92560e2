"""Patterns for where sentences end, compiled when first needed."""

from __future__ import annotations

import re
from functools import cache

OPENERS = "\"'“‘«»„‚‹›([{*_~`¿¡—–-「『《〈（【［<"
_CITATION = r"(?:[ \t]?\[\^?\d[\d,;\s–-]{0,30}\](?!\()|\[\^[^\]\s]{1,20}\]|[¹²³⁰⁴-⁹†‡]{1,8})"
_CLOSERS = r"[\"'”’“»›)\]}*_~`」』》〉）】］]"
_EMOJI = "[\u2600-\u27bf\U0001f300-\U0001faff]{1,6}\ufe0f?"
HANGUL_END = "다요죠까네음함됨"
ATTACHED = "라고|라며|라는|라면서|란|이라고|이라며|이라는|하고|하며|하면서|고|며|는|면서"
_SAYING = (
    r"said|says|asked|asks|replied|added|told|wrote|argued|explained|noted|claimed|shouted|cried|answered"
)


@cache
def mark() -> re.Pattern[str]:
    """Any mark that may end a sentence: quick to search for, before ``stop`` looks closely."""
    return re.compile(r"[.!?…]++|[。！？｡．؟۔।॥]++")


@cache
def stop() -> re.Pattern[str]:
    """A stop with what belongs to it, where what follows could begin a sentence."""
    closed = rf"(?P<closers>(?:[ \u00a0\u202f]?»|{_CLOSERS}){{0,12}}+)"
    return re.compile(
        rf"(?P<mark>(?<![.!?…])[.!?…]++){closed}(?: ?{_EMOJI})?+"
        rf"(?:(?P<cited>{_CITATION}{{1,12}}+)(?=\s|\Z|[^\W\d_])|(?=\s|\Z))"
        rf"|(?P<tight>(?<=[{HANGUL_END}])[.!?]++(?=[가-힣A-Z0-9“‘\"'(\[「『])|(?<=[가-힣])[?!]++(?=[가-힣]))"
        rf"|(?P<wide>[。！？｡؟۔।॥]++|(?<!\d)．|．(?!\d))(?P<after>{_CLOSERS.replace('“', '')}{{0,12}}+)"
        r"|(?<=[a-z]{3})(?P<note>\.)\d{1,2}(?:[,–-]\d{1,2}){0,4}(?=\s+[A-Z])"
    )


@cache
def lines() -> re.Pattern[str]:
    """Line ends at which a block may end, and characters that always end one."""
    return re.compile(r"[\f\v\x1c-\x1e\u2028\u2029]|(?:\r\n?|\n|\x85)")


@cache
def line_start() -> re.Pattern[str]:
    """What a line begins with that makes it a block of its own."""
    return re.compile(
        r"[ \t>]{0,40}(?:(?P<blank>(?=[\r\n]|\Z))|(?P<hard>\#{1,6}[ \t]|\||`{3}|~{3}|[=\-_*]{3,80}[ \t]*(?=[\r\n]|\Z))"
        r"|(?P<item>[-*+•·‣◦▪●○■□▶※①-⑳][ \t\u00a0]|[①-⑳]|[a-zA-Z]\)[ \t])"
        r"|(?P<weak>[–—][ \t]|\[\^?\w{1,8}\][: ]|\(\w{1,3}\)[ \t])|(?P<number>\d{1,3})[.)][ \t]"
        r"|(?P<hangul>[가나다라마바사아자차카타파하])[.)][ \t])"
    )


@cache
def korean_line() -> re.Pattern[str]:
    """Korean sentence endings before a line end without a stop."""
    return re.compile(
        r"(?:니다|니까|세요|[어아해예에여워와려]요|지요|네요|군요|[했됐었았있없]음|[았었했였됐겠렸졌왔갔났]다)[\"”’)*_]{0,4}$"
    )


@cache
def korean_wrapped() -> re.Pattern[str]:
    """What shows on the next line that a Korean sentence did not end with the line before."""
    return re.compile(rf"[ \t]*(?:{ATTACHED}|만|지만|면|가|라)(?![가-힣])")


@cache
def alnum() -> re.Pattern[str]:
    """A letter or digit."""
    return re.compile(r"[^\W_]")


@cache
def next_word() -> re.Pattern[str]:
    """A word, with what hangs on an apostrophe."""
    return re.compile(r"[^\W\d_]{1,30}(?:['’][^\W\d_]{1,3})?")


@cache
def last_word() -> re.Pattern[str]:
    """The word that a text ends with, without opening marks."""
    return re.compile(
        r"(?:(?<![^\W_])(?:[^\W\d_]\.[ \u00a0](?=[^\W\d_]{1,3}$)|EE\.[ \u00a0](?=UU$)))?"
        r"[^\s(\[\"“”„'‘«»*_~`（「]{0,40}$"
    )


@cache
def dotted() -> re.Pattern[str]:
    """Letters with stops between them: U.S, D.C, Ph.D."""
    return re.compile(r"[^\W\d_]{1,3}(?:[.-]{1,2}[^\W\d_]{1,2}){1,5}")


@cache
def numeral() -> re.Pattern[str]:
    """A number, Roman numeral or letter after "No.", "Fig." and the like."""
    return re.compile(r"\s{1,4}[#(\[]?(?:\d|[A-Za-z]?\d|[ivxlcIVXLC]{1,6}\b|[A-Z](?:\b|\d))")


@cache
def date_part() -> re.Pattern[str]:
    """A day or month of a date with stops."""
    return re.compile(r"\d{1,2}\.(?!\d)")


@cache
def date_before() -> re.Pattern[str]:
    """Year or month, as in "2020. 5. 1."."""
    return re.compile(r"(?<!\d)(?:\d{4}|\d{1,2})\.$")


@cache
def mixed_case() -> re.Pattern[str]:
    """iPhone, eBay."""
    return re.compile(r"[a-z]{1,3}[A-Z]")


@cache
def attached() -> re.Pattern[str]:
    """Korean words of quoting, which join what was quoted to the sentence."""
    return re.compile(rf"(?:{ATTACHED})(?![가-힣])|(?:라고|라며|라는|이라고|이라며|이라는|라면서)")


@cache
def attribution() -> re.Pattern[str]:
    """“Stop!” Tom said."""
    return re.compile(rf"(?<=[!?,][\"”’»]) (?:[A-Z][\w.'’-]{{0,20}} ){{1,3}}(?:{_SAYING})\b")


@cache
def goes_on() -> re.Pattern[str]:
    """What follows a quotation where its sentence goes on."""
    return re.compile(
        rf"\s{{0,2}}(?:[a-zà-öø-ÿа-я,;:]|[–—-])|[가-힣、，]|\s(?:{ATTACHED})(?![가-힣])|[とはがをにのもでや]"
    )


@cache
def wide_goes_on() -> re.Pattern[str]:
    """The same after a wide stop."""
    return re.compile(
        rf"[とはがをにのもでや、，,]|って|という|\s?(?:{ATTACHED})(?![가-힣])"
        r"|(?:[^\s。！？，、]{1,6})(?:说|說|道|问|問|喊|答|表示|写道)"
    )
