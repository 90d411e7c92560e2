"""The order in which a person reads the lines of a PDF page."""

from __future__ import annotations

from auditor.documents.pdf_layout import Line

_LINE_GAP = 1.2  # in multiples of the letters' height
_OPEN_BLOCKS = 12
_MOST_BLOCKS = 60


class Block:
    """Lines one under the other in one column."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.left = min(line.left for line in lines)
        self.right = max(line.right for line in lines)
        self.top = min(line.top for line in lines)
        self.bottom = max(line.bottom for line in lines)

    def append(self, line: Line) -> None:
        """Adds a line at the end."""
        self.lines.append(line)
        self.left, self.right = min(self.left, line.left), max(self.right, line.right)
        self.top, self.bottom = min(self.top, line.top), max(self.bottom, line.bottom)


def reading_order(lines: list[Line]) -> list[Block]:
    """Blocks of lines in reading order.

    The order is that of Breuel (2003, "High performance document layout analysis"): a block comes before
    another that lies under it, or beside it to the right unless something that spans both lies between them.
    On a page of hundreds of pieces (a map, a form) the file's own order is kept.
    """
    blocks = _blocks(lines)
    if len(blocks) > _MOST_BLOCKS:
        return blocks
    blocks = _cut(blocks)
    if len(blocks) > _MOST_BLOCKS:
        return blocks
    return _sorted(blocks)


def _blocks(lines: list[Line]) -> list[Block]:
    """Puts lines under the line above them; the file may go back and forth between columns."""
    blocks: list[Block] = []
    recent: list[Block] = []
    for line in lines:
        best: Block | None = None
        nearest = _LINE_GAP * line.size
        for block in recent:
            last = block.lines[-1]
            distance = line.top - last.bottom
            if not -0.5 * line.size < distance < nearest or not 0.75 < line.size / last.size < 1.34:
                continue
            shared = min(line.right, last.right) - max(line.left, last.left)
            if shared >= 0.5 * min(line.width, last.width):
                best, nearest = block, max(distance, 0.0)
        if best is None:
            best = Block([line])
            blocks.append(best)
        else:
            best.append(line)
            recent.remove(best)
        recent.append(best)
        del recent[:-_OPEN_BLOCKS]
    return blocks


def _cut(blocks: list[Block]) -> list[Block]:
    """Cuts a block where another begins beside it: a line over both columns got stuck to the left one."""
    found: list[Block] = []
    for block in blocks:
        edges: list[float] = []
        for other in blocks:
            apart = other.left >= block.right or other.right <= block.left
            if other is block or apart or other.top >= block.bottom or other.bottom <= block.top:
                continue
            edges += [other.top, other.bottom]
        pieces: dict[int, list[Line]] = {}
        for line in block.lines:
            middle = (line.top + line.bottom) / 2
            pieces.setdefault(sum(middle > edge for edge in edges), []).append(line)
        found += [Block(piece) for piece in pieces.values()]
    return found


def _before(a: Block, b: Block, blocks: list[Block]) -> bool:
    slack = 0.5 * a.lines[0].size
    if a.left < b.right - slack and b.left < a.right - slack:
        return a.top + a.bottom < b.top + b.bottom
    if a.right > b.left + slack:
        return False
    upper, lower = min(a.bottom, b.bottom), max(a.top, b.top)
    if upper > lower:  # beside each other
        return True
    first, last = (a, b) if a.top < b.top else (b, a)
    return not any(
        other.top >= first.top
        and other.bottom <= last.bottom
        and other is not a
        and other is not b
        and other.left < a.right - slack
        and other.right > b.left + slack
        for other in blocks
    )


def _sorted(blocks: list[Block]) -> list[Block]:
    """Blocks so that each comes after all that must come before it."""
    places = range(len(blocks))
    waits = {i: {j for j in places if j != i and _before(blocks[j], blocks[i], blocks)} for i in places}
    found: list[Block] = []
    while waits:
        ready = [i for i, earlier in waits.items() if not earlier]
        if ready:
            chosen = min(ready, key=lambda i: (blocks[i].left, blocks[i].top))
        else:  # overlapping boxes can wait for one another
            chosen = min(waits, key=lambda i: blocks[i].top)
        found.append(blocks[chosen])
        del waits[chosen]
        for earlier in waits.values():
            earlier.discard(chosen)
    return found
