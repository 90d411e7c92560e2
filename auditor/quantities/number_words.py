"""English number words: twenty-five, one and a half, two-thirds, a dozen, third, twice."""

from __future__ import annotations

import re
from fractions import Fraction

from auditor.quantities.model import Reading
from auditor.quantities.numerals import Atom, exact
from auditor.quantities.wordlist import words

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
SMALL = {word: value for value, word in enumerate(_UNITS.split())}
TENS = {w: 10 * v for v, w in enumerate(words("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), 1)}
ORDINALS |= {tens[:-1] + "ieth": value for tens, value in TENS.items()} | {"hundredth": 100}
_DENOMINATORS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
_DENOMINATORS |= {w + s: v for w, v in ORDINALS.items() if 3 <= v <= 20 for s in ("", "s")}
_DENOMINATORS |= {"hundredth": 100, "hundredths": 100}
_MULTIPLES = {"twice": 2, "double": 2, "doubled": 2, "doubling": 2, "triple": 3, "tripled": 3, "tripling": 3}
_MULTIPLES |= {"twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10}
_SUMMED = frozenset({*SMALL, *TENS, *SCALES, "half"})
WORDS = frozenset({*SMALL, *TENS, *SCALES, *ORDINALS, *_DENOMINATORS, *_MULTIPLES})

_TOKEN = re.compile(r"[A-Za-z]+")
_GAP = re.compile(r"\s*-\s*|\s+|,?\s+and\s+(?:an?\s+)?|\s+an?\s+")
_ARTICLES = ("a", "an")
_JOINING = ("and", "a", "an")
_AFTER_ARTICLE = frozenset(
    words("hundred thousand million billion trillion dozen half third quarter fifth tenth")
)


def _runs(text: str) -> list[tuple[int, int]]:
    """Spans of number words that stand together, an article before them taken in."""
    runs: list[tuple[int, int]] = []
    article = -1
    for match in _TOKEN.finditer(text):
        word = match.group().lower()
        if word in _ARTICLES:
            article = match.start()
            continue
        if word in WORDS:
            start = match.start()
            if runs and start - runs[-1][1] < 12 and _GAP.fullmatch(text, runs[-1][1], start):
                runs[-1] = (runs[-1][0], match.end())
            else:
                near = (
                    article >= 0
                    and word in _AFTER_ARTICLE
                    and text[article:start].rstrip().lower() in _ARTICLES
                )
                runs.append((article if near else start, match.end()))
        if word != "and":
            article = -1
    return runs


_ONE_AFTER = re.compile(
    r"\s+(?:in|out of|person|patient|man|woman|child|boy|girl|people|hundred|thousand|million"
    r"|billion|year|month|week|day|hour|minute|second|mile|"
    r"kilomet\w+|met(?:re|er)s?|percent|per cent|dollar|death|case|goal|point|vote|season"
    r"|album|book|film|episode|member|wife|son|daughter|brother|sister)\b",
    re.IGNORECASE,
)
_ONE_BEFORE = re.compile(
    r"(?:\bno|\bat|the|this|that|each|any|every|some|which|another|only|next|last|first|my|your|a)\s+$",
    re.IGNORECASE,
)
_NOT_FIRST = re.compile(r"(?:\bat|from the|in the|feet|\bsafety|head)\s+$", re.IGNORECASE)
_AFTER_FIRST = re.compile(
    r"(?:\s+(?:of all|and foremost|name|names|aid|lady|minister|person|thought|thoughts|nature"
    r"|guess|guessed|hand|to none|that|we|you|I|it|he|she|they)\b|,|-(?:hand|class|rate|ever"
    r"|person|aid))"
)


def word_atoms(text: str) -> list[Atom]:
    """The numbers, fractions, ordinals and multiples in English words, left to right."""
    found: list[Atom] = []
    for first, last in _runs(text):
        for start, end in _split(text[first:last]):
            atom = _word_atom(text, first + start, first + end)
            if atom:
                found.append(atom)
    return found


def _split(run: str) -> list[tuple[int, int]]:
    """Parts of a run that are one number each: "five and six" are two, "two hundred and three" is one."""
    tokens = [(m.group().lower(), m.start(), m.end()) for m in re.finditer(r"[A-Za-z]+", run)]
    parts: list[tuple[int, int]] = []
    start = 0
    for place in range(1, len(tokens) + 1):
        done, coming = [t for t, _, _ in tokens[start:place]], [t for t, _, _ in tokens[place : place + 4]]
        if not coming or not _continues(done, coming):
            last = place - 1
            while last > start and tokens[last][0] in _JOINING:
                last -= 1
            first = start
            while first < last and tokens[first][0] == "and":
                first += 1
            parts.append((tokens[first][1], tokens[last][2]))
            start = place
    return parts


def _continues(done: list[str], coming: list[str]) -> bool:
    """Whether the next word belongs to the number so far."""
    word, last = coming[0], done[-1]
    if word in _MULTIPLES or done[0] in _MULTIPLES:
        return False
    if word in _JOINING:
        later = next((i for i, w in enumerate(coming) if w not in _JOINING), None)
        if later is None or (word == "and" and not _joins(done, coming[later])):
            return False
        return _continues([*done, word], coming[later:])
    if last in _JOINING:
        return True
    if word in SCALES:
        return last in SMALL or last in TENS or last in SCALES or last == "half"
    if word in SMALL or word in ORDINALS or word in _DENOMINATORS:
        if last in TENS:
            return (SMALL.get(word) or ORDINALS.get(word) or 99) < 10
        if last in SCALES and last != "dozen":
            return True
        return word in _DENOMINATORS and last in SMALL and word != "second"
    return word in TENS and last in SCALES and last != "dozen"


def _joins(done: list[str], word: str) -> bool:
    """Whether "and" joins one number: after hundred or a larger scale, or before a half or quarter."""
    if word in ("half", "quarter", "third", "quarters", "thirds"):
        return done[-1] in SMALL or done[-1] in TENS
    return done[-1] in SCALES and done[-1] != "dozen" and (word in SMALL or word in TENS)


def _word_atom(text: str, start: int, end: int) -> Atom | None:
    tokens = [t for t in re.findall(r"[a-z]+", text[start:end].lower()) if t not in _JOINING]
    if not tokens or text[end : end + 2] in ("'s", "’s"):
        return None
    if not _SUMMED.issuperset(tokens[:-1]) and tokens[0] not in _MULTIPLES:
        return None
    if tokens[0] in _MULTIPLES:
        return Atom(start, end, exact(_MULTIPLES[tokens[0]]), "multiple") if len(tokens) == 1 else None
    if tokens == ["one"] and not (
        _ONE_AFTER.match(text, end) and not _ONE_BEFORE.search(text, max(0, start - 12), start)
    ):
        return None
    if tokens[-1] in _DENOMINATORS and not (
        len(tokens) == 1 and tokens[0] in ORDINALS and not _is_share(text, start, end)
    ):
        return _fraction_atom(text, start, end, tokens)
    if tokens[-1] in ORDINALS:
        return _ordinal_atom(text, start, end, tokens)
    article = re.match(r"an?\s", text[start:end], re.IGNORECASE)
    if len(tokens) == 1 and tokens[0] in SCALES and not article:
        return None
    if tokens[-1] not in _SUMMED:
        return None
    value, step = _sum(tokens)
    return Atom(start, end, (Reading(value, value, step),), "words")


def _is_share(text: str, start: int, end: int) -> bool:
    """Whether "a third" is a share: "a third of", "a third more"."""
    article = re.match(r"an?\s", text[start:end], re.IGNORECASE) is not None
    return (
        article
        and re.match(r"\s+(?:of|more|less|fewer|larger|smaller|the)\b", text[end : end + 10]) is not None
    )


def _fraction_atom(text: str, start: int, end: int, tokens: list[str]) -> Atom | None:
    last = tokens[-1]
    before = text[max(0, start - 10) : start].lower()
    if last.startswith(("half", "quarter")) and re.search(
        r"(?:first|second|third|fourth|other|better|latter|last|final|this|each|every|per)\s$", before
    ):
        return None
    if last.startswith("quarter") and len(tokens) == 1 and not _is_share(text, start, end):
        return None
    if last == "half" and re.match(
        r"-?\s?(?:time|brother|sister|way|back|hearted|life|lives|moon|baked)\b", text[end : end + 9]
    ):
        return None
    head = tokens[:-1]
    if not head and last.endswith("s"):
        return None
    if not head or head == ["half"]:
        return Atom(start, end, exact(Fraction(1, _DENOMINATORS[last])), "fraction")
    if any(t in ORDINALS or t in _DENOMINATORS for t in head):
        return None
    number, _ = _sum(head)
    if " and " in text[start:end].lower():
        return Atom(start, end, exact(number + Fraction(1, _DENOMINATORS[last])), "words")
    if last.rstrip("s") in ORDINALS and head[-1] not in SMALL:
        return Atom(start, end, exact(number + ORDINALS[last]), "ordinal") if last in ORDINALS else None
    return Atom(start, end, exact(Fraction(number, _DENOMINATORS[last])), "fraction")


def _ordinal_atom(text: str, start: int, end: int, tokens: list[str]) -> Atom | None:
    if len(tokens) == 1:
        if (
            _NOT_FIRST.search(text, max(0, start - 10), start) and tokens[0] != "third"
        ) or _AFTER_FIRST.match(text, end):
            return None
        if tokens[0] == "second" and re.search(
            r"(?:\bper|each|every|a|split)\s$", text[max(0, start - 8) : start]
        ):
            return None
    if any(t in ORDINALS for t in tokens[:-1]):
        return None
    value, _ = _sum(tokens[:-1]) if len(tokens) > 1 else (Fraction(0), Fraction(0))
    return Atom(start, end, exact(value + ORDINALS[tokens[-1]]), "ordinal")


def _sum(tokens: list[str]) -> tuple[Fraction, Fraction]:
    """Value of number words and the size of the last one's place: "three million" is known to the million."""
    total = current = Fraction(0)
    half = False
    for token in tokens:
        if token == "half":
            current, half = current + Fraction(1, 2), True
        elif token in SMALL:
            current += SMALL[token]
        elif token in TENS:
            current += TENS[token]
        elif token in ("hundred", "dozen"):
            current = (current or Fraction(1)) * SCALES[token]
        else:
            total += (current or Fraction(1)) * SCALES[token]
            current = Fraction(0)
    scale = SCALES.get(tokens[-1], 1)
    step = Fraction(scale if scale >= 1000 else 1)
    if half:
        step = step / 10 if scale >= 1000 else Fraction(0)
    return total + current, step
