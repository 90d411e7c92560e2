"""What the elements of JATS, and of TEI, DocBook and DITA where they agree, mean for a reader."""

from __future__ import annotations

from auditor.documents.document import Role

ROLES = {
    **dict.fromkeys(
        ("title", "subtitle", "trans-title", "trans-subtitle", "alt-title", "head"), Role.HEADING
    ),
    **dict.fromkeys(
        ("disp-quote", "verse-group", "blockquote", "quote", "q", "cit", "epigraph", "lq"), Role.QUOTATION
    ),
    **dict.fromkeys(
        ("code", "preformat", "programlisting", "screen", "codeblock", "codeph", "eg", "literallayout"),
        Role.CODE,
    ),
    **dict.fromkeys(("caption", "figDesc", "figdesc"), Role.CAPTION),
    **dict.fromkeys(("table", "informaltable", "simpletable"), Role.TABLE),
    **dict.fromkeys(("ref-list", "listBibl", "bibliography", "bibliolist"), Role.REFERENCES),
    **dict.fromkeys(("fn", "fn-group", "footnote", "table-wrap-foot"), Role.FOOTNOTE),
    **dict.fromkeys(
        (
            *(
                "journal-meta",
                "article-id",
                "article-categories",
                "contrib-group",
                "aff",
                "author-notes",
                "pub-date",
            ),
            *(
                "history",
                "permissions",
                "self-uri",
                "kwd-group",
                "funding-group",
                "counts",
                "teiHeader",
                "prolog",
            ),
            *(
                "custom-meta-group",
                "publicationStmt",
                "sourceDesc",
                "encodingDesc",
                "bookinfo",
                "elocation-id",
            ),
            *("volume", "issue", "fpage", "lpage", "pub-history", "related-article"),
        ),
        Role.METADATA,
    ),
}
PRESERVED = frozenset({"code", "preformat", "programlisting", "screen", "codeblock", "eg", "literallayout"})
PROSE = frozenset({"p", "para", "simpara", "td", "th", "entry", "li", "item", "title", "ab", "l"})
HEADED = frozenset({"title-group", "titleStmt"})
"""Parents in which ``article-title`` is the heading of the document and not part of a reference."""
HIDDEN = frozenset({"tex-math", "object-id", "annotation", "processing-meta"})
ASIDE = frozenset({"fn", "footnote", "note", "fig", "fig-group", "table-wrap", "boxed-text", "figure"})
"""Elements that, inside the run of a paragraph, are read after it."""
BLOCKS = frozenset(
    {
        *("p", "para", "simpara", "title", "subtitle", "sec", "abstract", "list", "list-item", "item"),
        *("label", "caption", "table", "tr", "td", "th", "thead", "tbody", "row", "entry", "disp-quote"),
        *("verse-group", "blockquote", "fig", "table-wrap", "boxed-text", "disp-formula", "def-list"),
        *("def-item", "ref", "fn", "fn-group", "speech", "statement", "body", "front", "back", "article"),
        *("ack", "app", "ref-list", "preformat", "programlisting", "screen", "li", "ul", "ol", "dl", "dt"),
        *("dd", "div", "lg", "l", "ab", "section", "figure", "example", "note", "head"),
    }
)
INLINE = (
    frozenset(
        {
            *("italic", "bold", "sub", "sup", "sc", "underline", "overline", "monospace", "roman"),
            *("sans-serif", "strike", "xref", "ext-link", "uri", "email", "named-content", "styled-content"),
            *("inline-formula", "inline-graphic", "abbrev", "i", "b", "u", "em", "strong", "a", "span", "hi"),
            *("emph", "emphasis", "ph", "term", "foreign", "phrase", "literal", "filename", "command"),
            *(
                "option",
                "link",
                "ulink",
                "q",
                "quote",
                "codeph",
                "uicontrol",
                "keyword",
                "cite",
                "code",
                "tt",
            ),
            *("surname", "given-names", "given-name", "prefix", "suffix", "name", "string-name"),
            *("person-group", "etal", "collab", "year", "month", "day", "volume", "issue", "fpage", "lpage"),
            *("source", "article-title", "chapter-title", "publisher-name", "publisher-loc", "pub-id"),
            *("comment", "mixed-citation", "element-citation", "citation-alternatives", "math", "mi", "mo"),
            *("mn", "mrow", "mfrac", "msup", "msub", "msubsup", "mtext", "mstyle", "persName", "placeName"),
            *("orgName", "date", "num", "title-ref", "subst", "add", "del", "corr", "sic", "reg", "orig"),
            *("abbr", "expan", "choice", "supplied", "unclear", "w", "c", "pc"),
        }
    )
    - BLOCKS
)
BREAKS = frozenset({"break", "br", "lb"})
SPACED = frozenset(
    {
        *("surname", "given-names", "name", "string-name", "person-group", "year", "volume", "issue"),
        *("fpage", "lpage", "source", "article-title", "chapter-title", "publisher-name", "publisher-loc"),
        *("collab", "etal", "pub-id", "comment"),
    }
)
"""Inline elements of references and names, shown apart even where no space is written between them."""
