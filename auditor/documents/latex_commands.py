"""What LaTeX commands and environments do to the text, as far as a reader of it is concerned."""

from __future__ import annotations

from typing import Final

from auditor.documents.document import Role

SYMBOLS: Final = {
    **{
        "ss": "ß",
        "o": "ø",
        "O": "Ø",
        "ae": "æ",
        "AE": "Æ",
        "oe": "œ",
        "OE": "Œ",
        "aa": "å",
        "AA": "Å",
        "l": "ł",
    },
    **{
        "L": "Ł",
        "i": "ı",
        "j": "ȷ",
        "dh": "ð",
        "DH": "Ð",
        "th": "þ",
        "TH": "Þ",
        "ng": "ŋ",
        "dj": "đ",
        "DJ": "Đ",
    },
    **{
        "ldots": "…",
        "dots": "…",
        "textellipsis": "…",
        "textendash": "–",
        "textemdash": "—",
        "textbackslash": "\\",
    },
    **{
        "textquoteleft": "‘",
        "textquoteright": "’",
        "textquotedblleft": "“",
        "textquotedblright": "”",
        "lq": "‘",
    },
    **{
        "rq": "’",
        "guillemotleft": "«",
        "guillemotright": "»",
        "glqq": "„",
        "grqq": "“",
        "flqq": "«",
        "frqq": "»",
    },
    **{
        "quotedblbase": "„",
        "quotesinglbase": "‚",
        "guilsinglleft": "‹",
        "guilsinglright": "›",
        "textquotesingle": "'",
    },
    **{
        "textless": "<",
        "textgreater": ">",
        "textbar": "|",
        "textasciitilde": "~",
        "textasciicircum": "^",
        "S": "§",
    },
    **{
        "textunderscore": "_",
        "textbullet": "•",
        "textdegree": "°",
        "textregistered": "®",
        "texttrademark": "™",
    },
    **{
        "copyright": "©",
        "textcopyright": "©",
        "pounds": "£",
        "euro": "€",
        "texteuro": "€",
        "P": "¶",
        "dag": "†",
    },
    **{
        "ddag": "‡",
        "LaTeX": "LaTeX",
        "TeX": "TeX",
        "LaTeXe": "LaTeX2e",
        "BibTeX": "BibTeX",
        "space": " ",
        "quad": " ",
    },
    **{
        "qquad": " ",
        "textvisiblespace": " ",
        "enspace": " ",
        "thinspace": " ",
        "nobreakspace": " ",
        "newline": "\n",
    },
    **{
        "linebreak": "\n",
        "and": "\n",
        "textnormal": "",
        "today": "",
        "lbrack": "[",
        "rbrack": "]",
        "slash": "/",
    },
    **{
        "textasteriskcentered": "*",
        "textexclamdown": "¡",
        "textquestiondown": "¿",
        "lbrace": "{",
        "rbrace": "}",
    },
}
"""Commands that print characters."""

SIGNS: Final = {
    "-": "",
    "/": "",
    "!": "",
    "@": "",
    ",": " ",
    ";": " ",
    ":": " ",
    " ": " ",
    "\n": " ",
    "\r": " ",
    "\t": " ",
}
"""What a backslash and one sign prints, where it is not the sign itself, an accent or mathematics."""

ACCENTS: Final = {
    **{
        "'": "\u0301",
        "`": "\u0300",
        '"': "\u0308",
        "^": "\u0302",
        "~": "\u0303",
        "=": "\u0304",
        ".": "\u0307",
    },
    **{
        "c": "\u0327",
        "v": "\u030c",
        "u": "\u0306",
        "H": "\u030b",
        "r": "\u030a",
        "k": "\u0328",
        "d": "\u0323",
    },
    "b": "\u0331",
}
"""Accent commands and the combining characters that they put on the next letter."""

DROPPED: Final = {
    **dict.fromkeys(
        "label ref eqref autoref cref Cref pageref nameref vref Vref hyperref input include subfile includegraphics vspace"
        " hspace bibliographystyle bibliography addbibresource usepackage RequirePackage documentclass pagestyle color"
        " thispagestyle pagenumbering textcolor colorbox selectlanguage foreignlanguage cline cmidrule hypersetup"
        " graphicspath geometry PassOptionsToPackage scalebox raisebox parbox makebox framebox setcounter stepcounter"
        " refstepcounter ensuremath index glossary gls Gls acrshort acrlong rotatebox phantom hphantom vphantom"
        " newcounter theoremstyle captionsetup sisetup lstset tikzset usetikzlibrary hyphenation institute orcidID"
        " orcid bibinfo bibfield bibnamefont bibfnamefont citenamefont arrayrulecolor rowcolor cellcolor columncolor"
        " definecolorset crefrange newtheorem counterwithin numberwithin num si SI unit special pdfinfo hskip".split(),
        1,
    ),
    **dict.fromkeys(
        "setlength addtolength addtocounter fontsize rule resizebox multicolumn multirow fcolorbox settowidth"
        " newtheorem declaretheorem crefname Crefname addcontentsline DeclareMathOperator qty ang".split(),
        2,
    ),
    **dict.fromkeys(
        "newenvironment renewenvironment definecolor titleformat titlespacing newglossaryentry".split(), 3
    ),
}
"""Commands whose first arguments nobody reads, and how many those are; further arguments are text."""

DEFINITIONS: Final = frozenset(
    "newcommand renewcommand providecommand DeclareRobustCommand newcommandx NewDocumentCommand def edef gdef xdef".split()
)

HEADINGS: Final = frozenset(
    "part chapter section subsection subsubsection paragraph subparagraph title subtitle frametitle framesubtitle"
    " icmltitle maintitle shorttitle addchap addsec minisec".split()
)
INLINE_CODE: Final = frozenset("texttt code lstinline path ttfamily nolinkurl verbatiminput".split()) - {
    "ttfamily"
}
QUOTES: Final = frozenset(("enquote", "say", "textquote", "blockquote", "blockcquote", "foreignquote"))
HELD: Final = {
    **dict.fromkeys(
        ("footnote", "footnotetext", "thanks", "endnote", "marginpar", "sidenote", "tablefootnote"),
        Role.FOOTNOTE,
    ),
    **dict.fromkeys(("todo", "fixme", "marginnote", "hl"), Role.COMMENT),
}
"""Commands whose text stands elsewhere on the page, and its role."""
del HELD["hl"]

VERBATIM: Final = frozenset(
    "verbatim Verbatim BVerbatim LVerbatim lstlisting minted alltt filecontents pycode sagecode code".split()
)
HIDDEN: Final = frozenset(
    "comment equation align eqnarray gather multline math displaymath flalign alignat dmath IEEEeqnarray subequations"
    " tikzpicture pgfpicture axis forest tikzcd feynman circuitikz prooftree CD".split()
)
"""Environments that are left out as a whole: mathematics, drawings and what is commented out."""

ENVIRONMENT_ROLES: Final = {
    **dict.fromkeys(
        ("quote", "quotation", "displayquote", "verse", "quoting", "epigraph", "displaycquote"),
        Role.QUOTATION,
    ),
    **dict.fromkeys(
        "tabular tabularx tabulary longtable array tabbing supertabular xltabular tblr".split(), Role.TABLE
    ),
    **dict.fromkeys(("thebibliography", "references"), Role.REFERENCES),
    **dict.fromkeys(("algorithmic", "algorithm", "algorithm2e"), Role.CODE),
    **dict.fromkeys(("IEEEkeywords", "keywords", "keyword", "CCSXML"), Role.METADATA),
}
ENVIRONMENT_ARGUMENTS: Final = {
    **dict.fromkeys(
        "tabular longtable array minipage thebibliography multicols tblr supertabular adjustbox".split(), 1
    ),
    **dict.fromkeys(("tabularx", "tabulary", "wrapfigure", "wraptable", "xltabular", "tabular*"), 2),
}
