"""JSON over HTTP with patience: time-outs, repetitions with growing pauses, and the server's own wishes."""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from auditor.detectors.grounding.verifiers.interface import VerifierError
from auditor.version import __version__

PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""Status codes after which the same request may succeed."""
REMEDIES = {
    401: "check the key in AUDITOR_API_KEY",
    403: "the key may not use this model",
    404: "check the model's name and base_url, which ends in /v1 as a rule",
    413: "lower max_characters",
}
FIRST_PAUSE = 0.5
LARGEST = 16 * 1024 * 1024


class _NoRedirect(HTTPRedirectHandler):
    """A redirection would carry the key to another host."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Endpoint:
    """One server.

    Args:
        base_url: What the paths are added to.
        key: Sent as bearer token; None for a server that wants none.
        timeout: Seconds for one request.
        retries: Repetitions after a fault that may pass.
        max_wait: Seconds to wait at most before one of them.

    Raises:
        VerifierError: If the address is not an HTTP one.
    """

    def __init__(
        self, base_url: str, key: str | None, *, timeout: float, retries: int, max_wait: float
    ) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise VerifierError(f"{base_url!r} is no address; base_url looks like http://localhost:8000/v1")
        self.base_url = base_url.rstrip("/")
        self._host = parts.netloc.rpartition("@")[2]
        self._headers = {"Content-Type": "application/json", "User-Agent": f"auditor/{__version__}"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._timeout, self._retries, self._max_wait = timeout, retries, max_wait
        self._opener = build_opener(_NoRedirect)

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Sends JSON and returns the JSON that comes back.

        Raises:
            VerifierError: If the server refuses, cannot be reached, or goes on failing.
        """
        data = json.dumps(body).encode()
        for attempt in range(self._retries + 1):
            request = Request(f"{self.base_url}/{path}", data, self._headers, method="POST")
            try:
                with self._opener.open(request, timeout=self._timeout) as response:
                    return self._read(response.read(LARGEST + 1))
            except HTTPError as error:
                with error:
                    code, wished = error.code, error.headers.get("Retry-After")
                    said = _message(error.read(4096))
                if code not in PASSING:
                    remedy = REMEDIES.get(code, "check the request's options")
                    raise VerifierError(f"{self._host} answered {code}{said}: {remedy}") from None
                why = f"answered {code}{said}"
            except (URLError, HTTPException, OSError) as error:
                wished, why = None, f"cannot be reached ({getattr(error, 'reason', None) or error!r})"
            if attempt < self._retries:
                time.sleep(self._pause(attempt, wished))
        raise VerifierError(f"{self._host} {why}, {self._retries + 1} times in a row; is the server running?")

    def _read(self, raw: bytes) -> Any:
        if len(raw) > LARGEST:
            raise VerifierError(f"{self._host} answered with more than {LARGEST >> 20} MiB")
        try:
            return json.loads(raw)
        except ValueError:
            raise VerifierError(f"{self._host} did not answer with JSON; check base_url") from None

    def _pause(self, attempt: int, wished: str | None) -> float:
        asked = _seconds(wished)
        if asked is not None:
            return min(asked, self._max_wait)
        # Jitter keeps requests that failed together from coming back together.
        return min(FIRST_PAUSE * 2.0**attempt * random.uniform(0.5, 1.0), self._max_wait)


def _seconds(wished: str | None) -> float | None:
    """What ``Retry-After`` asks for: seconds, or a date (RFC 9110, section 10.2.3)."""
    if not wished:
        return None
    try:
        seconds = float(wished)
        return max(seconds, 0.0) if math.isfinite(seconds) else None
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(wished)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max((when - datetime.now(UTC)).total_seconds(), 0.0)


def _message(raw: bytes) -> str:
    """What the server says about it, in brackets; never what was sent."""
    try:
        found = json.loads(raw)
        said = found["error"]["message"] if isinstance(found["error"], dict) else found["error"]
    except (ValueError, KeyError, TypeError):
        return ""
    return f" ({' '.join(str(said).split())[:200]})"
