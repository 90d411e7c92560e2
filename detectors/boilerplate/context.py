"""What surrounds a passage: the evidence by which a leak is told from talk about leaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from tomllib import loads

from auditor.detectors.boilerplate.blocks import MAX_BLOCK
from auditor.detectors.boilerplate.passages import TOKEN_RULES, Passage
from auditor.detectors.boilerplate.phrases import Place, Strength
from auditor.detectors.boilerplate.quoting import in_code, quoted
from auditor.detectors.boilerplate.status import MACHINE, wording_scale
from auditor.detectors.boilerplate.wording import wording
from auditor.documents import Document, Role

NEAR = 240
"""Characters before and after a passage that count as its surroundings."""
CLOSE = 1_500
"""Characters within which another passage keeps it company."""
PEEK = 1_000

_LIST_ITEM = re.compile(r"^[ \t>]*(?:(?:[-*+•·]|\d{1,2}[.)])[ \t]+|\|[ \t]*)\S", re.MULTILINE)
_SPEAKER = re.compile(
    r"(?:^|\n)[ \t>*_-]{0,6}(?:user|human|assistant|assistente|bot|chatbot|virtual agent|system|ai|"
    r"model|q|a|customer|agent|interviewer|host|사용자|상담원|챗봇|봇|고객|질문|답변|문|답|用户|助手|客服|ユーザー|アシスタント|utilisateur|"
    r"usuario|asistente|nutzer|assistent)"
    r"[ \t]*\d?[*_]{0,2}[ \t]*[:：]",
    re.IGNORECASE,
)
_TURN = re.compile(r"(?:^|\n)[ \t>*_-]{0,4}[^\W\d_][\w .-]{0,24}[*_]{0,2}[:：][*_]{0,2}[ \t]+\S")
_TURN_HERE = re.compile(r"(?:^|\n)[ \t>*_-]{0,4}[^\W\d_][\w .-]{0,24}[*_]{0,2}[:：][*_]{0,2}[ \t]*[\"'“«]?$")
_GREETING = re.compile(
    r"(?:^|\n)[ \t>]*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|안녕하세요|hola|"
    r"hallo|bonjour|ciao|olá|merhaba|здравствуйте|привет|你好|您好|こんにちは|halo|chào|مرحبا)\b",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:best(?: regards| wishes)?|kind regards|regards|sincerely|cheers|thanks|yours|감사합니다|드림|"
    r"saludos|grüße|cordialement|saluti|abraços|saygılarımla|с уважением|此致|敬具)"
    r"[ \t]*[,.!]?[ \t]*\n?[ \t]*[—–-]?[ \t]*[\w .]{0,40}\s*$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?:#{1,6}[ \t].*|[-*_=]{3,}[ \t]*|<h\d[^>]*>.*)$")
_STRING = re.compile(r"""[=(\[,:]\s*[rbfu]{0,2}["'`]|assert|expect\(|re\.compile|\bprint\(|console\.""")


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    text = files("auditor.corpora").joinpath("boilerplate", "context.toml").read_text(encoding="utf-8")
    table = loads(text)["cues"]
    return {name: re.compile("|".join(patterns), re.IGNORECASE) for name, patterns in table.items()}


def evidence(document: Document, passage: Passage, others: Sequence[Passage]) -> dict[str, float]:
    """Features of a passage in its place, all between about -1 and 1, and the log-odds of its wording.

    Args:
        document: The document.
        passage: The passage.
        others: All passages of the document, in order.

    Returns:
        Values by name; what is absent is 0.
    """
    found: dict[str, float] = {}
    _phrase_features(passage, found)
    _mask_features(document, passage, found)
    _surroundings(document.text, passage, found)
    _position(document, passage, found)
    if _misplaced(passage, found):
        found["misplaced"] = 1.0
    _company(document, passage, others, found)
    _together(found)
    if not found.get("machine"):
        found["wording"] = wording(document, passage, wording_scale())
    return {name: value for name, value in found.items() if value}


def _together(found: dict[str, float]) -> None:
    """Evidence that weighs more, or less, in company: a linear model cannot see it by itself."""

    def any_of(*names: str) -> bool:
        return any(found.get(name) for name in names)

    masked = any_of(
        "quoted", "inline-code", "block-quote", "code", "reported-after", "phrase-list", "dash-dialogue"
    )
    masked = masked or (any_of("template") and any_of("rule:placeholder"))
    talk = any_of("topic", "models") and any_of(
        "reported", "reported-near", "example", "forbidden", "speaker"
    )
    placed = any_of("first", "last", "after-heading")
    found["masked"] = float(masked)
    found["discussed"] = float(talk)
    for kind in ("weak", "unseen"):
        if found.get(kind):
            found[f"{kind}+placed"] = float(placed)
            found[f"{kind}+personal"] = float(any_of("person", "letter", "service", "dialogue", "fiction"))
    if found.get("strong"):
        found["strong+masked"] = float(masked)
    if not masked and not talk and placed:
        found["placed"] = 1.0


def _phrase_features(passage: Passage, found: dict[str, float]) -> None:
    for strength in Strength:
        found[strength.value] = float(passage.strength is strength)
    found["unseen"] = float(passage.strength is None)
    token = passage.rule in TOKEN_RULES
    if passage.rule in MACHINE and any(match.phrase.language == "any" for match in passage.matches):
        found["machine"] = 1.0
    if not token:
        found["voice"] = max(-1.0, min(passage.voice / 5, 1.0))
        found["clear-voice"] = max(0.0, min(passage.voice / 2, 1.0))
        told = sum(m.phrase.rule != "continuation" for m in passage.matches)
        found["several"] = min(max(told - 1, 0), 2) / 2
        found["rules"] = min(len(passage.rules) - 1, 2) / 2 if passage.rules else 0.0
    found["spliced"] = float(passage.spliced)
    found[f"rule:{passage.rule}"] = 1.0


def _mask_features(document: Document, passage: Passage, found: dict[str, float]) -> None:
    text, block = document.text, passage.block
    start, end = _core(passage)
    if document.has_role(Role.QUOTATION, start):
        found["block-quote"] = 1.0
    if in_code(text, start, end, block.start, block.end):
        found["inline-code"] = 1.0
    elif document.has_role(Role.CODE, start) and not _swallowing(document, start):
        found["code"] = 1.0
    if document.has_role(Role.REFERENCES, start):
        found["references"] = 1.0
    if document.has_role(Role.TABLE, start):
        found["table"] = 1.0
    # The quotation marks of an attribute or of a marker's own JSON quote nothing.
    if passage.rule in ("tracking-link", "tool-marker") and _OWN_MARKS.search(_unbroken(text, start, end)):
        return
    spans = [(start, end), *((m.start, m.end) for m in passage.matches[:4])]
    if any(quoted(text, low, high, block.start, block.end) for low, high in spans):
        found["quoted"] = 1.0
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if _STRING.search(line[-60:]):
        found["literal"] = 1.0


_OWN_MARKS = re.compile(r"://|\{\s*\"attribut", re.IGNORECASE)


def _unbroken(text: str, start: int, end: int) -> str:
    """The span with what is joined to it without white space."""
    low = max(text.rfind(mark, max(0, start - 400), start) for mark in " \n\t") + 1
    return text[max(low, start - 400) : end]


def _core(passage: Passage) -> tuple[int, int]:
    """The span of the phrases alone: a whole sentence may reach beyond its quotation."""
    told = [m for m in passage.matches if m.phrase.rule != "continuation"]
    if not told:
        return passage.start, passage.end
    first = min(told, key=lambda m: m.start)
    return first.start, max(m.end for m in told if m.start < first.end + 80)


def _swallowing(document: Document, offset: int) -> bool:
    """Whether a fence holds nearly the whole document, as when a model wraps its answer in one."""
    bounds = document.role_bounds(Role.CODE, offset)
    return bounds is not None and bounds[1] - bounds[0] > 0.7 * len(document.text) and bounds[0] < 200


def _surroundings(text: str, passage: Passage, found: dict[str, float]) -> None:
    start, end = _core(passage)
    before, after = text[max(0, start - NEAR) : start], text[passage.end : passage.end + NEAR]
    sentence = re.split(r"[.!?。]\s", before)[-1]
    cues = _cues()
    if cues["reporting"].search(sentence):
        found["reported"] = 1.0
    elif cues["reporting"].search(before):
        found["reported-near"] = 1.0
    if cues["reporting-after"].match(text[end : end + 60].lstrip("\"'”’»」』)]. ")):
        found["reported-after"] = 1.0
    if cues["reporting-within"].search(text[start : passage.end + 40]):
        found["reported-after"] = 1.0
    if cues["topic"].search(before) or cues["topic"].search(after):
        found["topic"] = 1.0
    if cues["models"].search(before) or cues["models"].search(after):
        found["models"] = 1.0
    if cues["forbidden"].search(before[-120:]):
        found["forbidden"] = 1.0
    if (
        cues["service"].search(before)
        or cues["service"].search(text[start : passage.end])
        or cues["service"].search(after)
    ):
        found["service"] = 1.0
    if cues["template"].search(before) or cues["template"].search(after):
        found["template"] = 1.0
    if cues["example"].search(before[-120:]):
        found["example"] = 1.0
    if _SPEAKER.search(text[max(0, start - 160) : start]):
        found["speaker"] = 1.0
    turns = len(_TURN.findall(text[max(0, start - 500) : passage.end + 500]))
    own = _TURN_HERE.search(text[max(0, start - 40) : start])
    if turns >= 3 or (own and turns >= 2):
        found["dialogue"] = 1.0
    line = text[text.rfind("\n", 0, start) + 1 : passage.end + 200].lstrip()
    if line[:1] in "—–" and re.search(r"[,.!?…]?\s*[—–]\s", line[2:]):
        found["dash-dialogue"] = 1.0
    if cues["person"].search(before) or cues["person"].search(after):
        found["person"] = 1.0
    if cues["fiction"].search(before[-160:]) or cues["fiction"].search(text[end : end + 160]):
        found["fiction"] = 1.0


def _position(document: Document, passage: Passage, found: dict[str, float]) -> None:
    text = document.text
    low, high = document.part_bounds(passage.start)
    first, last = document.memo(("boilerplate/filled", low), lambda: _filled(text, low, high))
    # A book is not copied for each of its passages: a window shows whether there are more than a few letters.
    head = text[max(first, passage.start - PEEK) : passage.start].strip()
    tail = text[passage.end : min(last, passage.end + PEEK)].strip()
    whole = not head and not tail
    if whole:
        found["alone"] = 1.0
    elif len(head) <= 3:
        found["first"] = 1.0
    elif len(tail) <= 3:
        found["last"] = 1.0
    if head and _HEADING.match(head.rsplit("\n", 1)[-1].strip()):
        found["after-heading"] = 1.0
    block = passage.block
    if not text[block.start : passage.start].strip(" \t\r\n#/*->\"'") and not whole:
        found["starts-block"] = 1.0
    if not text[passage.end : block.end].strip() and not whole:
        found["ends-block"] = 1.0
    if _GREETING.search(text[low : low + 200]) or _SIGNATURE.search(text[max(low, high - 80) : high]):
        found["letter"] = 1.0


def _misplaced(passage: Passage, found: dict[str, float]) -> bool:
    """Whether all phrases in it are evidence at the start or the end of a text only, and it stands elsewhere."""
    placed = {
        Place.ANY: True,
        Place.START: any(found.get(k) for k in ("alone", "first", "starts-block", "after-heading")),
        Place.END: any(found.get(k) for k in ("alone", "last", "ends-block")),
    }
    return bool(passage.matches) and not any(placed[match.phrase.place] for match in passage.matches)


def _filled(text: str, low: int, high: int) -> tuple[int, int]:
    """``text[low:high]`` without the white space at its ends."""
    first = re.compile(r"\S").search(text, low, high)
    last = high
    while last > low and text[last - 1].isspace():
        last -= 1
    return (first.start() if first else high), last


def _talk(others: Sequence[Passage]) -> tuple[list[int], list[Passage]]:
    """Passages by a known phrase that speak to a reader, by place, and their starts."""
    found = [
        o for o in others if o.rule not in TOKEN_RULES and o.strength in (Strength.STRONG, Strength.FAIR)
    ]
    found.sort(key=lambda o: o.start)
    return [o.start for o in found], found


def _near(document: Document, passage: Passage, others: Sequence[Passage]) -> int:
    """How many passages speak to a reader close by; two are counted at most."""
    starts, talk = document.memo("boilerplate/talk", lambda: _talk(others))
    low = bisect_left(starts, passage.start - CLOSE - MAX_BLOCK)
    high = bisect_left(starts, passage.end + CLOSE)
    close = (o for o in talk[low:high] if o is not passage and o.end > passage.start - CLOSE)
    return len(list(islice(close, 2)))


def _company(
    document: Document, passage: Passage, others: Sequence[Passage], found: dict[str, float]
) -> None:
    talk = _near(document, passage, others)
    found["company"] = talk / 2
    text = document.text
    line_start = text.rfind("\n", 0, passage.start) + 1
    around = text[max(0, line_start - 400) : passage.end + 400]
    items = len(_LIST_ITEM.findall(around))
    lines = {text.rfind("\n", 0, match.start) + 1: match.end for match in passage.matches}
    inside = [start for start, end in lines.items() if _LIST_ITEM.match(text[start:end])]
    if (items >= 3 and _LIST_ITEM.match(text[line_start : passage.start + 20]) and talk) or max(
        len(inside), passage.listed
    ) >= 2:
        found["phrase-list"] = 1.0
    slots = document.memo("boilerplate/slots", lambda: sum(o.rule == "placeholder" for o in others))
    if passage.rule == "placeholder" and slots >= 3:
        found["placeholders"] = 1.0
    if _foreign(text, passage):
        found["foreign"] = 1.0


_LATIN, _OTHER = re.compile(r"[a-zA-Z]"), re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024f]")


def _foreign(text: str, passage: Passage) -> bool:
    """Whether the passage is in another script than the text around it."""
    inside = text[passage.start : passage.end]
    around = text[max(0, passage.start - 600) : passage.start] + text[passage.end : passage.end + 600]
    share = [
        len(_OTHER.findall(s)) / (len(_OTHER.findall(s)) + len(_LATIN.findall(s)) + 1)
        for s in (inside, around)
    ]
    return len(around) > 40 and len(inside) > 20 and abs(share[0] - share[1]) > 0.5
