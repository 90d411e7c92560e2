"""What a scan imports, and what it costs."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from auditor.detectors.boilerplate.findings import judged
from auditor.documents import from_text
from tests.patience import patience

IMPORTS = """
import sys
from auditor.detector import choose
from auditor.documents import from_text
from auditor.engine import audit_document
text = "Rain fell.\\n\\nAs an AI language model, I have no opinion. 저는 AI 언어 모델이라서 의견이 없습니다."
assert audit_document(from_text(text), choose(["boilerplate"], plugins=False)).findings
print(*sorted({"torch", "spacy", "numpy", "lxml", "pypdfium2", "sklearn", "markdown_it"} & set(sys.modules)))
"""

MEMORY = """
import re, resource, sys, tempfile
from auditor.documents import LoadOptions
from auditor.documents.interface import Limits
from auditor.engine import Task, run_task
options = LoadOptions(limits=Limits(max_size=64 << 20))
part = ("The river rose by two metres in the night, and the lower road was closed until noon. " * 8 + "\\n\\n")
part *= 14
part += "As an AI language model, I have no opinion on this.\\n\\n"
with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
    for _ in range({size} * 1_000_000 // len(part)):
        file.write(part)
    file.flush()
    audit = run_task(Task(file.name, select=("boilerplate",), timeout=0, options=options))
assert audit.status == "complete" and len(audit.findings) > {size} * 50, audit.error
if sys.platform == "linux":  # ru_maxrss would hold the peak of the process that started this one, too
    peak = int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) / 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
print(peak)
"""


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_scan_imports_nothing_heavy():
    assert run(IMPORTS) == ""


@pytest.mark.parametrize("size", [8, pytest.param(16, marks=pytest.mark.slow)])
def test_memory_stays_under_200_megabytes(size: int):
    pytest.importorskip("resource")
    assert float(run(MEMORY.replace("{size}", str(size)))) < 200


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(["[Your Name] wrote it."] * 2000),
        " ".join(["[Your Name]"] * 2000),
        "As an AI language model, I have no opinion on this. " * 2000,
        "As an AI language model, I have no opinion on this.\n\n" * 1000,
        "very " * 3000 + "I'm sorry, but as an AI language model I cannot.",
        "“as an AI language model " * 800,
        "`as an AI language model ``" * 800,
        "\n" + " " * 200_000 + "as an AI language model",
        "a." * 50_000 + " as an AI language model",
        "<|" * 20_000 + "im_start|>",
        "é" + "я" * 40_000 + " as an AI language model",
    ],
)
def test_hostile_texts_are_judged_in_time(text: str):
    start = time.process_time()
    judged(from_text(text))
    assert time.process_time() - start < patience(6)


def test_twice_the_leaks_take_about_twice_the_time():
    def seconds(times: int) -> float:
        document = from_text("[Your Name] wrote it, and rain fell in the night.\n\n" * times)
        start = time.process_time()
        judged(document)
        return time.process_time() - start

    seconds(50)
    assert seconds(1600) < 12 * max(seconds(400), 0.02)
