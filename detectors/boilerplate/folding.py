"""Folding: text in the one form that phrases are written in, with the way back.

Case, width, quotation marks, dashes, white space, line breaks with their comment markers, zero-width
characters, soft hyphens, emphasis stars, hyphenation at line ends, decomposed letters and letters borrowed
from look-alike alphabets are levelled, so that one pattern finds a phrase however it was typed, copied or
disguised.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

QUOTES = "'’‘‚‛ʼ´′`＇"
DOUBLE_QUOTES = '"“”„‟″＂'
DASHES = "-‐‑‒–—―−﹣－"

_SPECIAL = {
    **dict.fromkeys(QUOTES, "'"),
    **dict.fromkeys(DOUBLE_QUOTES, '"'),
    **dict.fromkeys(DASHES, "-"),
    "…": "...",
    "*": "",
    "İ": "i",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ـ": "",
}

# Cyrillic and Greek letters that pass for Latin ones, used only inside words that mix alphabets.
HOMOGLYPHS = dict(
    zip(
        "аеорсухіјѕԁԛԝһпгтмвкнзӏɑαοερνυιτκχγѵ",
        "aeopcyxijsdqwhnrtmbkh3laaoepvuitkxyv",
        strict=True,
    )
)
_CYRILLIC = dict(zip("aeopcyxkmthb", "аеорсухкмтнв", strict=True))
_WORD = re.compile("[a-z0-9\u0251\u0370-\u052f]+")
_LATIN, _FOREIGN = re.compile("[a-z]"), re.compile("[\u0251\u0370-\u052f]")
_MIXED = re.compile("[a-z][\u0251\u0370-\u052f]|[\u0251\u0370-\u052f][a-z]")

# A line break, with what comments and quotations put at the start of the next line.
_NEXT_LINE = r"(?:\r\n?|\n)[ \t]*(?:(?:#+|//+!?|\*+|>(?:[ \t]*>)*|--+|;+|%+)(?=[ \t\r\n])[ \t]*)?"
_BREAK = re.compile(_NEXT_LINE)
_HYPHENATED = re.compile(rf"(?<=[^\W\d_])[-‐\u00ad][ \t]*{_NEXT_LINE}(?=[^\W\d_A-Z])")
# Letters with their marks apart, and syllables in single jamo.
_CLUSTER = re.compile(r"[^\W\d_][\u0300-\u036f\u3099\u309a]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?")

# What folding changes in the words of a text, beyond case and quotation marks. A text without any of it can
# be looked up raw. It must be rare in ordinary text of any language.
_CHANGED = re.compile(
    "[\xad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\u202a-\u202e\u2066-\u206f\ufff9-\ufffb"
    "\U000e0001-\U000e007f\u0640\u064b-\u0655أإآİ\uff1c\uff21-\uff3b\uff3f\uff41-\uff5a\uff5c\ufb00-\ufb06"
    "\U0001d400-\U0001d7ff\u0300-\u036f\u1100-\u11ff\u3099\u309a\ue200-\ue2ff]"
    "|[a-zA-Z][\u0370-\u052f\u0251]|[\u0370-\u052f\u0251][a-zA-Z]"
    r"|[-\u2010\u00ad][ \t]*[\r\n]|[^\W\d_]'?\*+'?[^\W\d_]"
)
_CHANGED_ASCII = re.compile(r"-[ \t]*[\r\n]|[a-zA-Z]'?\*+'?[a-zA-Z]")
_TO_APOSTROPHE = str.maketrans(dict.fromkeys(QUOTES, "'"))


# Slips of optical character recognition in the words that matter here, in folded text. No English word begins
# with "rn" or "vv" or holds "rrn", and a lone "l" before a verb is an "I".
OCR = re.compile(
    r"(?<!\w)(?P<i>[l1|])(?=(?:'(?:m|ve|ll|d)|\s(?:am|can|cannot|can't|could|would|will|have|don't|do|hope|"
    r"apologi[sz]e|understand|appreciate))(?!\w))|(?<!\w)(?P<if>lf)(?=\s(?:you|this|there|it|any)(?!\w))|(?<!\w)(?P<m>rn)(?=[a-z])"
    r"|(?P<rm>rrn)(?=[a-z])|(?<!\w)(?P<w>vv)(?=[a-z])|(?<!\w)(?P<ai>a[1l])(?=\s(?:language|model|assistant|chatbot))"
)
_OCR_HINTS = (
    " rn",
    "\nrn",
    "rrn",
    " vv",
    " l ",
    "\nl ",
    " l'",
    " lf ",
    "\nlf ",
    " a1 ",
    "| ",
    " al lang",
    " al mode",
    " al assi",
)
_OCR_STARTS = ("l ", "l'", "lf ", "1 ", "rn", "vv", "a1 ")


def slips(lower: str) -> bool:
    """Whether lower-case text may hold slips of character recognition: a cheap test before the exact one."""
    hinted = lower.startswith(_OCR_STARTS) or any(hint in lower for hint in _OCR_HINTS)
    return hinted and OCR.search(" ".join(lower.split())) is not None


def unfolded(text: str) -> str | None:
    """The text in lower case, if its words are those of the folded text; None if it has to be folded."""
    if text.isascii():
        if ("-" in text or "*" in text) and _CHANGED_ASCII.search(text):
            return None
        lower = text.replace("`", "'").lower()
    elif _CHANGED.search(text):
        return None
    else:
        lower = text.translate(_TO_APOSTROPHE).lower()
    return None if slips(lower.replace("*", "")) else lower


class _Table(dict[str, str]):
    """Character to its folded form, worked out on first sight."""

    def __missing__(self, char: str) -> str:
        self[char] = folded = _fold_char(char)
        return folded


def _fold_char(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    point = ord(char)
    if (
        category == "Cf"
        or 0xFE00 <= point <= 0xFE0F
        or 0x064B <= point <= 0x0655
        or 0x0300 <= point <= 0x036F
    ):
        return ""
    if 0xFF01 <= point <= 0xFF5E or 0x1D400 <= point <= 0x1D7FF or 0xFB00 <= point <= 0xFB06:
        return unicodedata.normalize("NFKC", char).lower()
    if category == "Co" and 0xE200 <= point <= 0xE2FF:  # private marks around product citations
        return ""
    lower = char.lower()
    return lower if len(lower) == 1 else char


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, for each of its characters, the offset it came from.

    Attributes:
        text: The folded text.
        offsets: ``offsets[i]`` is where ``text[i]`` starts in the original; one more entry marks the end.
        ends: Where a stretch of several characters ends that folds as one, by its start.
    """

    text: str
    offsets: array[int]
    ends: dict[int, int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of ``text[start:end]`` (not empty)."""
        last = self.offsets[end - 1]
        return self.offsets[start], self.ends.get(last, last + 1)


def fold(text: str, start: int = 0, end: int | None = None) -> Folded:
    """Folds ``text[start:end]``.

    Args:
        text: Any text.
        start: First character.
        end: One past the last; the end of the text by default.

    Returns:
        The folded text with offsets into ``text``.
    """
    end = len(text) if end is None else end
    chars: list[str] = []
    offsets = array("Q")
    ends: dict[int, int] = {}
    position = start
    special = _specials(text, start, end)
    for low, high, replacement in special:
        if low < position:
            continue
        _append(text, position, low, chars, offsets)
        if replacement and not (replacement == " " and (not chars or chars[-1][-1] == " ")):
            chars.append(replacement)
            offsets.extend([low] * len(replacement))
            if replacement != " ":
                ends[low] = high
        position = high
    _append(text, position, end, chars, offsets)
    folded = "".join(chars)
    if not folded.isascii() and _MIXED.search(folded):
        folded = _one_alphabet(folded)
    offsets.append(end)
    found = Folded(folded, offsets, ends)
    return _mended(found) if slips(folded) else found


def _mended(folded: Folded) -> Folded:
    """Reads slips of character recognition as what they stand for."""
    pieces: list[str] = []
    offsets = array("Q")
    position = 0
    for slip in OCR.finditer(folded.text):
        pieces.append(folded.text[position : slip.start()])
        offsets.extend(folded.offsets[position : slip.start()])
        pieces.append(slip.lastgroup or "")
        offsets.extend([folded.offsets[slip.start()]] * len(slip.lastgroup or ""))
        folded.ends[folded.offsets[slip.start()]] = folded.offsets[slip.end() - 1] + 1
        position = slip.end()
    pieces.append(folded.text[position:])
    offsets.extend(folded.offsets[position:])
    return Folded("".join(pieces), offsets, folded.ends)


def _one_alphabet(folded: str) -> str:
    """Words that mix alphabets in the one they are meant to be read in; all letters keep their places.

    In a text of mostly Latin letters, words spelt in nothing but look-alikes are meant to be Latin too.
    """
    mostly_latin = len(_LATIN.findall(folded)) > len(_FOREIGN.findall(folded))

    def read(found: re.Match[str]) -> str:
        word = found.group()
        foreign = _FOREIGN.findall(word)
        only_alike = all(char in HOMOGLYPHS for char in foreign)
        if not _MIXED.search(word) and not (foreign and only_alike and mostly_latin):
            return word
        # A word with more Cyrillic letters than not, one of which Latin has no likeness for, is Cyrillic.
        table = HOMOGLYPHS if only_alike or 2 * len(foreign) <= len(word) else _CYRILLIC
        return "".join(table.get(char, char) for char in word)

    return _WORD.sub(read, folded)


def _specials(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Stretches that fold as a whole: line breaks, hyphenation, decomposed letters."""
    found = [(m.start(), m.end(), " ") for m in _BREAK.finditer(text, start, end)]
    hyphens = [(m.start(), m.end(), "") for m in _HYPHENATED.finditer(text, start, end)] if found else []
    clusters = (
        []
        if text.isascii()
        else [(m.start(), m.end(), _composed(m.group())) for m in _CLUSTER.finditer(text, start, end)]
    )
    if hyphens or clusters:
        # A hyphenated break begins before the break inside it and so wins.
        found = sorted([*found, *hyphens, *clusters])
    return found


def _composed(cluster: str) -> str:
    """A letter and its marks as one letter; marks that no letter has (strike-through, disguise) go."""
    return "".join(_TABLE[char] for char in unicodedata.normalize("NFC", cluster))


# What folds to its own lower case, one space at a time, can be copied whole.
_PLAIN = re.compile(r"(?:[!-)+-_a-~]+ ?)+")


def _append(text: str, start: int, end: int, chars: list[str], offsets: array[int]) -> None:
    table = _TABLE
    i = start
    while i < end:
        if plain := _PLAIN.match(text, i, end):
            chars.append(plain.group().lower())
            offsets.extend(range(i, plain.end()))
            i = plain.end()
            continue
        char = table[text[i]]
        if char == " ":
            if not (chars and chars[-1][-1] == " "):
                chars.append(char)
                offsets.append(i)
        elif char:
            chars.append(char)
            offsets.extend([i] * len(char))
        i += 1
