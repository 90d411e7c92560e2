"""From text to claims: what is left out and why, what is cut, and that offsets lead back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detectors.grounding.claims import ClaimSpan, claims
from auditor.detectors.grounding.plain import plain
from auditor.detectors.grounding.references import context_needed
from auditor.detectors.grounding.worth import Kind, kind
from auditor.documents import Document, from_text


def read(text: str, format: str = "markdown") -> list[ClaimSpan]:
    return claims(from_text(text, format=format), parse=False)


def only(text: str, format: str = "markdown") -> ClaimSpan:
    (span,) = read(text, format)
    return span


KINDS = {
    Kind.CLAIM: [
        "The firm has 300 staff.",
        "The dose was raised from 0.002 to 0.01 mg",
        'He asked "why?"',
        'He said, "I think it rained."',
        "These results do not support the hypothesis.",
        "No evidence of fraud was found.",
        "The report does not mention fraud.",
        "Applicants must be 18 years old.",
        "Use of the drug rose in 2019.",
        "Open source software is free.",
        "Hello Kitty was created in 1974.",
        "Hereford is a city in England.",
        "Thanks to the vaccine, cases fell.",
        "Sure enough, the plan failed.",
        "The context of the trial was political.",
        "회사는 직원 300명을 두고 있다.",
        "개인 정보는 제3자에게 제공되지 않습니다.",
        "회사는 배당을 하지 않았다.",
        "신청자는 서류를 제출해야 한다.",
        "그는 “왜 그럴까?”라고 물었다.",
        "어머니는 집에 계세요.",
        "이 문서는 1998년에 작성되었다.",
        "매출 3조 원 달성함.",
    ],
    Kind.GREETING: [
        "Hello!",
        "Hi there,",
        "Certainly!",
        "Great question!",
        "I hope this helps!",
        "Let me know if you have any questions.",
        "Feel free to ask for more.",
        "Thank you for your patience.",
        "안녕하세요!",
        "감사합니다.",
        "도움이 되셨기를 바랍니다.",
        "궁금한 점이 있으시면 언제든지 문의해 주세요.",
        "좋은 하루 되세요.",
    ],
    Kind.QUESTION: [
        "Is it late?",
        "“Is it late?”",
        "왜 그럴까요?",
        "왜 그럴까요",
        "今日は休みですか？",
        "When did the firm open?",
    ],
    Kind.REFUSAL: [
        "The documents do not mention the price.",
        "The documents don’t say when the firm was founded.",
        "The provided context does not contain any information about Kim.",
        "The retrieved results do not include the date.",
        "None of the provided sources mention the price.",
        "There is no information about the price in the documents.",
        "The price is not mentioned in the provided text.",
        "I'm sorry, but I cannot answer that.",
        "I could not find the date.",
        "I don't have enough information to answer.",
        "Based on the provided context, it is not possible to determine the price from the documents.",
        "There is not enough information to answer the question.",
        "Unknown",
        "N/A",
        "제공된 문서에는 가격에 대한 정보가 없습니다.",
        "문서에 설립 연도가 언급되어 있지 않습니다.",
        "주어진 정보만으로는 알 수 없습니다.",
        "죄송하지만 답변을 드릴 수 없습니다.",
        "해당 내용은 본문에서 찾을 수 없습니다.",
        "알 수 없음",
    ],
    Kind.INSTRUCTION: [
        "Please contact us.",
        "You should drink more water.",
        "I recommend a second opinion.",
        "It is recommended to see a doctor.",
        "Use the lift.",
        "Click on the link.",
        "Make sure the lid is closed.",
        "Consider asking a lawyer.",
        "버튼을 누르세요.",
        "서류를 제출하십시오.",
        "물을 자주 마시는 것이 좋습니다.",
    ],
    Kind.OPINION: [
        "I think it is too expensive.",
        "In my view, the plan is bad.",
        "Personally, I like it.",
        "It is too expensive, I believe.",
        "제 생각에는 너무 비쌉니다.",
        "저는 이 계획이 나쁘다고 생각합니다.",
        "개인적으로 마음에 듭니다.",
    ],
    Kind.META: [
        "Here is a summary of the text:",
        "Sure, here is a summary.",
        "Below is a list of the main points.",
        "In this article, we will look at bees.",
        "Let's look at the numbers.",
        "Based on the provided context:",
        "다음은 요약입니다:",
        "제공된 자료에 따르면:",
        "요약하면 다음과 같습니다.",
        "이 회사에 대해 설명드리겠습니다.",
    ],
    Kind.CITATION: [
        "[3]",
        "[1, 4-6]",
        "(Kim, 2021)",
        "Kim et al. (2021)",
        "Source: https://example.org/a",
        "https://example.org/a",
        "출처: 통계청",
    ],
    Kind.HEADING: ["# Results of 2020", "Results\n======="],
    Kind.FRAGMENT: ["Sales by region\n\nIt rose.\n\nIt fell.\n\nIt rose again."],
}


@pytest.mark.parametrize(
    ("wanted", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts]
)
def test_kinds(wanted: Kind, text: str) -> None:
    found = read(text)
    assert found[0].kind is wanted, found
    assert bool(found[0].reason) is (wanted is not Kind.CLAIM)


@pytest.mark.parametrize(
    "text", ["Paris", "In 1998.", "1998년.", "서울", "The Beatles", "42", "Anna Brown and Tom Hill"]
)
def test_a_short_answer_that_stands_alone_is_a_claim(text: str) -> None:
    assert (only(text).kind, only(text).text) == (Kind.CLAIM, text)


@pytest.mark.parametrize("text", ["---", "***\n\n---", "。", "!!!"])
def test_no_words_no_claims(text: str) -> None:
    assert read(text) == []


def test_a_missing_full_stop_changes_nothing() -> None:
    for text in ("The firm has 300 staff", "회사는 직원 300명을 두고 있다"):
        assert only(text).kind is only(text + ".").kind is Kind.CLAIM


def test_marks_are_taken_from_the_text_and_offsets_stay() -> None:
    text = "It has **999** million _paying_ users[3] in [two\ncountries](http://a.org/b_c).[^1]"
    document = from_text(text, format="markdown")
    (span,) = claims(document, parse=False)
    assert span.text == "It has 999 million paying users in two countries."
    assert document.text[span.start :].startswith("It has **999**")
    assert span.parent == (0, len(text))


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("snake_case and 2*3 stay", "snake_case and 2*3 stay"),
        ("- [x] Done.", "Done."),
        ("1. First it rose.", "First it rose."),
        ("> It rose\n> and fell.", "It rose and fell."),
        ("The 95% CI [3, 5] is wide.[4]", "The 95% CI [3, 5] is wide."),
        ("It rose [3, 4], as shown in [6].", "It rose, as shown in [6]."),
        ("See [a (b)](http://a.org/b_(c)) now", "See a (b) now"),
        ("It rose.³ ", "It rose."),
        ("10 m² of `x`", "10 m² of x"),
        ("H<sub>2</sub>O boils", "H2O boils"),
        ("**“It rose.”**", "“It rose.”"),
        ("가. 매출이 늘었다.", "매출이 늘었다."),
        ("  ", ""),
    ],
)
def test_plain(raw: str, wanted: str) -> None:
    found = plain(raw, 0, len(raw))
    assert found.text == wanted
    assert all(raw[place] == c or c == " " for c, place in zip(found.text, found.places, strict=True))


def test_an_opening_about_the_answer_is_cut_off() -> None:
    for text, rest in (
        ("Based on the provided context, the firm has 300 staff.", "the firm has 300 staff."),
        ("According to the documents, the **firm** has 300 staff.", "the firm has 300 staff."),
        ("제공된 자료에 따르면, 회사는 직원 300명을 두고 있다.", "회사는 직원 300명을 두고 있다."),
        ("Yes, the firm has 300 staff.", "the firm has 300 staff."),
        ("It is important to note that the firm has 300 staff.", "the firm has 300 staff."),
    ):
        span = only(text)
        assert (span.kind, span.text) == (Kind.CLAIM, rest)
        assert text[span.start : span.end].replace("*", "") == rest
    assert only("According to the WHO, 300 people died.").text.startswith("According")


def test_roles() -> None:
    text = (
        "# Report of 2020\n\nSales rose to 5 million.\n\n```python\nx = 5  # rose. Then fell.\n```\n\n| Year | Sales |\n|---|---|\n"
        "| 2019 | **4** million |\n| all | good |\n\n> Costs fell to 3 million.\n\n## References\n\n[1] Kim, A. Sales of 2020. Leeds: Hill.\n"
    )
    found = [(span.kind, span.text) for span in read(text)]
    assert (Kind.HEADING, "Report of 2020") in found
    assert (Kind.CLAIM, "Year: 2019; Sales: 4 million") in found
    assert (Kind.HEADING, "| Year | Sales |") in found
    assert (Kind.CLAIM, "Costs fell to 3 million.") in found
    assert [text for kind, text in found if kind is Kind.CLAIM] == [
        "Sales rose to 5 million.",
        "Year: 2019; Sales: 4 million",
        "Costs fell to 3 million.",
    ]
    assert {kind for kind, text in found if "Kim" in text or "Leeds" in text} == {Kind.CITATION}
    assert {span.reason for span in read(text) if "x = 5" in span.text} == {"code"}


def test_a_list_is_read_with_the_line_above_it() -> None:
    found = read(
        "The firm makes:\n\n- cars\n- steel ships\n- It was founded in 1998.\n- Price: 5 euros\n\nIt also sells tea."
    )
    assert [(s.kind, s.lead, s.text) for s in found] == [
        (Kind.HEADING, "", "The firm makes:"),
        (Kind.CLAIM, "The firm makes", "cars"),
        (Kind.CLAIM, "The firm makes", "steel ships"),
        (Kind.CLAIM, "", "It was founded in 1998."),
        (Kind.CLAIM, "", "Price: 5 euros"),
        (Kind.CLAIM, "", "It also sells tea."),
    ]
    assert read("The firm makes 3 things:\n- cars\n- tea")[0].kind is Kind.CLAIM


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("He was born in Leeds.", True),
        ("It fell in 2019.", True),
        ("However, they failed.", True),
        ("This led to a war.", True),
        ("In 1998 he left Leeds.", True),
        ("Anna Brown sold her house.", False),
        ("The firm sold its house.", False),
        ("Sales rose in 2020.", False),
        ("There are 300 islands.", False),
        ("이 회사는 1998년에 생겼다.", True),
        ("그는 서울에서 태어났다.", True),
        ("해당 제품은 비싸다.", True),
        ("이후 그 회사는 망했다.", True),
        ("이순신은 장군이다.", False),
        ("그림은 비싸다.", False),
        ("삼성전자는 회사다.", False),
    ],
)
def test_context_needed(text: str, needed: bool) -> None:
    assert context_needed(text) is needed


def test_context_is_the_sentence_before() -> None:
    found = read(
        "Anna **Brown** was born in Leeds. She studied law. Hill did not.\n\n김철수는 의사다. 그는 서울에 산다."
    )
    assert [span.context for span in found] == [
        "",
        "Anna Brown was born in Leeds.",
        "",
        "",
        "김철수는 의사다.",
    ]


def test_greetings_give_no_context() -> None:
    assert read("Hello! He was born in Leeds.")[1].context == ""


def test_mixed_sentence_keeps_the_claim_and_sets_the_refusal_aside() -> None:
    found = read("The firm was founded in 1998; the documents do not mention its price.")
    assert [(span.kind, span.text) for span in found] == [
        (Kind.CLAIM, "The firm was founded in 1998"),
        (Kind.REFUSAL, "the documents do not mention its price."),
    ]


def test_clauses_lead_back_to_the_document() -> None:
    text = "The **firm** was\nfounded in 1998 and is owned by Hill.[2] 이 회사는 1998년에 **설립**되었고 직원 300명이 있다."
    document = from_text(text, format="markdown")
    found = claims(document, parse=False)
    assert [(span.lead, span.text) for span in found] == [
        ("", "The firm was founded in 1998"),
        ("The firm", "is owned by Hill."),
        ("", "이 회사는 1998년에 설립되었고"),
        ("이 회사는", "직원 300명이 있다."),
    ]
    assert [document.text[span.start : span.end] for span in found] == [
        "The **firm** was\nfounded in 1998",
        "is owned by Hill.",
        "이 회사는 1998년에 **설립**되었고",
        "직원 300명이 있다.",
    ]
    assert found[0].parent == found[1].parent
    assert document.text[slice(*found[0].parent)].endswith("[2]")


def test_parts_are_kept_apart() -> None:
    from auditor.documents.registry import load_bytes

    rows = b'{"text": "The firm was founded"}\n{"text": "It rose in 2020."}\n'
    found = claims(load_bytes(rows, "rows.jsonl"), parse=False)
    assert [span.text for span in found] == ["The firm was founded", "It rose in 2020."]


PIECES = st.lists(
    st.sampled_from(
        [
            "The firm ",
            "was founded in 1998 ",
            "and is old",
            "; ",
            ". ",
            "**",
            "_",
            "`",
            "[3]",
            "[a](b)",
            "\n",
            "\n\n",
            "- ",
            "# ",
            "| a | 1 |\n",
            "이 회사는 ",
            "설립되었고 ",
            "크다. ",
            "? ",
            "“",
            "”",
            "Based on the provided context, ",
            "The documents do not mention it. ",
            "```\n",
            "1",
            "😀",
        ]
    ),
    max_size=30,
).map("".join)


@given(PIECES)
def test_spans_are_inside_and_ordered(text: str) -> None:
    document = Document("x", text, format="markdown", raw=text)
    last = 0
    for span in claims(document, parse=False):
        assert last <= span.start < span.end <= len(text)
        assert span.parent[0] <= span.start and span.end <= span.parent[1]
        assert span.text.strip() == span.text != ""
        last = span.end


@pytest.mark.parametrize(
    "unit",
    [
        "The documents ",
        "제공된 문서에는 정보가 ",
        "a ",
        '" ',
        "[",
        "*",
        "_a",
        "(",
        "https://a.b/",
        "I ",
        "not ",
        "은 ",
        "<a ",
        "- a\n",
        "| 1 ",
    ],
)
def test_time_is_bounded(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    begun = time.process_time()
    read(text, "text")
    assert time.process_time() - begun < 5


def test_kind_looks_past_typographic_apostrophes() -> None:
    assert kind("I don’t have enough information to answer.")[0] is Kind.REFUSAL
