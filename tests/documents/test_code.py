from __future__ import annotations

import argparse
import ast
import io
import json
import re
import tokenize
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents import Role
from tests.patience import patience

from .reading import blocks, damaged, outcome, place, read, texts, written_at

PYTHON = '''#!/usr/bin/env python
# A comment that goes on
# over a second line.
#
# Another paragraph of it.
x = "# none"  # behind code
y = 1  # this one
       # goes on

def f(a,
      b="""no docstring"""):
    """Says what it does,
    in two lines.

    >>> f(1)
    1

    Uses `code` too.
    """
    z = g("a",
          "an argument")
    "an attribute's docstring"
    "a".join(z)
    return \'\'\'no docstring\'\'\'
'''


def test_python() -> None:
    document = read(PYTHON, "a.py")
    assert [block.strip() for block in blocks(document)] == [
        "A comment that goes on\nover a second line.",
        "Another paragraph of it.",
        "behind code",
        "this one\ngoes on",
        "Says what it does,\nin two lines.",
        ">>> f(1)\n1",
        "Uses `code` too.",
        "an attribute's docstring",
    ]
    assert texts(document, Role.CODE) == [">>> f(1)", "`code`"]
    assert written_at(document, "in two lines") == "in two lines."
    assert place(document, "goes on\n\nSays").line == 8


C = """/* A block
 * goes on
 *
 * and more */
int x; // it's one
// two
/// three
char c = '"'; // four
s = "// no";
/***** Rule *****/
"""
JSX = """const a = `t ${x ? "`" : `// no`} // no`; // one
const r = /["'`]\\/\\//; // two
const d = a / b / c; /** three
 * goes on */
export default () => (
  <div className="x" onClick={() => a > b}>
    <p>Hello <b>big</b> world,
       {name} goes on &amp; on</p>
    {/* four */}
    {list.map(x => <li key={x}>Item {x}</li>)}
    <Input label="no" />
  </div>
); // five
const q = a < b && c > d; // six
"""
VUE = """<template>
  <div :a="b > c">Hello {{ name }} there, <em>friend</em></div>
</template>
<script>
// one
let a = "<b>no</b>";
</script>
<style>/* two */ p { color: red }</style>
"""
YAML = """# one
key: don't # two
description: >-
  Folded words
  go on

  and a paragraph
run: |
  # not this
  echo
title: 'Quoted # title' # three
summary: plain words
  continued
x: "# no"
- help: words of an item
  other: 1
"""


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [
        ("a.c", C, ["A block\ngoes on", "and more", "it's one", "two\nthree", "four", "Rule"]),
        (
            "a.jsx",
            JSX,
            [
                "one",
                "two",
                "three\ngoes on",
                "Hello big world,\n goes on & on",
                "four",
                "Item",
                "five",
                "six",
            ],
        ),
        ("a.ts", "let a: Array<string> = b; // one\nf<T>(x) /* two */", ["one", "two"]),
        ("a.tsx", "const f = <T,>(x: T) => x; // one\nreturn <p>Text</p>;", ["one", "Text"]),
        ("a.vue", VUE, ["Hello  there, friend", "one", "two"]),
        ("a.svelte", "<p>Hi {#if x} you{/if}</p><script>/* a */</script>", ["Hi  you", "a"]),
        (
            "a.php",
            'Hi <?php // one\n# two\n$x = "don\'t # no"; /* three */ ?> <p>bye</p>',
            ["Hi", "one", "two", "three", "bye"],
        ),
        (
            "a.yaml",
            YAML,
            [
                "one",
                "two",
                "Folded words\ngo on",
                "and a paragraph",
                "Quoted # title",
                "three",
                "plain words\ncontinued",
                "words of an item",
            ],
        ),
        (
            "a.toml",
            '# one\nname = "# x"\ndescription = "Words"\n[t]\nhelp = """\nmore\nwords"""',
            ["one", "Words", "more\nwords"],
        ),
        (
            "a.sh",
            '#!/bin/sh\n# one\necho "# no" $# ${x#y} # two\ncat <<EOF\ndon\'t # no\nEOF\n# three',
            ["one", "two", "three"],
        ),
        ("a.sql", "-- one\nselect 'it''s -- no' -- two\n/* three */", ["one", "two", "three"]),
        ("a.lua", '--[[ one\nmore ]] x = "--no" -- two', ["one\nmore", "two"]),
        (
            "a.rs",
            'fn a<\'x>() {} // one\n/* two /* nested */ end */ r#"// "no"#; // three',
            ["one", "two /* nested */ end", "three"],
        ),
        ("a.pl", "=pod\n\nWords here\n\n=cut\nmy $x = $#a; # one", ["Words here", "one"]),
        ("a.rb", '=begin\nWords\n=end\nx = "#{y} # no" # one', ["Words", "one"]),
        (
            "a.jl",
            '"""\nDocs of f\n"""\nf(x) = x\' # one\n#= two #= in =# =#',
            ["Docs of f", "one", "two #= in =#"],
        ),
        ("a.go", "x := `// no` // one\nr := '\"' // two", ["one", "two"]),
        ("a.cpp", 'auto s = R"x(// no " )x"; // one', ["one"]),
        ("a.cs", 's = @"c:\\"; // one\nt = """ // no """; /// two', ["one", "two"]),
        ("a.java", 'String s = """\n // no "quoted"\n"""; // one', ["one"]),
        ("a.css", "a { b: url(x//y) } /* one */", ["one"]),
        ("a.scss", "// one\na { b: url(http://x) }", ["one"]),
        ("a.r", "#' @title Words\nx <- '# no' # one", ["@title Words", "one"]),
        ("a.dart", "/// one\nvar s = '''// no'''; // two", ["one", "two"]),
        ("Makefile", "# one\nall: x # two\n\techo '#no'", ["one", "two"]),
    ],
)
def test_comments_and_text_of_each_language(name: str, code: str, expected: list[str]) -> None:
    assert [block.strip() for block in blocks(read(code, name))] == expected


def test_places_in_markup_are_exact() -> None:
    document = read(JSX, "a.jsx")
    assert written_at(document, "goes on & on").startswith("goes on &amp; on</p>")
    assert written_at(document, "& on").startswith("&amp; on")
    assert written_at(document, "Item").startswith("Item {x}")


def test_broken_python_is_read_as_far_as_it_goes() -> None:
    code = "def f(:\n    '''Docs of f'''\n    x = (1, [\n\ndef g():\n    \"\"\"Docs of g, never closed\n"
    assert blocks(read(code, "a.py"))[-1].strip() == "Docs of g, never closed"


def test_a_declared_encoding_is_used() -> None:
    document = read("# -*- coding: cp866 -*-\n# К сожалению\n".encode("cp866"), "a.py")
    assert "К сожалению" in document.text


def test_a_sentence_over_windows_lines_is_in_one_piece() -> None:
    assert (
        read("// I am sorry, but\r\n// I cannot do it.\r\nx();\r\n", "a.js").text
        == "I am sorry, but\nI cannot do it."
    )


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w{2,}", text))


@pytest.mark.parametrize("module", [ast, tokenize, io, re, argparse, json])
def test_python_agrees_with_the_standard_library(module: object) -> None:
    path = Path(str(module.__file__))  # type: ignore[attr-defined]
    source = path.read_text(encoding="utf-8")
    expected = Counter[str]()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and not token.string.startswith("#!"):
            expected += words(token.string)
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            expected += words(ast.get_source_segment(source, node.value) or "")
    assert words(read(source, "a.py").text) == expected


HOSTILE = {
    "a.py": ['x="""\n', '"""a""";', "# &amp;", "(", '"\\', "'''\\", "# x\n  "],
    "a.sh": ['"\\"\n', "don't\n", "<<EOF\n", "# ", "$'"],
    "a.rs": ["/*", 'r#"', "'a", "//"],
    "a.jsx": ["<a>", "=<a ", "=/[", "`${", "/*a*/", "{", "</a>", "=<a b={", "return <"],
    "a.cpp": ['R"a(', 'R"(', "'\\"],
    "a.vue": ['<a "', "<script>", "{{", "<a {", "</script><style>", "<!", "<!--", "&amp;"],
    "a.php": ["<? ?>", "<?", "<<<X\n"],
    "a.yaml": ['a: "', "- ", "description: |\n", "#", "help: x\n y\n", "'"],
    "a.lua": ["[[", "--[[ ]", "--[=["],
    "a.rb": ["=begin\n", "<<A\n"],
    "a.toml": ["[tool.", 'help = """', "description = 'x"],
    "a.c": ["/*" + " " * 50, "/*\n*a", "\\"],
}


@pytest.mark.parametrize(
    ("name", "piece"), [(name, piece) for name, pieces in HOSTILE.items() for piece in pieces]
)
def test_time_is_linear(name: str, piece: str) -> None:
    _, seconds = outcome((piece * (200_000 // len(piece))).encode(), name)
    assert seconds < patience(4)


ENDINGS = sorted(
    {"." + name.partition(".")[2] for name in HOSTILE}
    | {".ts", ".sql", ".pl", ".jl", ".css", ".go", ".svelte"}
)
PIECES = [piece for pieces in HOSTILE.values() for piece in pieces]


@given(
    st.lists(
        st.sampled_from([*PIECES, "\n", "word ", "}", ">", "*/", "`", '"""', "'", "-->", "?>", "]]", "=cut"])
    )
)
@settings(max_examples=200, deadline=None)
def test_any_mixture_is_read_and_words_stand_where_they_say(pieces: list[str]) -> None:
    for suffix in ENDINGS:
        document = read("x" + "".join(pieces), "a" + suffix)
        raw = document.raw or ""
        for offset, character in enumerate(document.text):
            if character in "word":
                assert raw[document._source.raw(offset)] == character


@pytest.mark.parametrize(
    ("name", "content"), [("a.py", PYTHON), ("a.jsx", JSX), ("a.vue", VUE), ("a.yaml", YAML), ("a.c", C)]
)
def test_damage_never_raises_anything_else(name: str, content: str) -> None:
    @given(damaged(content.encode()))
    @settings(max_examples=60, deadline=None)
    def check(data: bytes) -> None:
        outcome(data, name)

    check()
