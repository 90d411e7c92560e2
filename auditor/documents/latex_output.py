"""Where the text of LaTeX goes: what groups leave out, what they mark, and what follows the paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from auditor.documents.builder import DocumentBuilder
from auditor.documents.document import Role

_OPTION = re.compile(r"[ \t]*\[[^\[\]]{0,500}\]")
_OPEN = re.compile(r"[ \t]*(?:(?:\r\n?|\n)[ \t]*)?\{")
DEEPEST = 5_000
"""Most groups kept on the stack; deeper ones are counted and change nothing."""


@dataclass(slots=True)
class Frame:
    """An open group or environment."""

    environment: str = ""
    role: Role | None = None
    start: int = 0
    dropped: int = 0  # arguments to leave out, this one among them
    held: bool = False
    fragile: bool = False  # closed by a blank line at the latest
    block: bool = False
    suffix: str = ""


GROUP = Frame()


@dataclass(slots=True)
class Held:
    """Text that is put behind the paragraph: a footnote, an address."""

    role: Role | None = None
    pieces: list[tuple[str, int | None, bool]] = field(default_factory=list)
    roles: list[tuple[int, int, Role]] = field(default_factory=list)
    length: int = 0

    def __len__(self) -> int:
        return self.length

    def add(self, text: str, *, raw: int | None = None, literal: bool = True) -> None:
        """Appends text, as DocumentBuilder.add does."""
        self.pieces.append((text, raw, literal))
        self.length += len(text)

    def block(self) -> None:
        """Ends a paragraph."""
        if self.length:
            self.add("\n\n", literal=False)

    def mark(self, start: int, end: int, role: Role) -> None:
        """Gives a role to text that was added."""
        self.roles.append((start, end, role))


class LatexOutput:
    """A document in the making, and the groups that are open at the current place of the file."""

    def __init__(self, file: str, builder: DocumentBuilder) -> None:
        self.file = file
        self.main = builder
        self.sink: DocumentBuilder | Held = builder
        self.stack: list[Frame] = []
        self.environments: dict[str, int] = {}  # how many of each name are open
        self.held: list[Held] = []
        # How many open frames leave their text out, end at a blank line, give a role, were not stacked.
        self.muted = self.fragile = self.roles = self.overflow = 0
        self.last = "\n"

    def _emit(self, text: str, raw: int, literal: bool) -> None:
        if self.muted or not text:
            return
        if text[0] in " \t" and self.last in " \n\t" and literal:
            # The gap that a command or a formula leaves has one space, not two.
            cut = len(text) - len(text.lstrip(" \t"))
            text, raw = text[cut:], raw + cut
            if not text:
                return
        self.sink.add(text, raw=raw, literal=literal)
        self.last = text[-1]

    def _block(self) -> None:
        if self.muted:
            return
        self.sink.block()
        self.last = "\n"
        if self.held and not self.roles and self.sink is self.main:
            self._release()

    def _paragraph(self) -> None:
        while self.fragile:
            self._pop()
        self._block()

    def _release(self) -> None:
        """Adds the footnotes of the paragraph that just ended."""
        held, self.held = self.held, []
        for note in held:
            base = len(self.main)
            for text, raw, literal in note.pieces:
                self.main.add(text, raw=raw, literal=literal)
            for start, end, role in note.roles:
                self.main.mark(base + start, base + end, role)
            if note.role:
                self.main.mark(base, len(self.main), note.role)
            self.main.block()

    def _push(self, frame: Frame, position: int) -> int:
        if len(self.stack) >= DEEPEST:
            self.overflow += 1
            return position
        self.stack.append(frame)
        if frame is GROUP:
            return position
        self.muted += bool(frame.dropped)
        self.fragile += frame.fragile
        if frame.block:
            self._block()
        if frame.held:
            self.sink, self.last = Held(frame.role), "\n"
        elif frame.role:
            self.roles += 1
        frame.start = len(self.sink)
        return position

    def _shut(self, position: int) -> int:
        if self.overflow:
            self.overflow -= 1
            return position
        if not self.stack or self.stack[-1].environment:
            return position  # a brace too many
        frame = self._pop()
        if frame.suffix:
            self._emit(frame.suffix, position - 1, False)
        return self._drop(position, frame.dropped - 1) if frame.dropped > 1 else position

    def _pop(self) -> Frame:
        frame = self.stack.pop()
        if frame is GROUP:
            return frame
        self.muted -= bool(frame.dropped)
        self.fragile -= frame.fragile
        if frame.environment:
            self.environments[frame.environment] -= 1
        if frame.held and isinstance(self.sink, Held):
            self.held.append(self.sink)
            self.sink, self.last = self.main, "x"
        elif frame.role:
            self.roles -= 1
            if not self.muted:
                self.sink.mark(frame.start, len(self.sink), frame.role)
        if frame.block:
            self._block()
        return frame

    def _argument(self, position: int, frame: Frame) -> int:
        """Opens the argument of a command, its options left out; nothing happens where there is none."""
        position = self._options(position)
        opened = _OPEN.match(self.file, position)
        return self._push(frame, opened.end()) if opened else position

    def _drop(self, position: int, count: int) -> int:
        position = self._options(position)
        opened = _OPEN.match(self.file, position)
        if not opened:
            return position
        return self._push(Frame(dropped=count, fragile=True), opened.end())

    def _options(self, position: int) -> int:
        while option := _OPTION.match(self.file, position):
            position = option.end()
        return position
