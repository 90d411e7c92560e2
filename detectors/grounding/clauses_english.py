"""English clauses by spaCy's dependency parse."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from auditor.detectors.grounding.clauses import Clause, allowed, trimmed
from auditor.detectors.grounding.clauses_rules import CONDITIONAL

Token = Any
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_CONTENT = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "PRON"})
_RIGHT = frozenset(
    {
        "dobj",
        "obj",
        "attr",
        "acomp",
        "prep",
        "ccomp",
        "xcomp",
        "oprd",
        "agent",
        "npadvmod",
        "dative",
        "prt",
        "advmod",
        "advcl",
    }
)


def by_parse(doc: Token) -> list[Clause]:
    """Clauses of a parsed sentence.

    Args:
        doc: spaCy's Doc of one sentence.
    """
    text: str = doc.text
    whole = [Clause(0, len(text))]
    roots = [token for token in doc if token.dep_ == "ROOT" and token.pos_ in ("VERB", "AUX")]
    if len(roots) != 1 or CONDITIONAL.search(text):
        return whole
    found = _misread(doc, roots[0]) or _coordinated(doc, roots[0])
    found = [piece for clause in found for piece in _subordinate(doc, clause)]
    found = [piece for clause in found for piece in _relative(doc, clause)]
    inner = [clause.start for clause in found if clause.start] + [c.end for c in found if c.end < len(text)]
    if len(found) < 2 or not allowed(text, inner):
        return whole
    if any(len(text[c.start : c.end].split()) + len(c.lead.split()) < 2 for c in found):
        return whole
    return found


def _misread(doc: Token, root: Token) -> list[Clause]:
    """The two clauses of "It carried a million passengers, and car traffic rose": some parses make one list of it.

    There the second verb hangs on the first without a conjunction or a subject, right behind a noun that is said to be
    joined to the object.
    """
    for verb in root.rights:
        if verb.dep_ != "advcl" or verb.tag_ not in ("VBD", "VBZ", "VBP") or _subject(verb) is not None:
            continue
        joints = [
            i for i in range(root.i + 1, verb.i) if doc[i].lower_ in ("and", "but") and doc[i - 1].text == ","
        ]
        if len(joints) != 1 or any(child.dep_ == "mark" for child in verb.lefts):
            continue
        noun = doc[joints[0]].head
        second = [c for c in noun.rights if c.dep_ == "conj" and joints[0] < c.i < verb.i]
        if (
            len(second) == 1
            and max(t.i for t in second[0].subtree) == verb.i - 1
            and verb.right_edge.i >= len(doc) - 2
        ):
            text = doc.text
            return [
                trimmed(text, 0, _without_joint(doc, joints[0] + 1), ""),
                trimmed(text, doc[joints[0] + 1].idx, len(text), ""),
            ]
    return []


def _subject(verb: Token) -> Token | None:
    carriers = [verb, *_auxiliaries(verb)]  # the parser hangs some subjects on the auxiliary
    return next((child for carrier in carriers for child in carrier.lefts if child.dep_ in SUBJECTS), None)


def _auxiliaries(verb: Token) -> list[Token]:
    return [child for child in verb.lefts if child.dep_ in ("aux", "auxpass")]


def _negated(verb: Token) -> bool:
    subject = _subject(verb)
    words = [*verb.lefts, *(subject.lefts if subject is not None else ())]
    return any(c.dep_ == "neg" or c.lower_ in ("no", "never", "hardly", "few", "neither") for c in words)


def _coordinated(doc: Token, root: Token) -> list[Clause]:
    """Cuts at verbs joined to the main verb, or to the verb of what somebody said."""
    whole = [Clause(0, len(doc.text))]
    head, before = root, 0
    said = [child for child in root.rights if child.dep_ == "ccomp" and _subject(child) is not None]
    if len(said) == 1 and _subject(root) is not None and not _chain(root):
        head = said[0]
        before = min(token.i for token in head.subtree)
        if doc[before].dep_ == "mark":
            before += 1
    verbs = [head, *_chain(head)]
    subject = _subject(head)
    if len(verbs) == 1 or subject is None:
        return whole
    starts, leads = [0], [""]
    prefix = doc[0:before].text
    for previous, verb in pairwise(verbs):
        joint = _joint(previous, verb)
        if joint and before and _subject(verb) is None and _loose(doc, joint):
            continue
        if joint is None or (own := _lead(doc, head, previous, verb, before)) is None:
            continue
        starts.append(joint)
        leads.append(f"{prefix} {own}".strip() if prefix and own else own or prefix)
    text = doc.text
    bounds = [*(doc[i].idx if i else 0 for i in starts), len(text)]
    pieces = []
    for n, lead in enumerate(leads):
        end = _without_joint(doc, starts[n + 1]) if n + 1 < len(starts) else len(text)
        pieces.append(trimmed(text, bounds[n], end, lead))
    return pieces if all(len(text[p.start : p.end].split()) > 1 for p in pieces) else whole


def _chain(head: Token) -> list[Token]:
    found: list[Token] = []
    queue = [head]
    while queue:
        verb = queue.pop(0)
        joined = [c for c in verb.rights if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX")]
        found += joined
        queue += joined
    return sorted(found, key=lambda token: token.i)


def _joint(previous: Token, verb: Token) -> int | None:
    """First token of the clause of ``verb``, None where cutting there would tear something apart."""
    head = verb.head
    joints = [c for c in head.rights if c.dep_ == "cc" and c.i < verb.i]
    if any(c.lower_ not in ("and", "but", "yet", "&") for c in joints):
        return None
    first: int = min(token.i for token in verb.subtree)
    if joints and joints[-1].i > first:
        return None
    if first and verb.doc[first - 1].dep_ not in ("cc", "punct"):
        return None  # misread: no sentence goes on without a word or mark between its parts
    # Whatever hangs on an earlier verb but stands after this one belongs to both.
    last = max(token.i for token in verb.subtree)
    outer: Token = head
    while True:
        if any(c.i > last and c.dep_ not in ("punct", "conj", "cc") for c in outer.rights):
            return None
        if outer.dep_ != "conj":
            break
        outer = outer.head
    own = _subject(verb) is not None
    between = [c for c in previous.rights if c.dep_ in _RIGHT and c.i < verb.i]
    if not own and not between and previous.pos_ == "VERB" and previous.tag_ != "VBN":
        return None  # "bought and sold the shop": the object belongs to both
    rights = [c for c in verb.rights if c.dep_ not in ("punct", "conj", "cc")]
    if not own and not rights:
        return None
    if not any(t.pos_ in _CONTENT for t in verb.subtree if t.i != verb.i):
        return None
    return first


def _lead(doc: Token, head: Token, previous: Token, verb: Token, before: int) -> str | None:
    """What a clause without a subject is to be read with; None where it must not be cut off."""
    if _subject(verb) is not None:
        return ""
    carrier = previous
    while _subject(carrier) is None and carrier is not head and carrier.dep_ == "conj":
        carrier = carrier.head
    subject = _subject(carrier)
    if subject is None or subject.lower_ in ("which", "who", "that", "there", "what"):
        return None
    low = min(token.i for token in subject.subtree)
    high = max(token.i for token in subject.subtree)
    if any(t.dep_ in ("relcl", "acl") and t.head.i <= high and t.i >= low for t in subject.subtree):
        names = [t.i for t in subject.subtree if t.i <= subject.i]
        if max(names) - min(names) + 1 != len(names):
            return None
        high = subject.i
    words: str = doc[low : high + 1].text
    borrowed = [] if _auxiliaries(verb) or verb.pos_ == "AUX" else _auxiliaries(carrier)
    if borrowed and verb.tag_ in ("VBD", "VBZ", "VBP"):
        borrowed = []
    if borrowed or (verb.tag_ == "VB" and not _auxiliaries(verb)):
        if _negated(carrier):
            return None
        words = " ".join([words, *(t.text for t in _auxiliaries(carrier))])
    elif (
        (_negated(carrier) and any(c.lower_ in ("no", "few", "neither") for c in subject.lefts))
        or verb.tag_ == "VBG"
        or _ambiguous(carrier, verb)
    ):
        return None
    opening = doc[before:low].text.strip(" ,") if carrier is head and low > before else ""
    same = verb.tag_ == carrier.tag_ or bool(borrowed)
    if opening and same and doc[before].dep_ in ("prep", "npadvmod") and doc[before].head == carrier:
        return f"{opening}, {words}"
    return words


def _loose(doc: Token, joint: int) -> bool:
    """Whether a comma or "but" joins a verb to the speaker: "They agreed that A is good, but were unsure"."""
    return doc[joint - 1].lower_ != "and" or (joint > 1 and doc[joint - 2].is_punct)


def _ambiguous(carrier: Token, verb: Token) -> bool:
    """Whether a subject may act or suffer: "was founded in 1998 and sold in 2004"."""
    passive = any(child.dep_ == "auxpass" for child in carrier.lefts)
    objects = any(child.dep_ in ("dobj", "attr", "acomp", "xcomp", "ccomp") for child in verb.rights)
    return passive and verb.tag_ == "VBD" and not objects


def _without_joint(doc: Token, start: int) -> int:
    """Where the clause before ends: ahead of the comma and the "and"."""
    i = start - 1
    while i > 0 and (
        doc[i].dep_ in ("cc", "punct") or doc[i].is_space or doc[i].lower_ in ("and", "but", "yet")
    ):
        i -= 1
    end: int = doc[i].idx + len(doc[i])
    return end


def _subordinate(doc: Token, clause: Clause) -> list[Clause]:
    """Cuts off "while …", "whereas …" and "although …" with a subject of their own."""
    span = doc.char_span(clause.start, clause.end, alignment_mode="contract")
    if span is None:
        return [clause]
    for mark in span:
        if mark.dep_ != "mark" or mark.lower_ not in ("while", "whereas", "although", "though"):
            continue
        verb = mark.head
        if verb.dep_ != "advcl" or _subject(verb) is None or verb.head.dep_ not in ("ROOT", "conj"):
            continue
        low, high = min(t.i for t in verb.subtree), max(t.i for t in verb.subtree)
        if low != mark.i:
            continue
        inside = doc[low + 1].idx
        if low > span.start and doc[low - 1].text in (",", ";") and high >= span.end - 2:
            return [
                trimmed(doc.text, clause.start, doc[low].idx, clause.lead),
                trimmed(doc.text, inside, clause.end),
            ]
        if low == span.start and high + 1 < span.end and doc[high + 1].text == "," and not clause.lead:
            return [
                trimmed(doc.text, inside, doc[high].idx + len(doc[high])),
                trimmed(doc.text, doc[high + 1].idx, clause.end),
            ]
    return [clause]


def _relative(doc: Token, clause: Clause) -> list[Clause]:
    """Cuts off ", which …", ", who …" and ", founded in 1998," that add something to a noun."""
    span = doc.char_span(clause.start, clause.end, alignment_mode="contract")
    if span is None:
        return [clause]
    for verb in span:
        if verb.dep_ not in ("relcl", "acl") or verb.head.pos_ not in ("NOUN", "PROPN"):
            continue
        low, high = min(t.i for t in verb.subtree), max(t.i for t in verb.subtree)
        noun = verb.head
        if low < span.start + 1 or doc[low - 1].text != "," or high - low < 2 or high >= span.end:
            continue
        if not (_near(noun) or (noun.pos_ == "PROPN" and doc[low].lower_ == "who")) or re.search(
            r", (?:to|for|from|with)\b", doc[low : high + 1].text
        ):
            continue  # what the noun is, or where its clause ends, is in doubt
        start = min(t.i for t in noun.subtree)
        named = doc[start : low - 1].text
        if start < span.start or len(named.split()) > 12 or "," in named:
            continue
        if verb.dep_ == "relcl":
            subject = _subject(verb)
            if subject is None or subject.lower_ not in ("which", "who") or subject.i != low:
                continue
            lead, inside = named, low + 1
        elif verb.tag_ == "VBN" and verb.i == low and noun.dep_ in SUBJECTS and noun.head.dep_ == "ROOT":
            plural = noun.tag_ in ("NNS", "NNPS")
            lead, inside = f"{named} {'were' if plural else 'was'}", low
        else:
            continue
        text = doc.text
        added = trimmed(text, doc[inside].idx, doc[high].idx + len(doc[high]), lead)
        closing = high + 1 < span.end and doc[high + 1].text == ","
        if high >= span.end - 2 and not closing:
            return [
                trimmed(text, clause.start, doc[low - 1].idx, clause.lead),
                Clause(added.start, clause.end, lead),
            ]
        if closing and noun.dep_ in SUBJECTS and start == span.start and not clause.lead:
            return [added, trimmed(text, doc[high + 1].idx, clause.end, named)]
    return [clause]


def _near(noun: Token) -> bool:
    """Whether a noun belongs to a verb of the sentence itself, so that it is plain what "which" stands for."""
    carrier = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun.dep_ in {*SUBJECTS, "dobj", "attr", "pobj", "appos"} and (
        carrier.dep_ == "ROOT" or (carrier.dep_ == "conj" and carrier.pos_ == "VERB")
    )
