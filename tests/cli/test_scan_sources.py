"""``auditor scan --sources``: what is compared, and what is said where nothing can be."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from auditor.detectors.grounding.verifiers.overlap import Overlap
from auditor.sources import embedding, local
from tests.cli.conftest import Run, write
from tests.sources.fake import MILL, WordEmbedder
from tests.sources.fake import write as texts

ANSWER = "The mill burned in 1871.\n\nThe mill was rebuilt with a steam engine in 1890.\n"


def by_words(premises: Sequence[str], hypotheses: Sequence[str]) -> NDArray[np.floating[Any]]:
    return Overlap().score(premises, hypotheses)


@pytest.fixture
def held(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Scans an answer against a folder of sources; words do for the models."""
    monkeypatch.setenv("AUDITOR_CACHE_DIR", str(here / "cache"))
    monkeypatch.setattr(local, "load_embedder", lambda name="words": WordEmbedder())
    monkeypatch.setattr(embedding, "load_embedder", WordEmbedder)
    monkeypatch.delattr("auditor.sources.load_embedder", raising=False)
    texts(Path("refs"), mill=MILL)
    write("answer.md", ANSWER)

    def call(*arguments: object, sources: str = "refs", document: str = "answer.md") -> object:
        verifier = f"python:{__name__}:by_words"
        return run("scan", document, "--sources", sources, "--verifier", verifier, "-j", "1", *arguments)

    return call


def verdicts(path: str = "report.json") -> list[str]:
    (audit,) = json.loads(Path(path).read_text(encoding="utf-8"))["audits"]
    return [claim["verdict"] for claim in audit["claims"]]


def test_a_wrong_year_is_found_and_its_place_in_the_source_shown(held: Run) -> None:
    done = held("--output", "report.json")
    assert done.exit_code == 1, done.output
    assert (
        "answer.md:3:1: error grounding/date: “1890” where the source has “1871” (mill.txt:1:1)"
        in done.stdout
    )
    assert verdicts() == ["supported", "contradicted"]


def test_every_machine_format_carries_the_finding_and_its_rule(held: Run) -> None:
    outputs = ("report.sarif", "report.xml", "report.html", "report.md")
    done = held(*(part for name in outputs for part in ("--output", name)))
    assert done.exit_code == 1, done.output
    (sarif,) = json.loads(Path("report.sarif").read_text(encoding="utf-8"))["runs"]
    (result,) = sarif["results"]
    assert result["ruleId"] == "grounding/date"
    assert "1871" in result["message"]["text"]
    assert {rule["id"] for rule in sarif["tool"]["driver"]["rules"]} >= {"grounding/date"}
    failures = [
        node.get("name")
        for node in ET.parse("report.xml").iter("testcase")
        if node.find("failure") is not None
    ]
    assert len(failures) == 1 and "grounding/date" in str(failures[0])
    assert "1871" in Path("report.html").read_text(encoding="utf-8")
    assert "grounding/date" in Path("report.md").read_text(encoding="utf-8")
    annotations = held("--format", "github").stdout
    assert annotations.startswith("::error file=answer.md,line=3")


def test_sources_that_do_not_exist_are_wrong_use(held: Run) -> None:
    done = held(sources="nowhere")
    assert done.exit_code == 2
    assert "there is no nowhere" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", "", "empty.txt: is empty"),
        ("spaces.txt", " \n\n ", "the sources hold no readable text: spaces.txt"),
        ("bad.auditor", "junk", "not an index or is damaged .*delete it and sync again"),
        ("bad.pdf", "no", "bad.pdf: is named .pdf but is not PDF"),
    ],
)
def test_sources_without_text_leave_every_claim_unchecked(
    held: Run, name: str, content: str, said: str
) -> None:
    write(name, content)
    done = held("--output", "report.json", sources=name)
    assert done.exit_code == 3, done.output
    assert verdicts() == ["not-checked", "not-checked"]
    assert re.search(rf"answer.md: audited only in part: 2 claims not checked: .*{said}", done.stderr)


def test_a_source_that_cannot_be_read_is_named_and_the_others_are_used(held: Run) -> None:
    write("refs/bad.pdf", "no")
    done = held("--output", "report.json")
    assert done.exit_code == 3, done.output
    assert "bad.pdf: could not be audited: source not read: is named .pdf but is not PDF" in done.stderr
    made = json.loads(Path("report.json").read_text(encoding="utf-8"))
    (claims,) = [audit["claims"] for audit in made["audits"] if audit["subject"]["name"] == "answer.md"]
    assert [claim["verdict"] for claim in claims] == ["supported", "contradicted"]


def test_sources_in_another_language_are_not_compared(held: Run) -> None:
    korean = "서울의 인구는 약 940만 명이다. 한강이 도시를 가로지른다. 지하철은 1974년에 개통했다."
    write("korean.txt", korean)
    done = held("--output", "report.json", sources="korean.txt")
    assert done.exit_code == 3
    assert verdicts() == ["not-checked", "not-checked"]
    assert "the claim is in English, the sources in Korean; give sources in English" in done.stderr


def test_a_document_without_words_is_clean(held: Run) -> None:
    write("marks.md", "*** --- !!!\n\n… ?\n")
    done = held("--output", "report.json", document="marks.md")
    assert done.exit_code == 0, done.output
    assert "supported" not in verdicts() and "not-checked" not in verdicts()


def test_a_source_of_ten_thousand_pages(held: Run) -> None:
    page = (
        "The river rose by {0} centimetres in week {0} of the record, and the gauge was read twice a day. "
        * 25
    )
    pages = (page.format(number) for number in range(10_000))
    Path("refs/mill.txt").write_text("\n\n".join(pages)[:6_000_000] + f"\n\n{MILL}\n", encoding="utf-8")
    done = held("--output", "report.json")
    assert done.exit_code == 1, done.output
    assert verdicts() == ["supported", "contradicted"]


def test_old_sources_are_noted(held: Run) -> None:
    write("refs/mill.txt", f"---\ndate: 1999-05-01\n---\n\n{MILL}\n")
    Path("refs/mill.txt").rename("refs/mill.md")
    done = held("--max-source-age", "2 years", "--output", "report.json")
    found = [f["rule"] for a in json.loads(Path("report.json").read_text())["audits"] for f in a["findings"]]
    assert sorted(found) == ["grounding/date", "grounding/stale"], done.output
    done = held("--max-source-age", "soon")
    assert done.exit_code == 2


def test_an_unknown_verifier_is_wrong_use(run: Run, held: Run) -> None:
    done = run("scan", "answer.md", "--sources", "refs", "--verifier", "nosuch")
    assert done.exit_code == 2
    assert "no verifier is called 'nosuch'; there are packaged" in done.stderr
