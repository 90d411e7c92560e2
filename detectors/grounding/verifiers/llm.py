"""A language model as judge, behind an OpenAI-compatible endpoint: ``llm:MODEL``."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

from auditor.detectors.grounding.verifiers.answers import (
    REPAIR,
    SYSTEM,
    Row,
    UnclearAnswer,
    question,
    read_answer,
)
from auditor.detectors.grounding.verifiers.endpoint import Endpoint
from auditor.detectors.grounding.verifiers.interface import NotCheckedError, VerifierError
from auditor.detectors.grounding.verifiers.pieces import best

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BASE_URL = "https://api.openai.com/v1"
KEYS = ("AUDITOR_API_KEY", "OPENAI_API_KEY")
URLS = ("AUDITOR_BASE_URL", "OPENAI_BASE_URL")


class LLMJudge:
    """Asks a chat model for a verdict on each pair, at temperature 0.

    The key is read from ``AUDITOR_API_KEY`` or ``OPENAI_API_KEY`` and is never an option, so that it stays out of
    configuration files and reports.

    Args:
        model: Name of the model, as the endpoint knows it.
        base_url: Up to and including ``/v1``; None for ``AUDITOR_BASE_URL``, ``OPENAI_BASE_URL``, else OpenAI's.
        concurrency: Requests under way at once.
        timeout: Seconds for one request.
        retries: How often a request is sent again after a fault that may pass.
        max_wait: Seconds to wait at most before one repetition, whatever the server asks for.
        max_characters: Characters of a premise in one request; longer ones are read in overlapping pieces.
        cached: Answers remembered at most.
        extra: More fields of the request, e.g. ``{"max_tokens": 300}``.

    Attributes:
        name: ``llm:MODEL``.
        split: How many pairs so far were read in pieces.

    Raises:
        VerifierError: If an option makes no sense, or OpenAI's own endpoint is meant and no key is set.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        concurrency: int = 4,
        timeout: float = 60,
        retries: int = 4,
        max_wait: float = 60,
        max_characters: int = 24_000,
        cached: int = 100_000,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        if concurrency < 1 or timeout <= 0 or retries < 0 or max_characters < 200:
            raise VerifierError(
                f"llm:{model}: concurrency must be at least 1, timeout above 0, retries at least 0 and "
                "max_characters at least 200"
            )
        url = base_url or next((os.environ[name] for name in URLS if os.environ.get(name)), BASE_URL)
        key = next((os.environ[name] for name in KEYS if os.environ.get(name)), None)
        if key is None and url == BASE_URL:
            raise VerifierError(f"llm:{model} needs a key in {KEYS[0]}, or base_url= of a server without one")
        self.name = f"llm:{model}"
        self.split = 0
        self._model = model
        self._endpoint = Endpoint(url, key, timeout=timeout, retries=retries, max_wait=max_wait)
        self._concurrency = concurrency
        self._room = max_characters
        self._extra = dict(extra or {})
        self._cached = cached
        self._known: OrderedDict[tuple[str, str], Row] = OrderedDict()
        self._lock = threading.Lock()

    def score(self, premises: Sequence[str], hypotheses: Sequence[str]) -> NDArray[np.floating[Any]]:
        """Probabilities for each pair; see ``interface.Verifier.score``.

        The confidence that the model states for its verdict is the probability of that column; the rest goes to not
        found, or, where that is the verdict, half to each of the others. Equal pairs are asked about once.

        Raises:
            ValueError: If there are not as many premises as hypotheses.
            NotCheckedError: If some answers could not be read, even after one request to mend them.
            VerifierError: If the endpoint does not answer. What was answered before is remembered: the next call
                goes on from there.
        """
        import numpy as np

        if len(premises) != len(hypotheses):
            raise ValueError(f"{len(premises)} premises for {len(hypotheses)} hypotheses")
        pieces = [self._pieces(premise) for premise in premises]
        self.split += sum(len(found) > 1 for found in pieces)
        pairs = zip(pieces, hypotheses, strict=True)
        wanted = dict.fromkeys((piece, claim) for found, claim in pairs for piece in found)
        answers, unclear = self._ask(list(wanted))
        rows = np.zeros((len(premises), 3), dtype=np.float64)
        failed = []
        for place, (found, claim) in enumerate(zip(pieces, hypotheses, strict=True)):
            if all((piece, claim) in answers for piece in found):
                rows[place] = best(np.array([answers[piece, claim] for piece in found]))
            else:
                failed.append(place)
        if failed:
            why = unclear[0]
            raise NotCheckedError(
                f"{self.name}: {len(failed)} of {len(premises)} pairs got no answer that can be read ({why}); "
                "name a model that keeps to JSON",
                failed,
                rows,
            )
        return rows

    def _pieces(self, premise: str) -> list[str]:
        from auditor.detectors.grounding.verifiers.pieces import cut

        if len(premise) <= self._room:
            return [premise]
        characters = [(place, place + 1) for place in range(len(premise))]
        return cut(premise, characters, self._room, self._room // 8)

    def _ask(self, wanted: Sequence[tuple[str, str]]) -> tuple[dict[tuple[str, str], Row], list[str]]:
        with self._lock:
            answers = {pair: self._known[pair] for pair in wanted if pair in self._known}
        missing = [pair for pair in wanted if pair not in answers]
        unclear: list[str] = []
        with ThreadPoolExecutor(self._concurrency, thread_name_prefix="llm-judge") as pool:
            futures = {pool.submit(self._verdict, *pair): pair for pair in missing}
            _, rest = wait(futures, return_when=FIRST_EXCEPTION)
            for future in rest:
                future.cancel()
        broken: VerifierError | None = None
        for future, pair in futures.items():
            if future.cancelled():
                continue
            error = future.exception()
            if error is None:
                found = future.result()
                if isinstance(found, UnclearAnswer):
                    unclear.append(str(found))
                else:
                    answers[pair] = found
                    self._remember(pair, found)
            elif isinstance(error, VerifierError):
                broken = broken or error
            else:
                raise error
        if broken is not None:
            raise broken
        return answers, unclear

    def _remember(self, pair: tuple[str, str], row: Row) -> None:
        with self._lock:
            self._known[pair] = row
            while len(self._known) > self._cached:
                self._known.popitem(last=False)

    def _verdict(self, premise: str, claim: str) -> Row | UnclearAnswer:
        """One pair: a question and, if the answer is not what was asked for, one request to mend it."""
        messages = [
            {"role": "system", "content": SYSTEM},
            {"role": "user", "content": question(premise, claim)},
        ]
        said = self._chat(messages)
        try:
            return read_answer(said)
        except UnclearAnswer as error:
            messages += [
                {"role": "assistant", "content": said},
                {"role": "user", "content": REPAIR.format(reason=error)},
            ]
        try:
            return read_answer(self._chat(messages))
        except UnclearAnswer as error:
            return error

    def _chat(self, messages: list[dict[str, str]]) -> str:
        answer = self._endpoint.post(
            "chat/completions", {"model": self._model, "messages": messages, "temperature": 0} | self._extra
        )
        try:
            said = answer["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError):
            raise VerifierError(f"{self.name}: the endpoint's answer is no chat completion") from None
        return said if isinstance(said, str) else ""
