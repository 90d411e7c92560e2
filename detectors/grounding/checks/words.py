"""Words of a claim laid beside words of a passage: which are in both, which stand in only one."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)*")
_HANGUL = re.compile(r"[가-힣]")
# Particles that a Korean noun may take, and endings of verbs; the longest first.
_PARTICLE = re.compile(
    r"(?:으로부터|로부터|에게서|에서는|에서도|에서의|으로는|으로서|으로써|으로의|까지는|부터는|에게는|이라는|라는|이라고|라고|에서|에게|께서|으로"
    r"|까지|부터|보다|처럼|마다|조차|밖에|에는|에도|와의|과의|들은|들이|들을|들의|들|은|는|이|가|을|를|의|에|로|와|과|도|만|며)$"
)
_ENDING = re.compile(
    r"(?:하였|했|하|되었|됐|되|됩|합|시켰|시키|이었|였|입|이)?(?:았|었|겠)?"
    r"(?:습니다|ㅂ니다|니다|다는|다고|다며|다가|다|지만|지는|지도|지|고|으며|며|는데|면서|어서|아서|여서|던|는|기로|기|음|도록|려고|며)$"
    r"|(?:한다|된다|한|된|할|될|함|됨|해|돼|하여|되어|인|일)$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place.

    Attributes:
        start: Offset of its first character.
        end: Offset one past its last.
        text: As written.
        stem: What it is compared by.
        content: Whether it carries content rather than grammar.
    """

    start: int
    end: int
    text: str
    stem: str
    content: bool


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text; Korean ones are compared without particles and endings."""
    return tuple(_word(match) for match in _WORD.finditer(text))


def _word(match: re.Match[str]) -> Word:
    written = match.group()
    stem = stem_of(written)
    content = stem not in _function() and written.casefold() not in _function()
    return Word(match.start(), match.end(), written, stem, content)


@cache
def _function() -> frozenset[str]:
    """Words that carry grammar rather than content, as written and as stems."""
    lists = word_lists()["function"]
    return frozenset(lists["en"]) | frozenset(map(stem_of, lists["en"])) | frozenset(lists["ko"])


@cache
def word_lists() -> dict[str, dict[str, list[str]]]:
    """The words of ``corpora/grounding/words.toml``, by list and language."""
    data = tomllib.loads(files("auditor.corpora.grounding").joinpath("words.toml").read_text("utf-8"))
    return {name: {key: row.split() for key, row in table.items()} for name, table in data.items()}


@lru_cache(maxsize=65536)
def stem_of(word: str) -> str:
    """The form by which a word is compared: case, accents and inflection taken away.

    English by a light stemmer: plural and possessive s, -ed, -ing, -ly, with a doubled consonant undone and a final e
    dropped, so that ``stopped``, ``stopping`` and ``stops`` meet in ``stop``. Irregular forms stay apart.
    """
    folded = unicodedata.normalize("NFC", word).casefold().replace("’", "'")
    if _HANGUL.search(folded):
        return _korean(folded)
    if folded[:1].isdigit():
        return folded.replace(",", "")
    folded = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    folded = folded.removesuffix("'s").removesuffix("'")
    return _english(folded)


def _korean(word: str) -> str:
    """Without one ending or one particle; never less than two syllables, one for a verb such as 늘었다."""
    for pattern, least in ((_ENDING, 1), (_PARTICLE, 2)):
        cut = pattern.sub("", word)
        if cut != word and len(cut) >= least:
            return cut
    return word


def _english(word: str) -> str:
    if len(word) <= 3:
        return word
    for tail, put in (("ies", "y"), ("sses", "ss"), ("ied", "y")):
        if word.endswith(tail) and len(word) > len(tail) + 1:
            return word[: -len(tail)] + put
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for tail in ("ingly", "edly", "ing", "ed", "ly"):
        if word.endswith(tail) and len(word) - len(tail) >= 3 and re.search("[aeiouy]", word[: -len(tail)]):
            word = word[: -len(tail)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word.removesuffix("e") if len(word) > 3 else word


@dataclass(frozen=True, slots=True)
class Pairing:
    """A claim's words beside a passage's.

    Attributes:
        claim: Words of the claim.
        source: Words of the passage.
        pairs: Indices of words that are the same, (claim, source); each word at most once.
        coverage: Share of the claim's content words that the passage has, 0..1.
    """

    claim: tuple[Word, ...]
    source: tuple[Word, ...]
    pairs: tuple[tuple[int, int], ...]
    coverage: float

    def only_claim(self) -> list[int]:
        """Indices of the claim's words that the passage lacks."""
        paired = {i for i, _ in self.pairs}
        return [i for i in range(len(self.claim)) if i not in paired]

    def only_source(self) -> list[int]:
        """Indices of the passage's words that the claim lacks."""
        paired = {j for _, j in self.pairs}
        return [j for j in range(len(self.source)) if j not in paired]


@lru_cache(maxsize=4096)
def pair(claim: str, source: str) -> Pairing:
    """Lays a claim beside one sentence of a passage: runs in the same order first, then what is left over."""
    left, right = words(claim), words(source)
    pairs = _in_order([w.stem for w in left], [w.stem for w in right])
    taken_left, taken_right = {i for i, _ in pairs}, {j for _, j in pairs}
    rest: dict[str, list[int]] = {}
    for j, word in enumerate(right):
        if j not in taken_right:
            rest.setdefault(word.stem, []).append(j)
    for i, word in enumerate(left):
        if i not in taken_left and rest.get(word.stem):
            pairs.append((i, rest[word.stem].pop(0)))
            taken_left.add(i)
    content = [i for i, word in enumerate(left) if word.content]
    coverage = sum(i in taken_left for i in content) / len(content) if content else 0.0
    return Pairing(left, right, tuple(sorted(pairs)), coverage)


def _in_order(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return [(block.a + n, block.b + n) for block in blocks for n in range(block.size)]
