"""Text that everyone copies, and that needs no marks: licences, notices, addresses, reference entries."""

from __future__ import annotations

import re
from functools import cache


@cache
def _notice() -> re.Pattern[str]:
    return re.compile(
        r"permission is hereby granted|licen[sc]ed under|without warrant(?:y|ies)|provided [“\"']?as is"
        r"|all rights reserved"
        r"|redistribution and use in source|creative commons|terms and conditions|general public licen[sc]e"
        r"|copyright (?:\(c\)|©|notice|holder)"
        r"|©\s?(?:19|20)\d\d|conflicts? of interest|competing interests?"
        r"|this (?:article|work|file|program|software) is (?:distributed|licen[sc]ed|free)"
        r"|confidential and intended|unsubscribe|cookie policy|privacy policy|forward-looking statements"
        r"|무단 ?전재|저작권|재배포 ?금지|개인정보 ?처리방침|이용 ?약관|이해 ?상충|본 메일은",
        re.IGNORECASE,
    )


_ENTRY = re.compile(
    r"doi[.:\s]|https?://|\bpp?\.\s?\d|\bvol\.|\bet al\.|\(\d{4}[a-z]?\)\.|\d+\s?\(\d+\)\s?[:,]\s?\d+"
    r"|\bISBN|\bISSN|arXiv",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}\.\w|\+?\d{2,4}[-. )]{1,2}\d{3,4}[-. ]\d{3,4}|\b\d{5}\b"
    r"|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b"
    r"|\b(?:Street|St|Avenue|Road|Rd|Suite|P\.?O\.? Box|Tel|Fax|Phone)\b|(?:로|길)\s\d|전화|팩스|우편번호|주소"
)


def is_formula(text: str) -> bool:
    """Whether a passage is a notice, an address, a row of reference entries or of names and figures."""
    if _notice().search(text):
        return True
    words = re.findall(r"\w+", text)
    hundred = max(len(words), 1) / 100
    if len(_ENTRY.findall(text)) >= max(2, 6 * hundred) or len(_CONTACT.findall(text)) >= max(3, 8 * hundred):
        return True
    latin = [word for word in words if word.isascii()]
    listed = sum(word[0].isupper() or word[0].isdigit() for word in latin) > 0.65 * len(words)
    digits = sum(word[0].isdigit() for word in words) > 0.4 * len(words)
    return bool(listed or digits)
