"""What LaTeX commands and environments do to the text, as far as a reader of it is concerned."""

from __future__ import annotations

from typing import Final

from auditor.documents.document import Role
from auditor.documents.spelled import words

SYMBOLS: Final[dict[str, str]] = {
    **dict(
        pair.split("=", 1)
        for pair in words(
            "ss=ß o=ø O=Ø ae=æ AE=Æ oe=œ OE=Œ aa=å AA=Å l=ł L=Ł i=ı j=ȷ dh=ð DH=Ð th=þ TH=Þ ng=ŋ dj=đ DJ=Đ"
            " ldots=… dots=… textellipsis=… textendash=– textemdash=— textbackslash=\\ textquoteleft=‘"
            " textquoteright=’ textquotedblleft=“ textquotedblright=” lq=‘ rq=’ guillemotleft=«"
            " guillemotright=» glqq=„ grqq=“ flqq=« frqq=» quotedblbase=„ quotesinglbase=‚ guilsinglleft=‹"
            " guilsinglright=› textquotesingle=' textless=< textgreater=> textbar=| textasciitilde=~"
            " textasciicircum=^ S=§ P=¶ textunderscore=_ textbullet=• textdegree=° textregistered=®"
            " texttrademark=™ copyright=© textcopyright=© pounds=£ euro=€ texteuro=€ dag=† ddag=‡"
            " LaTeX=LaTeX TeX=TeX LaTeXe=LaTeX2e BibTeX=BibTeX lbrack=[ rbrack=] slash=/ lbrace={ rbrace=}"
            " textasteriskcentered=* textexclamdown=¡ textquestiondown=¿"
        )
    ),
    **dict.fromkeys(
        ("space", "quad", "qquad", "textvisiblespace", "enspace", "thinspace", "nobreakspace"), " "
    ),
    **dict.fromkeys(("newline", "linebreak", "and"), "\n"),
}
"""Commands that print characters."""

SIGNS: Final = {**dict.fromkeys("-/!@", ""), **dict.fromkeys(",;: \n\r\t", " ")}
"""What a backslash and one sign prints, where it is not the sign itself, an accent or mathematics."""

ACCENTS: Final = dict(
    zip(
        "'`\"^~=.cvuHrkdb",
        "\u0301\u0300\u0308\u0302\u0303\u0304\u0307\u0327\u030c\u0306\u030b\u030a\u0328\u0323\u0331",
        strict=True,
    )
)
"""Accent commands and the combining characters that they put on the next letter."""

DROPPED: Final[dict[str, int]] = {
    **dict.fromkeys(
        words(
            "label ref eqref autoref cref Cref pageref nameref vref Vref hyperref input include subfile"
            " includegraphics vspace hspace bibliographystyle bibliography addbibresource usepackage"
            " RequirePackage documentclass pagestyle color thispagestyle pagenumbering textcolor colorbox"
            " selectlanguage foreignlanguage cline cmidrule hypersetup graphicspath geometry"
            " PassOptionsToPackage scalebox raisebox parbox makebox framebox setcounter stepcounter"
            " refstepcounter ensuremath index glossary gls Gls acrshort acrlong rotatebox phantom hphantom"
            " vphantom newcounter theoremstyle captionsetup sisetup lstset tikzset usetikzlibrary"
            " hyphenation institute orcidID orcid bibinfo bibfield bibnamefont bibfnamefont citenamefont"
            " arrayrulecolor rowcolor cellcolor columncolor definecolorset crefrange counterwithin"
            " numberwithin unit special pdfinfo"
        ),
        1,
    ),
    **dict.fromkeys(
        words(
            "setlength addtolength addtocounter fontsize rule resizebox multicolumn multirow fcolorbox"
            " settowidth SI newtheorem declaretheorem crefname Crefname addcontentsline DeclareMathOperator"
            " qty"
        ),
        2,
    ),
    **dict.fromkeys(
        words("newenvironment renewenvironment definecolor titleformat titlespacing newglossaryentry"), 3
    ),
}
"""Commands whose first arguments nobody reads, and how many those are; further arguments are text."""

DEFINITIONS: Final = frozenset(
    words("newcommand renewcommand providecommand DeclareRobustCommand NewDocumentCommand def edef gdef xdef")
)
HEADINGS: Final = frozenset(
    words(
        "part chapter section subsection subsubsection paragraph subparagraph title subtitle frametitle"
        " framesubtitle icmltitle maintitle shorttitle addchap addsec minisec"
    )
)
INLINE_CODE: Final = frozenset(("texttt", "code", "lstinline", "path", "nolinkurl"))
QUOTES: Final = frozenset(("enquote", "say", "textquote", "blockquote", "blockcquote", "foreignquote"))
HELD: Final = {
    **dict.fromkeys(
        words("footnote footnotetext thanks endnote marginpar sidenote tablefootnote"), Role.FOOTNOTE
    ),
    **dict.fromkeys(("todo", "fixme", "marginnote"), Role.COMMENT),
}
"""Commands whose text stands elsewhere on the page, and its role."""

VERBATIM: Final = frozenset(
    words("verbatim Verbatim BVerbatim LVerbatim lstlisting minted alltt filecontents pycode sagecode code")
)
HIDDEN: Final = frozenset(
    words(
        "comment equation align eqnarray gather multline math displaymath flalign alignat dmath"
        " IEEEeqnarray subequations tikzpicture pgfpicture axis forest tikzcd feynman circuitikz prooftree"
        " CD"
    )
)
"""Environments that are left out as a whole: mathematics, drawings and what is commented out."""

ENVIRONMENT_ROLES: Final = {
    **dict.fromkeys(
        words("quote quotation displayquote verse quoting epigraph displaycquote"), Role.QUOTATION
    ),
    **dict.fromkeys(
        words("tabular tabularx tabulary longtable array tabbing supertabular xltabular tblr"), Role.TABLE
    ),
    **dict.fromkeys(("thebibliography", "references"), Role.REFERENCES),
    **dict.fromkeys(("algorithmic", "algorithm", "algorithm2e"), Role.CODE),
    **dict.fromkeys(("IEEEkeywords", "keywords", "keyword", "CCSXML"), Role.METADATA),
}
ENVIRONMENT_ARGUMENTS: Final = {
    **dict.fromkeys(words("tabular longtable array minipage thebibliography multicols tblr supertabular"), 1),
    **dict.fromkeys(("tabularx", "tabulary", "wrapfigure", "wraptable", "xltabular", "tabular*"), 2),
}
"""Arguments of an environment that nobody reads."""
