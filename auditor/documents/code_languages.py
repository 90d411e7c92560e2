"""What comments and strings look like, by family of programming languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

# Strings end at the line's end where their language says so; a stray quotation mark then harms one line only.
_DOUBLE: Final = r'"(?:[^"\\\n]|\\(?s:.))*+"?'
_SINGLE: Final = r"'(?:[^'\\\n]|\\(?s:.))*+'?"
_CHAR: Final = r"'(?:[^'\\\n]|\\[^\n]{1,9}?)'"
_TICKS: Final = r"`[^`]*+`?"
# Strings over many lines; the scanner does not believe in very long ones.
_MULTI: Final = r'"(?:[^"\\]|\\(?s:.))*+"?' + r"|'(?:[^'\\]|\\(?s:.))*+'?"
_HEREDOC: Final = r"<<[-~]?[ \t]*(?:(?P<quote>['\"])(?P<word1>\w+)(?P=quote)|\\?(?P<word2>[A-Z_]\w*))"
_WORD_HASH: Final = r"(?:^|(?<=[\s;(]))#(?!!)"


@dataclass(frozen=True)
class Language:
    """A family.

    Attributes:
        line: Pattern of what opens a comment that goes to the end of the line.
        block: Pattern of what opens, text that closes a comment.
        nested: Whether such comments nest.
        strings: Pattern of a whole string literal.
        multi: Pattern of a string literal that may go over lines.
        triple: Pattern of the quotation marks of a string over many lines without its end.
        docstrings: Whether a string that stands alone as a statement documents (Python, Julia).
        keys: Whether the value of ``description = "…"`` is text (TOML).
        heredoc: Whether ``<<WORD`` starts text up to a line ``WORD``.
    """

    line: str = ""
    block: tuple[tuple[str, str], ...] = ()
    nested: bool = False
    strings: str = ""
    multi: str = ""
    triple: str = ""
    docstrings: bool = False
    keys: bool = False
    heredoc: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the next thing that matters; ``lastgroup`` names it, ``block0`` … a block comment."""
        options = [f"(?P<block{i}>{opens})" for i, (opens, _) in enumerate(self.block)]
        if self.heredoc:
            options.append(f"(?P<heredoc>{_HEREDOC})")
        if self.docstrings:
            options.append(r"(?P<reset>^[ \t]*(?:async[ \t]+)?(?:def|class|function|struct)[ \t]+\w)")
            options.append(r"(?P<open>[(\[{])|(?P<shut>[)\]}])")
        options += [
            f"(?P<{name}>{pattern})"
            for name in ("line", "triple", "multi")
            if (pattern := getattr(self, name))
        ]
        if self.multi:
            options.append(r"(?P<escape>\\(?s:.))")
        if self.strings:
            options.append(f"(?P<string>{self.strings})")
        return re.compile("|".join(options), re.MULTILINE)


_SLASHES: Final = r"(?<!:)//"
_STARS: Final = (r"/\*", "*/")
C: Final = Language(_SLASHES, (_STARS,), strings=f"{_DOUBLE}|{_CHAR}")
CPP: Final = Language(
    _SLASHES, (_STARS,), strings=rf'R"(?P<d>[^()\\\s"]{{0,16}})\((?s:.*?)(?:\)(?P=d)"|\Z)|{_DOUBLE}|{_CHAR}'
)
CSHARP: Final = Language(_SLASHES, (_STARS,), strings=rf'@"(?:[^"]|"")*+"?|{_DOUBLE}|{_CHAR}', triple='"""')
GO: Final = Language(_SLASHES, (_STARS,), strings=f"{_DOUBLE}|{_CHAR}|{_TICKS}")
JAVA: Final = Language(_SLASHES, (_STARS,), strings=f"{_DOUBLE}|{_CHAR}", triple='"""')
NESTED: Final = Language(_SLASHES, (_STARS,), True, strings=f"{_DOUBLE}|{_CHAR}", triple='"""')
DART: Final = Language(_SLASHES, (_STARS,), True, strings=f"{_DOUBLE}|{_SINGLE}", triple="\"\"\"|'''")
RUST: Final = Language(_SLASHES, (_STARS,), True, strings=rf'r#"(?:[^"]|"(?!#))*+(?:"\#)?|{_DOUBLE}|{_CHAR}')
PHP: Final = Language(rf"{_SLASHES}|#(?!\[)", (_STARS,), multi=_MULTI, heredoc=True)
CSS: Final = Language("", (_STARS,), strings=f"{_DOUBLE}|{_SINGLE}")
SCSS: Final = Language(_SLASHES, (_STARS,), strings=f"{_DOUBLE}|{_SINGLE}")
PYTHON: Final = Language("#(?!!)", strings=f"{_DOUBLE}|{_SINGLE}", triple="\"\"\"|'''", docstrings=True)
JULIA: Final = Language(
    "#(?!=)", (("#=", "=#"),), True, strings=f"{_DOUBLE}|{_CHAR}", triple='"""', docstrings=True
)
R: Final = Language("#", multi=_MULTI, strings=_TICKS)
SHELL: Final = Language(_WORD_HASH, multi=_MULTI, heredoc=True)
MAKE: Final = Language(r"(?:^|(?<=[\s;]))#(?!!)")
RUBY: Final = Language(_WORD_HASH, ((r"^=begin\b", "\n=end"),), multi=_MULTI, heredoc=True)
PERL: Final = Language(
    _WORD_HASH,
    ((r"^=(?:head[1-4]|pod|encoding|over|item|begin|for)\b", "\n=cut"),),
    multi=_MULTI,
    heredoc=True,
)
LUA: Final = Language(
    "--",
    ((r"--\[\[", "]]"), (r"--\[=\[", "]=]")),
    strings=rf"\[\[(?:[^\]]|\](?!\]))*+(?:\]\])?|{_DOUBLE}|{_SINGLE}",
)
SQL: Final = Language("--", (_STARS,), multi=r"'(?:[^']|'')*+'?", strings=r'"[^"\n]*+"?|`[^`\n]*+`?')
TOML: Final = Language("#", strings=f"{_DOUBLE}|'[^'\n]*+'?", triple="\"\"\"|'''", keys=True)

BY_SUFFIX: Final[dict[str, Language]] = {
    **dict.fromkeys((".py", ".pyi"), PYTHON),
    **dict.fromkeys((".c", ".h"), C),
    **dict.fromkeys((".cc", ".cpp", ".hpp"), CPP),
    **dict.fromkeys((".swift", ".kt", ".scala"), NESTED),
    **dict.fromkeys((".sh", ".bash"), SHELL),
    ".java": JAVA,
    ".cs": CSHARP,
    ".go": GO,
    ".rs": RUST,
    ".dart": DART,
    ".css": CSS,
    ".scss": SCSS,
    ".rb": RUBY,
    ".r": R,
    ".sql": SQL,
    ".lua": LUA,
    ".pl": PERL,
    ".jl": JULIA,
    ".toml": TOML,
}
BY_NAME: Final[dict[str, Language]] = {
    "makefile": MAKE,
    "dockerfile": MAKE,
    "jenkinsfile": JAVA,
    "vagrantfile": RUBY,
    "rakefile": RUBY,
    "gemfile": RUBY,
}
