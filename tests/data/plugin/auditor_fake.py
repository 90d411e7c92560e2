"""Detectors of another package, as tests need them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

from auditor.detector import Detector, add, detector
from auditor.documents import Document
from auditor.findings import Finding, Rule, Severity

WORD = Rule("fake/word", "The word LEAK", Severity.ERROR, "Delete it.")
MILD = Rule("fake/mild", "The word MILD", Severity.WARNING)
ACT = Rule("fake/act", "Misbehaves as it is told", Severity.NOTE)


def _every(rule: Rule, word: str) -> Detector:
    def check(document: Document) -> Iterator[Finding]:
        start = document.text.find(word)
        while start >= 0:
            yield rule.at(document, start, start + len(word), confidence=0.9)
            start = document.text.find(word, start + 1)

    return Detector(rule, check)


add(_every(WORD, "LEAK"))
add(_every(MILD, "MILD"))


@detector(ACT)
def act(document: Document) -> Iterator[Finding]:
    """Does what the document says."""
    if "RAISE" in document.text:
        raise ZeroDivisionError("asked to\nraise")
    if "EXIT" in document.text:
        os._exit(3)
    if "NAP" in document.text:
        time.sleep(0.7)
    if "SLEEP" in document.text:
        time.sleep(60)
    if "DEAF" in document.text:  # as C code that does not come back
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(60)
    if "MEMORY" in document.text:
        raise MemoryError
    yield from ()
