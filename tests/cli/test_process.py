"""What only a real process shows: signals, pipes, start-up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from subprocess import PIPE

import pytest

from tests.cli.conftest import write

pytestmark = pytest.mark.usefixtures("fake", "here")
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX signals")
AUDITOR = [sys.executable, "-m", "auditor"]
SCAN = [*AUDITOR, "scan", "--select", "fake"]


def run(*command: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **more)


def test_piped_output_is_the_findings_and_the_exit_code_is_right():
    write("a.txt", "LEAK")
    done = run(*SCAN, "a.txt", "gone.txt")
    assert done.returncode == 3
    assert [line.strip() for line in done.stdout.splitlines()[1:]] == ["LEAK", "^^^^"]
    assert len(done.stderr.splitlines()) == 2
    assert run(*SCAN, "--nothing").returncode == 2
    assert run(*AUDITOR, "--version").returncode == 0


def test_output_survives_an_encoding_that_cannot_hold_it():
    write("a.txt", "물론 LEAK 입니다 " * 3)
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = run(*SCAN, "a.txt", "--color", "always", env=environment)
    assert done.returncode == 1
    assert "LEAK" in done.stdout
    done = run(*SCAN, "a.txt", "--format", "json", env=environment)
    assert done.returncode == 1


def on_a_terminal(*command: str) -> str:
    """What a person at a terminal sees."""
    import pty

    master, slave = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS")}
    with subprocess.Popen(
        command, stdout=slave, stderr=slave, env=environment | {"TERM": "xterm"}
    ) as process:
        os.close(slave)
        seen = b""
        try:
            while chunk := os.read(master, 65536):
                seen += chunk
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(master)
    assert process.returncode == 1
    return seen.decode()


@posix
def test_on_a_terminal_there_are_colours_progress_and_a_summary_beside_the_findings():
    write("1.txt", "LEAK"), write("2.txt", "NAP"), write("3.txt", "text")
    seen = on_a_terminal(*SCAN, ".", "--jobs", "1")
    assert "\x1b[4;31mLEAK\x1b[0m" in seen
    assert seen.rstrip().endswith("\x1b[1;31m1 error in 1 of 3 documents.\x1b[0m")
    assert seen.count("1 error in 1 of 3 documents.") == 1
    assert "Scanning" in seen
    assert "Scanning" not in on_a_terminal(*SCAN, ".", "--jobs", "1", "--no-progress")


@posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_has_seen_enough_ends_it_in_silence(unbuffered):
    for number in range(10):
        write(f"{number}.txt", "LEAK " * 500)
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen([*SCAN, "."], stdout=PIPE, stderr=PIPE, text=True, env=environment) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 141


def children(pid: int) -> list[int]:
    listed = run("ps", "-e", "-o", "pid=,ppid=").stdout.split("\n")
    pairs = [tuple(map(int, line.split())) for line in listed if line.strip()]
    return [child for child, parent in pairs if parent == pid]


def heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@posix
@pytest.mark.skipif(
    not Path("/bin/ps").exists() and not Path("/usr/bin/ps").exists(), reason="there is no ps"
)
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)]
)
@pytest.mark.parametrize("delay", [0.3, 2.0])
def test_interrupted_it_leaves_no_process_no_file_and_no_traceback(number, code, delay):
    for name in ("1.txt", "2.txt", "3.txt"):
        write(name, "SLEEP")
    command = [*SCAN, ".", "--jobs", "2", "-o", "out/report.json"]
    # A shell makes what it starts in the background ignore SIGINT, and so would we.
    process = subprocess.Popen(
        command, stdout=PIPE, stderr=PIPE, text=True, start_new_session=True, preexec_fn=heed_interrupts
    )
    deadline = time.monotonic() + 20
    while not children(process.pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(delay)
    started = children(process.pid)
    assert started
    # Ctrl-C reaches every process of the terminal; the other two only the one that is named.
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert process.returncode == code
    assert out == ""
    assert "Traceback" not in err
    if number == signal.SIGINT:
        assert err.strip() == "interrupted"
    assert not Path("out").exists() or not list(Path("out").iterdir())
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}/cmdline").exists() for pid in started) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}/cmdline").exists() for pid in started)


def test_help_imports_click_and_nothing_of_weight():
    code = (
        "import sys; from auditor.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print('loaded', *sys.modules)"
    )
    loaded = run(sys.executable, "-c", code).stdout.rpartition("loaded")[2].split()
    ours = {name for name in loaded if name.partition(".")[0] == "auditor"}
    assert ours == {"auditor", "auditor.version", "auditor.cli"}
    assert {"pydantic", "rich", "pathspec", "importlib.metadata", "concurrent.futures", "tomllib"}.isdisjoint(
        loaded
    )
