from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents import Role
from tests.patience import patience

from .reading import blocks, damaged, outcome, place, read, texts, written_at

PAPER = r"""\documentclass[11pt]{article}
\usepackage[utf8]{inputenc}
\newcommand{\foo}[1]{bar #1}
\title{A Title\thanks{With thanks}}
\author{Ann \and Bob}
% \begin{document}
\begin{document}
\maketitle
\section*{Intro \emph{here}}\label{sec:a}
In summary, the \textbf{management} of bilateral iatrogenic I'm very sorry, but I % a comment
don't have access\footnote{A note \emph{here}.} to real-time~\cite[p.~3]{x} information---or ``quotes''.
% As an AI language model, I am a comment

Na\"{\i}ve \'e\c{c}\"o Stra{\ss}e, 10\% \& more $x^2 + y$ end.

See \href{https://chatgpt.com/?utm_source=chatgpt.com}{the link} and \url{http://x.org/a_b},
\verb|as \an AI| and \texttt{co_de}.
\begin{quote}
Quoted \emph{words}.
\end{quote}
\begin{verbatim}
\raw{ %x
\end{verbatim}
\begin{equation} a = b \end{equation}
\begin{figure}[h]\includegraphics[width=1cm]{f}\caption[short]{A caption \ref{x} of it}\end{figure}
\begin{tabular}{l|c}
a & b \\ \hline
c & \multicolumn{2}{c}{d} \\[2pt]
\end{tabular}
\begin{itemize}
\item one
\item[two] thing
\end{itemize}
\enquote{said} \iffalse hidden \fi \unknown{kept} {\bf bold} \textcolor{red}{red words} \todo{mend this}
\begin{thebibliography}{9}
\bibitem{a} Smith, \emph{Book}.
\end{thebibliography}
\end{document}
behind the end
"""


def test_the_text_is_what_a_reader_sees() -> None:
    assert [block.strip() for block in blocks(read(PAPER, "a.tex"))] == [
        "A Title",
        "With thanks",
        "Ann \nBob",
        "Intro here",
        "In summary, the management of bilateral iatrogenic I'm very sorry, but I don't have access"
        " to real-time information—or “quotes”.",
        "A note here.",
        "Naïve éçö Straße, 10% & more end.",
        "See the link and http://x.org/a_b,\nas \\an AI and co_de.",
        "https://chatgpt.com/?utm_source=chatgpt.com",
        "Quoted words.",
        "\\raw{ %x",
        "A caption of it",
        "a \tb \nc \td",
        "one",
        "two thing",
        "“said” kept bold red words",
        "mend this",
        "Smith, Book.",
    ]


def test_each_role_is_found() -> None:
    document = read(PAPER, "a.tex")
    assert texts(document, Role.HEADING) == ["A Title", "Intro here"]
    assert texts(document, Role.METADATA) == ["Ann \nBob"]
    assert texts(document, Role.FOOTNOTE) == ["With thanks", "A note here."]
    assert texts(document, Role.CODE) == ["as \\an AI", "co_de", "\\raw{ %x"]
    assert texts(document, Role.QUOTATION) == ["Quoted words.", "said"]
    assert texts(document, Role.CAPTION) == ["A caption of it"]
    assert texts(document, Role.TABLE) == ["a \tb \nc \td"]
    assert texts(document, Role.REFERENCES) == ["Smith, Book."]
    assert texts(document, Role.COMMENT) == ["mend this"]


@pytest.mark.parametrize(
    ("phrase", "written"),
    [
        ("management", "management}"),
        ("don't have", "don't have access\\footnote"),
        ("to real-time", "to real-time~\\cite"),
        ("A note", "A note \\emph"),
        ("ïve", '\\"{\\i}ve'),
        ("% & more", "% \\& more"),
        ("utm_source", "utm_source=chatgpt.com}"),
        ("d \n", "d} \\\\[2pt]"),
        ("mend", "mend this}"),
    ],
)
def test_places_are_those_in_the_file(phrase: str, written: str) -> None:
    assert written_at(read(PAPER, "a.tex"), phrase).startswith(written)


def test_windows_line_ends_and_comments_between_paragraphs() -> None:
    document = read("One % c\r\n\r\nTwo\r\n% c\r\nthree\r\n", "a.tex")
    assert document.text.strip() == "One \n\nTwo\nthree"
    assert place(document, "three").line == 5


def test_without_a_document_environment_all_is_text() -> None:
    assert read("\\section{A}\nwords", "a.tex").text.strip() == "A\n\nwords"


def test_a_declared_encoding_is_used() -> None:
    content = "\\usepackage[latin1]{inputenc}\nGarçon àéè".encode("latin-1")
    document = read(content, "a.tex")
    assert document.text.strip() == "Garçon àéè"


@pytest.mark.parametrize(
    ("broken", "kept"),
    [
        ("a \\section{Open\n\nb", "a \n\nOpen\n\nb"),
        ("a \\cite{open\n\nb", "a \n\nb"),
        ("a $ b\n\nc $d$", "a $ b\n\nc"),
        ("a } } b", "a b"),
        ("\\end{x} a \\begin{equation} b", "a b"),
        ("a \\verb|b", "a |b"),
        ("a \\", "a"),
        ("\\begin a \\begin{} b", "a b"),
        ("{\\bf a \\emph{b", "a b"),
    ],
)
def test_broken_latex_is_read_as_far_as_it_makes_sense(broken: str, kept: str) -> None:
    assert read(broken, "a.tex").text.strip() == kept


HOSTILE = [
    *(
        "{",
        "\\section{",
        "\\footnote{",
        "\\cite{",
        "\\begin{a}",
        "\\begin{equation}",
        "\\begin{verbatim}",
        "$",
        "\\(",
    ),
    *(
        "a\\$",
        "\\a[",
        "\\verb",
        "\\verb!|",
        "\\iffalse",
        "\\title{",
        "%",
        "\\def\\a#1",
        "\\url{",
        "\\'",
        "\\enquote{",
    ),
    *(
        "{\\texttt{a\n\n",
        "\\end{a}",
        "}",
        "\\item[",
        "\\newcommand{",
        "\n",
        "\\\\[",
        "``",
        "&",
        "\\bibitem",
        "#1",
        "~",
    ),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear_and_depth_is_no_trouble(piece: str) -> None:
    _, seconds = outcome((piece * (300_000 // len(piece)) + "\n\\begin{document}x").encode(), "a.tex")
    assert seconds < patience(4)


@given(
    st.lists(
        st.sampled_from([*HOSTILE, "word ", "\\end{equation}", "\\)", "\\fi", "|", "]", "\\end{verbatim}"])
    )
)
@settings(max_examples=300, deadline=None)
def test_any_mixture_is_read_and_words_stand_where_they_say(pieces: list[str]) -> None:
    document = read("word " + "".join(pieces), "a.tex")
    raw = document.raw or ""
    for offset, character in enumerate(document.text):
        if character in "word":
            assert raw[document._source.raw(offset)] == character


@given(damaged(PAPER.encode()))
@settings(max_examples=150, deadline=None)
def test_damage_never_raises_anything_else(content: bytes) -> None:
    outcome(content, "a.tex")
