"""What is read as a reference list and its entries, and as a citation."""

from __future__ import annotations

import pytest

from auditor.detectors.citations.references import Reference, inline_citations, reference_list
from auditor.documents import Document, from_text

APA = """Kites fly (Kim & Lee, 2021; Park, 2020a).

References

Kim, J., & Lee, S. H. (2021). How kites fly in the wind. Journal of Kites, 3(2), 1–9. https://doi.org/10.5555/kites.7
O'Brien, P., Roe, A., & Doe, B. (2018). Tails. Wind, 4, 201-210.
Park, J. (2020a). Strings and knots. London: Press.
van der Berg, A. (2015). Baz of kites. Press.
World Health Organization. (2019). Wind report. Geneva: WHO.
"""


def brief(reference: Reference) -> tuple[str, tuple[str, ...], str, str]:
    return reference.label, reference.authors, reference.year, reference.title


def cited(document: Document) -> list[tuple[str, str]]:
    """Target and first author of every resolved citation."""
    found = inline_citations(document)
    return [
        (c.target, c.reference.authors[0] if c.reference.authors else c.reference.label)
        for c in found
        if c.reference
    ]


def test_author_year_list():
    references = reference_list(from_text(APA))
    assert [brief(reference) for reference in references] == [
        ("", ("Kim", "Lee"), "2021", "How kites fly in the wind"),
        ("", ("O'Brien", "Roe", "Doe"), "2018", "Tails"),
        ("", ("Park",), "2020a", "Strings and knots"),
        ("", ("Berg",), "2015", "Baz of kites"),
        ("", ("World Health Organization",), "2019", "Wind report"),
    ]
    assert references[0].identifiers["doi"] == "10.5555/kites.7"
    for reference in references:
        assert " ".join(APA[reference.start : reference.end].split()) == reference.text


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            "[1] J. Kim and A. Lee, “How kites fly,” Kites, vol. 3, 2021.",
            (("Kim", "Lee"), "2021", "How kites fly"),
        ),
        ("[1] A. Park, Strings and Knots. London: Press, 2020.", (("Park",), "2020", "Strings and Knots")),
        (
            "1. Kim JW, Lee S. How kites fly in wind. J Kites. 2021;3(2):1-9.",
            (("Kim", "Lee"), "2021", "How kites fly in wind"),
        ),
        (
            '(1) Kim, Jiwoo. "Why Kites Fly." Kites 3 (2021): 1-9.',
            (("Kim", "Jiwoo"), "2021", "Why Kites Fly"),
        ),
        (
            "1) 김철수·이영희(2020), 「실과 매듭」, 『바람연구』 12호.",
            (("김철수", "이영희"), "2020", "실과 매듭"),
        ),
    ],
)
def test_entries_of_other_styles(entry: str, expected: tuple[tuple[str, ...], str, str]):
    (found,) = reference_list(from_text(f"Text.\n\nReferences\n\n{entry}\n"))
    assert (found.label, found.authors, found.year, found.title) == ("1", *expected)


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "REFERENCES",
        "7. References",
        "VII. Bibliography",
        "## Works cited",
        "참고문헌",
        "<참고 문헌>",
        "참고문헌 (References)",
        "Literaturverzeichnis",
        "Références",
        "参考文献",
        "Список литературы",
        "References\n==========",
    ],
)
def test_headings(heading: str):
    text = f"Text.\n\n{heading}\n\nKim, J. (2021). How kites fly. Press.\n\nLee, S. (2020). Tails. Press.\n"
    assert len(reference_list(from_text(text))) == 2


def test_a_heading_in_a_table_of_contents_begins_no_list():
    text = "Contents\nIntroduction\nReferences\nAppendix\n\nIntroduction\n\nText.\n\nReferences\n\nKim, J. (2021). Kites. Press.\n"
    assert [reference.year for reference in reference_list(from_text(text))] == ["2021"]


def test_the_list_ends_before_an_appendix():
    text = "Text.\n\nReferences\n\nKim, J. (2021). Kites. Press.\n\nAppendix A\n\nLee, S. (2020). Not listed. Press.\n"
    assert len(reference_list(from_text(text))) == 1


def test_entries_over_several_lines():
    hanging = "References\n\nKim, J. (2021). How kites\n    fly. Press.\nLee, S. (2020). Tails of\n    kites. Press.\n"
    labelled = "References\n[1] J. Kim. How kites\nfly. 2021.\n[2] S. Lee. Tails.\n2020.\n"
    run_on = "References\n\n[1] J. Kim. How kites fly. 2021. [2] S. Lee. Tails. 2020.\n"
    for text in (hanging, labelled, run_on):
        assert [r.year for r in reference_list(from_text(text))] == ["2021", "2020"]


def test_names_in_all_their_forms():
    text = APA.replace(
        "Kites fly (Kim & Lee, 2021; Park, 2020a).",
        "Kim and Lee (2021) fly. However, Park (2020a) does not. O’Brien et al. (2018) do, and the World Health Organization\n"
        "(2019) agrees (World Health Organization [WHO], 2019; WHO, 2019; van der Berg, 2015, p. 3; see also Kim & Lee 2021).",
    )
    assert cited(from_text(text)) == [
        ("Kim & Lee 2021", "Kim"),
        ("Park 2020a", "Park"),
        ("O’Brien et al. 2018", "O'Brien"),
        ("Organization 2019", "World Health Organization"),
        ("World Health Organization [WHO] 2019", "World Health Organization"),
        ("WHO 2019", "World Health Organization"),
        ("van der Berg 2015", "Berg"),
        ("Kim & Lee 2021", "Kim"),
    ]


def test_accents_and_hyphens():
    text = "See Müller-Lyer (2015) and Ørsted (2016) and Sorensen (2017).\n\nReferences\n\nMueller-Lyer, F. (2015). Lines. Press.\n"
    text += "Orsted, H. (2016). Fields. Press.\nSørensen, S. (2017). Acids. Press.\n"
    assert [author for _, author in cited(from_text(text))] == ["Mueller-Lyer", "Orsted", "Sørensen"]


def test_letters_tell_works_of_one_year_apart():
    text = "See Kim (2020b), and Kim (2020).\n\nReferences\n\nKim, J. (2020a). One kite. Press.\nKim, J. (2020b). Two kites. Press.\n"
    first, second = inline_citations(from_text(text))
    assert first.reference is not None
    assert first.reference.title == "Two kites"
    assert second.reference is None  # either may be meant
    assert not second.missing


def test_korean():
    text = """연은 난다(김철수·이영희, 2021). 박민수(2020)는 실을 보았고 최지우 외(2019)는 꼬리를 보았다. 김철수와 이영희(2021)도 같다.

참고문헌

김철수, 이영희 (2021). 연의 역사. 바람학회지, 3(2), 1-9.
박민수 (2020). 실과 매듭. 바람연구 12호.
최지우, 한가람, 오하늘 (2019). 꼬리의 힘. 바람연구.
"""
    assert cited(from_text(text)) == [
        ("김철수 & 이영희 2021", "김철수"),
        ("박민수 2020", "박민수"),
        ("최지우 et al. 2019", "최지우"),
        ("김철수 & 이영희 2021", "김철수"),
    ]


NUMBERED = "\n\nReferences\n\n[1] J. Kim. Kites. 2021.\n[2] A. Park. Strings. 2020.\n[3] B. Lee. Knots. 2019.\n[4] C. Choi. Tails. 2018.\n"


def test_numbers_lists_and_ranges():
    document = from_text("One [1], some [2, 4], a range [1–3] and [2]–[4]." + NUMBERED)
    assert [c.target for c in inline_citations(document)] == list("124123234")


def test_what_looks_like_a_number_and_is_none():
    text = (
        'In [0, 1] we have x[3] and a.b[2] <- 4.\n\n[1] 0.25 0.5\n\n[1] "blue"\n\nSee [link](x).' + NUMBERED
    )
    assert inline_citations(from_text(text)) == ()


def test_round_brackets_only_where_the_list_has_them():
    numbered = NUMBERED.replace("[", "(").replace("]", ")")
    assert [c.target for c in inline_citations(from_text("Kites fly (1, 2) and more (4)." + numbered))] == [
        "1",
        "2",
        "4",
    ]
    assert inline_citations(from_text("Kites fly (1, 2) and more (4)." + NUMBERED)) == ()


def test_superscripts():
    numbered = NUMBERED.replace("[", "").replace("]", ".")
    assert [
        c.target for c in inline_citations(from_text("Kites fly.¹ Strings²,³ hold over 5 km²." + numbered))
    ] == ["1", "2", "3"]
    assert inline_citations(from_text("An area of many km² only." + numbered)) == ()


def test_latex():
    text = r"""\documentclass{article}\begin{document}
Kites fly \cite{kim,park}. Knots hold~\citep[p.~3]{lee}. % \cite{gone}
\begin{thebibliography}{9}
\bibitem{kim} J. Kim. Kites. 2021.
\bibitem[{Park(2020)}]{park} A. Park. Strings.
\end{thebibliography}\end{document}"""
    document = from_text(text, format="latex")
    assert [(r.label, r.year) for r in reference_list(document)] == [("kim", "2021"), ("park", "2020")]
    assert [(c.target, c.missing) for c in inline_citations(document)] == [
        ("kim", False),
        ("park", False),
        ("lee", True),
    ]
    spoken = [document.text[c.start : c.end] for c in inline_citations(document)]
    assert spoken == ["fly", "fly", "hold"]


def test_bibtex_in_the_file():
    text = r"""\begin{filecontents}{a.bib}
@article{kim, author = {Kim, Jiwoo and Ann Lee}, title = {How {Kites} Fly}, year = 2021, doi = {10.5555/k}}
\end{filecontents}
\begin{document}Kites \cite{kim} fly \cite{lee}.\end{document}"""
    document = from_text(text, format="latex")
    (reference,) = reference_list(document)
    assert (reference.authors, reference.year, reference.title) == (("Kim", "Lee"), "2021", "How Kites Fly")
    assert [c.missing for c in inline_citations(document)] == [False, True]


def test_jats():
    refs = "".join(
        f'<ref id="B{i}"><mixed-citation>Kim J. Kites {i}. 202{i}.</mixed-citation></ref>'
        for i in range(1, 5)
    )
    xref = '<xref ref-type="bibr" rid="{0}">{0}</xref>'
    text = f"<article><body><p>Kites {xref.format('B1')}–{xref.format('B3')} and {xref.format('B9')} fly.</p></body>"
    text += f"<back><ref-list><title>References</title>{refs}</ref-list></back></article>"
    document = from_text(text, format="jats")
    assert [r.label for r in reference_list(document)] == ["B1", "B2", "B3", "B4"]
    assert [(c.target, c.missing) for c in inline_citations(document)] == [
        ("B1", False),
        ("B2", False),
        ("B3", False),
        ("B9", True),
    ]


def test_numbered_list_of_a_page():
    items = "".join(f"<li>Kim, J. Kites {i}. 202{i}.</li>" for i in range(1, 4))
    page = f"<h1>T</h1><p>Kites [1] and [2, 3].</p><h2>References</h2><ol>{items}</ol>"
    assert [c.target for c in inline_citations(from_text(page, format="html"))] == ["1", "2", "3"]


def test_rows_have_lists_of_their_own():
    row = (
        "One [1] and two [2].\\n\\nReferences\\n\\n[1] J. Kim. Kites. 2021.\\n[2] A. Park. Strings. 2020.\\n"
    )
    document = from_text(f'{{"text": "{row}"}}\n{{"text": "{row}"}}\n', format="jsonl")
    assert [c.target for c in inline_citations(document)] == ["1", "2", "1", "2"]
    assert all(c.reference and abs(c.start - c.reference.start) < 100 for c in inline_citations(document))


def test_without_a_list_there_is_nothing():
    document = from_text("Kites fly (Kim, 2021) and [3].")
    assert (reference_list(document), inline_citations(document)) == ((), ())
