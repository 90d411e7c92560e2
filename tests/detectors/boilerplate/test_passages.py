"""Where a leak starts, how far it runs, and whether it broke a sentence."""

from __future__ import annotations

import pytest

from auditor.detectors.boilerplate.sentences import sentences
from tests.detectors.boilerplate.judging import rules, scan, spans

HUMAN = "The patient was discharged on day nine and was well at follow-up."
SPLICE = (
    "I'm very sorry, but I don't have access to real-time information or patient-specific data, as I am an "
    "AI language model. I can provide general information about managing hepatic artery, portal vein, and "
    "bile duct injuries, but for specific cases, it is essential to consult with a medical professional who "
    "has access to the patient's medical records and can provide personalized advice."
)
BEFORE = "In summary, the management of bilateral iatrogenic "


def test_the_radiology_splice():
    text = BEFORE + SPLICE
    ((passage, words),) = spans(text)
    assert words == SPLICE
    assert passage.spliced
    (finding,) = scan(text)
    assert finding.excerpt == SPLICE
    assert "breaks off a sentence" in finding.message
    assert {"refusal", "self-identification", "knowledge-cutoff"} & rules([finding])


def test_it_stops_before_human_text():
    ((passage, words),) = spans(f"{BEFORE}{SPLICE} {HUMAN}")
    assert words == SPLICE and passage.spliced


def test_it_stops_at_the_end_of_the_paragraph():
    ((_, words),) = spans(f"{BEFORE}{SPLICE}\n\n{HUMAN}")
    assert words == SPLICE


@pytest.mark.parametrize(
    "broken", ["real-time\ninformation or", "real-time\r\ninformation or", "real-time infor-\nmation or"]
)
def test_a_splice_over_broken_lines(broken: str):
    text = (BEFORE + SPLICE).replace("real-time information or", broken)
    ((passage, words),) = spans(text)
    assert passage.spliced
    assert words.startswith("I'm very sorry, but") and words.endswith("personalized advice.")


def test_a_splice_in_curly_quotes_and_with_soft_hyphens():
    text = (BEFORE + SPLICE).replace("'", "’").replace("information or", "infor\u00admation or")
    ((passage, words),) = spans(text)
    assert passage.spliced and words.startswith("I’m very sorry") and words.endswith("advice.")


def test_a_korean_splice():
    text = "본 연구의 결과를 요약하면 양측 간동맥 손상의 죄송하지만 저는 AI 언어 모델로서 실시간 정보에 접근할 수 없습니다."
    ((_passage, words),) = spans(text)
    assert words.startswith("죄송하지만 저는")
    assert words.endswith("없습니다.")


@pytest.mark.parametrize(
    ("opener", "rest"),
    [
        ("Certainly, here is a possible introduction for your topic:", " Lithium cells age."),
        ("Sure! Here's the revised paragraph:", "\nLithium cells age."),
        ("물론입니다! 다음은 수정된 문단입니다:", " 리튬 전지는 노화한다."),
        ("当然可以！以下是修改后的段落：", "锂电池会老化。"),
        ("Natürlich! Hier ist eine überarbeitete Fassung:", " Lithiumzellen altern."),
    ],
)
def test_openers_end_at_the_colon(opener: str, rest: str):
    ((passage, found),) = spans(opener + rest)
    assert (passage.rule, found) == ("opener", opener)


@pytest.mark.parametrize(
    ("before", "token", "after", "rule"),
    [
        ("Prices rose ", "citeturn0search4", " in May.", "tool-marker"),
        ("Prices rose ", "contentReference[oaicite:3]{index=3}", ".", "tool-marker"),
        ("The survey by ", "[Your Name]", " ended.", "placeholder"),
        ("So ", "<|im_end|>", " it goes.", "chat-template"),
        ("At https://a.example/b?", "utm_source=chatgpt.com", "&c=1 we read.", "tracking-link"),
        ("The yield doubled.\n\n", "Regenerate response", "\n\nThen it fell.", "interface-residue"),
    ],
)
def test_token_rules_report_just_the_token(before: str, token: str, after: str, rule: str):
    ((passage, found),) = spans(before + token + after)
    assert (passage.rule, found) == (rule, token)


def test_neighbouring_tokens_are_one():
    text = "It rose citeturn0search4 citeturn0search7 in May and <|im_start|><|im_end|> fell."
    assert [words for _, words in spans(text)] == [
        "citeturn0search4 citeturn0search7",
        "<|im_start|><|im_end|>",
    ]


@pytest.mark.parametrize(
    "closer",
    [
        "I hope this helps! Let me know if you need any further changes.",
        "도움이 되셨기를 바랍니다! 더 필요한 것이 있으면 말씀해 주세요.",
        "希望这对您有所帮助！如果您还有其他问题，请随时告诉我。",
    ],
)
def test_closers_at_the_end(closer: str):
    text = f"The bridge was closed in May.\n\nIt opened again in June. {closer}"
    ((passage, words),) = spans(text)
    assert passage.rule == "closer"
    assert words == closer
    assert not passage.spliced


def test_comment_lines_are_read_through():
    text = "def f():\n    # As an AI language\n    # model, I cannot run this code.\n    return 1"
    ((passage, words),) = spans(text)
    assert passage.rule == "self-identification"
    assert words.startswith("As an AI language\n    # model, I cannot")


def test_a_passage_names_all_rules_that_fired():
    (finding,) = scan("Rain fell.\n\n" + SPLICE)
    assert len(rules([finding])) >= 2
    assert finding.rule not in finding.also


def test_human_text_between_parts_two_passages():
    text = f"As an AI language model, I have no opinion on this. {HUMAN} I hope this helps!"
    assert [words for _, words in spans(text)] == [
        "As an AI language model, I have no opinion on this.",
        "I hope this helps!",
    ]


def test_a_passage_where_two_windows_overlap_is_reported_once():
    filler = "Water levels rose over the summer months. " * 183
    talk = "Of course, happy to help you with your essay, let me walk you through what I changed for you. "
    found = [words for _, words in spans(filler + talk + filler)]
    assert len(found) == len(set(found)) <= 1


def test_ordinary_text_has_no_passages():
    assert (
        spans(f"The river rose in the night. {HUMAN} The survey had 412 answers, of which 31 were blank.")
        == []
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It rained. It stopped.", 2),
        ("Dr. Smith et al. (2020) disagree, e.g. on p. 4. We do not.", 2),
        ("“Stop!” he said. Then he left.", 2),
        ("비가 왔다. 그쳤다.", 2),
        ("下雨了。停了。", 2),
        ("3.5 metres rose to 4.2 metres.", 1),
        ("- one\n- two\n- three", 3),
        ("J. Smith left.", 1),
        ("", 0),
    ],
)
def test_sentences(text: str, count: int):
    found = list(sentences(text, 0, len(text)))
    assert len(found) == count
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in found)
