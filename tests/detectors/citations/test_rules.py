"""Cited but not listed, listed but not cited: what is said, and what must be left alone."""

from __future__ import annotations

import time

import pytest

from auditor.detectors.citations.not_cited import not_cited
from auditor.detectors.citations.not_listed import not_listed
from auditor.documents import from_text
from auditor.findings import Severity
from tests.patience import patience

NUMBERED = """

References

[1] J. Kim. Kites in the wind. 2021.
[2] A. Park. Strings and things. 2020.
[3] B. Lee. Knots of old. 2019.
"""
NAMED = """

References

Kim, J., & Lee, S. H. (2021). How kites fly in the wind. Journal of Kites, 3(2), 1–9.
O'Brien, P., Roe, A., & Doe, B. (2018). Tails. Wind, 4, 201-210.
Park, J. (2020a). Strings and knots. London: Press.
World Health Organization. (2019). Wind report. Geneva: WHO.
"""
GROUND = (
    "Kites fly (Kim & Lee, 2021), on strings (Park, 2020a), with tails (O'Brien et al., 2018; WHO, 2019). "
)
KOREAN = """

참고문헌

김철수, 이영희 (2021). 연의 역사. 바람학회지, 3(2), 1-9.
박민수 (2020). 실과 매듭. 바람연구 12호.
최지우, 한가람, 오하늘 (2019). 꼬리의 힘. 바람연구.
"""
GROUND_KOREAN = "연은 난다(김철수·이영희, 2021). 박민수(2020)는 실을, 최지우 외(2019)는 꼬리를 보았다. "


def messages(text: str, format: str = "text") -> list[str]:
    document = from_text(text, format=format)
    found = list(not_listed(document))
    for finding in found:
        assert document.text[finding.location.start : finding.location.end] == finding.excerpt
        assert finding.severity is Severity.WARNING
    return [finding.message for finding in found]


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("Cats purr (Garcia et al., 2017).", "Garcia et al. 2017 is not in the reference list"),
        ("Cats purr (Garcia & Lopez, 2017).", "Garcia & Lopez 2017 is not in the reference list"),
        ("Cats purr (Garcia, 2017).", "Garcia 2017 is not in the reference list"),
        ("Garcia (2017) argues that cats purr.", "Garcia 2017 is not in the reference list"),
        ("As shown by Garcia (2017), cats purr.", "Garcia 2017 is not in the reference list"),
        (
            "Cats purr (see also Garcia et al., 2017, p. 3).",
            "Garcia et al. 2017 is not in the reference list",
        ),
        ("Cats purr (Park, 2020c).", "Park 2020c is not in the reference list"),
        ("Cats purr (Kim & Lee, 2020).", "Kim & Lee is cited as 2020, listed as 2021"),
        ("O’Brien et al. (2019) agree.", "O’Brien et al. is cited as 2019, listed as 2018"),
    ],
)
def test_author_and_year_not_listed(sentence: str, message: str):
    if "2020c" in sentence:
        text = GROUND + sentence + NAMED.replace("World", "Park, J. (2020b). Other knots. Press.\nWorld")
        assert messages(text) == ["Park 2020c is not in the reference list"]
        return
    assert messages(GROUND + sentence + NAMED) == [message]


@pytest.mark.parametrize(
    "sentence",
    [
        "It began in spring (May 2021) and ended (March 3, 2021).",
        "It was held in Lisbon (Lisbon, 2008), and Lisbon is far.",
        "Hurricane Katrina (2005) and Avatar (2009) were costly.",
        "He was born in Kyoto (1950).",
        "Table (2021) and Figure (2020).",
        "Freud said so (Freud, 1923, as cited in Kim & Lee, 2021).",
        "It was confirmed (n = 20; Berlin; since 2011).",
        "NATO (2014) and (OECD, 2017).",
        "Kim and Lee (2021) and Kim & Lee (2021a) and Lee and Kim (2021).",
        "Moreover, Park (2020) agrees; Park's (2020a) too.",
        "Windows (2000) is old. Beatles and Stones (1965).",
        "The World Health Organization (2019) agrees.",
        "It took years (1990–2001; 2005-2010).",
        "In [0, 1], see (3) and x[7].",
    ],
)
def test_nothing_is_said_of_what_is_no_citation_or_is_listed(sentence: str):
    assert messages(GROUND + sentence + NAMED) == []


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("정다은(2017)은 바람을 분석하였다.", "정다은 2017 is not in the reference list"),
        ("바람은 세다(정다은, 2017).", "정다은 2017 is not in the reference list"),
        ("정다은 외(2017)의 연구가 있다.", "정다은 et al. 2017 is not in the reference list"),
        ("정다은·한누리(2017)을 보라.", "정다은 & 한누리 2017 is not in the reference list"),
        ("박민수(2018)는 다시 주장했다.", "박민수 is cited as 2018, listed as 2020"),
    ],
)
def test_korean_not_listed(sentence: str, message: str):
    assert messages(GROUND_KOREAN + sentence + KOREAN) == [message]


@pytest.mark.parametrize(
    "sentence",
    [
        "영화 기생충(2019)도 그렇다.",
        "월드컵(2002)이 열렸다.",
        "전자책(2019)이 나왔다.",
        "박민수(2020)와 김철수와 이영희(2021)",
        "개정(2015) 교육과정",
    ],
)
def test_korean_words_with_years(sentence: str):
    assert messages(GROUND_KOREAN + sentence + KOREAN) == []


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("More [5].", ["5"]),
        ("More [2, 7].", ["7"]),
        ("More [17]; and again [18].", ["17", "18"]),
        ("오래전부터 그랬다[9].", ["9"]),
    ],
)
def test_numbers_not_listed(sentence: str, numbers: list[str]):
    ground = "Kites fly [1] on strings [2] and knots [3]. "
    assert messages(ground + sentence + NUMBERED) == [
        f"The reference list has no number {n}" for n in numbers
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Values lie in [2, 9] and the 95% CI [4, 8].",
        "The scale [1, 5] was used, x = [7], and a[9] <- 3.",
        "[6] 0.25 0.125",
        "In [2021] and [1999], or [a] and [sic].",
        "See Eq. [12] and [text](#4) and [12]: x.",
        "[[4, 5, 6], [7, 8, 9]]",
    ],
)
def test_brackets_that_cite_nothing(sentence: str):
    assert messages("Kites fly [1] on strings [2] and knots [3]. " + sentence + NUMBERED) == []


def test_a_list_with_a_gap_or_another_label_says_nothing():
    ground = "Kites fly [1] on strings [2] and knots [3], [4], [5]."
    assert messages(ground + NUMBERED.replace("[3]", "[4]")) == []
    assert messages(ground + NUMBERED + "\n\nMore\n[4] C. Choi. Tails. 2018. [5] D. Oh. Kites. 2017.\n") == []


def test_superscripts_not_listed():
    text = "Kites fly.¹ Strings² hold and knots³ too⁷ over 5 km²." + NUMBERED.replace("[", "").replace(
        "]", "."
    )
    assert messages(text) == ["The reference list has no number 7"]


def test_reordered_list():
    lines = NAMED.strip().split("\n")
    assert messages(GROUND + "\n\n" + "\n".join([*lines[:2], *reversed(lines[2:])])) == []


def test_markdown_notes_and_links():
    text = "Kites[^1] and[^2], [docs][docs], [else][nowhere], `a[0][b]`.\n\n[^1]: Kim 2021.\n[^3]: Unused.\n\n[docs]: https://example.org\n[x]: y\n"
    assert messages(text, "markdown") == ["There is no footnote “2”", "There is no link definition “nowhere”"]
    assert [f.message for f in not_cited(from_text(text, format="markdown"))] == [
        "The footnote “3” is listed but never cited"
    ]


LATEX = r"""\documentclass{article}\begin{document}
Kites fly \cite{kim,park}. Knots hold~\citep[p.~3]{lee}. % \cite{gone}
\begin{thebibliography}{9}
\bibitem{kim} J. Kim. Kites. 2021.
\bibitem{park} A. Park. Strings. 2020.
\bibitem{choi} C. Choi. Tails. 2018.
\end{thebibliography}\end{document}"""


def test_latex_keys():
    assert messages(LATEX, "latex") == ["There is no entry with the key “lee”"]
    assert [f.message for f in not_cited(from_text(LATEX, format="latex"))] == [
        "The work choi is listed but never cited"
    ]


@pytest.mark.parametrize("command", [r"\bibliography{refs}", r"\input{chapter2}"])
def test_latex_with_other_files_says_nothing(command: str):
    text = LATEX.replace(r"\end{document}", command + r"\end{document}")
    assert messages(text, "latex") == []
    assert list(not_cited(from_text(text, format="latex"))) == []


def test_nocite():
    everything = LATEX.replace(r"\begin{the", r"\nocite{*}\begin{the")
    one = LATEX.replace(r"\begin{the", r"\nocite{choi}\begin{the")
    assert list(not_cited(from_text(everything, format="latex"))) == []
    assert list(not_cited(from_text(one, format="latex"))) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Kites fly [1] on strings [2]." + NUMBERED, "Number 3 is listed but never cited"),
        (
            GROUND.replace("; WHO, 2019", "; Park, 2020a")
            + NAMED.replace("World Health Organization", "Zander, A."),
            "Zander 2019 is listed but never cited",
        ),
        (
            "연은 난다(김철수·이영희, 2021). 박민수(2020)는 실을 보았다." + KOREAN,
            "최지우 2019 is listed but never cited",
        ),
    ],
)
def test_listed_and_never_cited(text: str, message: str):
    document = from_text(text)
    (finding,) = not_cited(document)
    assert finding.message == message
    assert finding.severity is Severity.NOTE
    assert document.text[finding.location.start : finding.location.end] == finding.excerpt


@pytest.mark.parametrize(
    "text",
    [
        "Kites fly." + NUMBERED,  # further reading
        "Kites fly [1]." + NUMBERED,
        "Kites fly [1] on strings [2] (see ref. 3)." + NUMBERED,
        "Kites fly [1] on strings [2; and 3 for knots]." + NUMBERED,
        "Kites fly [1]–[3]." + NUMBERED,
        GROUND + NAMED,
        "In 2019 Zander saw it. " + GROUND + NAMED + "Zander, A. (2019). Winds. Press.\n",
        GROUND.replace("WHO, 2019", "Park, 2020a") + NAMED,  # an organisation may go by another name
    ],
)
def test_nothing_is_said_of_lists_that_are_cited_or_not_for_citing(text: str):
    assert list(not_cited(from_text(text))) == []


def test_time_is_linear():
    start = time.perf_counter()
    for piece in (
        "(Kim, 2021; ",
        "[1, ",
        "Kim and Lee, ",
        "References\n",
        "(",
        "World of the And ",
        "김철수·",
    ):
        list(not_listed(from_text(GROUND + piece * 5_000 + NAMED)))
    assert time.perf_counter() - start < patience(4)
