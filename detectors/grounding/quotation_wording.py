"""Which words of a quotation differ from the source, and which differences an honest quotation may have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from auditor.detectors.grounding.spans_words import letters, units
from auditor.documents.spelled import words

if TYPE_CHECKING:
    from auditor.detectors.grounding.spans import Flags, Tokens
    from auditor.detectors.grounding.spans_align import Alignment, Hunk
    from auditor.detectors.grounding.spans_index import SourceText

_MOST_NAMED = 4
_LONGEST_BRACKET = 15
"""Words of the source that one bracketed insertion may stand for."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the quotation, and those that the source has in their place; one of the two may be empty.

    Attributes:
        mine: As the quotation has it.
        theirs: As the source has it.
        size: How much it weighs, in words.
        ellipsis: Whether the quotation marks that something was left out here.
    """

    mine: str
    theirs: str
    size: float
    ellipsis: bool = False

    def __str__(self) -> str:
        if self.ellipsis:
            return f"the ellipsis hides “{self.theirs}”"
        if not self.mine:
            return f"“{_short(self.theirs)}” is missing"
        if not self.theirs:
            return f"“{_short(self.mine)}” is added"
        return f"“{_short(self.theirs)}” stands as “{_short(self.mine)}”"


def told(changes: Sequence[Difference]) -> str:
    """The differences in words: "“not” is missing; “rose” stands as “fell”"."""
    named = "; ".join(str(change) for change in changes[:_MOST_NAMED])
    more = len(changes) - _MOST_NAMED
    return f"{named}; and {more} more" if more > 0 else named


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57].rstrip() + "…"


@cache
def _negation() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:not|never|no|nor|without|hardly|barely|cannot|neither|none|nobody|unless)\b|n[’']t\b|(?<![가-힣])(?:안|못)(?![가-힣])|않|아니|없",
        re.IGNORECASE,
    )


_TAG_OPENS, _TAG_CLOSES = re.compile(r"\s*[,.!?…—–-]*\s?[”\"'’»」』]"), re.compile(r"[“\"'‘«「『„]\s*…?\s*\Z")
_NOTE = re.compile(r"[\[(（]\s*\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\s*[\])）]")
_QUOTATIVE = re.compile(
    r"[”\"'’»」』]\s?(?:이?라고|이?라며|이?라면서|이?라는|이?란|고|며|면서|는|은|던|지|기에)"
)


def is_tag(sources: SourceText, low: int, high: int) -> bool:
    """Whether tokens ``low`` up to ``high`` of a source stand between two parts of one speech (“…,” said Kim. “…”)."""
    if not 0 < high - low <= 30:
        return False
    text = sources.texts[sources.source(low)]
    between = text[int(sources.tokens.ends[low - 1]) : int(sources.tokens.starts[high])]
    return bool(_TAG_OPENS.match(between) and _TAG_CLOSES.search(between))


def differences(
    text: str, mine: Tokens, wide: Flags, sources: SourceText, laid: Alignment
) -> tuple[Difference, ...]:
    """What differs between a quotation and the place where it was laid, without what is allowed.

    Allowed are bracketed insertions, ellipses that hide no negation, words joined or parted otherwise, marks of
    notes, words between two parts of one speech, and another Korean ending before 라고, 고 or 며.
    """
    found: list[Difference] = []
    for hunk in _whole_words(text, mine, sources, laid.hunks):
        a, b = hunk.mine
        ours = text[int(mine.starts[a]) : int(mine.ends[b - 1])] if b > a else ""
        theirs = sources.text(*hunk.theirs)
        if hunk.free:
            hidden = bool(_negation().search(theirs)) and units(theirs) <= 4
            if bool(wide[a:b].any()):
                if hidden:
                    found.append(Difference("", theirs, 1.0, ellipsis=True))
                continue
            if units(theirs) <= _LONGEST_BRACKET:
                continue
            ours = ""
        elif _allowed(text, mine, hunk, sources, ours, theirs):
            continue
        found.append(Difference(ours, theirs, _size(mine, sources, hunk)))
    return tuple(found)


def _size(mine: Tokens, sources: SourceText, hunk: Hunk) -> float:
    """The larger side, in words, without what both sides begin and end with; a changed syllable is a changed word."""
    (a, b), (c, d) = hunk.mine, hunk.theirs
    while a < b and c < d and mine.ids[a] == sources.tokens.ids[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and mine.ids[b - 1] == sources.tokens.ids[d - 1]:
        b, d = b - 1, d - 1
    return max(1.0, mine.units(a, b), sources.tokens.units(c, d))


def _allowed(text: str, mine: Tokens, hunk: Hunk, sources: SourceText, ours: str, theirs: str) -> bool:
    a, b = hunk.mine
    if letters(ours) == letters(theirs):
        return True
    if not ours:
        low, high = hunk.theirs
        other = sources.texts[sources.source(low)]
        first, last = int(sources.tokens.starts[low]), int(sources.tokens.ends[high - 1])
        return bool(_NOTE.fullmatch(other, max(first - 1, 0), last + 1)) or is_tag(sources, low, high)
    first, last = int(mine.starts[a]), int(mine.ends[b - 1])
    around = text[max(first - 1, 0) : last + 1]
    if not theirs and around[:1] in "(（" and around[-1:] in ")）":
        return True  # an editor's note, as Korean newspapers put it
    if "[" in around and "]" in text[first : last + 2]:
        return True  # walk[ed]
    return b == len(mine) and bool(_QUOTATIVE.match(text, last)) and same_stem(ours, theirs)


def _whole_words(text: str, mine: Tokens, sources: SourceText, hunks: tuple[Hunk, ...]) -> list[Hunk]:
    """Hunks in Korean widened to the words that they stand in; those of one word become one."""
    from auditor.detectors.grounding.spans_align import Hunk

    found: list[Hunk] = []
    for hunk in hunks:
        if hunk.free:
            found.append(hunk)
            continue
        (a, b), (c, d) = hunk.mine, hunk.theirs
        if found and not found[-1].free and (a, c) < (found[-1].mine[1], found[-1].theirs[1]):
            a, c = min(a, found[-1].mine[1]), min(c, found[-1].theirs[1])
        other = sources.texts[sources.source(min(c, len(sources.tokens) - 1))]
        while (
            a > 0
            and c > 0
            and _one_word(text, mine, a) | _one_word(other, sources.tokens, c)
            and (mine.ids[a - 1] == sources.tokens.ids[c - 1])
        ):
            a, c = a - 1, c - 1
        while (
            b < len(mine)
            and d < len(sources.tokens)
            and (_one_word(text, mine, b) | _one_word(other, sources.tokens, d))
            and mine.ids[b] == sources.tokens.ids[d]
        ):
            b, d = b + 1, d + 1
        while b == len(mine) and c < d < len(sources.tokens) and _one_word(other, sources.tokens, d):
            d += 1
        if found and not found[-1].free and (a <= found[-1].mine[1] - 1 or c <= found[-1].theirs[1] - 1):
            before = found.pop()
            a, c = min(a, before.mine[0]), min(c, before.theirs[0])
            b, d = max(b, before.mine[1]), max(d, before.theirs[1])
        found.append(Hunk((a, b), (c, d)))
    return found


def _one_word(text: str, of: Tokens, place: int) -> bool:
    """Whether tokens ``place - 1`` and ``place`` are syllables of one Korean word."""
    start = int(of.starts[place])
    return (
        int(of.ends[place - 1]) == start and "가" <= text[start - 1] <= "힣" and "가" <= text[start] <= "힣"
    )


_ENDINGS = words(
    "ᆸ니다 습니다 입니다 이다 ᆫ다 는다 다 어요 아요 여요 에요 예요 이에요 이예요 요 죠 지요 네요 거든요"
    " ᆸ니까 습니까 입니까 는가 ᆫ가 인가"
    " 까 냐 느냐 자 라 이라 ᆯ까 ᆯ 것 어 아 지 군 구나 네 이네"
)


@cache
def _apart(endings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted((unicodedata.normalize("NFD", e) for e in endings), key=len, reverse=True))


def same_stem(mine: str, theirs: str) -> bool:
    """Whether two Korean words differ in nothing but the ending of the sentence (올랐습니다, 올랐다)."""
    one, other = _stems(mine), _stems(theirs)
    return bool(one & other)


def _stems(text: str) -> set[str]:
    word = unicodedata.normalize(
        "NFD", "".join(re.findall(r"[가-힣]", text)).replace("해요", "하요").replace("돼요", "되요")
    )
    found = {word}
    for ending in _apart(tuple(_ENDINGS)):
        if word.endswith(ending) and len(word) > len(ending):
            found.add(word[: -len(ending)])
    return {stem for stem in found if len(stem) >= 2}
