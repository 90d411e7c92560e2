"""A sentence as it is read aloud: without Markdown marks, citations and line breaks, with the way back."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Plain:
    """Text without marks.

    Attributes:
        text: What is left.
        places: For each character of ``text``, its offset in the document.
    """

    text: str
    places: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` (not empty) stands in the document."""
        return self.places[start], self.places[end - 1] + 1


_NO_NOUN = r"(?<!\bCI)(?<!range)(?<!interval)(?<!\bof)(?<!\bin)(?<!\bby)(?<!\bto)(?<!\bsee)(?<!\band)"
"""Before brackets that are a part of the sentence: "the 95% CI [3, 5]", "as shown in [3]"."""


@cache
def _marks() -> re.Pattern[str]:
    """What is taken out; group ``space`` leaves one space behind."""
    return re.compile(
        r"(?P<lead>\A[ \t>]{0,20}(?:\#{1,6}[ \t]+|[-*+•·‣◦▪●○■□▶※][ \t\u00a0]+(?:\[[ xX]\][ \t])?|\d{1,3}[.)][ \t]+"
        r"|[①-⑳][ \t]*|[가나다라마바사아자차카타파하][.)][ \t]+|[–—][ \t]+|[a-zA-Z]\)[ \t]+|>+[ \t]*))"
        rf"|(?P<cited>(?<=[\w.,;!?…)\]\"”’»%]){_NO_NOUN}[ ]?\[\^?\d{{1,3}}(?:[,;–-] ?\^?\d{{1,3}}){{0,10}}\](?!\()"
        r"|\[\^[^\]\s]{1,20}\]|(?<=[.,!?…)\"”])[¹²³⁰⁴-⁹†‡]{1,8})"
        r"|(?P<link>!?\[(?=[^\[\]]{1,300}\]\())"
        r"|(?P<target>\]\((?:[^()\s]|\([^()\s]{0,100}\)){0,400}(?:[ ]\"[^\"\n]{0,100}\")?\))"
        r"|(?P<stars>\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[\w.,!?:;])_{1,3}(?!\w)|~~|`{1,3})"
        r"|(?P<tag></?[a-zA-Z][^<>\n]{0,100}>)"
        r"|(?P<underline>\n[ \t]{0,3}(?:={3,80}|-{3,80})[ \t]*\Z)"
        r"|(?P<space>\s*\n[ \t>]*|[\s\u200b\u00ad]+)"
    )


def plain(text: str, start: int, end: int) -> Plain:
    """What a reader hears of ``text[start:end]``.

    Args:
        text: The document's text.
        start: Start of the sentence.
        end: Its end, exclusive.
    """
    piece = text[start:end]
    out: list[str] = []
    places: array[int] = array("Q")

    def keep(low: int, high: int) -> None:
        out.append(piece[low:high])
        places.extend(range(start + low, start + high))

    last, linked = 0, False
    counts = {"*": piece.count("*"), "_": piece.count("_"), "`": 2, "~": 2}  # a star alone marks nothing
    for match in _marks().finditer(piece):
        keep(last, match.start())
        last = match.end()
        if match["link"]:
            linked = True
        elif match["target"]:
            if not linked:
                keep(*match.span())
            linked = False
        elif match["stars"] and (_times(piece, *match.span()) or counts[piece[match.start()]] == 1):
            keep(*match.span())
        elif match["space"] and out and places:
            out.append(" ")
            places.append(start + match.start())
    keep(last, len(piece))
    whole = "".join(out)
    left = len(whole) - len(whole.lstrip())
    right = max(len(whole.rstrip()), left)
    return Plain(whole[left:right], places[left:right])


def _times(piece: str, start: int, end: int) -> bool:
    """Whether a star multiplies or marks significance: "2*3"."""
    return piece[start] == "*" and piece[max(start - 1, 0)].isdigit() and piece[end : end + 1].isdigit()
