"""Words that point back: whether a claim can be understood without the sentence before it."""

from __future__ import annotations

import re
from functools import cache


@cache
def _english_start() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?:however|but|and|so|also|then|thus|therefore|moreover|in addition|furthermore"
        r"|as a result|meanwhile|later),? )?"
        r"(?:he|she|they|it|this|that|these|those|his|her|hers|their|theirs|its|such|both"
        r"|neither|the (?:former|latter|same)"
        r"|one of (?:them|these|those)"
        r"|(?:some|most|many|all|none|several"
        r"|two|three|four) of (?:them|these|those|which)|here|there(?! (?:is|are|was|were)\b))\b",
        re.IGNORECASE,
    )


@cache
def _english_inside() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:he|she|they|him|them|his|her|hers|their|theirs|this|these|those)\b", re.IGNORECASE
    )


_NO_NAMES = (
    "In|On|At|By|For|From|With|As|After|Before|When|While|During|Since|Until|Although|Though|However|But|And|So|Yet|Then|Later"
    "|Here|There|Because|Despite|Over|Under|Within|Through|Today|Now|Once|Only|Also|January|February|March|April|May|June|July"
    "|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|I|He|She|They"
)


@cache
def _antecedent() -> re.Pattern[str]:
    """A name, or a noun with its article, to which a pronoun may point back."""
    return re.compile(
        rf"\b(?!(?:{_NO_NAMES})\b)[A-Z][\w'’-]+|\b(?:the|a|an|some|many|most|all|no|every|each|several"
        rf"|[1-9]\d{{0,2}}) [a-z]"
    )


@cache
def _korean() -> re.Pattern[str]:
    return re.compile(
        r"^(?:(?:그러나|하지만|또한|그리고|또|이후|그 ?후|따라서|그래서|한편),? )?"
        r"(?:이|그|해당|이러한|그러한|이런|그런|동|본|저|이들|그들|그녀|이것|그것|이곳|그곳|여기|거기|이때|당시|이로|이에|같은|전자|후자|양측|둘)"
        r"(?:[은는이가의을를도에와과]|에서|에는|들은|들이|로써|로 인해|으로)?(?= )"
        r"|(?:^| )(?:그는|그가|그의|그를|그에게|그녀[는가의를]|그들[은이의을]|이들[은이의을]|해당|이러한"
        r"|이 \S{1,10}(?:은|는|이|가|의|을|를)(?= )"
        r"|그 \S{1,10}(?:은|는|이|가|의|을|를)(?= )|이것[은이을]|그것[은이을])"
    )


def context_needed(text: str) -> bool:
    """Whether a claim begins with a pronoun, "this", 이, 그 or 해당, or holds one that nothing before it explains."""
    if re.search("[가-힣]", text):
        return bool(_korean().search(text))
    if _english_start().match(text):
        return True
    found = _english_inside().search(text)
    return found is not None and not _antecedent().search(text, 0, found.start())
