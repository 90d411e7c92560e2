"""From matches to passages: where a leak starts, how far it runs, and whether it broke a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.detectors.boilerplate.blocks import Block, blocks
from auditor.detectors.boilerplate.folding import fold, unfolded
from auditor.detectors.boilerplate.model import Model, model
from auditor.detectors.boilerplate.phrases import Strength
from auditor.detectors.boilerplate.scan import Match, matches
from auditor.detectors.boilerplate.sentences import sentences
from auditor.documents import Document

TOKEN_RULES = frozenset({"tool-marker", "tracking-link", "chat-template", "placeholder", "interface-residue"})
"""Rules whose findings are just the characters that matched, not the sentence around them."""
LEAD_RULES = frozenset({"opener", "editor-talk", "prompt-echo"})
"""Rules whose sentence may end in a colon, before the text that the model was asked for."""
CONTINUATION = "continuation"

_LEAD = re.compile(r"[:：](?=\s|$|[^\d/\s])")
_CONNECTIVE = re.compile(r"[^,，、;:：—–(\n]{0,30}[,，、:：—–-]\s*")
_ITEM = re.compile(r"(?:^|\n)[ \t>]*(?:[-*+•]|\d{1,2}[.)])[ \t]+|<li>", re.IGNORECASE)
_OPENING = " \t\r\n*_\"'“‘«„「『(#>-•"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that may have been left behind by a chat model.

    Attributes:
        rule: Name of the rule that speaks for it (the part after the slash).
        start: First character.
        end: One past the last.
        block: The paragraph it stands in.
        matches: Phrases found in it.
        voice: Highest log-odds of the assistant-voice classifier over its sentences.
        spliced: Whether it starts in the middle of another's sentence.
        listed: How many list items in it are, each by itself, in the assistant's voice.
    """

    rule: str
    start: int
    end: int
    block: Block
    matches: tuple[Match, ...]
    voice: float
    spliced: bool = False
    listed: int = 0

    @property
    def strength(self) -> Strength | None:
        """Of the strongest phrase, None where the classifier alone speaks."""
        order = (Strength.STRONG, Strength.FAIR, Strength.WEAK)
        found = {match.phrase.strength for match in self.matches if match.phrase.rule != CONTINUATION}
        return next((strength for strength in order if strength in found), None)

    @property
    def rules(self) -> tuple[str, ...]:
        """All rules with a phrase in it, in order of place."""
        return tuple(dict.fromkeys(m.phrase.rule for m in self.matches if m.phrase.rule != CONTINUATION))


def passages(document: Document) -> list[Passage]:
    """All passages of a document in order, found once."""
    return document.memo("boilerplate/passages", lambda: list(_find(document)))


def _find(document: Document) -> Iterator[Passage]:
    by_block: dict[Block, list[Match]] = {}
    for match in matches(document):
        by_block.setdefault(match.block, []).append(match)
    judge = model()
    text = document.text
    reach = 0
    for block in blocks(text):
        found = by_block.get(block, [])
        if not found and not judge.promising(_legible(text[block.start : block.end])):
            continue
        yield from _tokens(found)
        talk = [m for m in found if m.phrase.rule not in TOKEN_RULES]
        for passage in _runs(text, block, talk, judge):
            if passage.start >= reach:  # windows of a long paragraph overlap
                reach = passage.end
                yield passage


def _legible(text: str) -> str:
    """The text with its words as a person reads them: without hidden characters, look-alikes and slips."""
    return text if text.isascii() or unfolded(text) is not None else fold(text).text


def _tokens(found: Iterable[Match]) -> Iterator[Passage]:
    """Token matches, neighbours of one rule joined."""
    group: list[Match] = []
    for match in found:
        if match.phrase.rule not in TOKEN_RULES:
            continue
        if group and (match.phrase.rule != group[-1].phrase.rule or match.start > group[-1].end + 2):
            yield _token_passage(group)
            group = []
        group.append(match)
    if group:
        yield _token_passage(group)


def _token_passage(group: Sequence[Match]) -> Passage:
    end = max(match.end for match in group)
    return Passage(group[0].phrase.rule, group[0].start, end, group[0].block, tuple(group), 0.0)


@dataclass(slots=True)
class _Sentence:
    start: int
    end: int
    found: list[Match]
    voice: float

    @property
    def told(self) -> bool:
        return any(m.phrase.rule != CONTINUATION for m in self.found)


def _runs(text: str, block: Block, found: list[Match], judge: Model) -> Iterator[Passage]:
    """Maximal runs of sentences in the assistant's voice."""
    run: list[_Sentence] = []
    for sentence in _sentences(text, block, found, judge):
        starts = sentence.told or sentence.voice >= judge.threshold
        goes_on = bool(run) and (bool(sentence.found) or sentence.voice >= judge.follow)
        if starts or goes_on:
            if run and starts and not goes_on:
                yield from _passage(text, block, run)
                run = []
            run.append(sentence)
            if _ends_with_lead(text, run):
                yield from _passage(text, block, run)
                run = []
            continue
        if run:
            yield from _passage(text, block, run)
        run = []
    if run:
        yield from _passage(text, block, run)


def _sentences(text: str, block: Block, found: list[Match], judge: Model) -> Iterator[_Sentence]:
    spans = list(sentences(text, block.start, block.end))
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        # A match may run over what looks like the end of a sentence: such sentences are one.
        if merged and any(m.start < merged[-1][1] <= start < m.end for m in found):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    for start, end in merged:
        inside = [m for m in found if m.start < end and m.end > start]
        yield _Sentence(start, end, inside, judge.voice(_own_words(text[start:end])))


_QUOTED = re.compile(
    r"“[^”]{3,400}”|(?<!\w)‘[^’\n]{3,200}’(?!\w)|„[^“”]{3,400}[“”]|«[^»]{3,400}»|「[^」]{3,200}」|『[^』]{3,200}』|\"[^\"\n]{3,400}\"|`[^`\n]{3,200}`"
)


_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)>\]}]+")


def _own_words(sentence: str) -> str:
    """The sentence without addresses and what it quotes, unless it is nothing but a quotation."""
    if "://" in sentence or "www." in sentence:
        sentence = _ADDRESS.sub(" ", sentence)
    rest = _QUOTED.sub(" ", sentence)
    return rest if rest != sentence and len(rest.strip(" .,:;!?-")) >= 15 else sentence


def _ends_with_lead(text: str, run: list[_Sentence]) -> bool:
    """Whether the run's last sentence hands over to the text that was asked for."""
    last = run[-1]
    rules = {m.phrase.rule for m in last.found}
    if not rules & LEAD_RULES:
        return False
    reach = max(m.end for m in last.found if m.phrase.rule in LEAD_RULES)
    return _LEAD.search(text, max(reach - 1, last.start), last.end) is not None


def _passage(text: str, block: Block, run: list[_Sentence]) -> Iterator[Passage]:
    told = [m for s in run for m in s.found if m.phrase.rule != CONTINUATION]
    every = tuple(m for s in run for m in s.found)
    voice = max(s.voice for s in run)
    start, spliced = _beginning(text, run[0], told)
    end = run[-1].end
    if run[-1].found and {m.phrase.rule for m in run[-1].found} & LEAD_RULES:
        reach = max(m.end for m in run[-1].found)
        if lead := _LEAD.search(text, max(reach - 1, start), end):
            end = lead.end()
    rule = _speaker(told)
    listed = sum(
        bool(_ITEM.search(text, max(s.start - 8, 0), s.start + 4)) for s in run if s.told or s.voice >= 0
    )
    yield Passage(rule, start, end, block, every, voice, spliced, listed)


def _speaker(told: Sequence[Match]) -> str:
    """The rule of the strongest phrase; the first of equally strong ones."""
    if not told:
        return "assistant-voice"
    order = [Strength.STRONG, Strength.FAIR, Strength.WEAK]
    return min(told, key=lambda m: (order.index(m.phrase.strength), m.start)).phrase.rule


# Words that open a phrase but are left out of its pattern: "I'm very" sorry, "정말" 죄송합니다.
_LEADING = re.compile(
    r"(?:(?<![\w'’])(?:(?:i['’]?m|i am|we['’]re|we are|my|very|so|truly|really|deeply|terribly|extremely|"
    r"unfortunately|well|oh|yes|no|okay|ok|and|but|also|please|je suis|lo|mi|muy|es tut mir|tut mir|"
    r"mir|ich|bin|sehr|désolée?|vraiment|eu|sinto|muito|мне|очень|я|sono|molto|çok|saya|mohon|rất|tôi|정말|대단히|매우|너무|저는|제가|很|非常|真的|大变|誠に|大変)"
    r"[,，!]?\s*))+$",
    re.IGNORECASE,
)


def _from_first_word(text: str, start: int, found: int) -> int:
    """Takes in the words before a match that belong to it."""
    leading = _LEADING.search(text, max(start, found - 80), found)
    return leading.start() if leading and leading.end() == found else found


def _beginning(text: str, first: _Sentence, told: Sequence[Match]) -> tuple[int, bool]:
    """Where the passage starts, and whether that is in the middle of another's sentence."""
    here = [m for m in told if m.start < first.end]
    start = first.start
    while start < first.end and text[start] in _OPENING:
        start += 1
    start = start if start < first.end else first.start
    if not here:
        return start, False
    found = _from_first_word(text, start, min(m.start for m in here))
    before = text[start:found]
    if found <= start or not before.strip():
        return min(start, found), False
    if _CONNECTIVE.fullmatch(before) and len(before.split()) <= 3:
        return start, False
    opens = text[found].isupper() or not text[found].isalpha() or not text[found].islower()
    parted = before.rstrip()[-1:] in ".!?。！？:：\n" or "\n" in before[len(before.rstrip()) :]
    words_before = len(before.split()) if " " in before else len(before) // 2
    if opens and (words_before >= 2 or parted):
        # A capital in mid-sentence, with no full stop before it, is where the human sentence was broken off.
        return found, not parted and before.rstrip()[-1:] not in ",，;)"
    return start, False
