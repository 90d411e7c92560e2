"""Quotations against sources: what is called, what honest editing may do, and what is no quotation."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from auditor.detectors.grounding.copying import COPIED, find_copies
from auditor.detectors.grounding.quotation import RULES, check_quotations
from auditor.detectors.grounding.quotation_passages import quotations
from auditor.documents import from_text
from auditor.findings import Finding, Relation, Severity
from auditor.sources.memory import MemoryIndex
from tests.patience import patience

PAGES = Path(__file__).parents[3] / "docs" / "rules"

REPORT = """The river rose by two metres in March, and the council did not open the flood gates. “We waited too \
long,” said Anna Kim, head of the water board. “Next time we shall act before the rain comes.” Mayor Tom Hill \
disagreed. “Nobody could have seen this coming,” Hill said.

The farmers lost a third of their spring barley and most of the early potatoes. A second storm is expected to reach \
the valley by the end of the week, forecasters said.[3] The bridge at Oxley has been closed since Tuesday, and \
heavy lorries are sent round by the northern road. Repairs to the infor-
mation boards cost 1,200 pounds."""

BERICHT = """강물은 3월에 2미터나 불어났지만 시의회는 수문을 열지 않았습니다. 김안나 수자원위원장은 “우리는 너무 오래 \
기다렸습니다. 다음에는 비가 오기 전에 움직이겠습니다”라고 말했다. 박철수 시장은 “아무도 이 일을 내다보지 못했습니다”라고 밝혔다.

농민들은 봄보리의 3분의 1과 올감자 대부분을 잃었다. 두 번째 폭풍은 이번 주말까지 계곡에 닿을 것으로 보인다."""


def sources(*more: tuple[str, str]) -> MemoryIndex:
    return MemoryIndex([("flood-report-2024.txt", REPORT), ("홍수보고서.txt", BERICHT), *more])


def check(text: str, format: str = "text", *more: tuple[str, str]) -> list[Finding]:
    document = from_text(text, format=format)
    found = list(check_quotations(document, sources(*more)))
    assert all(document.text[f.location.start : f.location.end] == f.excerpt for f in found if f.location)
    return found


def names(found: list[Finding]) -> list[str]:
    return [finding.rule.partition("/")[2] for finding in found]


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("“", "”"),
        ('"', '"'),
        ("«", "»"),
        ("« ", " »"),
        ("„", "“"),
        ("»", "«"),
        ("「", "」"),
        ("『", "』"),
        ("‘", "’"),
        ("'", "'"),
        ("\\enquote{", "}"),
        ("``", "''"),
    ],
)
def test_marks_of_every_script(opened: str, closed: str):
    text = f"They said {opened}the council did open the flood gates{closed} in the end, don’t they?"
    (finding,) = check(text)
    assert finding.rule == "grounding/quotation-altered"
    assert finding.excerpt == "the council did open the flood gates"
    assert finding.message.endswith("“not” is missing")


def test_block_quotations_of_markdown_html_and_latex():
    wrong = "The farmers lost a third of their spring barley and most of the early apples."
    for text, format in (
        (f"She wrote:\n\n> {wrong[:40]}\n> {wrong[40:]}\n\nAnd so on.", "markdown"),
        (f"<p>She wrote:</p><blockquote>{wrong}</blockquote>", "html"),
        (f"\\begin{{document}}She wrote: \\begin{{quote}}{wrong}\\end{{quote}}\\end{{document}}", "latex"),
    ):
        (finding,) = check(text, format)
        assert finding.message.endswith("“potatoes” stands as “apples”"), format


@pytest.mark.parametrize(
    "text",
    [
        "They said “the council did not open the flood gates”.",
        "They said “[T]he council did not open the flood gates!”",
        "She said “[the farmers] lost a third of their spring barley”.",
        "She said “the farmers lost a third … and most of the early potatoes”.",
        "She said “the farmers lost a third of […] spring barley . . . and most of the early potatoes”.",
        "She said “The farmers lost [sic] a third of their **spring** barley”.",
        "She said “The farmers lost a third of their\nspring bar\u00adley”.",
        "She said “repairs to the information boards cost 1200 pounds”.",
        "Kim said: “We waited too long. Next time we shall act before the rain comes.”",
        "It said “by the end of the week, forecasters said. The bridge at Oxley has been closed”.",
        "김안나 위원장은 “우리는 너무 오래 기다렸다”고 말했다.",
        "김안나 위원장은 “다음에는 비가 오기 전에 움직이겠다”며 고개를 숙였다.",
        "김 위원장은 “우리는 너무 오래 기다렸습니다… 비가 오기 전에 움직이겠습니다”라고 말했다.",
        "박 시장은 “아무도 이 일을 내다보지 못했다”라고 밝혔다.",
        "보고서는 “봄보리의 3분의 1과 올감자 대부분을 잃었다”고 적었다.",
        "보고서는 “두번째 폭풍은 이번 주말까지 계곡에 닿을 것”이라고 했다.",
    ],
)
def test_honest_quotations_are_left_alone(text: str):
    assert check(text) == []


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        ("They said “the river fell by two metres in March”.", "“rose” stands as “fell”"),
        ("They said “the river rose by three metres in March”.", "“two” stands as “three”"),
        (
            "They said “a third of their spring barley and all of the early potatoes”.",
            "“most” stands as “all”",
        ),
        ("They said “next time we shall act long before the rain comes”.", "“long” is added"),
        ("It read “the council did … open the flood gates”.", "the ellipsis hides “not”"),
        ("It read “repairs to the information boards cost 12,000 pounds”.", "“1,200” stands as “12,000”"),
        ("시는 “시의회는 수문을 열었습니다”라고 밝혔다.", "stands as “열었습니다”"),
        ("그는 “봄보리의 3분의 1과 올감자 대부분을 얻었다”고 말했다.", "“잃었다” stands as “얻었다”"),
        ("그는 “강물은 3월에 5미터나 불어났지만”이라고 말했다.", "“2” stands as “5”"),
    ],
)
def test_altered_quotations_name_the_words(text: str, differs: str):
    (finding,) = check(text)
    assert (finding.rule, finding.severity) == ("grounding/quotation-altered", Severity.ERROR)
    assert differs in finding.message
    (evidence,) = finding.evidence
    assert evidence.relation is Relation.CONTRADICTS
    assert evidence.location is not None
    held = REPORT if evidence.source.startswith("flood") else BERICHT
    assert evidence.quote == held[evidence.location.start : evidence.location.end]


@pytest.mark.parametrize("text", [REPORT.split("\n\n")[1], BERICHT.split("\n\n")[1]])
def test_every_stretch_of_a_source_is_verbatim_and_none_without_one_of_its_words(text: str):
    index = sources()
    words = re.sub(r"\[3\]|-\n", "", text).split()
    for start in range(len(words) - 9):
        taken = words[start : start + 9]
        frame = "She said “{}” to them." if text.isascii() else "그는 “{}”라고 말했다."
        assert list(check_quotations(from_text(frame.format(" ".join(taken))), index)) == []
        dropped = taken[:4] + taken[5:]
        (finding,) = check_quotations(from_text(frame.format(" ".join(dropped))), index)
        assert finding.rule == "grounding/quotation-altered"
        assert taken[4].rstrip(".,") in finding.message


def test_not_found_is_a_warning_where_someone_is_said_to_have_said_it():
    claimed, free = check(
        "The mayor said “it was the worst year of our lives”. We call it “the old and slow way of doing things”."
    )
    assert (claimed.rule, claimed.severity) == ("grounding/quotation-not-found", Severity.WARNING)
    assert (free.rule, free.severity) == ("grounding/quotation-not-found", Severity.NOTE)
    (korean,) = check("시장은 “내년에는 예산을 두 배로 늘리겠다”고 말했다.")
    assert korean.severity is Severity.WARNING
    (named,) = check("In flood-report-2024.txt stands “everyone was warned in good time by radio”.")
    assert named.severity is Severity.WARNING


@pytest.mark.parametrize(
    "text",
    [
        "It says “the farmers lost a third of their spring barley by the end of the week”.",
        "It says “Nobody could have seen this coming since Tuesday, and heavy lorries are sent round”.",
        "It says “a second storm is expected … the council did not open the flood gates”.",
        "그는 “농민들은 봄보리의 3분의 1과 두 번째 폭풍은 이번 주말까지”라고 말했다.",
        "그는 “시의회는 수문을 열지 않았습니다 올감자 대부분을 잃었다”고 말했다.",
    ],
)
def test_spliced_quotations_show_every_place(text: str):
    (finding,) = check(text)
    assert (finding.rule, finding.severity) == ("grounding/quotation-spliced", Severity.ERROR)
    assert len(finding.evidence) == 2


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("According to Tom Hill, “we waited too long” to act.", "Anna Kim"),
        ("“Nobody could have seen this coming,” Kim said.", "Hill"),
        ("> Nobody could have seen this coming.\n> — Anna Kim", "Hill"),
        ("박철수 시장은 “우리는 너무 오래 기다렸다”고 말했다.", "김안나 수자원위원장"),
        ("“아무도 이 일을 내다보지 못했다”고 김안나 위원장은 말했다.", "박철수 시장"),
    ],
)
def test_wrong_speaker(text: str, heard: str):
    (finding,) = check(text)
    assert (finding.rule, finding.severity) == ("grounding/quotation-misattributed", Severity.ERROR)
    assert heard in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "“Nobody could have seen this coming,” Mayor Hill said.",
        "“Nobody could have seen this coming,” the mayor said.",
        "“We waited too long,” she said.",
        "“We waited too long,” Dr. A. Kim told reporters.",
        "“We waited too long,” said the Water Board.",
        "Officials said “we waited too long” to act.",
        "Hill said “the council did not open the flood gates”.",
        "담당자는 “우리는 너무 오래 기다렸다”고 말했다.",
        "김 위원장은 “우리는 너무 오래 기다렸다”고 말했다.",
    ],
)
def test_the_right_speaker_or_one_that_is_not_clear(text: str):
    assert check(text) == []


def test_wrong_source():
    (finding,) = check("In 홍수보고서.txt stands “the river rose by two metres in March”.")
    assert finding.rule == "grounding/quotation-misattributed"
    assert check("The Flood Report 2024 says “the river rose by two metres in March”.") == []
    cited = "It says “the river rose by two metres in March” [1]. [2] agrees.\n\n# References\n\n[1] {}. 2024.\n[2] {}. 2024.\n"
    other = (
        "late-snow-in-the-northern-hills.txt",
        "It was cold in the north all through spring and there was late snow.",
    )
    names_ = ("Lee, J. Late snow in the northern hills", "Kim, A. Flood report 2024")
    assert names(check(cited.format(*names_), "markdown", other)) == ["quotation-misattributed"]
    assert check(cited.format(*names_[::-1]), "markdown", other) == []


@pytest.mark.parametrize(
    "text",
    [
        "The book “The Long Way Round The Hill and Back” is good.",
        "The so-called “long way round the old hill” is closed.",
        "In the paper “Rain and rivers in the north of the country” (2019) it is shown.",
        "He called it “a small thing”.",
        "The court held in “Miller and the others v. Oxley Bridge Trust” that it was.",
        "She drew the poem “A long and narrow way into the hills” on a wall.",
        "It is a ‘small’ thing, the boys’ own way and the girls’ own way.",
        '`print("the council did open the flood gates")`',
        "『긴 겨울과 짧은 봄 사이에서』를 읽었다.",
        "‘긴 겨울과 짧은 봄 사이에서’라는 제목의 책을 읽었다.",
    ],
)
def test_titles_terms_and_code_are_no_quotations(text: str):
    assert quotations(from_text(text, format="markdown")) == []


def test_speakers_are_read_from_the_words_around():
    text = (
        "“It was a very long day,” said spokeswoman Mary Ann Evans.\n\n"
        "The head of the board, Jo Berg, told us on Monday that “it was a long day”.\n\n"
        "“It was a very long day,” said the people in Paris.\n\n"
        "기획재정부에 따르면 “물가가 지난달보다 크게 올랐다”.\n\n"
        "“물가가 지난달보다 크게 올랐다”라고 이정은 장관은 어제 말했다."
    )
    assert [q.speaker for q in quotations(from_text(text))] == [
        "Mary Ann Evans",
        "Jo Berg",
        None,
        "기획재정부",
        "이정은 장관",
    ]


def test_a_source_that_is_the_document_does_not_bear_itself_out():
    text = "The mayor said “it was the worst year of our lives”."
    assert names(check(text, "text", ("draft.txt", text))) == ["quotation-not-found"]
    alone = MemoryIndex([("draft.txt", text)])
    assert list(check_quotations(from_text(text), alone)) == []


def test_tables_of_the_sources_are_made_once_and_again_after_a_change():
    from auditor.detectors.grounding.spans_index import source_text

    index = sources()
    assert source_text(index) is source_text(index)
    assert source_text(index).names == ("flood-report-2024.txt", "홍수보고서.txt")


def test_a_long_quotation_is_compared_to_its_end():
    numbers = " ".join(
        f"Row {i} holds {i * 7 % 1009} bags of grain and {i * 5 % 997} of seed." for i in range(200)
    )
    index = MemoryIndex([("ledger.txt", numbers)])
    right, wrong = numbers, numbers.replace("Row 190 holds", "Row 190 lacks")
    assert list(check_quotations(from_text(f"<blockquote>{right}</blockquote>", format="html"), index)) == []
    (finding,) = check_quotations(from_text(f"<blockquote>{wrong}</blockquote>", format="html"), index)
    assert "“holds” stands as “lacks”" in finding.message


@pytest.mark.parametrize("unit", ["“", '"', "‘a ", "“a b c d” said ", "'x' ", "\\enquote{", "… ", "가“나 "])
def test_hostile_text_takes_linear_time(unit: str):
    index = sources()
    document = from_text("He said “" + unit * (500 if unit.count(" ") > 3 else 6_000))
    start = time.process_time()
    list(check_quotations(document, index))
    list(find_copies(document, index))
    assert time.process_time() - start < patience(4)


FENCE = re.compile(r"```text\nSource: (.*?)\n\nText: (.*?)\n```", re.DOTALL)


@pytest.mark.parametrize("rule", [*RULES, COPIED], ids=lambda rule: rule.name)
def test_examples_on_the_pages(rule):
    page = (PAGES / f"{rule.id}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {rule.title}\n\n`{rule.id}` · {rule.severity}\n")
    found, left = page.split("## Not found, and why")
    for part, called in ((found, True), (left, False)):
        examples = FENCE.findall(part)
        assert len(examples) >= 2
        for source, text in examples:
            index = MemoryIndex([("source.txt", source)])
            document = from_text(text)
            both = [*check_quotations(document, index), *find_copies(document, index)]
            assert (rule.id in {f.rule for f in both if f.severity is rule.severity}) is called, text
