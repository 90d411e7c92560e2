"""Turns LaTeX into the text that a reader of the printed page would see.

One loop over tokens with an explicit stack, so that nothing recurses and every character is looked at a
bounded number of times (pylatexenc builds a tree by recursion and its text has no positions). What is
broken is read as far as it makes sense: a blank line closes an argument that nobody closed, as in TeX.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from auditor.documents import latex_commands as commands
from auditor.documents.builder import DocumentBuilder
from auditor.documents.document import Role
from auditor.documents.latex_output import DEEPEST, GROUP, Frame, Held, LatexOutput

_TOKEN = re.compile(
    r"(?P<text>(?:[^\\%{}$~&\-`'#\r\n]|-(?!-)|'(?!'))++)"
    r"|(?P<feed>(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))*+[ \t]*)"
    r"|(?P<command>\\[A-Za-z@]+\*?)|(?P<sign>\\(?:\r\n|(?s:.))?)"
    r"|(?P<open>\{)|(?P<shut>\})|(?P<math>\$\$?)"
    r"|(?P<comment>%[^\r\n]*+(?:(?:\r\n?|\n)[ \t]*)?)|(?P<other>---?|``|''|(?s:.))"
)
_BODY = r"(?:[^$\\\r\n]|\\(?s:.)|(?:\r\n?|\n)(?![ \t]*(?:\r\n?|\n)))*+"
_MATH = {"$": re.compile(_BODY + r"\$"), "$$": re.compile(_BODY + r"\$\$")}
_SPACE = re.compile(r"[ \t]*")
_NAME = re.compile(r"[ \t]*\{([^{}\r\n]{1,60})\}")
_ADDRESS = re.compile(r"[ \t]*\{((?:[^{}\s\\]|\\.){1,2000})\}")
_LETTER = re.compile(
    r"[ \t]*(?:\{[ \t]*(\\[ij](?![A-Za-z])|[^\W\d_])?[ \t]*\}|(\\[ij](?![A-Za-z])|[^\W\d_]))"
)
_DEFINED = re.compile(r"[ \t]*(?:\{?[ \t]*\\[A-Za-z@]+[ \t]*\}?)?[^{}\r\n]{0,100}")
_LABEL = re.compile(r"[ \t]*\[([^\[\]\\{}\r\n]{0,200})\]")
_VERB = re.compile(
    r"[ \t]*(?:\[[^\]\r\n]{0,200}\])?(?:\{([^{}\r\n]*+)\}|([^A-Za-z\s{*])([^\r\n]{0,1000}?)\2)"
)
_CITATION = re.compile(r"[A-Za-z]*cite[a-z]*\*?")
_OTHER = {"---": "—", "--": "–", "``": "“", "''": "”", "`": "‘", "~": " ", "&": "\t"}


class LatexReader(LatexOutput):
    """Reads ranges of a LaTeX file into a builder."""

    def __init__(self, file: str, builder: DocumentBuilder) -> None:
        super().__init__(file, builder)
        self.found: dict[str, int] = {}
        self.stop = False
        self.handlers: dict[str, Callable[[str, int, int], int]] = {
            "feed": self._feed,
            "command": self._command,
            "sign": self._sign,
            "open": lambda _, __, end: self._push(GROUP, end),
            "shut": lambda _, __, end: self._shut(end),
            "math": self._mathematics,
            "comment": self._comment,
            "other": self._other,
        }

    def read(self, start: int, end: int) -> None:
        """Reads ``file[start:end]``; closes what it leaves open."""
        position = start
        match_token = _TOKEN.match
        while position < end and not self.stop and (match := match_token(self.file, position, end)):
            kind = match.lastgroup or "text"
            if kind == "text":
                self._emit(match.group(), position, True)
                position = match.end()
            else:
                position = self.handlers[kind](match.group(), position, match.end())
        while self.stack:
            self._pop()
        self.overflow = 0
        self._paragraph()

    def _feed(self, token: str, start: int, end: int) -> int:
        if token.count("\n") + token.count("\r") - token.count("\r\n") > 1:
            self._paragraph()
        elif self.last not in "\n":
            at = start + token.startswith("\r\n")
            self._emit("\n", at, self.file[at] == "\n")
        return end

    def _comment(self, token: str, start: int, end: int) -> int:
        # The comment took its own line end with it: an empty line behind it still parts paragraphs.
        if self.file[end : end + 1] in ("\r", "\n") and token.rstrip(" \t")[-1:] in ("\r", "\n"):
            self._paragraph()
        return end

    def _other(self, token: str, start: int, end: int) -> int:
        text = _OTHER.get(token)
        self._emit(token if text is None else text, start, text is None)
        return end

    def _mathematics(self, token: str, start: int, end: int) -> int:
        close = _MATH[token].match(self.file, end)
        if close:
            return close.end()
        self._emit(token, start, True)
        return end

    def _sign(self, token: str, start: int, end: int) -> int:
        sign = token[1:2]
        if sign in commands.ACCENTS:
            return self._accent(sign, start, end)
        if sign in ("(", "["):
            close = self._find("\\)" if sign == "(" else "\\]", end)
            return close if close >= 0 else end
        if sign == "\\":
            self._emit("\n", start, False)
            return self._options(end + self.file.startswith("*", end))
        if sign in commands.SIGNS:
            self._emit(commands.SIGNS[sign], start, False)
        elif sign in "{}%&$#_":
            self._emit(sign, start + 1, True)
        return end

    def _accent(self, sign: str, start: int, end: int) -> int:
        letter = _LETTER.match(self.file, end)
        if letter and (base := letter[1] or letter[2]):
            text = unicodedata.normalize("NFC", base[-1] + commands.ACCENTS[sign])
            self._emit(text, start, False)
        return letter.end() if letter else end

    def _find(self, mark: str, start: int) -> int:
        """One past the next ``mark``, -1 where there is none; remembers, so that many calls stay cheap."""
        known = self.found.get(mark, 0)
        if 0 <= known < start:
            known = self.file.find(mark, start)
            self.found[mark] = known
        return known + len(mark) if known >= 0 else -1

    def _command(self, token: str, start: int, end: int) -> int:
        name = token[1:].rstrip("*")
        if name in ("begin", "end"):
            return self._environment(name, end)
        if name in commands.SYMBOLS:
            self._emit(commands.SYMBOLS[name], start, False)
            return self._space(end)
        if name in commands.ACCENTS:
            return self._accent(name, start, end)
        if name in commands.DROPPED or _CITATION.fullmatch(name):
            return self._drop(end, commands.DROPPED.get(name, 1))
        if name in commands.DEFINITIONS:
            defined = _DEFINED.match(self.file, end)
            return self._drop(defined.end() if defined else end, 1)
        if name in commands.HEADINGS or name == "caption":
            role = Role.CAPTION if name == "caption" else Role.HEADING
            return self._argument(end, Frame(role=role, fragile=True, block=True))
        if name in commands.HELD:
            frame = Frame(role=commands.HELD[name], held=self.sink is self.main)
            return self._argument(end, frame)
        if name in ("author", "date", "affiliation", "email"):
            return self._argument(end, Frame(role=Role.METADATA, block=True))
        if name in commands.QUOTES:
            self._emit("“", start, False)
            return self._argument(end, Frame(role=Role.QUOTATION, fragile=True, suffix="”"))
        return self._rest(name, start, end)

    def _rest(self, name: str, start: int, end: int) -> int:
        """Lists, verbatim text, addresses, and all commands that only change how text looks."""
        if name in ("verb", "lstinline", "mintinline") and (
            found := _VERB.match(self.file, self._language(name, end))
        ):
            group = 1 if found[1] is not None else 3
            self._code(*found.span(group))
            return found.end()
        if name in commands.INLINE_CODE:
            return self._argument(end, Frame(role=Role.CODE, fragile=True))
        if name in ("url", "href") and (address := _ADDRESS.match(self.file, end)):
            if name == "url":
                self._emit(address[1], address.start(1), True)
            elif not self.muted and self.sink is self.main:
                self.held.append(Held(pieces=[(address[1], address.start(1), True)], length=len(address[1])))
            return address.end()
        if name in ("item", "bibitem", "par"):
            self._block()
            if name == "bibitem":
                return self._drop(end, 1)
            if name == "item" and (label := _LABEL.match(self.file, end)):
                self._emit(label[1], label.start(1), True)
                return label.end()
            return self._space(end)
        if name == "iffalse":
            close = self._find("\\fi", end)
            return close if close >= 0 else end
        if self.file.startswith("[", end):
            end = self._options(end)
        return self._space(end) if not self.file.startswith("{", end) else end

    def _space(self, position: int) -> int:
        match = _SPACE.match(self.file, position)
        return match.end() if match else position

    def _language(self, name: str, position: int) -> int:
        language = _NAME.match(self.file, self._options(position)) if name == "mintinline" else None
        return language.end() if language else position

    def _code(self, start: int, end: int) -> None:
        before = len(self.sink)
        self._emit(self.file[start:end], start, True)
        if not self.muted:
            self.sink.mark(before, len(self.sink), Role.CODE)

    # Environments

    def _environment(self, word: str, position: int) -> int:
        named = _NAME.match(self.file, position)
        if not named:
            return position
        name, position = named[1].strip(), named.end()
        plain = name.rstrip("*")
        if word == "end":
            return self._end(name, position)
        if plain in commands.VERBATIM or plain in commands.HIDDEN:
            mark = f"\\end{{{named[1]}}}"
            close = self._find(mark, position)
            if close < 0:
                return position  # never ended: its text is read as any other
            if plain in commands.VERBATIM and not self.muted:
                start = self._options(position)
                if plain in ("minted", "filecontents") and (language := _NAME.match(self.file, start)):
                    start = language.end()
                start += len(self.file[start : start + 2]) - len(self.file[start : start + 2].lstrip("\r\n"))
                self._block()
                self._code(start, max(start, close - len(mark)))
            self._block()
            return close
        if name == "document":
            return position
        position = self._options(position)
        frame = Frame(environment=name, role=commands.ENVIRONMENT_ROLES.get(plain), block=True)
        if len(self.stack) < DEEPEST:
            self.environments[name] = self.environments.get(name, 0) + 1
            self._push(frame, position)
        count = commands.ENVIRONMENT_ARGUMENTS.get(name, commands.ENVIRONMENT_ARGUMENTS.get(plain, 0))
        return self._drop(position, count) if count else position

    def _end(self, name: str, position: int) -> int:
        if name == "document":
            self.stop = True
        elif self.environments.get(name, 0):
            while self._pop().environment != name:
                pass  # what the environment leaves open ends with it
        return position
