"""Where the sentences of one paragraph end."""

from __future__ import annotations

import re
from bisect import bisect_left

from auditor.documents import abbreviations as words
from auditor.documents import sentence_patterns as patterns
from auditor.documents.sentence_pairs import pairs


def add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Appends the span without the white space around it, unless there is nothing else in it."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left < len(piece):
        found.append((start + left, start + len(piece.rstrip())))


class Block:
    """One paragraph, heading or list item, while it is being split."""

    def __init__(self, text: str, low: int, high: int) -> None:
        self.text, self.low, self.high = text, low, high
        self.start = low
        self.pairs: list[tuple[int, int]] | None = None
        self.worded = -1, 0  # start of a sentence and the place of its first letter or digit

    def split(self, found: list[tuple[int, int]]) -> None:
        """Appends the spans of the block's sentences."""
        closer_look = patterns.stop().match
        for mark in patterns.mark().finditer(self.text, self.low, self.high):
            if mark.start() < self.start:
                continue
            match = closer_look(self.text, mark.start(), self.high)
            if match and self._ends(match):
                add(found, self.text, self.start, match.end())
                self.start = match.end()
        add(found, self.text, self.start, self.high)

    def _ends(self, match: re.Match[str]) -> bool:
        text, end = self.text, match.end()
        if end == self.high:
            return True
        if self._inside(match.start(), end):
            return False
        if match["wide"]:
            return self._wide_ends(match)
        if match["tight"]:
            return not patterns.attached().match(text, end, self.high)
        if match["note"]:
            return True
        after = self._after(end)
        if after is None:
            return True
        place, letter = after
        if match["closers"] and patterns.attribution().match(text, end, self.high):
            return False
        mark = match["mark"]
        if mark[-1] in "!?" or "!" in mark or "?" in mark:
            return self._shout_ends(match, place, letter)
        if len(mark) > 1 or mark == "…":
            return self._ellipsis_ends(match.start(), place, letter)
        return self._period_ends(match, place, letter)

    def _after(self, end: int) -> tuple[int, str] | None:
        """Place and first character of the next word, or None where the block ends."""
        text = self.text
        place = end
        while place < self.high and (text[place].isspace() or text[place] in patterns.OPENERS):
            place += 1
        return (place, text[place]) if place < self.high else None

    def _word(self, place: int) -> str:
        found = patterns.next_word().match(self.text, place, self.high)
        return found.group() if found else ""

    def _shout_ends(self, match: re.Match[str], place: int, letter: str) -> bool:
        if self.text[match.start() - 1 : match.start()] in "([" and match["closers"]:
            return False  # a doubtful figure (?)
        if letter.islower():
            return self._mixed(place)
        if letter in ",;:)-–—=":
            return False
        if match["closers"] and patterns.attached().match(self.text, self._skip(match.end()), self.high):
            return False
        name = self._token(match.start()) + match["mark"]
        return name not in words.SHOUTS or self._word(place) in words.STARTERS

    def _ellipsis_ends(self, start: int, place: int, letter: str) -> bool:
        if self.text[start - 1 : start] in "([":
            return False
        if letter.isupper():
            return self._word(place) not in ("I", "I'm", "I’m", "I'd", "I’d", "I've", "I’ve", "I'll", "I’ll")
        before = self.text[start - 1 : start]
        return letter.isalpha() and not letter.islower() and before in patterns.HANGUL_END and before != ""

    def _period_ends(self, match: re.Match[str], place: int, letter: str) -> bool:
        if letter in ",;:=<>&|/\\%)]}+":
            return False
        if match["closers"] and patterns.attached().match(self.text, self._skip(match.end()), self.high):
            return False
        token = self._token(match.start())
        if letter.islower():
            return self._mixed(place) or self._careless(token)
        bare = token.lower()
        if "." in token and len(token) > 12:
            return True  # an address on the web, or a path
        if token.isdigit() and not match["closers"]:
            return self._number_ends(token, match.start(), place, letter)
        if token in words.NEVER or (len(bare) > 1 and bare in words.NEVER):
            return self._quoted_word(match, place)
        if (bare in words.BEFORE_NUMBER or bare.endswith("str")) and patterns.numeral().match(
            self.text, match.end(), self.high
        ):
            return False
        if bare in words.ENDING:
            word = self._word(place).lower()
            return not (bare in ("a.m", "p.m", "am", "pm") and word in words.AFTER_TIME) and letter.isalpha()
        if bare in words.MAYBE or (token[:1].isupper() and patterns.dotted().fullmatch(token)):
            return self._word(place) in words.STARTERS and not match["closers"].startswith((")", "]"))
        if len(token) == 1 and token.isalpha():
            return self._letter_ends(token, match.start(), place, letter)
        return not (patterns.dotted().fullmatch(token) and not letter.isupper())

    def _token(self, stop: int) -> str:
        """The word before a stop, without opening marks; "z. B" and the like in one piece."""
        low = max(self.start, stop - 40)
        found = patterns.last_word().search(self.text[low:stop])
        return found.group().replace(" ", "").replace("\u00a0", "") if found else ""

    def _head(self, end: int) -> str:
        """The sentence up to ``end``, or its last words."""
        return self.text[max(self.start, end - 80) : end].strip()

    def _skip(self, place: int) -> int:
        while place < self.high and self.text[place].isspace():
            place += 1
        return place

    def _mixed(self, place: int) -> bool:
        """Whether a word begins small although it begins a sentence: iPhone, eBay, pH."""
        return bool(patterns.mixed_case().match(self.text, place, self.high))

    def _careless(self, token: str) -> bool:
        """Whether the writer begins sentences with small letters."""
        first = self._after(self.start)
        bare = token.lower()
        return (
            first is not None
            and first[1].islower()
            and not self._mixed(first[0])
            and len(bare) > 2
            and bare.isalpha()
            and bare not in words.NEVER
            and bare not in words.MAYBE
            and bare not in words.ENDING
            and bare not in words.BEFORE_NUMBER
        )

    def _quoted_word(self, match: re.Match[str], place: int) -> bool:
        closed = match["closers"].strip("*_`~")
        return bool(closed) and closed[-1] in '"”»)' and self._word(place) in words.STARTERS

    def _number_ends(self, token: str, stop: int, place: int, letter: str) -> bool:
        text = self.text
        head = self._head(stop - len(token))
        if len(token) <= 3 and not head.strip("*_([#>- \t"):
            return False  # an enumerator
        if len(token) <= 2 and head.endswith((":", ";", "：")):
            return False
        if letter.isdigit():
            parts = patterns.date_part().match(text, place, self.high)
            year = len(token) == 4 and token[:2] in ("19", "20")
            return not (parts and (year or (len(token) <= 2 and patterns.date_before().search(head[-8:]))))
        if len(token) <= 2:
            if patterns.date_before().search(head[-8:]):
                return False
            before = head.rsplit(None, 2)[-2:]
            if self._word(place).lower() in words.MONTHS:
                return False
            if before and before[-1].lower() in words.GERMAN_ORDINAL_BEFORE and before[0] not in ("I", "and"):
                return False
        return True

    def _letter_ends(self, token: str, stop: int, place: int, letter: str) -> bool:
        head = self._head(stop - 1)
        if not head.strip("*_([#>- \t") or head.endswith((":", ";")):
            return False  # an enumerator
        if not letter.isalpha():
            return letter.isdigit() and token.isupper() and token.isascii() and head[-1].islower()
        word = self._word(place)
        if len(word) == 1 and self.text[place + 1 : place + 2] == ".":
            return False
        if "가" <= token <= "힣":
            return token not in "가나다라마바사아자차카타파하" or token in "다"
        if token.islower() and token.isascii():
            return letter.isupper()
        return word in words.STARTERS and word not in words.NAME_PARTS

    def _wide_ends(self, match: re.Match[str]) -> bool:
        if not match["after"]:
            return match["wide"][-1] not in "؟۔।॥" or self.text[match.end() : match.end() + 1].isspace()
        return not patterns.wide_goes_on().match(self.text, match.end(), self.high)

    def _inside(self, start: int, end: int) -> bool:
        """Whether a stop stands in a quotation or bracket that belongs to a longer sentence."""
        if self.pairs is None:
            self.pairs = pairs(self.text, self.low, self.high)
        i = bisect_left(self.pairs, (start, 0)) - 1
        if i < 0:
            return False
        opener, closer = self.pairs[i]
        if not (opener < start and end <= closer):
            return False
        if self.worded[0] != self.start:
            word = patterns.alnum().search(self.text, self.start, self.high)
            self.worded = self.start, word.start() if word else self.high
        if self.worded[1] < opener:
            return True
        return bool(patterns.goes_on().match(self.text, closer + 1, self.high))
