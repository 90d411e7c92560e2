"""Other words for the same, and wider words for narrower ones."""

from __future__ import annotations

import random
import re

_EITHER_WAY = (
    ("began", "started"), ("begins", "starts"), ("purchased", "bought"), ("approximately", "about"),
    ("roughly", "around"), ("film", "movie"), ("films", "movies"), ("larger", "bigger"), ("largest", "biggest"),
    ("huge", "enormous"), ("assist", "help"), ("assisted", "helped"), ("built", "constructed"), ("obtained", "got"),
    ("require", "need"), ("requires", "needs"), ("required", "needed"), ("permit", "allow"), ("permitted", "allowed"),
    ("permits", "allows"), ("doctor", "physician"), ("doctors", "physicians"), ("lawyer", "attorney"),
    ("lawyers", "attorneys"), ("company", "firm"), ("companies", "firms"), ("injured", "hurt"),
    ("famous", "well-known"), ("rapidly", "quickly"), ("often", "frequently"), ("usually", "normally"),
    ("almost", "nearly"), ("currently", "at present"), ("previously", "earlier"), ("recently", "lately"),
    ("finally", "in the end"), ("entire", "whole"), ("numerous", "many"),
    ("per cent", "percent"), ("chief executive", "CEO"), ("prime minister", "premier"),
    ("the United States", "the US"), ("the United Kingdom", "the UK"), ("established", "set up"),
    ("located", "situated"), ("demonstrated", "showed"), ("revealed", "disclosed"), ("attempted", "tried"),
    ("wanted", "wished"), ("important", "significant"), ("difficult", "hard"), ("error", "mistake"),
    ("errors", "mistakes"), ("replied", "answered"), ("banned", "prohibited"), ("jail", "prison"),
    ("jailed", "imprisoned"), ("firefighters", "fire crews"), ("victory", "win"), ("defeat", "loss"),
    ("song", "track"), ("author", "writer"), ("scientists", "researchers"), ("reduced", "lowered"),
    ("reduces", "lowers"), ("prevented", "stopped"), ("illness", "disease"), ("close to", "near"),
    ("next to", "beside"), ("throughout", "all over"),
    ("due to", "because of"), ("for example", "for instance"), ("despite", "in spite of"),
    ("took place", "happened"), ("takes place", "happens"),
    ("took part in", "participated in"), ("carried out", "conducted"), ("gave up", "abandoned"),
    ("believes", "thinks"), ("believed", "thought"), ("last year", "the previous year"), ("couple", "pair"),
    ("country", "nation"), ("troops", "soldiers"), ("army", "military"), ("children", "kids"), ("mother", "mum"),
    ("father", "dad"), ("fell", "declined"), ("rose", "increased"), ("rises", "increases"), ("grew", "increased"),
    ("dropped", "fell"), ("chose", "selected"), ("founded", "established"),
    ("announced", "declared"), ("refused", "declined"), ("agreed", "consented"), ("talks", "negotiations"),
    ("returned", "came back"),
)  # fmt: skip
_WIDER = (
    ("infection", "illness"), ("hospital", "medical centre"), ("woman", "person"), ("man", "person"),
    ("husband", "spouse"), ("wife", "spouse"), ("son", "child"), ("daughter", "child"), ("brother", "sibling"),
    ("sister", "sibling"), ("baby", "infant"), ("car", "vehicle"), ("bus", "vehicle"), ("lorry", "vehicle"),
    ("truck", "vehicle"), ("village", "settlement"), ("murdered", "killed"), ("assassinated", "killed"),
    ("shouted", "said"), ("claimed", "said"), ("insisted", "said"), ("explained", "said"), ("stated", "said"),
    ("warned", "said"), ("novel", "book"), ("footballer", "player"), ("striker", "player"), ("midfielder", "player"),
    ("goalkeeper", "player"), ("boxer", "sportsperson"), ("swimmer", "sportsperson"), ("actress", "performer"),
    ("actor", "performer"), ("singer", "musician"), ("guitarist", "musician"), ("pianist", "musician"),
    ("senator", "politician"), ("minister", "politician"), ("dog", "animal"), ("cat", "animal"), ("horse", "animal"),
    ("whale", "animal"), ("newspaper", "publication"), ("magazine", "publication"), ("airline", "carrier"),
    ("university", "institution"), ("college", "institution"), ("school", "institution"), ("bridge", "structure"),
    ("tower", "structure"), ("river", "waterway"), ("tripled", "rose"), ("doubled", "rose"), ("halved", "fell"),
    ("plummeted", "fell"), ("soared", "rose"), ("surged", "rose"), ("several", "some"), ("dozens of", "many"),
    ("hundreds of", "many"), ("thousands of", "many"),
)  # fmt: skip


def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for one, other in (*_EITHER_WAY, *((b, a) for a, b in _EITHER_WAY), *_WIDER):
        table.setdefault(one, []).append(other)
    return table


_WORDS = _table()
_ANY = re.compile(
    r"(?<![\w-])(" + "|".join(re.escape(w) for w in sorted(_WORDS, key=len, reverse=True)) + r")(?![\w-])"
)


def reworded(text: str, generator: random.Random, most: int = 2) -> str:
    """The text with up to ``most`` words replaced: what it says follows from what it said."""
    found = list(_ANY.finditer(text))
    chosen = generator.sample(found, min(len(found), generator.randint(1, most)))
    for match in sorted(chosen, key=lambda match: -match.start()):
        text = text[: match.start()] + generator.choice(_WORDS[match[1]]) + text[match.end() :]
    return text
