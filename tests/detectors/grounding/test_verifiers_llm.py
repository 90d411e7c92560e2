"""The judge behind an endpoint: what is asked, how answers are read, and what happens when they do not come."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from auditor.detectors.grounding.verifiers import endpoint
from auditor.detectors.grounding.verifiers.answers import UnclearAnswer, read_answer
from auditor.detectors.grounding.verifiers.interface import VerifierError
from auditor.detectors.grounding.verifiers.llm import NotCheckedError
from auditor.detectors.grounding.verifiers.registry import load_verifier


class Server(ThreadingHTTPServer):
    """Answers chat requests as ``say`` tells it: text, or (status, headers, body)."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.say = lambda pair, body: answer("supported", 0.9)
        self.asked = []
        self.keys = []
        self.now = self.most = 0
        self.lock = threading.Lock()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        pair = json.loads(body["messages"][1]["content"])
        with server.lock:
            server.asked.append(body)
            server.keys.append(self.headers.get("Authorization"))
            server.now += 1
            server.most = max(server.most, server.now)
        said = server.say(pair, body)
        with server.lock:
            server.now -= 1
        status, headers, text = said if isinstance(said, tuple) else (200, {}, completion(said))
        raw = text.encode()
        head = [f"HTTP/1.1 {status} Status", "Connection: close", f"Content-Length: {len(raw)}"]
        head += [f"{name}: {value}" for name, value in headers.items()]
        # One write: a header alone would wait for the other side's delayed acknowledgement.
        self.wfile.write("\r\n".join(head).encode() + b"\r\n\r\n" + raw)

    def log_message(self, *_):
        pass


def completion(text):
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]})


def answer(verdict, confidence):
    return json.dumps({"verdict": verdict, "confidence": confidence})


@pytest.fixture
def server(monkeypatch):
    for name in ("AUDITOR_API_KEY", "OPENAI_API_KEY", "AUDITOR_BASE_URL", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    found = Server()
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.shutdown()
    thread.join()
    found.server_close()


@pytest.fixture
def pauses(monkeypatch):
    """The pauses that would have been made."""
    made = []
    monkeypatch.setattr(endpoint.time, "sleep", made.append)
    return made


def judge(server, **options):
    return load_verifier("llm:judge-1", base_url=server.url, **options)


def test_verdicts_come_back_in_the_order_of_the_pairs(server):
    def say(pair, body):
        time.sleep(0.03 if pair["claim"] == "a" else 0)
        return answer({"a": "supported", "b": "contradicted", "c": "not_found"}[pair["claim"]], 0.9)

    server.say = say
    rows = judge(server).score(["p", "p", "p"], ["a", "b", "c"])
    assert rows.tolist() == [
        pytest.approx([0.9, 0, 0.1]),
        pytest.approx([0, 0.9, 0.1]),
        pytest.approx([0.05, 0.05, 0.9]),
    ]
    sent = server.asked[0]
    assert sent["model"] == "judge-1"
    assert sent["temperature"] == 0


def test_the_key_comes_from_the_environment_alone(server, monkeypatch):
    judge(server).score(["p"], ["c"])
    monkeypatch.setenv("OPENAI_API_KEY", "second")
    judge(server).score(["p"], ["c"])
    monkeypatch.setenv("AUDITOR_API_KEY", "first")
    judge(server, extra={"max_tokens": 50}).score(["p"], ["c"])
    assert server.keys == [None, "Bearer second", "Bearer first"]
    assert server.asked[-1]["max_tokens"] == 50
    monkeypatch.delenv("AUDITOR_API_KEY")
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(VerifierError, match="needs a key in AUDITOR_API_KEY, or base_url="):
        load_verifier("llm:judge-1")


def test_requests_under_way_are_bounded_and_equal_pairs_asked_once(server):
    def say(pair, body):
        time.sleep(0.02)
        return answer("supported", 1)

    server.say = say
    verifier = judge(server, concurrency=3)
    claims = [f"claim {n % 8}" for n in range(24)]
    assert verifier.score(["p"] * 24, claims)[:, 0].tolist() == [1.0] * 24
    assert len(server.asked) == 8
    assert 2 <= server.most <= 3
    verifier.score(["p"] * 24, claims)
    assert len(server.asked) == 8


def test_an_answer_that_is_not_json_is_mended_once(server):
    def say(pair, body):
        return "I would say it is supported." if len(body["messages"]) == 2 else answer("contradicted", 0.8)

    server.say = say
    assert judge(server).score(["p"], ["c"])[0].tolist() == pytest.approx([0, 0.8, 0.2])
    again = server.asked[1]["messages"]
    assert [message["role"] for message in again] == ["system", "user", "assistant", "user"]
    assert "it is not JSON" in again[-1]["content"]


def test_an_answer_that_stays_unreadable_is_not_checked_and_never_a_guess(server):
    def say(pair, body):
        return "yes" if pair["claim"] == "b" else answer("supported", 0.9)

    server.say = say
    verifier = judge(server)
    with pytest.raises(
        NotCheckedError, match=r"1 of 3 pairs got no answer that can be read \(it is not"
    ) as caught:
        verifier.score(["p"] * 3, ["a", "b", "c"])
    assert caught.value.pairs == (1,)
    assert caught.value.scores[[0, 2], 0].tolist() == [0.9, 0.9]
    count = len(server.asked)
    assert verifier.score(["p"] * 2, ["a", "c"])[:, 0].tolist() == [0.9, 0.9]
    assert len(server.asked) == count


def test_a_busy_server_is_asked_again_when_it_says(server, pauses):
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    waits = [{"Retry-After": "7"}, {"Retry-After": later}, {"Retry-After": "9999"}, {}]

    def say(pair, body):
        return (429, waits.pop(0), '{"error": {"message": "slow down"}}') if waits else answer("supported", 1)

    server.say = say
    assert judge(server, max_wait=50).score(["p"], ["c"])[0, 0] == 1
    assert pauses[0] == 7
    assert 30 < pauses[1] <= 40
    assert pauses[2] == 50
    assert 0 < pauses[3] <= 4


def test_pauses_grow_and_the_last_failure_is_reported(server, pauses):
    server.say = lambda pair, body: (503, {}, '{"error": {"message": "loading the model"}}')
    with pytest.raises(VerifierError, match=r"answered 503 \(loading the model\), 4 times in a row"):
        judge(server, retries=3).score(["p"], ["c"])
    assert len(server.asked) == 4
    assert [0.25, 0.5, 1.0] <= pauses <= [0.5, 1.0, 2.0]


@pytest.mark.parametrize(
    ("status", "remedy"),
    [(401, "check the key"), (404, "model's name and base_url"), (400, "request's options")],
)
def test_a_refusal_is_final_and_names_the_remedy(server, pauses, monkeypatch, status, remedy):
    monkeypatch.setenv("AUDITOR_API_KEY", "sk-secret")
    server.say = lambda pair, body: (status, {}, '{"error": "no"}')
    with pytest.raises(VerifierError, match=rf"answered {status} \(no\): .*{remedy}") as caught:
        judge(server, concurrency=1).score(["p"] * 5, list("abcde"))
    assert "sk-secret" not in str(caught.value)
    assert len(server.asked) < 5
    assert not pauses


def test_a_redirection_does_not_carry_the_key_away(server, monkeypatch):
    monkeypatch.setenv("AUDITOR_API_KEY", "sk-secret")
    server.say = lambda pair, body: (302, {"Location": server.url + "/elsewhere"}, "")
    with pytest.raises(VerifierError, match="answered 302"):
        judge(server).score(["p"], ["c"])
    assert len(server.asked) == 1


def test_a_slow_server_and_no_server_are_errors(server, pauses):
    free = threading.Event()

    def say(pair, body):
        free.wait(2)
        return answer("supported", 1)

    server.say = say
    with pytest.raises(VerifierError, match=r"cannot be reached .*timed out.*2 times in a row"):
        judge(server, timeout=0.05, retries=1).score(["p"], ["c"])
    free.set()
    with pytest.raises(VerifierError, match="cannot be reached"):
        load_verifier("llm:m", base_url="http://127.0.0.1:9/v1", retries=0, timeout=1).score(["p"], ["c"])
    with pytest.raises(VerifierError, match="base_url looks like"):
        load_verifier("llm:m", base_url="file:///etc/passwd")


@pytest.mark.parametrize("body", ["<html>", '{"choices": []}', "[]"])
def test_what_is_no_chat_completion_is_an_error(server, body):
    server.say = lambda pair, request: (200, {}, body)
    with pytest.raises(VerifierError, match=r"did not answer with JSON|no chat completion"):
        judge(server).score(["p"], ["c"])


def test_a_long_premise_is_read_to_its_end(server):
    server.say = lambda pair, body: answer("supported" if "NEEDLE" in pair["passage"] else "not_found", 0.9)
    verifier = judge(server, max_characters=500)
    rows = verifier.score(["Nothing here. " * 120 + "NEEDLE.", "short"], ["c", "c"])
    assert rows[:, 0].tolist() == pytest.approx([0.9, 0.05])
    assert verifier.split == 1
    assert all(len(json.loads(b["messages"][1]["content"])["passage"]) <= 500 for b in server.asked)


@pytest.mark.parametrize(
    "said",
    [
        '  {"verdict": "supported", "confidence": 1}\n',
        '```json\n{"confidence": 1.0, "verdict": "supported"}\n```',
        '<think>It says {so}.</think>\n{"verdict": "supported", "confidence": 1}',
    ],
)
def test_harmless_wrapping_is_let_pass(said):
    assert read_answer(said) == (1, 0, 0)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "it is empty"),
        ("supported", "not JSON"),
        ('{"verdict": "supported", "confidence": 0.9} as it says so', "not JSON"),
        ('["supported", 0.9]', "not a JSON object"),
        ('{"verdict": "supported"}', "keys must be"),
        ('{"verdict": "supported", "confidence": 0.9, "why": "x"}', "keys must be"),
        ('{"verdict": "supported", "verdict": "contradicted", "confidence": 0.9}', "given twice"),
        ('{"verdict": "Supported", "confidence": 0.9}', "none of supported"),
        ('{"verdict": ["supported"], "confidence": 0.9}', "none of supported"),
        ('{"verdict": "supported", "confidence": "0.9"}', "not a number"),
        ('{"verdict": "supported", "confidence": true}', "not a number"),
        ('{"verdict": "supported", "confidence": NaN}', "NaN is not a number"),
        ('{"verdict": "supported", "confidence": 1e999}', "not a number"),
        ('{"verdict": "supported", "confidence": 0.2}', "not from 0.5 to 1"),
        ('{"verdict": "supported", "confidence": 90}', "not from 0.5 to 1"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_anything_else_is_refused_with_the_reason(said, why):
    with pytest.raises(UnclearAnswer, match=why):
        read_answer(said)


@pytest.mark.parametrize(
    "options", [{"concurrency": 0}, {"timeout": 0}, {"retries": -1}, {"max_characters": 10}]
)
def test_options_without_sense_are_refused(server, options):
    with pytest.raises(VerifierError, match="must be at least"):
        judge(server, **options)
